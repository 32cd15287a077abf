//! A clinician writes back: a signed note arrives, a forged one does not, one about a stopped permission says that it was stopped.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::attestation::{Attestation, AttestationRequest};
use salus_chain::codec::Record;
use salus_chain::sign::SigningKey;
use salus_light::{LightClient, MemoryStore};
use salus_sharing::circle::letter;
use salus_sharing::invitation::{Code, ReaderSecret};
use salus_sharing::reply::{Address, Reply};
use salus_wire::GrantId;
use salus_wire::view::{MayReply, PatientView, ReplyView, SentRepliesView, Unconfirmed};

use super::*;

const TEXT: &str = "Your mornings are higher than your evenings.\nPlease measure twice in the evening too.";

async fn replies(patient: &App, id: GrantId) -> Vec<ReplyView> {
    let all = patient.run(c::ListReplies {}).await.unwrap();
    all.into_iter().filter(|note| note.permission == id).collect()
}

/// Waits until so many notes of a permission are there, newest first.
async fn arrived(patient: &App, id: GrantId, n: usize) -> Vec<ReplyView> {
    let all = eventually(PATIENCE, async || {
        let all = replies(patient, id).await;
        (all.len() == n).then_some(all)
    });
    all.await.unwrap()
}

async fn sent(clinician: &App, id: GrantId) -> SentRepliesView {
    clinician.run(c::GetSentReplies { id }).await.unwrap()
}

fn send(id: GrantId, text: &str, takes_back: Option<u32>) -> c::SendReply {
    c::SendReply { id, text: text.into(), takes_back }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_note_arrives_and_nobody_elses_does() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let (genesis, off) = (network.genesis_path(), hands());
    let (clinician, text, attestation) = attested(&network, &dir.path().join("clinician"), &off).await;
    let patient = app(&dir.path().join("patient"), &genesis, &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    typed(&patient, &off).await;
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
    let id = given.id;
    let found = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == id)
    });
    found.await.unwrap();

    // The list of patients: marked, and with what was seen once it was opened.
    let row = |all: Vec<PatientView>| all.into_iter().next().unwrap();
    let before = row(clinician.run(c::ListPatients {}).await.unwrap());
    assert_eq!((before.flagged, before.glimpse), (false, None));
    assert!(row(clinician.run(c::FlagPatient { id, flagged: true }).await.unwrap()).flagged);
    let opened = clinician.run(c::OpenRecord { id, width: 400, second: None }).await.unwrap();
    let seen = row(clinician.run(c::ListPatients {}).await.unwrap()).glimpse.unwrap();
    let total = opened.records[0].total;
    assert_eq!((seen.last.is_some(), u32::from(seen.days)), (total > 0, total.min(1)));
    assert!(seen.ranges.is_empty(), "one day says nothing of what is usual: {seen:?}");

    // Where to write to comes by letter from the patient's computer.
    let may = eventually(PATIENCE, async || {
        matches!(sent(&clinician, id).await.may, MayReply::Yes { .. }).then_some(())
    });
    may.await.unwrap();
    let long = "x".repeat(2_001);
    for bad in ["", " padded", "a\u{202e}b", long.as_str()] {
        assert_eq!(code(&clinician, send(id, bad, None)).await, Some(ErrorCode::BadRequest));
    }
    assert_eq!(
        code(&clinician, send(id, "x", Some(1))).await,
        Some(ErrorCode::BadRequest),
        "nothing to take back"
    );
    let unknown = GrantId([7; 32]);
    assert_eq!(code(&clinician, send(unknown, "x", None)).await, Some(ErrorCode::UnknownPermission));

    let after = clinician.run(send(id, TEXT, None)).await.unwrap();
    assert!(after.sent[0].sent, "{after:?}");
    let note = arrived(&patient, id, 1).await.remove(0);
    assert_eq!((note.text.as_str(), note.name.as_str()), (TEXT, "Dr Ana Example"));
    assert_eq!((note.permission, note.number, note.unconfirmed, note.after), (id, 1, None, None));
    assert_eq!(note.attested_by, given.clinician.attested_by);
    assert!(!note.read && !note.taken_back);
    let read = patient.run(c::ReadReply { permission: id, number: 1 }).await.unwrap();
    assert!(read[0].read);

    // Taking back is a note of its own: both stay.
    clinician.run(send(id, "I looked at another week. Please go on as before.", Some(1))).await.unwrap();
    let both = arrived(&patient, id, 2).await;
    assert_eq!(both.iter().map(|n| (n.number, n.taken_back)).collect::<Vec<_>>(), [(2, false), (1, true)]);

    forged(&network, &patient, id).await;

    // A stop ends reading, not speaking: it is said that the permission was stopped by then. And who signed is not confirmed now.
    patient.run(c::StopPermission { id }).await.unwrap();
    let stopped = eventually(PATIENCE, async || {
        let all = clinician.run(c::ListInbox {}).await.unwrap().shared;
        (all[0].state == PermissionState::Stopped).then_some(())
    });
    stopped.await.unwrap();
    let credential = Attestation::from_text(&attestation).unwrap().person.credential_pk;
    network.withdraw(0, &credential).unwrap();
    let recorded = async || {
        let said = code(&patient, c::CheckCode { code: text.clone() }).await;
        (said == Some(ErrorCode::NotAttested)).then_some(())
    };
    eventually(PATIENCE, recorded).await.unwrap();
    clinician.run(send(id, "Please see a doctor about your pulse.", None)).await.unwrap();
    // What is over is looked at once a minute, and when the record is opened.
    again(&patient).await;
    let last = arrived(&patient, id, 3).await.remove(0);
    assert_eq!((last.number, last.after), (3, Some(PermissionState::Stopped)));
    assert_eq!(last.unconfirmed, Some(Unconfirmed::Withdrawn));
    assert!(replies(&patient, id).await.iter().all(|n| n.number != 1 || n.read), "what was read stays so");

    // Long after that there is nothing more to say.
    off.0.store(31 * 24 * HOUR, Ordering::Relaxed);
    clinician.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(sent(&clinician, id).await.may, MayReply::TooLate);
}

/// An attested clinician without any application sends what no application would: only what they signed for their own permission
/// arrives, and the first of it under each number.
async fn forged(network: &Network, patient: &App, other: GrantId) {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let clock = Arc::new(SystemClock);
    let client = LightClient::connect(network.genesis().unwrap(), Arc::new(MemoryStore::default()), clock)
        .await
        .unwrap();
    let (chain, now) = (client.chain_id(), SystemClock.now());
    let credential = SigningKey::generate(&mut rng);
    let request = AttestationRequest::sign("Dr Eva Example", "Heart Clinic", &chain, &credential).unwrap();
    let attestation = network.attest(0, &request.to_text().unwrap()).unwrap();
    let attestation = Attestation::from_text(&attestation).unwrap();
    let reader = ReaderSecret::generate(&mut rng);
    let text = Code::make(&reader, attestation, &chain, &credential).to_text().unwrap();
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
    checked.await.unwrap();
    let draft = PermissionDraft {
        code: text,
        categories: vec![Category::HeartRate],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let id = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap().id;

    let told = eventually(PATIENCE, async || {
        let letters = letter::collect(&client, &reader, &BTreeSet::new()).await.ok()?;
        letters.iter().find_map(|(_, said)| Address::decode(said).ok())
    });
    let address = told.await.unwrap();
    let (own, others) = (salus_chain::ids::GrantId(id.0), salus_chain::ids::GrantId(other.0));
    assert_eq!(address.grant, own);
    let sign = |grant, number, text: &str, by: &SigningKey| {
        Reply::sign(grant, number, None, now, text, &chain, by).unwrap().encode()
    };
    let first = [
        sign(own, 1, "Signed by a stranger.", &SigningKey::generate(&mut rng)),
        sign(others, 1, "About a permission of somebody else's.", &credential),
        vec![7; 300],
        sign(own, 1, "What she wrote.", &credential),
    ];
    for said in &first {
        letter::send(&client, said, &address.inbox, now + HOUR, now, &mut rng).await.unwrap();
    }
    // Who never opened anything is looked at once a minute, and when the record is opened.
    again(patient).await;
    assert_eq!(arrived(patient, id, 1).await[0].text, "What she wrote.");
    let second = [
        sign(own, 1, "Other words under the same number.", &credential),
        sign(own, 2, "Her second note.", &credential),
    ];
    for said in &second {
        letter::send(&client, said, &address.inbox, now + HOUR, now, &mut rng).await.unwrap();
    }
    again(patient).await;
    let both = arrived(patient, id, 2).await;
    let texts: Vec<&str> = both.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["Her second note.", "What she wrote."]);
    assert!(both.iter().all(|note| note.name == "Dr Eva Example" && note.unconfirmed.is_none()));
}

/// Closes the record and opens it again.
async fn again(patient: &App) {
    patient.lock().await.unwrap();
    patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
}
