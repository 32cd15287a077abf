//! The keyslots file of a directory that somebody else had, and a guardian's part: the file has one encoding, nothing that was
//! not wrapped opens it, and no cost in it is paid that is outside the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::keyslot::{Checks, SealedShare};
use salus_vault::{Key, RecoveryKey, Unlock, fuzzing};

fuzz_target!(|bytes: &[u8]| {
    let key = "0410-6105-0R3G-G28A-1C60-T3GF-208H-44RM-JNQJ".parse::<RecoveryKey>().expect("a recovery key");
    // Too short for any passphrase: its slot is read, and nothing is hashed.
    let doors = [Unlock::Passphrase("short"), Unlock::RecoveryKey(&key), Unlock::Guardians(&[])];
    if let Some((again, opened)) = fuzzing::keyslots(bytes, &doors) {
        assert_eq!(again, bytes);
        assert!(!opened);
    }
    if let Some(checks) = Checks::from_bytes(bytes) {
        assert_eq!(checks.to_bytes(), bytes);
    }
    if let Some(share) = SealedShare::from_bytes(bytes) {
        assert_eq!(share.to_bytes(), bytes);
        let _ = share.open(&Key::new([1; 32]));
    }
});
