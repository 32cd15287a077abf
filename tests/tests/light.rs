//! The light client against four members as real processes: proofs, transactions, shares, blobs, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "light/patient.rs"]
mod patient;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use patient::Patient;
use salus_chain::ids::{GrantId, Hash32};
use salus_chain::state::{GrantStatus, TxRefused};
use salus_chain::tx::Tx;
use salus_keeper::message::{EraseState, KeeperRefused};
use salus_keeper::release::Refusal;
use salus_light::clock::OffsetFileClock;
use salus_light::verify::{HeaderFault, VerifyError};
use salus_light::{LightClient, LightError, MemoryStore};
use salus_sharing::network::light_code;
use salus_tests::network::{Network, PATIENCE, eventually};
use salus_wire::ErrorCode;

const DAY_MS: i64 = 86_400_000;

async fn network() -> (tempfile::TempDir, Network) {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start(4, dir.path()).await.unwrap();
    (dir, network)
}

async fn client(network: &Network) -> LightClient {
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    LightClient::connect(network.genesis().unwrap(), Arc::new(MemoryStore::default()), clock).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_is_dealt_recorded_used_stopped_and_erased() {
    let (_dir, network) = network().await;
    let client = client(&network).await;

    let head = client.fresh_head().await.unwrap();
    assert!(head.signers.len() >= 3, "{head:?}");
    let absent = client.prove_grant(&GrantId([9; 32])).await.unwrap();
    assert_eq!(absent.value, None, "never granted is proven");

    // Dealt and acknowledged by all four, then final.
    let now = client.clock().now();
    let patient = Patient::new(&client, now, now + DAY_MS, 1);
    let acks = patient.deal(&client).await;
    assert_eq!(acks.len(), 4);
    let grant = patient.grant(&client, acks, head.height + 1000);
    let granted = client.record(&Tx::Grant(Box::new(grant.clone())), PATIENCE).await.unwrap();
    assert!(granted.height > head.height);
    let again = client.record(&Tx::Grant(Box::new(grant)), PATIENCE).await.unwrap();
    assert_eq!(again, granted, "sending it again records it once");
    let proven = client.prove_grant(&patient.grant_id).await.unwrap();
    let record = proven.value.unwrap();
    assert_eq!(record.status_at(client.clock().now()), GrantStatus::Active);
    assert_eq!(record.counts(), (4, 0));

    // Nothing without a receipt; with one, every keeper answers and the slots open.
    let (request, receipt, key) = patient.request(&client, now);
    for index in 1..=4 {
        let refused = client.keeper(index).unwrap().release(request.clone()).await.unwrap_err();
        let why = KeeperRefused::Release(Refusal::NoReceipt);
        assert_eq!(refused, LightError::Keeper { member: index, why });
    }
    let receipt = client.record(&Tx::Access(receipt), PATIENCE).await.unwrap();
    let opened = patient.open(&client, &request, key, receipt.height).await;
    assert_eq!(opened, patient.expected(&client, &request));
    let (_, log) = client.grant_log(&patient.grant_id).await.unwrap().value.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].reader_pk, log[0].height), (patient.reader_pk(), receipt.height));

    // Stopped: refused by every keeper, erased by every keeper, confirmed on the chain.
    client.record(&Tx::Revoke(patient.revoke(&client)), PATIENCE).await.unwrap();
    for index in 1..=4 {
        let refused = client.keeper(index).unwrap().release(request.clone()).await.unwrap_err();
        let LightError::Keeper { why: KeeperRefused::Release(why), .. } = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(why, Refusal::Ended | Refusal::RevokeSeen | Refusal::NoShare), "{why:?}");
    }
    let confirmed = async || {
        let record = client.prove_grant(&patient.grant_id).await.ok()?.value?;
        (record.counts().1 == 4).then_some(record)
    };
    let record = eventually(PATIENCE, confirmed).await.expect("four erasures confirmed");
    assert_eq!(record.status_at(now), GrantStatus::Revoked);
    for index in 1..=4 {
        let status = client.keeper(index).unwrap().erase_status(&patient.grant_id).await.unwrap();
        assert_eq!(status.state, EraseState::Erased);
        let shares = network.home(usize::from(index) - 1).join("data/shares");
        assert_eq!(std::fs::read_dir(shares).unwrap().count(), 0, "no file of it is left");
    }
    let refused = client.submit(&Tx::Access(patient.request(&client, now).1)).await;
    assert_eq!(refused.unwrap_err(), LightError::Refused(TxRefused::Ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn sealed_data_is_kept_by_more_than_one_member_and_survives_one() {
    let (_dir, mut network) = network().await;
    let client = client(&network).await;
    let until = client.clock().now() + DAY_MS;
    let (depots, locator) = (client.depots(), Hash32([3; 32]));
    let blob = vec![0xa5; 300_000];
    let kept = depots.put(until, &[locator], blob.clone()).await.unwrap();
    assert!(kept.len() >= 2, "{kept:?}");
    let found = depots.find(&locator).await.unwrap();
    assert_eq!(found.len(), 1);
    let held: BTreeSet<u16> = depots
        .held(&found)
        .await
        .unwrap()
        .into_iter()
        .filter(|(_, held)| held == &found)
        .map(|(member, _)| member)
        .collect();
    assert_eq!(held, kept.iter().copied().collect());
    let inbox = Hash32([4; 32]);
    depots.put_pointer(&inbox, until, b"sealed pointer".to_vec()).await.unwrap();
    assert_eq!(depots.pointers(&inbox).await.unwrap(), [b"sealed pointer"]);

    network.kill(usize::from(kept[0]) - 1).unwrap();
    assert_eq!(depots.get(&found[0]).await.unwrap(), blob);
    let missing = depots.get(&Hash32([5; 32])).await.unwrap_err();
    assert!(matches!(missing, LightError::Missing { .. }), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_member_less_is_followed_and_a_halted_chain_unlocks_nothing() {
    let (_dir, mut network) = network().await;
    let client = client(&network).await;
    let head = client.fresh_head().await.unwrap();
    network.kill(3).unwrap();
    let last = std::sync::Mutex::new(None);
    let further = async || {
        let later = client.sync().await;
        let is_further = later.as_ref().is_ok_and(|later| later.height > head.height);
        *last.lock().unwrap() = Some(later);
        is_further.then_some(())
    };
    let went_on = eventually(PATIENCE, further).await.is_some();
    assert!(went_on, "three go on without the fourth: {:?}", last.lock().unwrap());

    network.kill(2).unwrap();
    network.set_clock_offset(120_000).unwrap();
    let refused = client.prove_grant(&GrantId([1; 32])).await.unwrap_err();
    assert!(matches!(refused, LightError::OutOfDate { .. }), "{refused:?}");

    network.restart(2).unwrap();
    network.restart(3).unwrap();
    let proven = async || client.prove_grant(&GrantId([1; 32])).await.ok();
    assert_eq!(eventually(PATIENCE, proven).await.unwrap().value, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_genesis_that_does_not_match_is_named() {
    let (_dir, network) = network().await;
    let mut genesis = network.genesis().unwrap();
    genesis.params.access_per_epoch += 1;
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    let client = LightClient::connect(genesis, Arc::new(MemoryStore::default()), clock).await.unwrap();
    let refused = tokio::time::timeout(Duration::from_secs(20), client.sync()).await.unwrap().unwrap_err();
    let LightError::Header { error: VerifyError::Refused { fault, .. }, .. } = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(*fault, HeaderFault::Chain);
    assert_eq!(light_code(&refused), ErrorCode::WrongGenesis);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_31_days_is_joined_with_a_member_s_word() {
    let (_dir, network) = network().await;
    let early = client(&network).await.fresh_head().await.unwrap();
    network.set_clock_offset(31 * DAY_MS).unwrap();
    let list = eventually(PATIENCE, async || network.anchor(2).ok()).await.unwrap();
    assert!(list.anchor.unwrap().height > early.height);

    let refused = client(&network).await.fresh_head().await.unwrap_err();
    assert_eq!((light_code(&refused), refused), (ErrorCode::AnchorExpired, LightError::AnchorExpired));
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    let joined = LightClient::connect(list, Arc::new(MemoryStore::default()), clock).await.unwrap();
    let head = joined.fresh_head().await.unwrap();
    assert!(head.height >= early.height && head.signers.len() >= 3, "{head:?}");
    assert_eq!(joined.prove_grant(&GrantId([9; 32])).await.unwrap().value, None);
    // What happened before is still proven, by the members of now.
    let then = joined.head_at(early.height).await.unwrap();
    assert_eq!((then.hash, then.time_ms), (early.hash, early.time_ms));
}
