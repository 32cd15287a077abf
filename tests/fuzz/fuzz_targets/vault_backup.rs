//! A file that is said to be a backup, and the archive inside one with the sums that its heads need: refused or read to its
//! end, and what is archived is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::{RecoveryKey, fuzzing};

fuzz_target!(|bytes: &[u8]| {
    let key = "0410-6105-0R3G-G28A-1C60-T3GF-208H-44RM-JNQJ".parse::<RecoveryKey>().expect("a recovery key");
    assert!(!fuzzing::backup(bytes, &key));
    let mut archive = bytes.to_vec();
    for head in archive.as_chunks_mut::<512>().0.iter_mut().filter(|block| **block != [0; 512]) {
        head[148..156].fill(b' ');
        let sum: u32 = head.iter().copied().map(u32::from).sum();
        head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    for entries in [fuzzing::unarchive(bytes), fuzzing::unarchive(&archive)].into_iter().flatten() {
        assert!(entries.iter().map(Vec::len).sum::<usize>() <= bytes.len());
    }
    let (slots, database) = bytes.split_at((bytes.len() / 3).min(1 << 16));
    let archive = fuzzing::archive(slots, Some(slots), database).expect("below the limits");
    let entries = fuzzing::unarchive(&archive).expect("whole");
    assert_eq!(entries[1..], [slots, slots, database]);
});
