//! The one place where a member takes randomness: everything below gets a generator.

use rand::CryptoRng;

/// The operating system's randomness, through a generator that is reseeded from it.
pub(crate) fn rng() -> impl CryptoRng {
    #[expect(clippy::disallowed_methods, reason = "the edge: this is where the parameter comes from")]
    rand::rng()
}
