//! An announcement of an emergency: what is kept of it, and that it serves for a day.

use super::*;
use crate::contract::{Ready, contract_hash};
use crate::tx::Purpose;

const MINUTE: i64 = 60_000;

/// The permission 1 under the contract for emergencies, for four days.
fn carded() -> Chain {
    let mut chain = Chain::new(1);
    let text = Ready::BreakGlass.text().unwrap();
    let mut body = chain.body(1);
    body.terms.contract_hash = contract_hash(&text);
    body.terms.expires_ms += 3 * DAY;
    let effects = chain.block(1, &[chain.contract_tx(1, &text), chain.sign(1, body)]);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()));
    chain
}

fn emergency(chain: &Chain) -> EmergencyRecord {
    chain.record(&StateKey::Emergency(chain.grant_id(1))).unwrap()
}

fn alone(chain: &Chain, request: u8) -> Tx {
    chain.stated_tx(1, request, Purpose::Emergency, 2, None)
}

#[test]
fn an_announcement_keeps_its_reason_and_serves_openings_that_begin_within_a_day() {
    let mut chain = carded();
    chain.block(1, &[chain.announce_tx(1, 2)]);
    let first = chain.time_ms;
    let kept = EmergencyRecord { announced_ms: Some(first), reason: 2, opened_ms: None };
    assert_eq!(emergency(&chain), kept);
    chain.block(ANNOUNCEMENT_LASTS_MS, &[]);
    let (last, again) = (alone(&chain, 1), chain.announce_tx(1, 3));
    assert_eq!(agree(&mut chain, &last), None);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Announced));
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
    // The next emergency is announced anew, with its own wait.
    assert_eq!(agree(&mut chain, &again), None);
    chain.block(1, &[again]);
    let kept = EmergencyRecord { announced_ms: Some(chain.time_ms), reason: 3, opened_ms: None };
    assert_eq!(emergency(&chain), kept);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
    chain.block(30 * MINUTE, &[]);
    assert_eq!(agree(&mut chain, &last), None);
}

#[test]
fn an_opening_that_began_in_time_goes_on_to_its_own_end() {
    let mut chain = carded();
    chain.block(1, &[chain.announce_tx(1, 1)]);
    chain.block(ANNOUNCEMENT_LASTS_MS, &[alone(&chain, 1)]);
    assert_eq!(emergency(&chain).opened_ms, Some(chain.time_ms));
    // Four hours from the first opening, though the day is over.
    chain.block(240 * MINUTE, &[]);
    let (last, again) = (alone(&chain, 2), chain.announce_tx(1, 1));
    assert_eq!(agree(&mut chain, &last), None);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Announced));
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
}

#[test]
fn a_record_has_a_reason_where_it_was_announced() {
    let whole = EmergencyRecord { announced_ms: Some(1), reason: 5, opened_ms: None };
    for bad in [
        EmergencyRecord { reason: 6, ..whole },
        EmergencyRecord { reason: 0, ..whole },
        EmergencyRecord { announced_ms: None, ..whole },
    ] {
        assert!(EmergencyRecord::decode(&bad.encode()).is_err(), "{bad:?}");
    }
    assert_eq!(EmergencyRecord::decode(&whole.encode()), Ok(whole));
}
