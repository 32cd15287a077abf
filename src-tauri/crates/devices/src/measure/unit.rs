//! Unit conversion in exact integer arithmetic; one rounding, half to even, to a decimal place finer than devices send.

use salus_wire::{Decimal, Quantity};

/// A conventional millimetre of mercury is 133.322387415 Pa, so 1 kPa = 10^12 / 133,322,387,415 mmHg.
///
/// # Source
/// NIST SP 811, appendix B.8, and ISO 80000-4: 13.5951 g/cm3 * 9.80665 m/s2 * 1 mm, exactly.
const PICO_KPA_PER_MMHG: i128 = 133_322_387_415;

/// Kilopascal to millimetres of mercury, rounded half to even to 0.1 mmHg.
#[must_use]
pub fn kpa_to_mmhg(kpa: Decimal) -> Decimal {
    // mantissa * 10^exponent * 10^12 / 133,322,387,415, times 10 for the one decimal place.
    let (up, down) = powers(i32::from(kpa.exponent) + 12 + 1);
    tenths(i128::from(kpa.mantissa).saturating_mul(up), PICO_KPA_PER_MMHG.saturating_mul(down))
}

/// A value in the unit in which its quantity is stored; `None` when this quantity stands for another unit and no
/// conversion is known.
#[must_use]
pub fn canonical(quantity: Quantity, value: Decimal) -> Option<(Quantity, Decimal)> {
    let Some(stored) = quantity.original_of() else { return Some((quantity, value)) };
    let converted = match quantity {
        Quantity::SystolicKilopascal | Quantity::DiastolicKilopascal | Quantity::MeanKilopascal => {
            kpa_to_mmhg(value)
        }
        Quantity::BodyTemperatureFahrenheit | Quantity::AirTemperatureFahrenheit => {
            fahrenheit_to_celsius(value)
        }
        Quantity::BodyHeightInch => inch_to_centimetre(value),
        Quantity::BodyWeightPound
        | Quantity::MuscleMassPound
        | Quantity::FatFreeMassPound
        | Quantity::SoftLeanMassPound
        | Quantity::BodyWaterMassPound => pound_to_kilogram(value),
        Quantity::CapillaryGlucoseMolar | Quantity::InterstitialGlucoseMolar => mmol_to_mg_per_dl(value),
        Quantity::GlycatedHaemoglobinMolar => ifcc_to_ngsp(value),
        Quantity::EnergyExpendedKilocalorie | Quantity::BasalMetabolismKilocalorie => {
            kilocalorie_to_kilojoule(value)
        }
        Quantity::ExerciseDurationMinute => Decimal { mantissa: value.mantissa.saturating_mul(60), ..value },
        Quantity::DistanceKilometre => Decimal { exponent: value.exponent.saturating_add(3), ..value },
        Quantity::SpeedKilometreHour => kmh_to_metre_per_second(value),
        _ => return None,
    };
    Some((stored, converted))
}

/// Molar mass of glucose, C6H12O6: 180.156 g/mol, so 1 mmol/L = 18.0156 mg/dL.
///
/// # Source
/// IUPAC standard atomic weights 2021, abridged: 6 * 12.011 (C) + 12 * 1.008 (H) + 6 * 15.999 (O).
const MILLIGRAMS_PER_MOL: i128 = 180_156;

/// Glucose in mmol/L to mg/dL, rounded half to even to 0.1 mg/dL. 0.1 mmol/L is 1.8 mg/dL, so no two become one.
#[must_use]
pub fn mmol_to_mg_per_dl(mmol: Decimal) -> Decimal {
    // mantissa * 10^exponent * 180,156 / 10^4 (mmol and dL), times 10 for the one decimal place.
    let (up, down) = powers(i32::from(mmol.exponent) - 4 + 1);
    tenths(i128::from(mmol.mantissa).saturating_mul(MILLIGRAMS_PER_MOL).saturating_mul(up), down)
}

/// Glycated haemoglobin in mmol/mol (IFCC) to % (NGSP), 0.09148 * mmol/mol + 2.152, rounded half to even to 0.01 %.
/// 1 mmol/mol is 0.091 %, so no two become one.
///
/// # Source
/// NGSP, "IFCC Standardization of HbA1c" (ngsp.org/ifcc.asp); Hoelzel et al., Clin Chem 2004;50:166-174.
#[must_use]
pub fn ifcc_to_ngsp(ifcc: Decimal) -> Decimal {
    // Constants of 5 places, result of 2: (9148 * mantissa * 10^exponent + 215,200) / 10^5 * 10^2.
    let (up, down) = powers(i32::from(ifcc.exponent));
    let share = i128::from(ifcc.mantissa).saturating_mul(9_148).saturating_mul(up);
    rounded(share.saturating_add(215_200 * down), down.saturating_mul(1_000), -2)
}

/// Kilocalorie to kilojoule, rounded half to even to 0.1 kJ; watches and scales show whole ones, 4.184 kJ.
///
/// # Source
/// Thermochemical calorie, 4.184 J exactly: NIST SP 811, appendix B.8.
#[must_use]
pub fn kilocalorie_to_kilojoule(kilocalorie: Decimal) -> Decimal {
    let (up, down) = powers(i32::from(kilocalorie.exponent) - 3 + 1);
    tenths(i128::from(kilocalorie.mantissa).saturating_mul(4_184).saturating_mul(up), down)
}

/// Kilometres an hour to metres a second, divided by 3.6, rounded half to even to 0.001 m/s; watches and bicycles show
/// steps of 0.1 km/h, 0.028 m/s.
#[must_use]
pub fn kmh_to_metre_per_second(kmh: Decimal) -> Decimal {
    let (up, down) = powers(i32::from(kmh.exponent));
    rounded(i128::from(kmh.mantissa).saturating_mul(10_000).saturating_mul(up), down.saturating_mul(36), -3)
}

/// 1/1024 s to milliseconds, rounded half to even to 0.1 ms. Steps are 0.977 ms apart, so no two become one.
#[must_use]
pub fn rr_millis(rr_1024: u16) -> Decimal {
    tenths(i128::from(rr_1024) * 10_000, 1024)
}

/// Pound to kilogram, rounded half to even to 0.001 kg; devices send steps of 0.01 lb, 0.0045 kg. A pound is
/// 0.45359237 kg.
///
/// # Source
/// International yard and pound agreement of 1959, exactly; NIST SP 811, appendix B.8.
#[must_use]
pub fn pound_to_kilogram(pound: Decimal) -> Decimal {
    // Constant of 8 places, result of 3.
    let (up, down) = powers(i32::from(pound.exponent) - 8 + 3);
    rounded(i128::from(pound.mantissa).saturating_mul(45_359_237).saturating_mul(up), down, -3)
}

/// Inch to centimetre, rounded half to even to 0.1 cm; devices send steps of 0.1 in, 0.254 cm. An inch is 2.54 cm.
///
/// # Source
/// International yard and pound agreement of 1959, exactly; NIST SP 811, appendix B.8.
#[must_use]
pub fn inch_to_centimetre(inch: Decimal) -> Decimal {
    let (up, down) = powers(i32::from(inch.exponent) - 2 + 1);
    tenths(i128::from(inch.mantissa).saturating_mul(254).saturating_mul(up), down)
}

/// Degrees Fahrenheit to Celsius, (F - 32) * 5 / 9, rounded half to even to 0.01; devices send steps of 0.1 degrees
/// Fahrenheit, 0.056 degrees Celsius.
///
/// # Source
/// NIST SP 811, appendix B.8, exactly.
#[must_use]
pub fn fahrenheit_to_celsius(fahrenheit: Decimal) -> Decimal {
    let (up, down) = powers(i32::from(fahrenheit.exponent));
    let above = i128::from(fahrenheit.mantissa).saturating_mul(up).saturating_sub(32 * down);
    rounded(above.saturating_mul(500), down.saturating_mul(9), -2)
}

/// 1/256 m/s to metres a second, rounded half to even to 0.001 m/s. Steps are 0.0039 apart, so no two become one.
#[must_use]
pub fn speed_256(speed: u16) -> Decimal {
    Decimal { exponent: -3, ..tenths(i128::from(speed) * 1000, 256) }
}

/// A wheel's speed in metres a second, rounded half to even to 0.001 m/s; `None` without time.
///
/// ```text
/// revolutions * circumference mm / (ticks / hertz) = mm/s
/// ```
#[must_use]
pub fn wheel_speed(revolutions: u32, circumference_mm: u16, ticks: u16, hertz: u16) -> Option<Decimal> {
    let way = i128::from(revolutions) * i128::from(circumference_mm) * i128::from(hertz);
    (ticks != 0).then(|| Decimal { exponent: -3, ..tenths(way, i128::from(ticks)) })
}

/// Revolutions to revolutions a minute, rounded half to even to 0.1; `None` without time.
#[must_use]
pub fn crank_cadence(revolutions: u16, ticks: u16, hertz: u16) -> Option<Decimal> {
    let tenfold = i128::from(revolutions) * 60 * 10 * i128::from(hertz);
    (ticks != 0).then(|| tenths(tenfold, i128::from(ticks)))
}

/// True when `a < b`, exactly.
#[must_use]
pub fn less(a: Decimal, b: Decimal) -> bool {
    // The difference of exponents is at most 255; beyond 10^19 the larger exponent decides, except for zero.
    let scale = |d: Decimal, by: i32| i128::from(d.mantissa).saturating_mul(powers(by).0);
    let common = i32::from(a.exponent.min(b.exponent));
    scale(a, i32::from(a.exponent) - common) < scale(b, i32::from(b.exponent) - common)
}

/// `10^n` as numerator and denominator; 10^19 * i64 fits i128, anything above saturates there.
fn powers(n: i32) -> (i128, i128) {
    let ten = 10i128.pow(n.unsigned_abs().min(19));
    if n >= 0 { (ten, 1) } else { (1, ten) }
}

/// `numerator / denominator`, half to even, as so many tenths: the caller has multiplied by ten.
pub(super) fn tenths(numerator: i128, denominator: i128) -> Decimal {
    rounded(numerator, denominator, -1)
}

/// The quotient, rounded half to even, times `10^exponent`.
fn rounded(numerator: i128, denominator: i128, exponent: i8) -> Decimal {
    let (quotient, rest) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
    let up = match (2 * rest).cmp(&denominator) {
        core::cmp::Ordering::Less => 0,
        core::cmp::Ordering::Equal => quotient & 1,
        core::cmp::Ordering::Greater => 1,
    };
    let mantissa = i64::try_from(quotient + up).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX });
    Decimal { mantissa, exponent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(mantissa: i64, exponent: i8) -> Decimal {
        Decimal { mantissa, exponent }
    }

    #[test]
    fn kilopascal_become_millimetres_of_mercury() {
        for (kpa, mmhg) in [
            (d(16, 0), "120.0"),
            (d(189, -1), "141.8"),
            (d(11, 0), "82.5"),
            (d(159, -1), "119.3"),
            (d(0, 0), "0.0"),
            (d(-1, 0), "-7.5"),
            (d(2047, -8), "0.0"),
        ] {
            assert_eq!(kpa_to_mmhg(kpa).to_string(), mmhg, "{kpa}");
        }
    }

    #[test]
    fn pounds_inches_and_fahrenheit() {
        for (pound, kilogram) in
            [(d(15433, -2), "70.003"), (d(1, 0), "0.454"), (d(0, -2), "0.000"), (d(220, 0), "99.790")]
        {
            assert_eq!(pound_to_kilogram(pound).to_string(), kilogram, "{pound}");
        }
        for (inch, centimetre) in
            [(d(689, -1), "175.0"), (d(1, 0), "2.5"), (d(25, -2), "0.6"), (d(75, -2), "1.9")]
        {
            assert_eq!(inch_to_centimetre(inch).to_string(), centimetre, "{inch}");
        }
        for (fahrenheit, celsius) in [
            (d(986, -1), "37.00"),
            (d(987, -1), "37.06"),
            (d(212, 0), "100.00"),
            (d(32, 0), "0.00"),
            (d(-40, 0), "-40.00"),
            (d(1, 2), "37.78"),
        ] {
            assert_eq!(fahrenheit_to_celsius(fahrenheit).to_string(), celsius, "{fahrenheit}");
        }
    }

    #[test]
    fn every_step_of_a_device_stays_distinct() {
        for n in 0..u16::MAX {
            let (a, b) = (i64::from(n), i64::from(n) + 1);
            assert!(pound_to_kilogram(d(a, -2)).mantissa < pound_to_kilogram(d(b, -2)).mantissa);
            assert!(inch_to_centimetre(d(a, -1)).mantissa < inch_to_centimetre(d(b, -1)).mantissa);
            assert!(fahrenheit_to_celsius(d(a, -1)).mantissa < fahrenheit_to_celsius(d(b, -1)).mantissa);
        }
    }

    #[test]
    fn millimoles_of_glucose_become_milligrams() {
        for (mmol, mg) in [
            (d(55, -1), "99.1"),
            (d(10, 0), "180.2"),
            (d(5550, -3), "100.0"),
            (d(0, 0), "0.0"),
            (d(-1, 0), "-18.0"),
            (d(25, -1), "45.0"),
            (d(2, 1), "360.3"),
        ] {
            assert_eq!(mmol_to_mg_per_dl(mmol).to_string(), mg, "{mmol}");
        }
    }

    #[test]
    fn glycated_haemoglobin_follows_the_master_equation() {
        // The table that NGSP prints, whose tenths these hundredths round to: 42 is 6.0, 48 is 6.5, 53 is 7.0.
        for (ifcc, ngsp) in [(d(42, 0), "5.99"), (d(48, 0), "6.54"), (d(53, 0), "7.00"), (d(75, 0), "9.01")] {
            assert_eq!(ifcc_to_ngsp(ifcc).to_string(), ngsp, "{ifcc}");
        }
        assert_eq!(ifcc_to_ngsp(d(480, -1)).to_string(), "6.54");
        for n in 0..300 {
            assert!(ifcc_to_ngsp(d(n, 0)).mantissa < ifcc_to_ngsp(d(n + 1, 0)).mantissa);
        }
    }

    #[test]
    fn what_people_read_off_a_watch() {
        for (typed, value, stored) in [
            (Quantity::EnergyExpendedKilocalorie, d(350, 0), "1464.4"),
            (Quantity::BasalMetabolismKilocalorie, d(1, 0), "4.2"),
            (Quantity::ExerciseDurationMinute, d(30, 0), "1800"),
            (Quantity::ExerciseDurationMinute, d(25, -1), "150.0"),
            (Quantity::DistanceKilometre, d(52, -1), "5200"),
            (Quantity::DistanceKilometre, d(52_345, -4), "5234.5"),
            (Quantity::SpeedKilometreHour, d(100, -1), "2.778"),
            (Quantity::AirTemperatureFahrenheit, d(70, 0), "21.11"),
        ] {
            let (quantity, converted) = canonical(typed, value).unwrap();
            assert_eq!((Some(quantity), converted.to_string().as_str()), (typed.original_of(), stored));
        }
        for n in 0..9999 {
            assert!(
                kilocalorie_to_kilojoule(d(n, 0)).mantissa < kilocalorie_to_kilojoule(d(n + 1, 0)).mantissa
            );
            assert!(
                kmh_to_metre_per_second(d(n, -1)).mantissa < kmh_to_metre_per_second(d(n + 1, -1)).mantissa
            );
        }
    }

    #[test]
    fn every_other_unit_is_converted() {
        for quantity in Quantity::ALL {
            let stored = canonical(*quantity, d(1, 0)).map(|(q, _)| q);
            assert_eq!(stored, Some(quantity.original_of().unwrap_or(*quantity)));
        }
    }

    #[test]
    fn halves_go_to_even() {
        assert_eq!(tenths(5, 10).mantissa, 0);
        assert_eq!(tenths(15, 10).mantissa, 2);
        assert_eq!(tenths(-5, 10).mantissa, 0);
        assert_eq!(tenths(-15, 10).mantissa, -2);
    }

    #[test]
    fn every_rr_interval_stays_distinct() {
        assert_eq!(rr_millis(1024).to_string(), "1000.0");
        assert_eq!(rr_millis(833).to_string(), "813.5");
        for rr in 0..u16::MAX {
            assert!(rr_millis(rr).mantissa < rr_millis(rr + 1).mantissa);
        }
    }

    #[test]
    fn every_speed_stays_distinct() {
        assert_eq!(speed_256(0x0280).to_string(), "2.500");
        for speed in 0..u16::MAX {
            assert!(speed_256(speed).mantissa < speed_256(speed + 1).mantissa);
        }
    }

    #[test]
    fn revolutions_become_speed_and_cadence() {
        // Five turns of 2.105 m in a second; 3 turns of the crank in two.
        assert_eq!(wheel_speed(5, 2105, 1024, 1024).unwrap().to_string(), "10.525");
        assert_eq!(crank_cadence(3, 2048, 1024).unwrap().to_string(), "90.0");
        assert_eq!(crank_cadence(1, 700, 1024).unwrap().to_string(), "87.8");
        assert_eq!((wheel_speed(1, 2105, 0, 1024), crank_cadence(1, 0, 1024)), (None, None));
        assert!(wheel_speed(u32::MAX, u16::MAX, 1, u16::MAX).is_some());
    }

    proptest! {
        #[test]
        fn any_decimal_converts_and_compares(m in any::<i64>(), e in any::<i8>(), n in any::<i64>(), f in any::<i8>()) {
            let _ = (kpa_to_mmhg(d(m, e)), mmol_to_mg_per_dl(d(m, e)));
            let _ = (pound_to_kilogram(d(m, e)), inch_to_centimetre(d(m, e)), fahrenheit_to_celsius(d(m, e)));
            let _ = (ifcc_to_ngsp(d(m, e)), kilocalorie_to_kilojoule(d(m, e)), kmh_to_metre_per_second(d(m, e)));
            prop_assert!(!(less(d(m, e), d(n, f)) && less(d(n, f), d(m, e))));
        }

        #[test]
        fn comparing_agrees_with_cross_multiplying(m in -2048i64..2048, e in -8i8..8, n in -2048i64..2048, f in -8i8..8) {
            let scaled = |m: i64, e: i8| i128::from(m) * 10i128.pow(u32::try_from(e + 8).unwrap());
            prop_assert_eq!(less(d(m, e), d(n, f)), scaled(m, e) < scaled(n, f));
        }
    }
}
