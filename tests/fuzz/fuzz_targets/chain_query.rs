//! What an app asks a member and what a member answers, with what is inside the answers: one encoding each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::codec::Record;
use salus_chain::query::{LightReply, LightRequest, TxReply, TxRequest};
use salus_chain::state_tree::StateProof;
use salus_chain::tx::Tx;

fn strict<T: Record>(octets: &[u8]) -> Option<T> {
    let record = T::decode(octets).ok()?;
    assert!(octets.len() <= T::MAX && record.encode() == octets);
    Some(record)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = (strict::<LightRequest>(bytes), strict::<TxReply>(bytes));
    if let Some(TxRequest::Submit(tx)) = strict(bytes) {
        strict::<Tx>(&tx);
    }
    match strict(bytes) {
        Some(LightReply::Tx(found)) => drop(strict::<Tx>(&found.tx)),
        Some(LightReply::State(state)) => drop(StateProof::decode(&state.proof)),
        Some(LightReply::GrantLog(log)) => drop(StateProof::decode(&log.grant.proof)),
        _ => {}
    }
});
