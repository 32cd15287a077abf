//! Date Time 2A08 and Current Time 2A2B: local wall time without zone, as the device keeps it.
//!
//! ```text
//! 2A08   7 octets: year u16 (1582..=9999, 0 unknown), month (0 unknown), day (0 unknown), hour, minute, second
//! 2A2B  10 octets: the same, day of week (0 unknown, 1 Monday), 1/256 s, adjust reason
//! ```

use salus_wire::measure::DeviceTime;

use super::{Malformed, Octets};

/// Octets of a Date Time.
pub const LEN: usize = 7;

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// Decodes a Date Time.
///
/// # Errors
/// Wrong length, or a field outside its range (31 April, hour 24).
pub fn date_time(bytes: &[u8]) -> Result<DeviceTime, Malformed> {
    let mut octets = Octets::new(bytes);
    let time = read(&mut octets)?;
    octets.end().map(|()| time)
}

/// Decodes a Current Time; the fraction of a second and the reason are checked and left out.
///
/// # Errors
/// As [`date_time`], or a day of week above 7.
pub fn current_time(bytes: &[u8]) -> Result<DeviceTime, Malformed> {
    let mut octets = Octets::new(bytes);
    let time = read(&mut octets)?;
    let [day_of_week, _fraction, _reason] = octets.take()?;
    octets.end()?;
    if day_of_week > 7 { Err(Malformed::Undefined) } else { Ok(time) }
}

pub(crate) fn read(octets: &mut Octets<'_>) -> Result<DeviceTime, Malformed> {
    let [y0, y1, month, day, hour, minute, second] = octets.take::<LEN>()?;
    let year = u16::from_le_bytes([y0, y1]);
    let in_range = (year == 0 || (1582..=9999).contains(&year))
        && day <= days_in(year, month).ok_or(Malformed::Undefined)?
        && hour < 24
        && minute < 60
        && second < 60;
    if in_range {
        Ok(DeviceTime { year, month, day, hour, minute, second })
    } else {
        Err(Malformed::Undefined)
    }
}

const fn days_in(year: u16, month: u8) -> Option<u8> {
    Some(match month {
        0 | 1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        // An unknown year may be a leap year.
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return None,
    })
}

/// The wall time as milliseconds since 1970-01-01T00:00:00 of the same wall clock; `None` when a part is unknown.
///
/// # Source
/// Days from civil, H. Hinnant: eras of 400 years = 146,097 days, years from 1 March; 719,468 days from there to 1970.
#[must_use]
pub fn wall_millis(t: DeviceTime) -> Option<i64> {
    if t.year == 0 || t.month == 0 || t.day == 0 {
        return None;
    }
    let (month, day) = (i64::from(t.month), i64::from(t.day));
    let year = i64::from(t.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    let seconds = (i64::from(t.hour) * 60 + i64::from(t.minute)) * 60 + i64::from(t.second);
    Some(days * DAY + seconds * 1000)
}

/// The wall time of milliseconds since 1970 of the same wall clock, in whole seconds; `None` outside the years of a
/// Date Time. The inverse of [`wall_millis`].
///
/// # Source
/// Civil from days, H. Hinnant; constants as in [`wall_millis`].
#[must_use]
pub fn from_wall_millis(millis: i64) -> Option<DeviceTime> {
    let days = millis.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = (from_march + 2) % 12 + 1;
    let year = u16::try_from(era * 400 + year_of_era + i64::from(month <= 2)).ok()?;
    let seconds = millis.rem_euclid(DAY) / 1000;
    let octet = |n: i64| u8::try_from(n).ok();
    Some(DeviceTime {
        year: Some(year).filter(|y| (1582..=9999).contains(y))?,
        month: octet(month)?,
        day: octet(day_of_year - (153 * from_march + 2) / 5 + 1)?,
        hour: octet(seconds / 3600)?,
        minute: octet(seconds / 60 % 60)?,
        second: octet(seconds % 60)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> DeviceTime {
        DeviceTime { year, month, day, hour, minute, second }
    }

    #[test]
    fn wall_times_count_from_1970() {
        for (t, expected) in [
            (at(1970, 1, 1, 0, 0, 0), 0),
            (at(1969, 12, 31, 23, 59, 59), -1000),
            (at(2000, 2, 29, 12, 0, 0), 951_825_600_000),
            (at(2020, 5, 21, 10, 30, 45), 1_590_057_045_000),
            (at(1582, 10, 15, 0, 0, 0), -12_219_292_800_000),
            (at(9999, 12, 31, 23, 59, 59), 253_402_300_799_000),
        ] {
            assert_eq!(wall_millis(t), Some(expected), "{t:?}");
        }
        assert_eq!(wall_millis(at(0, 4, 17, 20, 41, 59)), None);
    }

    #[test]
    fn fields_out_of_range_are_refused() {
        let good = [0xE4, 0x07, 5, 21, 10, 30, 45];
        assert_eq!(date_time(&good), Ok(at(2020, 5, 21, 10, 30, 45)));
        for (i, bad) in [(0, 1), (2, 13), (3, 32), (4, 24), (5, 60), (6, 60)] {
            let mut bytes = good;
            bytes[i] = bad;
            if i == 0 {
                bytes[1] = 0;
            }
            assert_eq!(date_time(&bytes), Err(Malformed::Undefined), "{bytes:?}");
        }
        assert_eq!(date_time(&[0xE5, 0x07, 2, 29, 0, 0, 0]), Err(Malformed::Undefined));
        assert_eq!(date_time(&good[..6]), Err(Malformed::Truncated));
        assert_eq!(current_time(&[0xE4, 0x07, 5, 21, 10, 30, 45, 4, 0, 0]), Ok(at(2020, 5, 21, 10, 30, 45)));
        assert_eq!(current_time(&[0xE4, 0x07, 5, 21, 10, 30, 45, 8, 0, 0]), Err(Malformed::Undefined));
    }

    #[test]
    fn the_years_of_a_date_time_have_ends() {
        let (first, last) = (at(1582, 1, 1, 0, 0, 0), at(9999, 12, 31, 23, 59, 59));
        let (low, high) = (wall_millis(first).unwrap(), wall_millis(last).unwrap());
        assert_eq!((from_wall_millis(low), from_wall_millis(high)), (Some(first), Some(last)));
        assert_eq!((from_wall_millis(low - 1), from_wall_millis(high + 1000)), (None, None));
        assert_eq!((from_wall_millis(i64::MIN), from_wall_millis(i64::MAX)), (None, None));
    }

    proptest! {
        #[test]
        fn a_wall_time_goes_there_and_back(seconds in -12_243_916_800i64..253_402_300_800) {
            let time = from_wall_millis(seconds * 1000 + 999).unwrap();
            prop_assert_eq!(wall_millis(time), Some(seconds * 1000));
        }
    }
}
