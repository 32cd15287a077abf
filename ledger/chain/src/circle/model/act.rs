//! What somebody may try.

use proptest::prelude::*;

/// Somebody, by what they are or were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// Whoever holds the person's present key.
    Person,
    /// Whoever holds the first key of the person.
    Former,
    /// Whoever has or had this seat.
    Delegate(u8),
    /// The guardian with this number, from 0.
    Guardian(u8),
}

/// A change that somebody wants; times are counted from now.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Remove(u8),
    Lower(u8),
    Raise(u8),
    Add,
    Policy { m: u8, veto_hours: i64, objector: u8 },
    NewKey,
    Retire,
    Review { seat: u8, days: i64 },
    Handover,
}

/// One step of a history. Permissions are counted from 0 in the order of trying.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    Wait { hours: i64 },
    Give { by: u8, days: i64, sensitive: bool },
    Approve { by: Who, grant: usize },
    Object { by: Who, grant: usize },
    Stop { by: Who, grant: usize },
    Ask { by: Who, what: What },
    Second { by: Who },
    Veto { by: Who },
    Attest { clinician: usize },
}

// Mostly those who may: two of them have to, one after the other, before anything comes of it.
fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        3 => Just(Who::Person),
        1 => Just(Who::Former),
        10 => (1u8..=3).prop_map(Who::Delegate),
        2 => (4u8..=6).prop_map(Who::Delegate),
        3 => (0u8..3).prop_map(Who::Guardian),
    ]
}

fn grant() -> impl Strategy<Value = usize> {
    prop_oneof![3 => Just(0usize), 1 => 1usize..3]
}

fn what() -> impl Strategy<Value = What> {
    let policy = (0u8..=4, 0i64..=40, 0u8..=5);
    prop_oneof![
        3 => (1u8..=5).prop_map(What::Remove),
        2 => (1u8..=5).prop_map(What::Lower),
        3 => (1u8..=5).prop_map(What::Raise),
        2 => Just(What::Add),
        3 => policy.prop_map(|(m, veto_hours, objector)| What::Policy { m, veto_hours, objector }),
        3 => Just(What::NewKey),
        1 => Just(What::Retire),
        2 => (1u8..=5, -1i64..=400).prop_map(|(seat, days)| What::Review { seat, days }),
        1 => Just(What::Handover),
    ]
}

fn wait() -> impl Strategy<Value = Act> {
    let hours = prop_oneof![6 => 0i64..=80, 1 => 80i64..=1000, 2 => Just(72i64), 1 => Just(24i64)];
    hours.prop_map(|hours| Act::Wait { hours })
}

fn give() -> impl Strategy<Value = Act> {
    let by = prop_oneof![4 => Just(1u8), 2 => Just(4u8), 1 => 1u8..=6];
    (by, 1i64..=12, any::<bool>()).prop_map(|(by, days, sensitive)| Act::Give { by, days, sensitive })
}

/// Any act.
pub(super) fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => wait(),
        6 => give(),
        14 => (who(), grant()).prop_map(|(by, grant)| Act::Approve { by, grant }),
        2 => (who(), grant()).prop_map(|(by, grant)| Act::Object { by, grant }),
        1 => (who(), grant()).prop_map(|(by, grant)| Act::Stop { by, grant }),
        6 => (who(), what()).prop_map(|(by, what)| Act::Ask { by, what }),
        8 => who().prop_map(|by| Act::Second { by }),
        1 => who().prop_map(|by| Act::Veto { by }),
        2 => (0usize..3).prop_map(|clinician| Act::Attest { clinician }),
    ]
}
