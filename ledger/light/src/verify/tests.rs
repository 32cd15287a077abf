use salus_chain::block::LightBlock;
use tendermint::AppHash;

use super::chain_of_tests::{START_MS, TestChain, time_at};
use super::{HeaderFault, Progress, Skipping, Trusted, VerifyError, earlier, vouched_for};

const FOUR: [u8; 4] = [1, 2, 3, 4];
const DAY_MS: i64 = 86_400_000;

fn fixed() -> TestChain {
    TestChain { id: "salus-test".parse().unwrap(), seeds: |_| FOUR.to_vec() }
}

/// One of four members is replaced every ten heights.
fn changing() -> TestChain {
    fn seeds(height: u64) -> Vec<u8> {
        let first = u8::try_from(height / 10).unwrap();
        (first..first + 4).map(|seed| seed + 1).collect()
    }
    TestChain { id: "salus-test".parse().unwrap(), seeds }
}

fn anchor(chain: &TestChain) -> Trusted {
    Trusted::verified(chain.block(1))
}

/// Runs to the end; the heights that were fetched, and the last trusted state.
fn run(
    chain: &TestChain,
    from: Trusted,
    target: LightBlock,
    now: i64,
) -> Result<(Vec<u64>, Trusted), VerifyError> {
    let mut fetched = Vec::new();
    let mut skipping = Skipping::new(from, target);
    loop {
        match skipping.step(now)? {
            Progress::Needs(height) => {
                fetched.push(height);
                skipping.provide(chain.block(height))?;
            }
            Progress::Done(mut states) => return Ok((fetched, states.pop().unwrap())),
        }
    }
}

fn fault(chain: &TestChain, block: LightBlock) -> HeaderFault {
    match run(chain, anchor(chain), block, time_at(200)) {
        Err(VerifyError::Refused { fault, .. }) => fault,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn an_unchanged_set_is_skipped_to_in_one_step() {
    let chain = fixed();
    let (fetched, head) = run(&chain, anchor(&chain), chain.block(100), time_at(101)).unwrap();
    assert_eq!((fetched, head.height(), head.time_ms()), (vec![], 100, time_at(100)));
    assert_eq!(head.signers().len(), 4);
}

#[test]
fn a_replaced_set_is_reached_by_bisection() {
    let chain = changing();
    let (fetched, head) = run(&chain, anchor(&chain), chain.block(120), time_at(121)).unwrap();
    assert_eq!(head.height(), 120);
    assert!(!fetched.is_empty() && fetched.len() <= super::MAX_STEPS, "{fetched:?}");
}

#[test]
fn adjacent_blocks_need_the_announced_set() {
    let chain = fixed();
    let (fetched, head) = run(&chain, anchor(&chain), chain.block(2), time_at(3)).unwrap();
    assert_eq!((fetched, head.height()), (vec![], 2));
    let other = TestChain { seeds: |_| vec![5, 6, 7, 8], ..fixed() };
    assert_eq!(fault(&chain, other.block(2)), HeaderFault::Validators);
}

#[test]
fn strangers_are_never_reached() {
    let strangers = TestChain { seeds: |_| vec![5, 6, 7, 8], ..fixed() };
    let result = run(&strangers, anchor(&fixed()), strangers.block(50), time_at(51));
    assert!(
        matches!(result, Err(VerifyError::Refused { height: 2, fault: HeaderFault::Validators })),
        "{result:?}"
    );
}

#[test]
fn a_flipped_bit_in_a_header_is_refused_by_its_commit() {
    let chain = fixed();
    let mut block = chain.block(9);
    block.signed_header.header.app_hash = AppHash::try_from([6; 32].to_vec()).unwrap();
    assert_eq!(fault(&chain, block), HeaderFault::CommitMismatch);
}

#[test]
fn two_of_four_signatures_are_too_few() {
    let chain = fixed();
    assert_eq!(fault(&chain, chain.block_with(9, [7; 32], &[1, 2])), HeaderFault::TooFewSigners);
    assert!(run(&chain, anchor(&chain), chain.block_with(9, [7; 32], &[1, 2, 3]), time_at(10)).is_ok());
}

#[test]
fn a_signature_for_another_header_is_refused() {
    let chain = fixed();
    let mut block = chain.block(9);
    block.signed_header.commit.signatures = chain.block(10).signed_header.commit.signatures;
    assert_eq!(fault(&chain, block), HeaderFault::Signature);
}

#[test]
fn another_chains_header_is_refused() {
    let other = TestChain { id: "salus-other".parse().unwrap(), ..fixed() };
    assert_eq!(fault(&fixed(), other.block(9)), HeaderFault::Chain);
    // Also when the anchor is too old.
    let late = run(&fixed(), anchor(&fixed()), other.block(9), START_MS + 31 * DAY_MS);
    assert_eq!(late.unwrap_err(), VerifyError::Refused { height: 9, fault: HeaderFault::Chain });
}

#[test]
fn a_header_from_the_future_is_refused_beyond_the_drift() {
    let chain = fixed();
    let ahead = |ms| run(&chain, anchor(&chain), chain.block(9), time_at(9) - ms);
    assert!(ahead(9_000).is_ok());
    assert_eq!(ahead(10_000).unwrap_err(), VerifyError::Refused { height: 9, fault: HeaderFault::Future });
}

#[test]
fn a_clock_a_year_ahead_needs_a_new_anchor() {
    let chain = fixed();
    let result = run(&chain, anchor(&chain), chain.block(9), START_MS + 365 * 86_400_000);
    assert_eq!(result.unwrap_err(), VerifyError::AnchorExpired { height: 1 });
}

#[test]
fn an_older_header_is_not_taken() {
    let chain = fixed();
    let head = Trusted::verified(chain.block(9));
    let result = run(&chain, head, chain.block(5), time_at(10));
    assert_eq!(result.unwrap_err(), VerifyError::Refused { height: 5, fault: HeaderFault::NotAfter });
}

#[test]
fn a_block_of_another_height_than_asked_is_refused() {
    let chain = changing();
    let mut skipping = Skipping::new(anchor(&chain), chain.block(120));
    let Progress::Needs(asked) = skipping.step(time_at(121)).unwrap() else { panic!("bisects") };
    let refused = skipping.provide(chain.block(asked + 1)).unwrap_err();
    assert_eq!(refused, VerifyError::WrongHeight { asked, given: asked + 1 });
}

#[test]
fn an_earlier_block_is_vouched_for_by_a_third_of_the_members_of_now() {
    let (chain, now) = (changing(), time_at(121));
    let trusted = Trusted::verified(chain.block(120));
    let of = |height| earlier(chain.block(height), &trusted, now);
    assert_eq!(of(119).unwrap().height(), 119);
    assert_eq!(of(105).unwrap().height(), 105, "two of four are the same");
    assert_eq!(of(60).unwrap_err(), VerifyError::NotEnoughTrust { height: 60 });
    let refused = |height| VerifyError::Refused { height, fault: HeaderFault::NotBefore };
    assert_eq!(of(120).unwrap_err(), refused(120));
    assert_eq!(of(121).unwrap_err(), refused(121));
}

#[test]
fn an_earlier_block_is_refused_when_it_is_altered_foreign_or_when_nothing_is_trusted_now() {
    let chain = fixed();
    let trusted = Trusted::verified(chain.block(120));
    let fault = |block| earlier(block, &trusted, time_at(121)).unwrap_err();
    let refused = |fault| VerifyError::Refused { height: 9, fault };
    assert_eq!(fault(chain.block_with(9, [7; 32], &[1, 2])), refused(HeaderFault::TooFewSigners));
    let mut altered = chain.block(9);
    altered.signed_header.header.app_hash = AppHash::try_from([6; 32].to_vec()).unwrap();
    assert_eq!(fault(altered), refused(HeaderFault::CommitMismatch));
    let other = TestChain { id: "salus-other".parse().unwrap(), ..fixed() };
    assert_eq!(fault(other.block(9)), refused(HeaderFault::Chain));
    let strangers = TestChain { seeds: |_| vec![5, 6, 7, 8], ..fixed() };
    assert_eq!(fault(strangers.block(9)), VerifyError::NotEnoughTrust { height: 9 });
    let late = earlier(chain.block(9), &trusted, time_at(120) + 30 * DAY_MS);
    assert_eq!(late.unwrap_err(), VerifyError::AnchorExpired { height: 120 });
}

#[test]
fn a_block_that_a_person_vouches_for_is_whole_signed_and_not_too_old() {
    let chain = fixed();
    let of = |block, now| vouched_for(block, now);
    assert_eq!(of(chain.block(9), time_at(9) + 30 * DAY_MS - 1).unwrap().height(), 9);
    let late = of(chain.block(9), time_at(9) + 30 * DAY_MS).unwrap_err();
    assert_eq!(late, VerifyError::AnchorExpired { height: 9 });
    let refused = |fault| VerifyError::Refused { height: 9, fault };
    let ahead = of(chain.block(9), time_at(9) - 10_000).unwrap_err();
    assert_eq!(ahead, refused(HeaderFault::Future));
    let few = of(chain.block_with(9, [7; 32], &[1, 2]), time_at(10)).unwrap_err();
    assert_eq!(few, refused(HeaderFault::TooFewSigners));
    let mut swapped = chain.block(9);
    swapped.next_validators = super::chain_of_tests::set(&[5, 6, 7, 8]);
    assert_eq!(of(swapped, time_at(10)).unwrap_err(), refused(HeaderFault::Validators));
}
