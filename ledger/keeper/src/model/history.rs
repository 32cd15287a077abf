//! Random histories: mostly of those who may, so that something comes of them.

use proptest::prelude::*;
use salus_chain::tx::Verdict;

use super::act::{Act, By, How, Meant, Paper, Says, Speaker, Stated, Stopper, Who};
use super::case::{PERMISSIONS, Role, Way};

/// What a history is mostly about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    Laptops,
    Contracts,
}

impl Matter {
    /// Three permissions of a history, the first of which is given.
    fn themes(self) -> Vec<[usize; 3]> {
        match self {
            Self::Laptops => {
                vec![[0, 2, 4], [2, 16, 5], [4, 3, 0], [2, 3, 1], [5, 0, 2], [0, 1, 3], [3, 2, 5]]
            }
            Self::Contracts => vec![
                [6, 8, 2],
                [6, 7, 0],
                [8, 9, 10],
                [9, 6, 2],
                [10, 11, 4],
                [12, 13, 6],
                [11, 14, 8],
                [8, 6, 15],
                [7, 8, 9],
                [13, 12, 0],
            ],
        }
    }

    /// A history: its permissions, and what is tried after the first of them was given.
    pub(super) fn history(self) -> impl Strategy<Value = ([usize; 3], Vec<Act>)> {
        let acts = prop::collection::vec(any_act(self), 10..=16);
        (prop::sample::select(self.themes()), acts).prop_map(|(theme, acts)| {
            let begun = begun(theme[0]);
            (theme, begun.into_iter().chain(acts).collect())
        })
    }
}

/// What has to be there for a permission to be given and opened.
fn begun(number: usize) -> Vec<Act> {
    let (of, stop) = (Paper::Of(0), Paper::Stop(0));
    let mut acts = vec![Act::Enrol { paper: stop, meant: Meant::Right }];
    if PERMISSIONS[number].way == Way::Mandated {
        acts.push(Act::Enrol { paper: of, meant: Meant::Right });
    }
    acts.push(Act::Give { at: 0, under: of });
    if let Way::Duty(role) = PERMISSIONS[number].way {
        acts.push(Act::Duty { who: 0, role, hours: 8, by: 1 });
    }
    acts
}

fn at() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0usize), 3 => Just(1), 2 => Just(2)]
}

fn clinician() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0usize), 4 => Just(1), 2 => Just(2), 2 => Just(3), 1 => Just(4)]
}

fn member() -> impl Strategy<Value = u16> {
    prop_oneof![6 => Just(1u16), 1 => Just(2)]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![3 => Just(Who::Person), 2 => Just(Who::Anna), 5 => Just(Who::Ben), 1 => Just(Who::Stranger)]
}

fn paper() -> impl Strategy<Value = Paper> {
    prop_oneof![3 => at().prop_map(Paper::Of), 2 => (0usize..2).prop_map(Paper::Stop)]
}

fn nth() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(0usize), 1 => 1usize..4]
}

fn wait() -> impl Strategy<Value = Act> {
    let minutes = prop_oneof![
        3 => 0i64..=20,
        4 => Just(30i64),
        3 => 60i64..=180,
        2 => 200i64..=600,
        1 => 900i64..=1500,
    ];
    (minutes, 1u64..=12).prop_map(|(minutes, blocks)| Act::Wait { minutes, blocks })
}

fn give() -> impl Strategy<Value = Act> {
    (at(), prop::bool::weighted(0.85), paper()).prop_map(|(at, right, paper)| {
        let under = if right { Paper::Of(at) } else { paper };
        Act::Give { at, under }
    })
}

fn meant() -> impl Strategy<Value = Meant> {
    prop_oneof![16 => Just(Meant::Right), 1 => Just(Meant::OtherKey), 1 => Just(Meant::OtherUse)]
}

fn papers() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (paper(), meant()).prop_map(|(paper, meant)| Act::Enrol { paper, meant }),
        2 => paper().prop_map(|paper| Act::Withdraw { paper }),
    ]
}

fn stop() -> impl Strategy<Value = Act> {
    let by = prop_oneof![
        3 => Just(Stopper::Own),
        1 => Just(Stopper::MandateKey),
        1 => (0usize..2).prop_map(Stopper::Root),
        4 => (0usize..2).prop_map(Stopper::Hand),
        1 => (0usize..2).prop_map(Stopper::OtherHand),
        2 => who().prop_map(Stopper::Circle),
    ];
    (at(), by).prop_map(|(at, by)| Act::Stop { at, by })
}

fn family() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (at(), who()).prop_map(|(at, by)| Act::Approve { at, by }),
        1 => (at(), who()).prop_map(|(at, by)| Act::Object { at, by }),
        2 => Just(Act::RemoveAnna),
    ]
}

fn attest() -> impl Strategy<Value = Act> {
    let says = prop_oneof![
        4 => prop::sample::select(vec![0i64, 1, 6, 20, 24, 48]).prop_map(Says::For),
        3 => Just(Says::Suspended),
        1 => Just(Says::Withdrawn),
    ];
    let (told, fresh) = (prop::bool::weighted(0.8), prop::bool::weighted(0.9));
    (clinician(), says, member(), told, fresh).prop_map(|(who, says, by, told, fresh)| Act::Attest {
        who,
        says,
        by,
        told,
        fresh,
    })
}

fn duty() -> impl Strategy<Value = Act> {
    let role = prop_oneof![3 => Just(Role::Night), 2 => Just(Role::Day)];
    let hours = prop_oneof![2 => Just(0i64), 6 => 1i64..=10, 1 => Just(24), 1 => Just(25)];
    (clinician(), role, hours, member()).prop_map(|(who, role, hours, by)| Act::Duty { who, role, hours, by })
}

fn open(matter: Matter) -> impl Strategy<Value = Act> {
    let by = prop_oneof![
        9 => clinician().prop_map(By::Right),
        1 => Just(By::Other),
        1 => clinician().prop_map(By::Person),
    ];
    let plain = if matter == Matter::Laptops { 8 } else { 4 };
    let reason = prop_oneof![8 => 1u8..=5, 1 => Just(0u8), 1 => Just(6)];
    let (opener, second) =
        (prop::option::weighted(0.95, clinician()), prop::option::weighted(0.6, clinician()));
    let stated = prop_oneof![
        plain => Just(Stated::Nothing),
        3 => prop::option::weighted(0.9, clinician()).prop_map(Stated::Treatment),
        5 => (opener, second, reason)
            .prop_map(|(opener, second, reason)| Stated::Emergency { opener, second, reason }),
    ];
    let slot = prop_oneof![6 => Just(0usize), 2 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(4)];
    (at(), by, stated, slot, prop::bool::weighted(0.15)).prop_map(|(at, by, stated, slot, again)| Act::Open {
        at,
        by,
        stated,
        slot,
        again,
    })
}

fn emergency() -> impl Strategy<Value = Act> {
    let speaker = prop_oneof![
        4 => Just(Speaker::Own),
        1 => Just(Speaker::MandateKey),
        2 => who().prop_map(Speaker::Circle),
        2 => Just(Speaker::Entrusted),
    ];
    let verdict = prop::sample::select(Verdict::ALL.to_vec());
    let (right, fresh) = (prop::bool::weighted(0.9), prop::bool::weighted(0.9));
    prop_oneof![
        3 => (at(), clinician(), right, fresh)
            .prop_map(|(at, by, right, fresh)| Act::Announce { at, by, right, fresh }),
        2 => (nth(), speaker, verdict).prop_map(|(nth, by, verdict)| Act::Review { nth, by, verdict }),
    ]
}

fn release() -> impl Strategy<Value = Act> {
    let how = prop_oneof![
        15 => Just(How::Right),
        1 => Just(How::StopSeen),
        1 => Just(How::OtherKey),
        1 => Just(How::OtherSlot),
        1 => Just(How::NoShare),
        1 => Just(How::Busy),
    ];
    let late = prop_oneof![
        6 => Just(0i64),
        1 => Just(60_000),
        1 => Just(-60_000),
        1 => Just(60_001),
        1 => Just(-60_001),
    ];
    (nth(), how, late).prop_map(|(nth, how, late)| Act::Release { nth, how, late })
}

fn any_act(matter: Matter) -> impl Strategy<Value = Act> {
    let (laptops, contracts) = match matter {
        Matter::Laptops => (7, 1),
        Matter::Contracts => (2, 5),
    };
    prop_oneof![
        8 => wait(),
        4 => give(),
        laptops => papers(),
        4 => stop(),
        3 => family(),
        3 => attest(),
        contracts => duty(),
        12 => open(matter),
        contracts => emergency(),
        10 => release(),
    ]
}
