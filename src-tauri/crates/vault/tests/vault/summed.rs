//! Readings summed up directly, the slow way, for the tests of the pyramid.

use std::collections::{BTreeMap, BTreeSet};

use salus_vault::{Compacted, Vault};
use salus_wire::measure::Sum;
use salus_wire::{Category, Level, Quantity, Reading, Summary};

/// What an interval's readings come to, value by value.
pub(crate) fn directly(level: Level, readings: &[Reading], category: Category) -> Vec<Summary> {
    let mut groups: BTreeMap<(i64, Quantity), Vec<(i64, salus_wire::Decimal)>> = BTreeMap::new();
    for reading in readings.iter().filter(|r| r.counts()) {
        for c in reading.components.iter().filter(|c| category.drawn().contains(&c.quantity)) {
            let start = reading.at.div_euclid(level.millis()) * level.millis();
            groups.entry((start, c.quantity)).or_default().push((reading.at, c.value));
        }
    }
    groups.into_iter().map(|((start, quantity), values)| one(start, quantity, &values)).collect()
}

/// All values to the same places, added in 128 bits.
fn one(start: i64, quantity: Quantity, values: &[(i64, salus_wire::Decimal)]) -> Summary {
    let exponents = || values.iter().map(|(_, v)| v.exponent);
    let (finest, coarsest) = (exponents().min().unwrap(), exponents().max().unwrap());
    let scaled = |v: salus_wire::Decimal| {
        i128::from(v.mantissa) * 10i128.pow(u32::try_from(i32::from(v.exponent) - i32::from(finest)).unwrap())
    };
    let seconds: BTreeSet<_> = values.iter().map(|(at, _)| at.div_euclid(1000)).collect();
    let minutes: BTreeSet<_> = values.iter().map(|(at, _)| at.div_euclid(60_000)).collect();
    Summary {
        quantity,
        start,
        count: values.len() as u64,
        min: values.iter().map(|(_, v)| *v).min_by_key(|v| (scaled(*v), v.exponent)).unwrap(),
        max: values.iter().map(|(_, v)| *v).max_by_key(|v| (scaled(*v), -i16::from(v.exponent))).unwrap(),
        sum: Some(Sum { mantissa: values.iter().map(|(_, v)| scaled(*v)).sum(), exponent: finest }),
        coarsest,
        first: values.iter().map(|(at, _)| *at).min().unwrap(),
        last: values.iter().map(|(at, _)| *at).max().unwrap(),
        seconds: u32::try_from(seconds.len()).unwrap(),
        minutes: u32::try_from(minutes.len()).unwrap(),
    }
}

/// Steps until nothing is left; what they did.
pub(crate) async fn compact_all(vault: &Vault, now: i64) -> Vec<Compacted> {
    let mut done = Vec::new();
    loop {
        match vault.compact(now, 0).await.unwrap() {
            Compacted::Nothing => return done,
            step => done.push(step),
        }
    }
}

/// Every level of a record agrees with its readings.
pub(crate) async fn agrees(vault: &Vault, category: Category) {
    let readings = vault.readings(category, 0, i64::MAX).await.unwrap();
    let Some(first) = readings.first() else { return };
    let (from, to) = (Level::Day.floor(first.at), Level::Day.ceil(readings.last().unwrap().at + 1));
    for level in Level::ALL {
        let rows = vault.summaries(category, level, from, to).await.unwrap();
        assert!(rows == directly(level, &readings, category), "{level:?}");
    }
}
