//! What there is in every history, in plain numbers: people, permissions, papers, slots. Both sides read it; it judges nothing.

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
/// 11:06:40 of a day, in epoch [`EPOCH`].
pub(super) const START: i64 = 1_795_000_000_000;
pub(super) const EPOCH: u32 = 438_232;
pub(super) const EPOCH_MS: i64 = 4_096_000;

/// Anna, a steward, and Ben, an approver, help until then; Anna permits so long, and longer or sensitive ones Ben has to approve.
pub(super) const LAPSES: i64 = START + 40 * HOUR;
pub(super) const LONGEST: i64 = 24 * HOUR;
pub(super) const LONG: i64 = 12 * HOUR;
pub(super) const VETO: i64 = 2 * HOUR;

/// A clinician's key; of one person a member says the same number.
pub(super) struct Clinician {
    pub(super) seed: u8,
    pub(super) member: u16,
    pub(super) person: u8,
}

/// Two of member 1, the other key of the first, one of member 2; and the reader's key of the first permission, of whom nobody says
/// anything at the beginning.
pub(super) static CLINICIANS: [Clinician; 5] = [
    Clinician { seed: 201, member: 1, person: 1 },
    Clinician { seed: 202, member: 1, person: 2 },
    Clinician { seed: 203, member: 1, person: 1 },
    Clinician { seed: 204, member: 2, person: 1 },
    Clinician { seed: 101, member: 1, person: 4 },
];
pub(super) const FIRST_READER: usize = 4;

/// Contracts of the library, and none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    None,
    /// From 10 to 18 h, UTC.
    Hours,
    Summaries,
    /// Of member 1.
    OnDuty,
    TwoPersons,
    BreakGlass,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Night,
    Day,
}

/// How a permission is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Own,
    /// By an added laptop.
    Mandated,
    /// By Anna, to this clinician.
    Steward {
        clinician: usize,
        sensitive: bool,
    },
    /// To those of member 1 on duty as this.
    Duty(Role),
}

/// A permission that somebody may give.
pub(super) struct Permission {
    pub(super) own: u8,
    pub(super) way: Way,
    pub(super) condition: Condition,
    pub(super) begins: i64,
    pub(super) ends: i64,
    /// Whether both mandates for stops are under its root.
    pub(super) stops: bool,
}

const fn permission(own: u8, way: Way, condition: Condition, hours: (i64, i64), stops: bool) -> Permission {
    Permission { own, way, condition, begins: START + hours.0 * HOUR, ends: START + hours.1 * HOUR, stops }
}

const fn anna(clinician: usize, sensitive: bool) -> Way {
    Way::Steward { clinician, sensitive }
}

pub(super) static PERMISSIONS: [Permission; 17] = [
    permission(1, Way::Own, Condition::None, (0, 20), true),
    permission(2, Way::Own, Condition::None, (2, 10), false),
    permission(3, Way::Mandated, Condition::None, (0, 20), true),
    permission(4, Way::Mandated, Condition::None, (0, 12), false),
    permission(5, anna(0, false), Condition::None, (0, 11), false),
    permission(6, anna(1, true), Condition::None, (0, 20), false),
    permission(7, Way::Duty(Role::Night), Condition::OnDuty, (0, 24), false),
    permission(8, Way::Duty(Role::Day), Condition::OnDuty, (0, 12), true),
    permission(9, Way::Own, Condition::BreakGlass, (0, 30), true),
    permission(10, Way::Mandated, Condition::BreakGlass, (0, 20), false),
    permission(11, Way::Own, Condition::TwoPersons, (0, 12), false),
    permission(12, anna(0, false), Condition::TwoPersons, (0, 11), false),
    permission(13, Way::Own, Condition::Hours, (0, 30), false),
    permission(14, Way::Mandated, Condition::Summaries, (0, 30), false),
    permission(15, anna(0, false), Condition::OnDuty, (0, 20), false),
    permission(16, anna(1, true), Condition::BreakGlass, (0, 26), false),
    // By the same key as the third one, and so under the same mandate.
    permission(3, Way::Mandated, Condition::None, (0, 10), true),
];

/// A mandate of the first laptop: its key, and the key of the laptop that it is for.
pub(super) struct Mandate {
    pub(super) seed: u8,
    pub(super) hand: u8,
}

/// One to give each mandated permission, and two to stop.
pub(super) static MANDATES: [Mandate; 6] = [
    Mandate { seed: 60, hand: 3 },
    Mandate { seed: 61, hand: 4 },
    Mandate { seed: 62, hand: 10 },
    Mandate { seed: 63, hand: 14 },
    Mandate { seed: 64, hand: 70 },
    Mandate { seed: 65, hand: 71 },
];
pub(super) const FIRST_STOP: usize = 4;

/// The mandate for a permission's own key; for others one that is for no permission.
pub(super) fn paper_of(number: usize) -> usize {
    let own = PERMISSIONS[number].own;
    MANDATES.iter().position(|mandate| mandate.hand == own).unwrap_or(FIRST_STOP)
}

/// What is asked for: a level and a first epoch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) level: u8,
    pub(super) first: u32,
}

impl Asked {
    pub(super) fn begins(self) -> i64 {
        i64::from(self.first) * EPOCH_MS
    }

    pub(super) fn ends(self) -> i64 {
        self.begins() + (EPOCH_MS << self.level)
    }
}

/// The running hour, one to come, the running 18 hours, one of more than a month ago, one before everything that is given.
pub(super) const SLOTS: [Asked; 5] = [
    Asked { level: 0, first: EPOCH },
    Asked { level: 0, first: EPOCH + 3 },
    Asked { level: 4, first: EPOCH - 8 },
    Asked { level: 0, first: EPOCH - 700 },
    Asked { level: 0, first: EPOCH - 900 },
];
/// What is given, first and last epoch.
pub(super) const SCOPE: (u32, u32) = (EPOCH - 800, EPOCH + 40);
