//! Journey: the first of two laptops is stolen, open to the thief. New keys begin on the copy that the person kept: what runs is given again
//! from there, the members refuse what the stolen copy signs, the other laptop is out of the record and hears nothing that the thief
//! says, and belongs to it again once six digits were compared anew.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::ids::GrantId as ChainGrant;
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{RevokeBody, Tx};
use salus_light::{LightClient, LightError, MemoryStore};
use salus_vault::{Identity, Unlock, Vault};
use salus_wire::view::{LaptopStep, LaptopsView};

use super::laptops::{added, has, lists, patient, until};
use super::*;

/// Everything of an application that is closed, as a thief has it.
pub(super) fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copied(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
}

/// The keys with which the stolen record can stop the permissions that it knows.
async fn stolen_keys(record: &Path) -> Vec<SigningKey> {
    let rng = ChaCha20Rng::seed_from_u64(3);
    let vault = Vault::open(record, Unlock::Passphrase(PASSPHRASE), rng).await.unwrap();
    let mut keys = Vec::new();
    for (_, facts) in vault.cabinet().list("permissions").await.unwrap() {
        let facts: serde_json::Value = serde_json::from_slice(&facts).unwrap();
        let nonce: [u8; 16] = serde_json::from_value(facts["nonce"].clone()).unwrap();
        keys.push(SigningKey::from_bytes(&vault.derive(Identity::FIRST, "salus/grant-key", &nonce)));
    }
    vault.lock().await.unwrap();
    keys
}

/// Stops a permission with a key, as somebody would who has no application; what the members say.
async fn stop_with(
    client: &LightClient,
    id: salus_wire::GrantId,
    key: &SigningKey,
) -> Result<(), LightError> {
    let body = RevokeBody {
        grant_id: ChainGrant(id.0),
        revoker_pk: key.verifying_key(),
        path: MerklePath::single(),
    };
    let bits = client.genesis().params.pow_bits;
    let tx = Tx::Revoke(body.sign(&client.chain_id(), bits, key));
    salus_sharing::Network::record(client, &tx).await.map(drop)
}

/// A laptop that was taken out is compared again, and belongs to the record once more.
async fn compared_again(first: &App, second: &App) {
    let code = second.run(c::ShowLaptopCode {}).await.unwrap().pairing.unwrap().code.unwrap();
    let read =
        eventually(PATIENCE, async || first.run(c::ReadLaptopCode { code: code.clone() }).await.ok()).await;
    read.expect("the code is read");
    let compared = |view: &LaptopsView| view.pairing.as_ref().is_some_and(|p| p.step == LaptopStep::Compare);
    let new = until(second, "the digits again", compared).await.pairing.unwrap();
    let old = until(first, "the digits again", compared).await.pairing.unwrap();
    assert_eq!(new.digits, old.digits);
    first.run(c::ConfirmLaptop { name: "Kitchen".into(), passphrase: PASSPHRASE.into() }).await.unwrap();
    second.run(c::JoinLaptop {}).await.unwrap();
    until(second, "the record", |view| view.removed.is_none() && view.pairing.is_none()).await;
    let there = |view: &LaptopsView| view.laptops.iter().any(|one| one.number == 2 && one.removed.is_none());
    until(first, "the laptop", there).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stolen_first_laptop_signs_is_refused_and_the_other_is_compared_again() {
    let dir = tempfile::tempdir().unwrap();
    let options = salus_tests::network::Options::default();
    let network = Network::start_with(1, &dir.path().join("members"), &options).await.unwrap();
    let genesis = network.genesis_path();
    let clinician = app(&dir.path().join("clinician"), &genesis, dir.path()).await;
    let (name, passphrase) = ("Dr Ana, Heart Clinic".to_owned(), PASSPHRASE.to_owned());
    clinician.run(c::CreateProfile { name, role: Role::Clinician, passphrase }).await.unwrap();
    let CodeView::Request { request } = clinician.run(c::MakeCode { note: String::new() }).await.unwrap()
    else {
        panic!("a code before anybody attested")
    };
    clinician.run(c::AddAttestation { attestation: network.attest(0, &request).unwrap() }).await.unwrap();
    let home = dir.path().join("first");
    let first = patient(&home, &genesis).await;
    let second = patient(&dir.path().join("second"), &genesis).await;
    let now = first.run(c::GetApp {}).await.unwrap().now;
    pressure(&first, "128", now - 3 * HOUR).await;
    added(&first, &second).await;
    has(&second, &first, 1).await;
    let by_first = give(&first, code(&clinician, "by the first").await).await;
    until(&second, "a mandate to give", |view| view.can_give.is_some_and(|n| n > 0)).await;
    let by_second = give(&second, code(&clinician, "by the second").await).await;
    lists(&first, |view| view.id == by_second.id && view.state == PermissionState::Active).await;

    // Stolen, and opened: the thief has everything that the record had by then.
    first.lock().await.unwrap();
    let (raw, stolen) = (dir.path().join("raw"), dir.path().join("stolen"));
    copied(&home, &raw);
    copied(&home, &stolen);
    first.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let keys = stolen_keys(&raw.join("record")).await;
    assert_eq!(keys.len(), 1);

    // Where it takes something out, the person is asked first.
    assert_eq!(first.run(c::GetLost {}).await.unwrap().retired, None);
    let lost = first.run(renewal()).await.unwrap();
    assert_eq!(lost.retired.unwrap().to_compare, ["Kitchen"]);
    until(&second, "that it is out", |view| view.removed.is_some()).await;
    let again = eventually(PATIENCE, async || {
        let retired = first.run(c::GetLost {}).await.ok()?.retired?;
        ((retired.given_again, retired.still) == (2, 0)).then_some(())
    });
    again.await.expect("what either gave is given again");
    let in_place = |before: &PermissionView| {
        let (ends, clinician) = (before.ends, before.clinician.clone());
        move |view: &PermissionView| {
            let same = view.ends == ends && view.clinician.name == clinician.name;
            same && view.new_keys == NewKeys::InPlace && view.state == PermissionState::Active
        }
    };
    let (one, other) = (lists(&first, in_place(&by_first)).await, lists(&first, in_place(&by_second)).await);
    for before in [&by_first, &by_second] {
        lists(&first, |view| view.id == before.id && view.state == PermissionState::Stopped).await;
    }

    // The members refuse the stolen keys; the clinician reads on.
    let clock = Arc::new(SystemClock);
    let client = LightClient::connect(network.genesis().unwrap(), Arc::new(MemoryStore::default()), clock)
        .await
        .unwrap();
    for key in &keys {
        for given in [&one, &other] {
            let refused = stop_with(&client, given.id, key).await;
            assert!(matches!(refused, Err(LightError::Refused(_))), "{refused:?}");
        }
    }
    opened(&clinician, &one, 1).await;

    // The thief begins keys too, unless the members have told that copy already that it is an older one, and says so over the line of
    // before; nobody listens any more.
    let thief = app(&stolen, &genesis, dir.path()).await;
    thief.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let unknown = thief.run(c::StopPermission { id: one.id }).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::UnknownPermission);
    drop(thief.run(renewal()).await);

    compared_again(&first, &second).await;
    assert!(first.run(c::GetLost {}).await.unwrap().retired.unwrap().to_compare.is_empty());
    pressure(&second, "131", now - 2 * HOUR).await;
    has(&first, &second, 2).await;
    pressure(&first, "135", now - HOUR).await;
    has(&second, &first, 3).await;
    // It gives again, under a mandate of the new identity.
    until(&second, "a mandate to give", |view| view.can_give.is_some_and(|n| n > 0)).await;
    let anew = give(&second, code(&clinician, "by the second, again").await).await;
    opened(&clinician, &anew, 3).await;
    has(&thief, &thief, 1).await;
    for app in [first, second, thief, clinician] {
        app.close().await.unwrap();
    }
}
