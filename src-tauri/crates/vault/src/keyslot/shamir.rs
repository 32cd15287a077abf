//! Shamir's secret sharing over GF(256), octet by octet, through `vsss-rs`, whose arithmetic uses no tables.
//!
//! # Source
//! Shamir, "How to share a secret", 1979.

use rand_core::CryptoRng;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::Key;

/// A point of the polynomials: x is not zero.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) x: u8,
    pub(super) y: Key,
}

/// Parts of a key, `needed` of which give it back; `None` outside 2..=n.
pub(super) fn split(key: &Key, needed: u8, n: u8, rng: &mut (impl CryptoRng + ?Sized)) -> Option<Vec<Part>> {
    let shares = Gf256::split_bytes(usize::from(needed), usize::from(n), key.expose(), &mut *rng).ok()?;
    shares
        .into_iter()
        .map(|share| {
            let share = Zeroizing::new(share);
            let ([x], y) = share.split_first_chunk()?;
            Some(Part { x: *x, y: Key::new(y.try_into().ok()?) })
        })
        .collect()
}

/// The key from enough parts of different x.
pub(super) fn combine(parts: &[&Part]) -> Option<Key> {
    let shares: Vec<Vec<u8>> = parts.iter().map(|p| [&[p.x], p.y.expose().as_slice()].concat()).collect();
    let shares = Zeroizing::new(shares);
    let key = Zeroizing::new(Gf256::combine_bytes(&shares).ok()?);
    Some(Key::new(key.as_slice().try_into().ok()?))
}
