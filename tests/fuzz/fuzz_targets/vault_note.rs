//! A signed note from a place where checkpoints are kept, once as it is and once with the signature that its text needs: what
//! opens is signed again to the same note.
#![no_main]

use ed25519_dalek::SigningKey;
use libfuzzer_sys::fuzz_target;
use salus_vault::fuzzing;
use salus_vault::log::Checkpoint;

const ORIGIN: &str = "o";

fuzz_target!(|text: &str| {
    let key = SigningKey::from_bytes(&[3; 32]);
    let verifying = key.verifying_key().to_bytes();
    assert_eq!(Checkpoint::open(text, ORIGIN, &verifying), None);
    let note = fuzzing::note(text, ORIGIN, &key);
    if let Some(checkpoint) = Checkpoint::open(&note, ORIGIN, &verifying) {
        assert_eq!(checkpoint.sign(&key), note);
    }
});
