//! A transaction from a stranger, through every check against a chain's first state: one encoding, and nothing that nobody
//! signed is executed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{ChainId, KeeperSetId, VerifyingKey};
use salus_chain::state::{
    Head, StateError, StateKey, StateReader, StateWrite, check_tx, execute_block, genesis_writes,
};
use salus_chain::tx::{MAX_TX_BYTES, Tx};

struct First(Vec<StateWrite>);

impl StateReader for First {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        Ok(self.0.iter().find(|(k, _)| k == key).and_then(|(_, value)| value.clone()))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let ctx = ChainContext {
        chain_id: ChainId([1; 32]),
        keeper_set_id: KeeperSetId([2; 32]),
        keeper_pks: vec![VerifyingKey([3; 32]); 4],
        threshold: 3,
        params: Params { pow_bits: 0, ..Params::default() },
        genesis_time_ms: 0,
    };
    let (state, now) = (First(genesis_writes(&ctx)), 1_795_000_000_000);
    if let Ok(tx) = Tx::decode(bytes) {
        assert!(bytes.len() <= MAX_TX_BYTES && tx.encode() == bytes);
        assert!(check_tx(&ctx, &state, &tx, &Head { height: 1, time_ms: now }).is_err());
    }
    let effects = execute_block(&ctx, &state, 2, now, &[bytes]).expect("the state is whole");
    assert!(effects.results.iter().all(|result| result.outcome.is_err()) && effects.writes.is_empty());
});
