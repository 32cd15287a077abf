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
mod tests;
