//! Header verification: an anchor, then skipping verification with bisection.
//!
//! ```text
//! anchor ──skip──► target                      one third of the trusted set signed it, two thirds of its own set did
//!        └──skip──► middle ──skip──► target    otherwise: NotEnoughTrust, so the middle first
//! earlier ◄──── trusted                        for what an anchor that is too old no longer reaches
//! ```
//!
//! An anchor is the genesis, a block that was verified before, or one whose hash a person vouches for; each for
//! [`TRUSTING_PERIOD`] after its own time.
//!
//! This module decides which block is judged against which; signatures, sets and hashes are judged by
//! `tendermint-light-client-verifier`, unmodified. No I/O: [`Skipping`] says which height it needs next.
//!
//! # Source
//! CometBFT light client specification, "Core Verification" (LCV-FUNC-MAIN, LCV-FUNC-SCHEDULE).

mod error;
pub mod fixture;
mod judge;
mod skipping;
mod trusted;

#[cfg(test)]
pub(crate) mod chain_of_tests;
#[cfg(test)]
mod tests;

pub use error::{HeaderFault, VerifyError};
pub(crate) use judge::{earlier, vouched_for};
pub use skipping::{Progress, Skipping};
pub use trusted::{Trusted, TrustedError};

use std::time::Duration;

use tendermint_light_client_verifier::options::Options;
use tendermint_light_client_verifier::types::TrustThreshold;

/// How long a header vouches for its validators, the genesis too: 30 days. After that whoever has since got hold of their
/// old keys could show another history, and only a person can tell which is the right one.
pub const TRUSTING_PERIOD: Duration = Duration::from_secs(30 * 24 * 3600);

/// How far a header may be ahead of the own clock.
pub const CLOCK_DRIFT: Duration = Duration::from_secs(10);

/// Headers fetched for one target at most; bisection over any 64-bit distance halves it 64 times.
pub const MAX_STEPS: usize = 64;

/// The verifier's options.
#[must_use]
pub fn options() -> Options {
    Options {
        trust_threshold: TrustThreshold::ONE_THIRD,
        trusting_period: TRUSTING_PERIOD,
        clock_drift: CLOCK_DRIFT,
    }
}
