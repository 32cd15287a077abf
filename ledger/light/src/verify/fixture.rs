//! Judging the single-step fixtures of the model-based tests of `tendermint-light-client` 0.41.
//!
//! # Source
//! informalsystems/tendermint-rs, light-client/tests/support/model_based/single_step/*.json

use std::time::Duration;

use serde::Deserialize;
use tendermint::block::signed_header::SignedHeader;
use tendermint::{Time, validator};
use tendermint_light_client_verifier::options::Options;
use tendermint_light_client_verifier::types::{TrustThreshold, TrustedBlockState, UntrustedBlockState};
use tendermint_light_client_verifier::{ProdVerifier, Verdict, Verifier};

/// Largest fixture that is read: 16 MiB.
pub const MAX_FIXTURE_BYTES: u64 = 16 << 20;

/// A verdict as fixtures write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Expected {
    /// The block becomes the trusted one.
    Success,
    /// Bisection would be needed.
    NotEnoughTrust,
    /// The block is refused.
    Invalid,
}

#[derive(Deserialize)]
struct Fixture {
    description: String,
    initial: Initial,
    input: Vec<Input>,
}

#[derive(Deserialize)]
struct Initial {
    signed_header: SignedHeader,
    next_validator_set: validator::Set,
    // Nanoseconds, as Go writes a duration.
    trusting_period: String,
}

#[derive(Deserialize)]
struct Input {
    block: Block,
    now: Time,
    verdict: Expected,
}

#[derive(Deserialize)]
struct Block {
    signed_header: SignedHeader,
    validator_set: validator::Set,
    next_validator_set: validator::Set,
}

/// One judged block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Height of the block.
    pub height: u64,
    /// What the fixture says.
    pub expected: Expected,
    /// What the verifier says.
    pub found: Expected,
}

/// A judged fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What the fixture is about.
    pub description: String,
    /// Its blocks, in order.
    pub steps: Vec<Step>,
}

impl Outcome {
    /// Whether every verdict is the expected one.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.steps.iter().all(|step| step.expected == step.found)
    }
}

/// Why a text is not a fixture.
#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    /// Not the JSON of one.
    #[error("not a single-step fixture: {0}")]
    Json(#[from] serde_json::Error),
    /// The trusting period is not a number of nanoseconds.
    #[error("the trusting period is not a number of nanoseconds")]
    TrustingPeriod,
}

/// Judges every block of a fixture; an accepted one is what the next is judged against.
///
/// # Errors
/// [`FixtureError`].
pub fn judge(json: &str, clock_drift: Duration) -> Result<Outcome, FixtureError> {
    let fixture: Fixture = serde_json::from_str(json)?;
    let nanos = fixture.initial.trusting_period.parse().map_err(|_| FixtureError::TrustingPeriod)?;
    let options = Options {
        trust_threshold: TrustThreshold::ONE_THIRD,
        trusting_period: Duration::from_nanos(nanos),
        clock_drift,
    };
    let mut trusted = (fixture.initial.signed_header.header, fixture.initial.next_validator_set);
    let mut steps = Vec::new();
    for Input { block, now, verdict: expected } in fixture.input {
        let (header, next_validators) = &trusted;
        let state = TrustedBlockState {
            chain_id: &header.chain_id,
            header_time: header.time,
            height: header.height,
            next_validators,
            next_validators_hash: header.next_validators_hash,
        };
        let untrusted = UntrustedBlockState {
            signed_header: &block.signed_header,
            validators: &block.validator_set,
            next_validators: Some(&block.next_validator_set),
        };
        let height = block.signed_header.header.height.value();
        let found = match ProdVerifier::default().verify_update_header(untrusted, state, &options, now) {
            Verdict::Success => Expected::Success,
            Verdict::NotEnoughTrust(_) => Expected::NotEnoughTrust,
            Verdict::Invalid(_) => Expected::Invalid,
        };
        steps.push(Step { height, expected, found });
        if found == Expected::Success {
            trusted = (block.signed_header.header, block.next_validator_set);
        }
    }
    Ok(Outcome { description: fixture.description, steps })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::chain_of_tests::TestChain;
    use serde_json::json;

    #[test]
    fn a_fixture_of_our_own_chain_is_judged() {
        let chain = TestChain { id: "salus-test".parse().unwrap(), seeds: |_| vec![1, 2, 3, 4] };
        let block = |height| {
            let block = chain.block(height);
            json!({
                "signed_header": block.signed_header,
                "validator_set": block.validators,
                "next_validator_set": block.next_validators,
            })
        };
        let input = |height, verdict| json!({"block": block(height), "now": "2027-01-01T00:00:00Z", "verdict": verdict});
        let fixture = json!({
            "description": "own",
            "initial": {
                "signed_header": chain.block(1).signed_header,
                "next_validator_set": chain.block(1).next_validators,
                "trusting_period": "864000000000000000",
                "now": "2027-01-01T00:00:00Z",
            },
            "input": [input(5, "SUCCESS"), input(3, "INVALID"), input(9, "INVALID")],
        });
        let outcome = judge(&fixture.to_string(), Duration::from_secs(10)).unwrap();
        let found: Vec<Expected> = outcome.steps.iter().map(|step| step.found).collect();
        assert_eq!(found, [Expected::Success, Expected::Invalid, Expected::Success]);
        assert!(!outcome.holds(), "the last verdict is wrong on purpose");
    }

    #[test]
    fn what_is_no_fixture_is_refused() {
        for text in ["", "{}", "[]", "{\"description\": 1}"] {
            assert!(matches!(judge(text, Duration::ZERO), Err(FixtureError::Json(_))));
        }
    }
}
