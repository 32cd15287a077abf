//! Glucose Measurement Context 2A34: meal, exercise and medication around a measurement.
//!
//! ```text
//! flags        u8   bit 0 carbohydrate, 1 meal, 2 tester and health, 3 exercise, 4 medication, 5 litres instead of kg,
//!                   6 HbA1c, 7 a second octet of flags, all reserved
//! sequence     u16, of the measurement
//! more flags   u8
//! carbohydrate u8 kind, SFLOAT kg
//! meal         u8
//! tester       u8: tester in the low, health in the high half
//! exercise     u16 s (FFFF: that or more), u8 %
//! medication   u8 kind, SFLOAT kg or L
//! HbA1c        SFLOAT %
//! ```

use super::halves;
use crate::gatt::number::{Value, sfloat};
use crate::gatt::{Malformed, Octets};

/// What was eaten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carbohydrate {
    /// 1 breakfast, 2 lunch, 3 dinner, 4 snack, 5 drink, 6 supper, 7 brunch.
    pub kind: u8,
    /// How much, kg.
    pub kg: Value,
}

/// Who measured, and how the person felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TesterHealth {
    /// 4 bits: 1 self, 2 professional, 3 laboratory, 15 unknown.
    pub tester: u8,
    /// 4 bits: 1 minor issues, 2 major issues, 3 menses, 4 stress, 5 none, 15 unknown.
    pub health: u8,
}

/// What the body did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exercise {
    /// Seconds; FFFF stands for that or more.
    pub seconds: u16,
    /// Share of the person's most, %.
    pub intensity: u8,
}

/// The unit of a medication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MedicationUnit {
    /// Kilograms.
    Kg,
    /// Litres.
    Litre,
}

/// What was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Medication {
    /// Insulin: 1 rapid, 2 short, 3 intermediate, 4 long acting, 5 pre-mixed.
    pub kind: u8,
    /// How much.
    pub amount: Value,
    /// The unit of the amount.
    pub unit: MedicationUnit,
}

/// One context, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The number of the measurement that it belongs to.
    pub sequence: u16,
    /// What was eaten.
    pub carbohydrate: Option<Carbohydrate>,
    /// 1 before, 2 after a meal, 3 fasting, 4 casual, 5 bedtime.
    pub meal: Option<u8>,
    /// Who measured, and how the person felt.
    pub tester_health: Option<TesterHealth>,
    /// What the body did.
    pub exercise: Option<Exercise>,
    /// What was taken.
    pub medication: Option<Medication>,
    /// Glycated haemoglobin, %.
    pub hba1c: Option<Value>,
}

/// Decodes 2A34.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn decode(bytes: &[u8]) -> Result<Context, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let sequence = octets.u16()?;
    if flags & 0x80 != 0 {
        octets.u8()?;
    }
    let carbohydrate = if flags & 0x01 == 0 {
        None
    } else {
        Some(Carbohydrate { kind: octets.u8()?, kg: sfloat(octets.u16()?) })
    };
    let meal = if flags & 0x02 == 0 { None } else { Some(octets.u8()?) };
    let tester_health = if flags & 0x04 == 0 {
        None
    } else {
        let (tester, health) = halves(octets.u8()?);
        Some(TesterHealth { tester, health })
    };
    let exercise = if flags & 0x08 == 0 {
        None
    } else {
        Some(Exercise { seconds: octets.u16()?, intensity: octets.u8()? })
    };
    let unit = if flags & 0x20 == 0 { MedicationUnit::Kg } else { MedicationUnit::Litre };
    let medication = if flags & 0x10 == 0 {
        None
    } else {
        Some(Medication { kind: octets.u8()?, amount: sfloat(octets.u16()?), unit })
    };
    let hba1c = if flags & 0x40 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    octets.end()?;
    Ok(Context { sequence, carbohydrate, meal, tester_health, exercise, medication, hba1c })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All flags: 60 g for lunch, after a meal, self, no issues, 30 min at 45 %, 8 mL of rapid insulin, HbA1c 6.2 %.
    const FULL: [u8; 17] = [0xFF, 5, 0, 0, 2, 60, 0xD0, 2, 0x51, 0x08, 0x07, 45, 1, 8, 0xD0, 62, 0xF0];

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let context = decode(&FULL).unwrap();
        assert_eq!(context.sequence, 5);
        let eaten = context.carbohydrate.unwrap();
        assert_eq!((eaten.kind, eaten.kg.unwrap().to_string()), (2, "0.060".into()));
        assert_eq!(context.meal, Some(2));
        assert_eq!(context.tester_health, Some(TesterHealth { tester: 1, health: 5 }));
        assert_eq!(context.exercise, Some(Exercise { seconds: 1800, intensity: 45 }));
        let taken = context.medication.unwrap();
        assert_eq!((taken.kind, taken.amount.unwrap().to_string()), (1, "0.008".into()));
        assert_eq!(taken.unit, MedicationUnit::Litre);
        assert_eq!(context.hba1c.unwrap().unwrap().to_string(), "6.2");
        for cut in 0..FULL.len() {
            assert_eq!(decode(&FULL[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let long: Vec<u8> = FULL.into_iter().chain([0]).collect();
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            if let Ok(c) = decode(&bytes) {
                let expected = 3
                    + usize::from(bytes[0] >> 7)
                    + if c.carbohydrate.is_some() { 3 } else { 0 }
                    + usize::from(c.meal.is_some())
                    + usize::from(c.tester_health.is_some())
                    + if c.exercise.is_some() { 3 } else { 0 }
                    + if c.medication.is_some() { 3 } else { 0 }
                    + if c.hba1c.is_some() { 2 } else { 0 };
                prop_assert_eq!(bytes.len(), expected);
            }
        }
    }
}
