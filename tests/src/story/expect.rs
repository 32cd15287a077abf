//! What the wearables sent, read a second time with arithmetic of its own, beside what a screen shows.

use anyhow::{Context, ensure};
use salus_wire::view::ReadingView;
use salus_wire::{Category, Quantity};

use super::sim::Sent;

/// A screen's RR interval is in whole or finer milliseconds; a packet's is in 1/1024 s: half a millisecond apart at most.
const RR_TOLERANCE: f64 = 0.5;

/// The expected values of one packet.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Which screen shows it.
    pub category: Category,
    /// Exact values.
    pub values: Vec<(Quantity, i64)>,
    /// RR intervals, milliseconds.
    pub rr: Vec<f64>,
}

fn u16_at(bytes: &[u8], at: usize) -> anyhow::Result<u16> {
    let pair = bytes.get(at..at + 2).context("short packet")?;
    Ok(u16::from_le_bytes([pair[0], pair[1]]))
}

/// Reads a packet of the story: heart rate with RR intervals, or blood pressure in mmHg with time, pulse, user, status.
///
/// # Errors
/// When it is neither.
pub fn of(sent: &Sent) -> anyhow::Result<Expected> {
    let b = &sent.bytes;
    if sent.from == "strap" {
        ensure!(b.first().is_some_and(|f| f & 0x11 == 0x10), "a one-octet rate and RR intervals");
        let rr =
            b[2..].chunks_exact(2).map(|c| f64::from(u16::from_le_bytes([c[0], c[1]])) * 1000.0 / 1024.0);
        let values = vec![(Quantity::HeartRate, i64::from(b[1]))];
        return Ok(Expected { category: Category::HeartRate, values, rr: rr.collect() });
    }
    ensure!(b.first() == Some(&0x1E), "mmHg with time, pulse, user and status");
    // Exponent 0: the twelve low bits are the value, 1, 3 and 5; the pulse comes after the seven octets of time.
    let whole = |at| u16_at(b, at).map(|v| i64::from(v & 0x0FFF));
    let values = vec![
        (Quantity::Systolic, whole(1)?),
        (Quantity::Diastolic, whole(3)?),
        (Quantity::MeanPressure, whole(5)?),
        (Quantity::PulseRate, whole(14)?),
    ];
    Ok(Expected { category: Category::BloodPressure, values, rr: Vec::new() })
}

/// Compares a screen's rows, newest first, with what was sent; the number of values compared.
///
/// # Errors
/// The first difference.
pub fn compare(category: Category, rows: &[ReadingView], sent: &[Sent]) -> anyhow::Result<usize> {
    let expected = sent.iter().map(of).collect::<anyhow::Result<Vec<_>>>()?;
    let expected: Vec<_> = expected.into_iter().filter(|e| e.category == category).collect();
    ensure!(rows.len() == expected.len(), "{} rows of {category:?}, {} sent", rows.len(), expected.len());
    let mut compared = 0;
    for (row, expected) in rows.iter().rev().zip(&expected) {
        for (quantity, value) in &expected.values {
            let shown: Vec<_> = row.values.iter().filter(|v| v.quantity == *quantity).collect();
            ensure!(
                shown.len() == 1 && shown[0].value == value.to_string(),
                "{quantity:?} was {value}, the screen shows {shown:?}"
            );
            compared += 1;
        }
        let shown: Vec<f64> = row
            .values
            .iter()
            .filter(|v| v.quantity == Quantity::RrInterval)
            .map(|v| Ok(v.value.parse()?))
            .collect::<anyhow::Result<_>>()?;
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= RR_TOLERANCE;
        ensure!(
            shown.len() == expected.rr.len() && shown.iter().zip(&expected.rr).all(near),
            "RR intervals were {:?}, the screen shows {shown:?}",
            expected.rr
        );
        compared += shown.len();
    }
    Ok(compared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bluez::wave::Wave;
    use salus_wire::Quality;
    use salus_wire::view::ValueView;

    #[test]
    fn a_changed_value_a_missing_row_and_a_wrong_interval_are_differences() {
        let sent = [Sent { from: "strap", bytes: Wave::new(1).heart_rate() }];
        let expected = of(&sent[0]).unwrap();
        let value = |quantity, value: String| ValueView { quantity, value };
        let mut values = vec![value(Quantity::HeartRate, expected.values[0].1.to_string())];
        values.extend(expected.rr.iter().map(|rr| value(Quantity::RrInterval, format!("{rr:.1}"))));
        let row =
            ReadingView { at: 0, values, quality: Quality::default(), device: String::new(), note: None };
        assert!(compare(Category::HeartRate, std::slice::from_ref(&row), &sent).is_ok());
        assert!(compare(Category::HeartRate, &[], &sent).is_err());
        let mut wrong = row.clone();
        wrong.values[0].value = "7".into();
        assert!(compare(Category::HeartRate, &[wrong], &sent).is_err());
        let mut wrong = row;
        wrong.values[1].value = "12".into();
        assert!(compare(Category::HeartRate, &[wrong], &sent).is_err());
    }
}
