//! A manifest from a depot, once as it is and once with the signature that its octets need: no more than its segments, and
//! signed again it verifies as what it was.
#![no_main]

use ed25519_dalek::SigningKey;
use libfuzzer_sys::fuzz_target;
use salus_vault::manifest::MAX_SEGMENTS;
use salus_vault::{Manifest, fuzzing};

fuzz_target!(|bytes: &[u8]| {
    let key = SigningKey::from_bytes(&[3; 32]);
    let verifying = key.verifying_key().to_bytes();
    assert!(Manifest::verify(bytes, &verifying).is_err());
    let Some(manifest) = fuzzing::manifest(bytes) else { return };
    assert!(manifest.entries.len() <= MAX_SEGMENTS);
    assert!(manifest.readings() <= u64::from(u32::MAX) * MAX_SEGMENTS as u64);
    assert_eq!(Manifest::verify(&manifest.sign(&key), &verifying), Ok(manifest));
});
