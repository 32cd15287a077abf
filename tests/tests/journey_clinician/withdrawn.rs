//! A member takes back its word about a clinician who holds a permission. The members do not know whom a person's own permission
//! is for, so it goes on; the person is told, and stops it.

use salus_chain::attestation::Attestation;
use salus_wire::view::{PermissionView, Unconfirmed};

use super::*;

async fn one(patient: &App) -> PermissionView {
    let mut all = patient.run(c::ListPermissions {}).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_is_withdrawn_is_told_to_who_permitted() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let off = hands();
    let (clinician, text, attestation) = attested(&network, &dir.path().join("clinician"), &off).await;
    let home = dir.path().join("patient");
    let patient = app(&home, &network.genesis_path(), &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
    checked.await.unwrap();

    let now = off.now();
    let draft = PermissionDraft {
        code: text.clone(),
        categories: vec![Category::BloodPressure],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!((given.state, given.unconfirmed), (PermissionState::Active, None));
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    arrived.await.unwrap();

    let credential = Attestation::from_text(&attestation).unwrap().person.credential_pk;
    network.withdraw(0, &credential).unwrap();
    // The members have it once the same code is worth nothing more.
    let recorded = async || {
        let said = code(&patient, c::CheckCode { code: text.clone() }).await;
        (said == Some(ErrorCode::NotAttested)).then_some(())
    };
    eventually(PATIENCE, recorded).await.unwrap();

    // Looked at when the record is opened, and then each day.
    patient.lock().await.unwrap();
    patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let told = eventually(PATIENCE, async || {
        let view = one(&patient).await;
        view.unconfirmed.map(|why| (why, view))
    });
    let (why, view) = told.await.unwrap();
    assert_eq!((why, view.state), (Unconfirmed::Withdrawn, PermissionState::Active));
    assert_eq!(view.clinician.attested_by, given.clinician.attested_by);

    // It is no more than told: the members go on, until the person stops it.
    let open = c::OpenRecord { id: given.id, width: 400, second: None };
    clinician.run(open.clone()).await.unwrap();
    let stopped = patient.run(c::StopPermission { id: given.id }).await.unwrap();
    assert_eq!((stopped.state, stopped.unconfirmed), (PermissionState::Stopped, None));
    assert_eq!(code(&clinician, open).await, Some(ErrorCode::Stopped));
}
