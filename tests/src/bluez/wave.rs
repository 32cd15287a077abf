//! Plausible values from a seed: the same seed gives the same packets.

/// Packets of a strap and a cuff.
#[derive(Debug, Clone)]
pub struct Wave {
    state: u64,
    beat: u32,
}

impl Wave {
    /// A wave from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed, beat: 0 }
    }

    /// The next heart-rate packet: rate around a slow wave, contact, the RR intervals of about a second.
    pub fn heart_rate(&mut self) -> Vec<u8> {
        self.beat = self.beat.wrapping_add(1);
        // From 64 up to 96 and back over 240 packets, and a little noise.
        let phase = i64::from(self.beat % 240);
        let rate = 64 + phase.min(240 - phase) * 32 / 120 + self.below(5) - 2;
        let mut packet = vec![0x16, u8::try_from(rate).unwrap_or(80)];
        for _ in 0..=i64::from(rate > 75) {
            let rr = 60 * 1024 / rate + self.below(41) - 20;
            packet.extend(u16::try_from(rr).unwrap_or(1024).to_le_bytes());
        }
        packet
    }

    /// The next blood pressure in mmHg with time, pulse, user 1 and status.
    pub fn blood_pressure(&mut self, now: i64) -> Vec<u8> {
        let systolic = 118 + self.below(17);
        let diastolic = 74 + self.below(13);
        let mean = diastolic + (systolic - diastolic) / 3;
        let pulse = 62 + self.below(19);
        let mut packet = vec![0x1E];
        for value in [systolic, diastolic, mean] {
            packet.extend(whole(value));
        }
        packet.extend(date_time(wall(now)));
        packet.extend(whole(pulse));
        packet.push(1);
        packet.extend([0, 0]);
        packet
    }

    /// Any of these, both ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(u64::try_from(high - low).unwrap_or(0) + 1)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn below(&mut self, n: u64) -> i64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) % n).unwrap_or(0)
    }
}

fn whole(value: i64) -> [u8; 2] {
    sfloat(value, 0)
}

/// `mantissa * 10^exponent` as SFLOAT.
#[must_use]
pub fn sfloat(mantissa: i64, exponent: i8) -> [u8; 2] {
    let exponent = u16::from(exponent.to_le_bytes()[0] & 0x0F);
    (exponent << 12 | u16::try_from(mantissa & 0x0FFF).unwrap_or(0)).to_le_bytes()
}

/// `mantissa * 10^exponent` as FLOAT.
#[must_use]
pub fn float(mantissa: i64, exponent: i8) -> [u8; 4] {
    let [low, middle, high, ..] = mantissa.to_le_bytes();
    let [exponent] = exponent.to_le_bytes();
    [low, middle, high, exponent]
}

/// Year, month, day, hour, minute, second of an instant in UTC.
///
/// # Source
/// Civil from days, H. Hinnant.
#[must_use]
pub fn wall(unix_millis: i64) -> [i64; 6] {
    let seconds = unix_millis.div_euclid(1000);
    let (days, time) = (seconds.div_euclid(86_400) + 719_468, seconds.rem_euclid(86_400));
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    [year, month, day, time / 3600, time / 60 % 60, time % 60]
}

/// The seven octets of a Date Time.
#[must_use]
pub fn date_time(wall: [i64; 6]) -> [u8; 7] {
    let [year, rest @ ..] = wall;
    let [low, high] = u16::try_from(year).unwrap_or(0).to_le_bytes();
    let [month, day, hour, minute, second] = rest.map(|part| u8::try_from(part).unwrap_or(0));
    [low, high, month, day, hour, minute, second]
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_devices::gatt;

    #[test]
    fn packets_decode_and_are_plausible() {
        let mut wave = Wave::new(7);
        for _ in 0..500 {
            let hr = gatt::heart_rate::decode(&wave.heart_rate()).unwrap();
            assert!((60..=100).contains(&hr.bpm) && hr.contact == Some(true), "{hr:?}");
            let bp = gatt::blood_pressure::decode(&wave.blood_pressure(1_779_352_245_000)).unwrap();
            assert!(bp.systolic.unwrap().mantissa > bp.diastolic.unwrap().mantissa);
            let time = bp.context.time.unwrap();
            assert_eq!(gatt::date_time::wall_millis(time), Some(1_779_352_245_000));
        }
        assert_eq!(Wave::new(1).heart_rate(), Wave::new(1).heart_rate());
    }
}
