//! Adversary: a ciphertext that plain ChaCha20-Poly1305 opens under two keys, made by who knows both.
//!
//! Poly1305 is a polynomial of the ciphertext's blocks modulo p = 2^130 - 5, so one block can be solved for such that
//! both keys give the same tag. Without the commitment, a guess could be tried on many keys with one ciphertext.
//!
//! # Source
//! Len, Grubbs, Ristenpart, "Partitioning Oracle Attacks", USENIX Security 2021, section 3.

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use num_bigint::BigUint;

use super::*;

/// The one-time key of Poly1305: r, clamped, and s (RFC 8439 sections 2.5 and 2.6).
fn one_time(okm: &Okm) -> (BigUint, BigUint) {
    let mut block = [0; 32];
    let key: [u8; 32] = okm.0[..32].try_into().unwrap();
    ChaCha20::new(&key.into(), &<[u8; 12]>::from(okm.nonce(0)).into()).apply_keystream(&mut block);
    [3, 7, 11, 15].iter().for_each(|i| block[*i] &= 15);
    [4, 8, 12].iter().for_each(|i| block[*i] &= 252);
    (BigUint::from_bytes_le(&block[..16]), BigUint::from_bytes_le(&block[16..]))
}

/// The tag of blocks, the first first.
fn tag(blocks: &[BigUint], (r, s): &(BigUint, BigUint), p: &BigUint) -> BigUint {
    let sum = blocks.iter().fold(BigUint::ZERO, |sum, block| (sum + block) * r % p);
    (sum + s) % (BigUint::from(1u8) << 128)
}

/// A chunk of two blocks, and its tag, that opens under both.
fn forge(one: &Okm, two: &Okm) -> Vec<u8> {
    let bit = |n: u32| -> BigUint { BigUint::from(1u8) << n };
    let p = bit(130) - 5u8;
    let (one, two) = (one_time(one), one_time(two));
    let minus = |a: &BigUint, b: &BigUint| (a + &p - b % &p) % &p;
    let power = |n: u32| minus(&(one.0.pow(n) % &p), &(two.0.pow(n) % &p));
    let inverse = power(3).modinv(&p).unwrap();
    // No associated data, 32 octets of text.
    let lengths: BigUint = bit(128) + (BigUint::from(32u8) << 64);
    for second in 0u32..1000 {
        let block = bit(128) + second;
        // The sums before s is added have to differ by s2 - s1, up to a multiple of 2^128.
        for carry in 0..4u32 {
            let difference = minus(&(&two.1 + (BigUint::from(carry) << 128)), &one.1);
            let rest = &block * power(2) + &lengths * power(1);
            let first = minus(&difference, &rest) * &inverse % &p;
            let blocks = [first, block.clone(), lengths.clone()];
            let tags = [tag(&blocks, &one, &p), tag(&blocks, &two, &p)];
            if blocks[0].bits() == 129 && tags[0] == tags[1] {
                let [first, second, tag] = [&blocks[0] - bit(128), &blocks[1] - bit(128), tags[0].clone()];
                return [first, second, tag].iter().flat_map(octets).collect();
            }
        }
    }
    unreachable!("one in eight of the thousands tried fits")
}

fn octets(n: &BigUint) -> [u8; 16] {
    let mut octets = [0; 16];
    let least = n.to_bytes_le();
    octets[..least.len()].copy_from_slice(&least);
    octets
}

#[test]
fn a_chunk_that_opens_under_two_keys_is_opened_by_the_committed_one_only() {
    for seed in 0..8 {
        let (salt, keys) = ([seed; SALT], [Key::new([1; 32]), Key::new([2; 32])]);
        let okms = keys.each_ref().map(|key| Okm::derive(key, &salt, b"ctx"));
        let chunk = forge(&okms[0], &okms[1]);
        // The attack is real: the cipher alone is content with either key.
        for okm in &okms {
            assert_eq!(open_chunk(&okm.cipher(), &okm.nonce(0), &chunk, &mut Vec::new()), Ok(()));
        }
        for (committed, other) in [(0, 1), (1, 0)] {
            let sealed = [&salt[..], okms[committed].commitment(), &chunk].concat();
            assert_eq!(open(&keys[committed], b"ctx", &sealed).unwrap().len(), 32);
            assert_eq!(open(&keys[other], b"ctx", &sealed), Err(SealError::WrongKey));
        }
    }
}
