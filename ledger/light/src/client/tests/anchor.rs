//! Where trust begins, and what is said when nothing is trusted any more.

use salus_chain::genesis::{MembersList, TrustAnchor};

use super::*;
use crate::client::newer;

/// Blocks of a day, one in five seconds.
const DAY: u64 = 17_280;

impl Network {
    /// A list that a member renewed at a height.
    fn list(&self, height: u64) -> MembersList {
        let block = self.script.chain.block_with(height, self.script.root.0, &MEMBERS);
        let anchor = TrustAnchor {
            chain_id: self.genesis.chain_id(),
            height,
            header_hash: block.hash(),
            time_ms: block.time_ms(),
        };
        MembersList { genesis: self.genesis.clone(), anchor: Some(anchor) }
    }

    async fn with(&self, list: MembersList) -> Result<LightClient, LightError> {
        LightClient::connect(list, self.store.clone(), self.clock.clone()).await
    }
}

#[tokio::test]
async fn a_genesis_of_31_days_needs_a_newer_anchor() {
    let network = network().await;
    network.advance(29 * DAY);
    let (genesis, store) = (network.genesis.clone(), Arc::new(MemoryStore::default()));
    let in_time = LightClient::connect(genesis, store, network.clock.clone()).await.unwrap();
    assert_eq!(in_time.sync().await.unwrap().height, 29 * DAY);

    network.advance(31 * DAY);
    let fresh = network.client().await;
    assert_eq!(fresh.sync().await, Err(LightError::AnchorExpired));
    assert_eq!(fresh.head_at(5).await, Err(LightError::AnchorExpired));

    let client = network.with(network.list(31 * DAY - 3)).await.unwrap();
    assert_eq!(client.sync().await.unwrap().height, 31 * DAY);
    // What a person was handed is what the record goes on from.
    assert_eq!(network.client().await.sync().await.unwrap().height, 31 * DAY);
}

#[tokio::test]
async fn what_was_verified_is_good_for_another_30_days_and_no_longer() {
    let network = network().await;
    for day in [20, 45, 74] {
        network.advance(day * DAY);
        assert_eq!(network.client().await.sync().await.unwrap().height, day * DAY);
    }
    network.advance(105 * DAY);
    assert_eq!(network.client().await.sync().await, Err(LightError::AnchorExpired));
    let client = network.with(network.list(104 * DAY)).await.unwrap();
    assert_eq!(client.sync().await.unwrap().height, 105 * DAY);
}

#[tokio::test]
async fn a_clock_31_days_ahead_is_not_called_an_old_list() {
    let network = network().await;
    network.clock.0.fetch_add(31 * 86_400_000, Ordering::Relaxed);
    let said = network.client().await.sync().await;
    assert_eq!(said, Err(LightError::OutOfDate { height: 20, time_ms: time_at(20) }));
    // Nor is the anchor that a member just gave.
    let said = network.with(network.list(19)).await.unwrap().sync().await;
    assert_eq!(said, Err(LightError::OutOfDate { height: 20, time_ms: time_at(20) }));
}

#[tokio::test]
async fn an_anchor_that_is_too_old_itself_or_of_the_future_is_refused() {
    let network = network().await;
    network.advance(62 * DAY);
    let old = network.with(network.list(31 * DAY)).await.unwrap();
    assert_eq!(old.sync().await, Err(LightError::AnchorExpired));

    let ahead = network.with(network.list(62 * DAY)).await.unwrap();
    network.clock.0.fetch_sub(86_400_000, Ordering::Relaxed);
    let refused = ahead.sync().await.unwrap_err();
    let future = |error: &LightError| matches!(error, LightError::Header { error: VerifyError::Refused { fault, .. }, .. } if *fault == HeaderFault::Future);
    assert!(future(&refused), "{refused:?}");
}

#[tokio::test]
async fn an_anchor_that_no_member_has_is_refused_and_one_liar_is_passed_over() {
    let network = network().await;
    network.advance(31 * DAY);
    let change: [fn(&mut TrustAnchor); 2] = [|a| a.header_hash = Hash32([1; 32]), |a| a.time_ms -= 1];
    for change in change {
        let mut list = network.list(31 * DAY);
        change(list.anchor.as_mut().unwrap());
        let refused = network.with(list).await.unwrap().sync().await.unwrap_err();
        assert!(matches!(refused, LightError::OtherAnchor { .. }), "{refused:?}");
    }
    for liar in [1, 2, 3] {
        network.script.set(liar, Mood::ForgesHeaders);
    }
    let client = network.with(network.list(31 * DAY)).await.unwrap();
    assert_eq!(client.sync().await.unwrap().height, 31 * DAY);
}

#[tokio::test]
async fn an_anchor_is_verified_as_any_block_while_something_older_is_trusted() {
    let network = network().await;
    network.script.set(1, Mood::Strangers);
    let block = strangers(&network.genesis).block(20);
    let mut list = network.list(20);
    list.anchor.as_mut().unwrap().header_hash = block.hash();
    let refused = network.with(list).await.unwrap().sync().await.unwrap_err();
    assert!(matches!(refused, LightError::Header { member: 1, .. }), "{refused:?}");
}

#[tokio::test]
async fn an_older_anchor_changes_nothing_and_a_contradiction_is_refused() {
    let network = network().await;
    network.client().await.sync().await.unwrap();
    let mut older = network.list(10);
    older.anchor.as_mut().unwrap().header_hash = Hash32([1; 32]);
    assert_eq!(network.with(older).await.unwrap().sync().await.unwrap().height, 20);
    let mut other = network.list(20);
    other.anchor.as_mut().unwrap().header_hash = Hash32([1; 32]);
    assert_eq!(network.with(other).await.err(), Some(LightError::StoredState));
    assert_eq!(network.with(network.list(20)).await.unwrap().sync().await.unwrap().height, 20);
}

#[tokio::test]
async fn heights_before_the_anchor_are_verified_by_the_members_of_now() {
    let network = network().await;
    network.advance(31 * DAY);
    let client = network.with(network.list(31 * DAY)).await.unwrap();
    let head = client.head_at(5).await.unwrap();
    assert_eq!((head.height, head.time_ms, head.signers.len()), (5, time_at(5), 4));
    assert_eq!(client.time_at(30 * DAY).await.unwrap(), time_at(30 * DAY));
    for liar in MEMBERS {
        network.script.set(usize::from(liar), Mood::ForgesHeaders);
    }
    let refused = client.head_at(6).await.unwrap_err();
    assert!(matches!(refused, LightError::Header { .. }), "{refused:?}");
}

#[tokio::test]
async fn another_chains_list_at_these_members_is_named_before_its_age() {
    let network = network().await;
    let mut other = network.genesis.clone();
    other.params.access_per_epoch += 1;
    for height in [20, 31 * DAY] {
        network.advance(height);
        let store = Arc::new(MemoryStore::default());
        let client = LightClient::connect(other.clone(), store, network.clock.clone()).await.unwrap();
        let refused = client.sync().await.unwrap_err();
        let named = |error: &LightError| matches!(error, LightError::Header { error: VerifyError::Refused { fault, .. }, .. } if *fault == HeaderFault::Chain);
        assert!(named(&refused), "{refused:?}");
    }
}

#[tokio::test]
async fn the_newer_of_two_records_counts_and_a_fork_or_damage_is_never_lost() {
    let network = network().await;
    let record = async || network.store.load().await.unwrap();
    network.client().await.sync().await.unwrap();
    let old = record().await;
    network.advance(500);
    network.client().await.sync().await.unwrap();
    let new = record().await;
    assert_ne!(old, new);
    assert_eq!(
        (newer(old.clone(), new.clone()), newer(new.clone(), old.clone())),
        (new.clone(), new.clone())
    );
    assert_eq!((newer(None, old.clone()), newer(None, None)), (old.clone(), None));
    for member in [3, 4] {
        network.script.set(member, Mood::Forks);
    }
    network.advance(501);
    network.client().await.sync().await.unwrap_err();
    let frozen = record().await;
    network.advance(502);
    assert_eq!(newer(new.clone(), frozen.clone()), frozen);
    let damaged = Some(b"damaged".to_vec());
    assert_eq!(newer(damaged.clone(), frozen), damaged);
}
