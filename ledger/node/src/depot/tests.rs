use std::sync::atomic::{AtomicI64, Ordering};

use salus_chain::genesis::Params;
use salus_chain::tx::Pow;
use salus_keeper::depot::{blob_hash, padded_len};

use super::*;

const NOW: i64 = 1_795_000_000_000;

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Fixture {
    depot: Depot,
    clock: Arc<TestClock>,
    chain: ChainId,
    _dir: tempfile::TempDir,
}

async fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let genesis = Genesis {
        chain_name: "test".into(),
        genesis_time_ms: NOW,
        members: Vec::new(),
        params: Params::default(),
    };
    let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
    let limits = config::Depot { pow_bits: 6, ..config::Depot::default() };
    let depot = Depot::open(dir.path(), &limits, &genesis, clock.clone()).await.unwrap();
    Fixture { depot, clock, chain: genesis.chain_id(), _dir: dir }
}

impl Fixture {
    async fn ask(&self, request: DepotRequest) -> DepotReply {
        DepotReply::decode(&self.depot.answer(&request.encode()).await.unwrap()).unwrap()
    }

    fn put(&self, keep_until_ms: i64) -> Put {
        let put =
            Put { keep_until_ms, locators: vec![Hash32([1; 32])], pow: Pow(0), octets: b"sealed".to_vec() };
        put.solved(&self.chain, 6)
    }
}

#[tokio::test]
async fn a_blob_is_put_found_fetched_padded_and_counted() {
    let fixture = fixture().await;
    let hash = blob_hash(b"sealed");
    let stored = fixture.ask(DepotRequest::Put(Box::new(fixture.put(NOW + 1)))).await;
    assert_eq!(stored, DepotReply::Stored(hash));
    assert_eq!(fixture.ask(DepotRequest::Find(Hash32([1; 32]))).await, DepotReply::Hashes(vec![hash]));
    let reply = fixture.depot.answer(&DepotRequest::Get(hash).encode()).await.unwrap();
    assert!(reply.len() >= padded_len(6));
    assert_eq!(DepotReply::decode(&reply).unwrap(), DepotReply::Blob(b"sealed".to_vec()));
    let DepotReply::Stat { terms, held } =
        fixture.ask(DepotRequest::Stat(vec![hash, Hash32([0xff; 32])])).await
    else {
        panic!("terms")
    };
    assert_eq!((terms.pow_bits, held), (6, vec![hash]));
    assert_eq!(terms.room_bytes, config::Depot::default().max_bytes - 6);
}

#[tokio::test]
async fn work_time_and_absence_are_refused_each_with_its_reason() {
    let fixture = fixture().await;
    let mut cheap = fixture.put(NOW + 1);
    while cheap.pow_holds(&fixture.chain, 6) {
        cheap.pow = Pow(cheap.pow.0 + 1);
    }
    let refused = |why| DepotReply::Refused(why);
    assert_eq!(fixture.ask(DepotRequest::Put(Box::new(cheap))).await, refused(DepotRefused::ProofOfWork));
    let past = fixture.put(NOW);
    assert_eq!(fixture.ask(DepotRequest::Put(Box::new(past))).await, refused(DepotRefused::Terms));
    let long = fixture.put(NOW + Params::default().max_grant_ms + 1);
    assert_eq!(fixture.ask(DepotRequest::Put(Box::new(long))).await, refused(DepotRefused::Terms));
    assert_eq!(fixture.ask(DepotRequest::Get(Hash32([5; 32]))).await, refused(DepotRefused::NotFound));
    assert_eq!(fixture.depot.answer(b"\x01\x71junk").await, Err(Fault::Malformed));
}

#[tokio::test]
async fn a_blob_goes_seven_days_after_the_end() {
    let fixture = fixture().await;
    fixture.ask(DepotRequest::Put(Box::new(fixture.put(NOW + 1_000)))).await;
    let end = NOW + 1_000 + 7 * DAY_MS;
    fixture.clock.0.store(end - 1, Ordering::Relaxed);
    assert_eq!(fixture.depot.0.store.collect(fixture.clock.now()).await.unwrap(), 0);
    fixture.clock.0.store(end, Ordering::Relaxed);
    assert_eq!(fixture.depot.0.store.collect(fixture.clock.now()).await.unwrap(), 1);
    assert_eq!(fixture.depot.used().await, 0);
}
