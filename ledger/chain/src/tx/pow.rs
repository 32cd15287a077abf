//! Proof of work on what a stranger may send: SHA-256("hg/v1/pow" || chain_id || SHA-256(body) || u64 nonce)
//! begins with as many zero bits as asked.

use crate::ids::{ChainId, sha256};

/// The nonce that solves the puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pow(pub u64);

/// body || u64 proof of work: what is signed, so that neither changes without the signer.
pub(super) fn paid(body: &[u8], pow: Pow) -> Vec<u8> {
    [body, &pow.0.to_be_bytes()].concat()
}

fn zero_bits(body_hash: &[u8; 32], chain: &ChainId, pow: Pow) -> u32 {
    let hash = sha256(&[b"hg/v1/pow", &chain.0, body_hash, &pow.0.to_be_bytes()]);
    let whole = hash.iter().take_while(|octet| **octet == 0).count();
    let partial = hash.get(whole).map_or(0, |octet| octet.leading_zeros());
    8 * u32::try_from(whole).unwrap_or(32) + partial
}

/// Whether `pow` solves the puzzle for `body`.
pub fn pow_valid(chain: &ChainId, body: &[u8], pow: Pow, bits: u8) -> bool {
    zero_bits(&sha256(&[body]), chain, pow) >= u32::from(bits)
}

/// The first solution; takes 2^bits hashes on average.
pub fn solve(chain: &ChainId, body: &[u8], bits: u8) -> Pow {
    let body_hash = sha256(&[body]);
    let found = (0..u64::MAX).map(Pow).find(|pow| zero_bits(&body_hash, chain, *pow) >= u32::from(bits));
    found.unwrap_or(Pow(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_holds_for_its_body_and_chain_only() {
        let chain = ChainId([1; 32]);
        let pow = solve(&chain, b"body", 12);
        assert!(pow_valid(&chain, b"body", pow, 12));
        assert!(!pow_valid(&chain, b"other", pow, 12));
        assert!(!pow_valid(&ChainId([2; 32]), b"body", pow, 12));
        assert!(pow_valid(&chain, b"any", Pow(0), 0));
    }
}
