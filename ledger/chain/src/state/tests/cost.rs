//! What contracts cost: nothing before everything cheaper has passed, and in a block so much at most.

use super::super::execute::{check_on, run_block};
use super::super::judge::Judge;
use super::super::overlay::Overlay;
use super::*;
use crate::contract::Ready;

const GIVE_ONLY: &str = "permit (principal, action == Action::\"give\", resource);\n";

/// What a check says, the questions that it put, and the texts that it parsed.
fn check(chain: &Chain, tx: &Tx) -> (Option<TxRefused>, (u32, usize)) {
    let head = Head { height: chain.height, time_ms: chain.time_ms };
    let mut overlay = Overlay::with(&chain.tree, Judge::of_check());
    let refused = match check_on(&chain.ctx, &mut overlay, tx, &head) {
        Ok(()) => None,
        Err(CheckError::Refused(why)) => Some(why),
        Err(CheckError::State(error)) => panic!("{error}"),
    };
    (refused, overlay.judge().cost())
}

/// The outcomes of a block that may put so many questions, and what it cost.
fn block(chain: &Chain, limit: u32, txs: &[Tx]) -> (Vec<Option<TxRefused>>, (u32, usize)) {
    let mut overlay = Overlay::with(&chain.tree, Judge::of_block(limit));
    let next = Head { height: chain.height + 1, time_ms: chain.time_ms + 1 };
    let octets: Vec<Vec<u8>> = txs.iter().map(Record::encode).collect();
    let effects = run_block(&chain.ctx, &mut overlay, next, &octets).unwrap();
    (effects.results.iter().map(|result| result.outcome.err()).collect(), overlay.judge().cost())
}

fn under(contract: &str) -> Chain {
    let mut chain = Chain::new(1);
    let effects = chain.block(1, &[chain.contract_tx(1, contract), chain.grant_under(1, contract)]);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()));
    chain
}

#[test]
fn a_forged_opening_is_refused_without_a_question() {
    let chain = under(&Ready::Plain.text().unwrap());
    let good = chain.access_tx(1, 1);
    assert_eq!(check(&chain, &good), (None, (1, 1)));
    let Tx::Access(mut forged) = good else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(check(&chain, &Tx::Access(forged)), (Some(TxRefused::Signature), (0, 0)));
    // Nor one that the state refuses.
    assert_eq!(check(&chain, &chain.access_tx(2, 1)), (Some(TxRefused::UnknownGrant), (0, 0)));
}

#[test]
fn a_text_is_judged_after_its_proof_of_work_and_signature_and_once() {
    let chain = under(GIVE_ONLY);
    let known = chain.contract_tx(2, GIVE_ONLY);
    assert_eq!(check(&chain, &known), (Some(TxRefused::ContractExists), (0, 0)));
    let bad = chain.contract_tx(1, "permit everything;");
    assert_eq!(check(&chain, &bad), (Some(TxRefused::ContractInvalid), (1, 0)));
    let Tx::Contract(mut forged) = bad else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(check(&chain, &Tx::Contract(forged)), (Some(TxRefused::Signature), (0, 0)));
}

#[test]
fn a_contract_that_denies_does_so_after_everything_else() {
    let chain = under(GIVE_ONLY);
    assert_eq!(check(&chain, &chain.access_tx(1, 1)), (Some(TxRefused::ContractDenies), (1, 1)));
}

#[test]
fn a_block_puts_so_many_questions_and_parses_each_text_once() {
    let mut chain = under(&Ready::Plain.text().unwrap());
    chain.block(1, &[chain.grant_tx(2)]);
    let txs = [chain.access_tx(1, 1), chain.access_tx(1, 2), chain.access_tx(1, 3), chain.access_tx(2, 1)];
    assert_eq!(block(&chain, 3, &txs), (vec![None; 4], (3, 1)));
    // The one beyond the limit has no effect; what asks no contract has room.
    let full = Some(TxRefused::ContractsFull);
    assert_eq!(block(&chain, 2, &txs), (vec![None, None, full, None], (2, 1)));
    assert_eq!(block(&chain, 0, &txs), (vec![full, full, full, None], (0, 0)));
    // It can be recorded in the next block.
    chain.block(1, &txs[..2]);
    assert_eq!(block(&chain, 2, &txs[2..]), (vec![None, None], (1, 1)));
}

#[test]
fn a_recorded_text_counts_as_a_question_and_what_was_forged_does_not() {
    let chain = Chain::new(1);
    let text = Ready::Plain.text().unwrap();
    let Tx::Contract(mut forged) = chain.contract_tx(1, &text) else { panic!() };
    forged.signature.0[0] ^= 1;
    let txs = [Tx::Contract(forged), chain.contract_tx(1, &text), chain.grant_under(1, &text)];
    let signature = Some(TxRefused::Signature);
    assert_eq!(block(&chain, 9, &txs), (vec![signature, None, None], (2, 1)));
    let full = Some(TxRefused::ContractsFull);
    assert_eq!(block(&chain, 1, &txs), (vec![signature, None, full], (1, 1)));
}
