//! A block of summaries' plain text, as whoever seals for a reader writes it: refused or read within a day's rows, and what
//! was read is encoded to something that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::summary::{self, day_start};

fuzz_target!(|bytes: &[u8]| {
    let Ok(block) = summary::decode(bytes) else { return };
    let day = day_start(block.day)..day_start(block.day + 1);
    assert!(block.rows.iter().all(|row| day.contains(&row.first) && day.contains(&row.last)));
    let Some(again) = summary::encode(&block) else { return };
    assert_eq!(summary::decode(&again), Ok(block));
});
