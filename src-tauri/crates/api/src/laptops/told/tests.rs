use salus_chain::ids::{KemPublicKey, VerifyingKey};
use salus_vault::Identity;
use salus_wire::view::{ActivityBy, ProofView};

use super::*;
use crate::testing::{Hands, NOON, patient};

fn text(id: u8, by: u8) -> Vec<u8> {
    let clinician = ClinicianView {
        name: "Dr. Adams".to_owned(),
        organisation: "Hill Hospital".to_owned(),
        attested_by: "Member".to_owned(),
        proven_at_height: "7".to_owned(),
        asks: None,
        on_duty: false,
    };
    let told = Told {
        id: GrantId([id; 32]),
        by,
        clinician,
        categories: vec![Category::HeartRate],
        data_from: NOON,
        data_to: NOON + 1,
        starts: NOON,
        ends: NOON + 1,
        policy: String::new(),
        members_holding: 4,
        reader: ReaderKey::new(VerifyingKey([1; 32]), KemPublicKey([2; 32])),
        code: String::new(),
        context: power::given_context(by, 0),
    };
    serde_json::to_vec(&told).unwrap()
}

#[tokio::test]
async fn a_laptop_does_not_tell_of_what_another_told_of_as_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let app = patient(dir.path(), &Hands::at(NOON)).await;
    let open = app.open().await.unwrap();
    let own = Own::load(&open.vault).await.unwrap();
    assert!(take(&open.vault, &own, 1, &[text(7, 1)]).await.unwrap());
    assert!(take(&open.vault, &own, 2, &[text(7, 2), text(8, 2)]).await.unwrap());
    let seen = all(&open.vault).await.unwrap();
    let told: Vec<(u8, u8)> = seen.iter().map(|seen| (seen.told.id.0[0], seen.told.by)).collect();
    assert_eq!(told, [(7, 1), (8, 2)]);
    // Who opened something with them is listed here as well, each once.
    let listed = crate::activity::subject::all(&app, &open.vault).await.unwrap();
    let ids: Vec<u8> = listed.iter().map(|subject| subject.id.0[0]).collect();
    assert_eq!(ids, [7, 8]);
    assert!(listed.iter().all(|subject| subject.given == ActivityBy::OtherLaptop));
    drop(open);
    app.close().await.unwrap();
}

#[tokio::test]
async fn what_another_laptop_gave_is_stopped_by_the_key_of_its_mandate_while_it_runs() {
    let dir = tempfile::tempdir().unwrap();
    let app = patient(dir.path(), &Hands::at(NOON)).await;
    let open = app.open().await.unwrap();
    let vault = &open.vault;
    let own = Own::load(vault).await.unwrap();
    take(vault, &own, 1, &[text(7, 1)]).await.unwrap();
    assert!(elsewhere(vault, NOON).await.unwrap().is_empty(), "the members said nothing of it yet");
    assert_eq!(behind(vault, GrantId([7; 32])).await.unwrap(), Some(Identity::FIRST));
    assert_eq!(behind(vault, GrantId([8; 32])).await.unwrap(), None);

    let mut seen = all(vault).await.unwrap();
    let stands = |state| {
        let proof = ProofView { height: "1".into(), block: String::new(), time: NOON, signed_by: vec![] };
        Some(Proven { state, erased: 0, gone: false, openings: 0, proof })
    };
    seen[0].proven = stands(PermissionState::Active);
    save(vault, 1, &seen).await.unwrap();
    let found = elsewhere(vault, NOON).await.unwrap();
    let [one] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!((one.id, one.clinician.name.as_str()), (GrantId([7; 32]), "Dr. Adams"));
    let mandate = power::give_key(vault, Identity::FIRST, 1, 0);
    assert_eq!(one.key.verifying_key(), mandate.verifying_key());
    // Told again under another mandate, the one that was proven stays.
    let mut other: Told = serde_json::from_slice(&text(7, 1)).unwrap();
    other.context = power::given_context(1, 5);
    take(vault, &own, 1, &[serde_json::to_vec(&other).unwrap()]).await.unwrap();
    let found = elsewhere(vault, NOON).await.unwrap();
    assert!(found.iter().all(|one| one.key.verifying_key() == mandate.verifying_key()) && found.len() == 1);
    assert!(elsewhere(vault, NOON + 1).await.unwrap().is_empty(), "it is over by the clock");
    seen[0].proven = stands(PermissionState::Stopped);
    save(vault, 1, &seen).await.unwrap();
    assert!(elsewhere(vault, NOON).await.unwrap().is_empty());
    drop(open);
    app.close().await.unwrap();
}
