//! What is kept and shown of notes; that only their clinician's count is told in `salus-sharing`, against members by the journey.

use salus_wire::GrantId;
use salus_wire::view::{PermissionState, Unconfirmed};

use super::*;
use crate::testing::{Hands, NOON, patient};

fn note(grant: u8, number: u32, takes_back: Option<u32>, came: UnixMillis) -> Received {
    Received {
        permission: GrantId([grant; 32]),
        through: None,
        number,
        name: "Dr Ana Example".into(),
        organisation: "Heart Clinic".into(),
        attested_by: "Heart Clinic".into(),
        unconfirmed: None,
        proven_at_height: "7".into(),
        text: format!("Note {number}"),
        written: came,
        came,
        takes_back,
        after: None,
        read: false,
    }
}

#[tokio::test]
async fn notes_are_listed_newest_first_and_one_that_is_taken_back_stays_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = patient(dir.path(), &clock).await;
    {
        let open = app.open().await.unwrap();
        let late = Received {
            unconfirmed: Some(Unconfirmed::Withdrawn),
            after: Some(PermissionState::Stopped),
            ..note(2, 1, None, 30)
        };
        for one in [note(1, 1, None, 10), note(1, 2, Some(1), 20), late] {
            one.save(&open.vault).await.unwrap();
        }
    }
    let all = app.run(ListReplies {}).await.unwrap();
    let shown: Vec<_> = all.iter().map(|n| (n.permission.0[0], n.number, n.taken_back)).collect();
    // The same number with another permission is another note.
    assert_eq!(shown, [(2, 1, false), (1, 2, false), (1, 1, true)]);
    assert_eq!(
        (all[0].after, all[0].unconfirmed),
        (Some(PermissionState::Stopped), Some(Unconfirmed::Withdrawn))
    );
    assert!(all.iter().all(|n| !n.read));

    let read = app.run(ReadReply { permission: GrantId([1; 32]), number: 1 }).await.unwrap();
    assert_eq!(read.iter().map(|n| n.read).collect::<Vec<_>>(), [false, false, true]);
    let unknown = app.run(ReadReply { permission: GrantId([1; 32]), number: 9 }).await;
    assert_eq!(unknown.unwrap_err().code, ErrorCode::UnknownPermission);
    app.close().await.unwrap();
}
