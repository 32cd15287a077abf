//! A segment's plain text, as whoever seals for a reader writes it: refused or read within its limits, and what was read is
//! encoded to something that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::segment::{self, Columns, MAX_READINGS, MAX_VALUES};
use salus_wire::Quantity;

fuzz_target!(|bytes: &[u8]| {
    let Ok(columns) = Columns::decode(bytes) else { return };
    let (mut values, count) = (0, columns.len());
    columns.each(Quantity::ALL, |_, _, _, _| values += 1);
    assert!(count <= MAX_READINGS && values <= MAX_VALUES);
    let Ok(readings) = columns.readings() else { return };
    assert_eq!(readings.len(), count);
    assert_eq!(readings.iter().map(|r| r.components.len()).sum::<usize>(), values);
    let Some(first) = readings.first() else { return };
    let Some(again) = segment::encode(first.category, &readings) else { return };
    assert_eq!(segment::decode(&again), Ok(readings));
});
