//! What somebody may try.

use salus_chain::tx::Verdict;

use super::case::{FIRST_STOP, PERMISSIONS, Role, Way, paper_of};

/// Somebody of the person's circle, or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Person,
    Anna,
    Ben,
    Stranger,
}

/// A mandate: the one for this permission of a history, or one for stops.
#[derive(Debug, Clone, Copy)]
pub(super) enum Paper {
    Of(usize),
    Stop(usize),
}

impl Paper {
    /// The mandate, in a history of these permissions.
    pub(super) fn of(self, theme: &[usize; 3]) -> usize {
        match self {
            Self::Of(at) => paper_of(theme[at]),
            Self::Stop(place) => FIRST_STOP + place,
        }
    }
}

/// How a mandate is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Right,
    /// For another key than the one that it is meant for.
    OtherKey,
    /// To stop where it is meant to give, and the other way round.
    OtherUse,
}

/// With which key somebody stops.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stopper {
    Own,
    /// That of the mandate which the permission was given under.
    MandateKey,
    /// That of a mandate for stops, which is the person's own.
    Root(usize),
    /// That of the laptop which such a mandate is for.
    Hand(usize),
    /// Another laptop's, under it.
    OtherHand(usize),
    Circle(Who),
}

/// With which key somebody opens; clinicians by number.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// As the permission wants it; one to those on duty by this clinician.
    Right(usize),
    /// The reader of another permission.
    Other,
    /// The clinician's own key.
    Person(usize),
}

/// The key that signs an opening: of a permission's reader, or a clinician's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Reader(usize),
    Person(usize),
}

impl By {
    pub(super) fn key(self, number: usize) -> Key {
        match self {
            Self::Right(who) if matches!(PERMISSIONS[number].way, Way::Duty(_)) => Key::Person(who),
            Self::Right(_) => Key::Reader(number),
            Self::Other => Key::Reader((number + 1) % PERMISSIONS.len()),
            Self::Person(who) => Key::Person(who),
        }
    }
}

/// What is stated with an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Nothing,
    Treatment(Option<usize>),
    Emergency { opener: Option<usize>, second: Option<usize>, reason: u8 },
}

/// An opening, with the number of its request and of what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) number: usize,
    pub(super) key: Key,
    pub(super) slot: usize,
    pub(super) request: u8,
    pub(super) stated: Stated,
}

/// Who says something of an emergency.
#[derive(Debug, Clone, Copy)]
pub(super) enum Speaker {
    Own,
    MandateKey,
    Circle(Who),
    /// Ben, by the word of the permission's own key.
    Entrusted,
}

/// What a member says of a key, in hours from now.
#[derive(Debug, Clone, Copy)]
pub(super) enum Says {
    For(i64),
    Suspended,
    Withdrawn,
}

/// How somebody asks a keeper, and in which state it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Right,
    StopSeen,
    OtherKey,
    OtherSlot,
    NoShare,
    Busy,
}

/// One step of a history; its three permissions are counted from 0, openings and emergencies from the newest.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    Wait { minutes: i64, blocks: u64 },
    Give { at: usize, under: Paper },
    Enrol { paper: Paper, meant: Meant },
    Withdraw { paper: Paper },
    Stop { at: usize, by: Stopper },
    Approve { at: usize, by: Who },
    Object { at: usize, by: Who },
    RemoveAnna,
    Attest { who: usize, says: Says, by: u16, told: bool, fresh: bool },
    Duty { who: usize, role: Role, hours: i64, by: u16 },
    Open { at: usize, by: By, stated: Stated, slot: usize, again: bool },
    Announce { at: usize, by: usize, right: bool, fresh: bool },
    Review { nth: usize, by: Speaker, verdict: Verdict },
    Release { nth: usize, how: How, late: i64 },
}
