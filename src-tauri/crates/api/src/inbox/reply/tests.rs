//! What is asked, and when there can be a note.

use salus_wire::GrantId;

use super::*;
use crate::tongue::Tongue;

fn shared(state: PermissionState, ends: UnixMillis) -> Shared {
    Shared {
        id: GrantId([1; 32]),
        invitation: String::new(),
        patient: "Maria Example".into(),
        note: String::new(),
        asks: None,
        categories: Vec::new(),
        data_from: 0,
        data_to: ends,
        starts: 0,
        ends,
        state,
        found: 0,
        opened: true,
        policy: String::new(),
        asked: Vec::new(),
        by_helper: None,
    }
}

#[test]
fn what_is_confirmed_says_who_signs_what_for_whom_and_that_it_stays() {
    let said = |tongue, by_helper| {
        let (signs, reads) = (("Dr Ana Example", "Heart Clinic"), ("Maria Example", by_helper));
        asked_for(tongue, signs, reads, "All is well.")
    };
    for (tongue, stays) in [(Tongue::English, "cannot be taken back"), (Tongue::Arabic, "ولا يمكن استرجاعها")]
    {
        let asked = said(tongue, false);
        assert_ne!(asked, said(tongue, true), "who else reads it is said");
        for part in ["Dr Ana Example", "Heart Clinic", "Maria Example", "All is well.", stays] {
            assert!(asked.contains(part), "{asked}");
        }
    }
}

#[test]
fn a_stop_counts_from_when_it_was_and_an_end_from_its_time() {
    let (known, unknown) = (Book { stopped: Some(40), ..Book::default() }, Book::default());
    assert_eq!(over(&shared(PermissionState::Stopped, 100), &known, 90), 40);
    assert_eq!(over(&shared(PermissionState::Stopped, 100), &unknown, 90), 90);
    assert_eq!(over(&shared(PermissionState::Ended, 100), &unknown, 200), 100);
    assert_eq!(over(&shared(PermissionState::Active, 100), &unknown, 50), 100);
    let late = Book { stopped: Some(400), ..Book::default() };
    assert_eq!(over(&shared(PermissionState::Stopped, 100), &late, 500), 100, "never later than its end");
}

#[test]
fn why_there_can_be_none_is_a_failure_of_its_own() {
    let code = |may| refuse(may).err().map(|failure| failure.code);
    assert_eq!(code(MayReply::Yes { until: 1 }), None);
    assert_eq!(code(MayReply::NoAddress), Some(ErrorCode::NothingYet));
    assert_eq!(code(MayReply::TooLate), Some(ErrorCode::Ended));
    assert_eq!(code(MayReply::NotAttested), Some(ErrorCode::NotAttested));
    assert_eq!(code(MayReply::Full), Some(ErrorCode::BadRequest));
}
