//! A backup's name: whose it is and of when.
//!
//! ```text
//! salus-<first 8 octets of the record's identifier, hexadecimal>-<YYYYMMDD>-<HHMMSS, UTC>.age
//! the same and ".new" while it is written
//! ```
//!
//! Several records may keep theirs in one folder; the identifier is random and stands in the keyslots file too.

use salus_wire::UnixMillis;

const DAY_MS: i64 = 86_400_000;
const UNFINISHED: &str = ".new";

/// The name of a record's backup of an instant.
pub(crate) fn file_name(record: [u8; 16], at: UnixMillis) -> String {
    let days = at.div_euclid(DAY_MS);
    let (year, month, day) = civil(days);
    let seconds = at.rem_euclid(DAY_MS) / 1000;
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}{year:04}{month:02}{day:02}-{h:02}{m:02}{s:02}.age", prefix(record))
}

/// Where a backup is written before it has its name.
pub(super) fn unfinished(name: &str) -> String {
    format!("{name}{UNFINISHED}")
}

/// True for the name of this record's backup while it is written.
pub(super) fn is_unfinished(record: [u8; 16], name: &str) -> bool {
    name.strip_suffix(UNFINISHED).is_some_and(|name| instant(record, name).is_some())
}

/// What every backup of a record begins with.
fn prefix(record: [u8; 16]) -> String {
    let id: String = record[..8].iter().map(|octet| format!("{octet:02x}")).collect();
    format!("salus-{id}-")
}

/// The instant in the name of this record's backup, whole seconds; `None` for any other name.
pub(super) fn instant(record: [u8; 16], name: &str) -> Option<UnixMillis> {
    let text = name.strip_prefix(&prefix(record))?.strip_suffix(".age")?;
    if text.len() != 15 || !text.bytes().enumerate().all(|(i, b)| b.is_ascii_digit() || (i == 8 && b == b'-'))
    {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let days = days_of(number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let seconds = number(9, 11)? * 3600 + number(11, 13)? * 60 + number(13, 15)?;
    let at = days * DAY_MS + seconds * 1000;
    // A 31st of February is no name of ours.
    (file_name(record, at) == name).then_some(at)
}

/// Year and month of an instant, UTC.
pub(super) fn month(at: UnixMillis) -> (i64, i64) {
    let (year, month, _) = civil(at.div_euclid(DAY_MS));
    (year, month)
}

/// Days since 1970-01-01, of the proleptic Gregorian calendar.
///
/// # Source
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The inverse: `civil_from_days` there.
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_says_whose_and_when() {
        let name = file_name([0xAB; 16], 1_795_000_000_000);
        assert_eq!(name, "salus-abababababababab-20261118-110640.age");
        assert_eq!(instant([0xAB; 16], &name), Some(1_795_000_000_000));
        assert_eq!(instant([0xAC; 16], &name), None);
        for other in [
            "",
            "salus-abababababababab-20260231-110640.age",
            "salus-abababababababab-20261118-110640.age.new",
            "salus-abababababababab-20261118-1106 0.age",
            "salus-abababababababab-2026111é-110640.age",
        ] {
            assert_eq!(instant([0xAB; 16], other), None, "{other}");
        }
        assert!(is_unfinished([0xAB; 16], &unfinished(&name)));
        assert!(!is_unfinished([0xAC; 16], &unfinished(&name)) && !is_unfinished([0xAB; 16], &name));
        assert!(!is_unfinished([0xAB; 16], "salus-abababababababab-20260231-110640.age.new"));
    }

    proptest! {
        #[test]
        fn every_second_of_a_century_comes_back(at in 0i64..4_102_444_800) {
            prop_assert_eq!(instant([1; 16], &file_name([1; 16], at * 1000)), Some(at * 1000));
        }
    }
}
