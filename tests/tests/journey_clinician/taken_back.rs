//! A clinician takes a code back: a patient who has it can still give readings to it, and nobody hears of them. One that a patient
//! answered is not taken back.

use salus_wire::CodeId;

use super::*;

async fn code_for(clinician: &App, note: &str) -> (CodeId, String) {
    match clinician.run(c::MakeCode { note: note.into() }).await.unwrap() {
        CodeView::Code { id, code, .. } => (id, code),
        CodeView::Request { .. } => panic!("not attested"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_to_a_code_that_was_taken_back_reaches_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let off = hands();
    let (clinician, _, _) = attested(&network, &dir.path().join("clinician"), &off).await;
    let (lost, to_lost) = code_for(&clinician, "lost on the bus").await;
    let (kept, to_kept) = code_for(&clinician, "Maria, again").await;
    let listed = clinician.run(c::ListGivenCodes {}).await.unwrap();
    // With the one that is made when a member confirms who the clinician is.
    assert_eq!(listed.len(), 4);
    let left = clinician.run(c::TakeBackCode { id: lost }).await.unwrap();
    assert_eq!(left.len(), 3);
    assert!(left.iter().all(|code| code.id != lost), "{left:?}");

    let patient = app(&dir.path().join("patient"), &network.genesis_path(), &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    let now = off.now();
    // The one that was taken back first: once the other one arrives, this one would have.
    for text in [to_lost, to_kept] {
        let checked =
            eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
        checked.await.unwrap();
        let draft = PermissionDraft {
            code: text,
            categories: vec![Category::BloodPressure],
            data_from: now - HOUR,
            data_to: now + HOUR,
            starts: now,
            ends: now + HOUR,
            condition: Condition::Whenever,
        };
        patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    }
    let arrived = eventually(PATIENCE, async || {
        let inbox = clinician.run(c::ListInbox {}).await.unwrap();
        (!inbox.shared.is_empty()).then_some(inbox)
    });
    let inbox = arrived.await.unwrap();
    let notes: Vec<&str> = inbox.shared.iter().map(|shared| shared.note.as_str()).collect();
    assert_eq!(notes, ["Maria, again"]);
    assert_eq!(inbox.waiting, ["Maria"]);
    assert_eq!(code(&clinician, c::TakeBackCode { id: kept }).await, Some(ErrorCode::CodeUsed));
}
