//! Rows of a file as readings of this record: by the ranges that hold for devices and for what is typed, and without what is there
//! already.

mod values;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rand::Rng;
use salus_insight::Origin;
use salus_insight::import::{Aside, Found, Row};
use salus_vault::Epoch;
use salus_wire::view::{
    ImportAside, ImportFormat, ImportGroupView, ImportPreviewView, ImportSampleView, MOST_NOTE,
};
use salus_wire::{Category, Component, Decimal, DeviceId, Failure, Quality, Reading, UnixMillis};

use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::work::Running;

/// How far ahead of our clock an instant may lie: minutes are written whole. 1 minute.
const AHEAD_MS: i64 = 60_000;
/// Readings that a preview shows.
const SAMPLES: usize = 5;
/// Rows between two looks at whether to go on.
const STEP: usize = 512;

/// What a file held, checked, in order of category and time.
pub(crate) struct Pending {
    pub(super) id: DeviceId,
    pub(super) format: ImportFormat,
    pub(super) readings: Vec<(Reading, Option<String>)>,
    pub(super) known: u32,
    pub(super) deleted: u32,
    pub(super) aside: Aside,
}

impl Pending {
    pub(super) fn groups(&self) -> Vec<ImportGroupView> {
        let mut groups: BTreeMap<Category, ImportGroupView> = BTreeMap::new();
        for (reading, _) in &self.readings {
            let (category, at) = (reading.category, reading.at);
            let new = ImportGroupView { category, count: 0, first: at, last: at };
            let group = groups.entry(category).or_insert(new);
            group.count = group.count.saturating_add(1);
            (group.first, group.last) = (group.first.min(at), group.last.max(at));
        }
        groups.into_values().collect()
    }

    /// The parts of about an hour that it lies in.
    pub(super) fn epochs(&self) -> Vec<(Category, u32)> {
        let place = |(r, _): &(Reading, _)| Some((r.category, Epoch::at(r.at)?.number()));
        self.readings.iter().filter_map(place).collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn view(&self) -> ImportPreviewView {
        let mut newest: Vec<&(Reading, Option<String>)> = self.readings.iter().collect();
        newest.sort_by_key(|(reading, _)| core::cmp::Reverse(reading.at));
        let sample = |(reading, note): &(Reading, Option<String>)| {
            let mut row = salus_insight::record::row(reading, &|_| Origin::default());
            row.note.clone_from(note);
            ImportSampleView { category: reading.category, reading: row }
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ImportPreviewView {
            id: self.id,
            format: self.format,
            readings: count(self.readings.len()),
            groups: self.groups(),
            known: self.known,
            deleted: self.deleted,
            notes: count(self.readings.iter().filter(|(_, note)| note.is_some()).count()),
            aside: self.aside.views(),
            newest: newest.into_iter().take(SAMPLES).map(sample).collect(),
        }
    }
}

/// What makes two readings one: category, instant, and the values without how they are written.
type Print = (Category, UnixMillis, Vec<(u8, i64, i8)>);

fn print(reading: &Reading) -> Print {
    let stored = reading.components.iter().filter(|c| c.quantity.original_of().is_none());
    let told = stored.filter(|c| c.quantity != salus_wire::Quantity::RecordNumber);
    let mut values: Vec<_> = told.map(plain).collect();
    values.sort_unstable();
    (reading.category, reading.at, values)
}

/// Without the zeros at its end: 120 is 120.0.
fn plain(c: &Component) -> (u8, i64, i8) {
    let Decimal { mut mantissa, mut exponent } = c.value;
    if mantissa == 0 {
        return (c.quantity.code(), 0, 0);
    }
    while mantissa % 10 == 0 && exponent < i8::MAX {
        mantissa /= 10;
        exponent += 1;
    }
    (c.quantity.code(), mantissa, exponent)
}

/// Checks what a file held against the ranges, the clock and the record.
pub(super) async fn all(
    open: &Open,
    found: Found,
    now: UnixMillis,
    running: &Running,
) -> Result<Pending, Failure> {
    let mut id = DeviceId([0; 16]);
    rng().fill_bytes(&mut id.0);
    let Found { format, rows, mut aside, .. } = found;
    let total = (rows.len() as u64).saturating_mul(2).max(1);
    let mut seen: HashSet<Print> = HashSet::new();
    let mut readings = Vec::with_capacity(rows.len());
    for row in rows {
        let line = row.line;
        match reading(row, format, id, now) {
            Ok(read) if seen.insert(print(&read.0)) => readings.push(read),
            Ok(_) => aside.add(ImportAside::Twice, line),
            Err(reason) => aside.add(reason, line),
        }
    }
    drop(seen);
    readings.sort_by_key(|(r, _)| (r.category, r.at));
    let mut pending =
        Pending { id, format, readings: Vec::with_capacity(readings.len()), known: 0, deleted: 0, aside };
    let mut there: (Option<(Category, Epoch)>, HashSet<Print>) = (None, HashSet::new());
    for (place, (reading, note)) in readings.into_iter().enumerate() {
        if place % STEP == 0 {
            running.watch.step(total / 2 + place as u64, total).or_fail()?;
        }
        let (category, Some(epoch)) = (reading.category, Epoch::at(reading.at)) else { continue };
        if !open.vault.holds(category, epoch) {
            pending.deleted = pending.deleted.saturating_add(1);
            continue;
        }
        if there.0 != Some((category, epoch)) {
            let (held, _) = open.vault.readable(category, epoch.start(), epoch.end()).await.or_fail()?;
            there = (Some((category, epoch)), held.iter().map(print).collect());
        }
        if there.1.contains(&print(&reading)) {
            pending.known = pending.known.saturating_add(1);
        } else {
            pending.readings.push((reading, note));
        }
    }
    Ok(pending)
}

/// A row as a reading, with its note.
fn reading(
    row: Row,
    format: ImportFormat,
    id: DeviceId,
    now: UnixMillis,
) -> Result<(Reading, Option<String>), ImportAside> {
    let possible = 0..=now.saturating_add(AHEAD_MS);
    if !possible.contains(&row.at) || Epoch::at(row.at).is_none() {
        return Err(ImportAside::OtherTime);
    }
    let (components, converted) = values::components(row.category, format, &row.values)?;
    let converted = if converted { Quality::CONVERTED } else { 0 };
    let reading = Reading {
        at: row.at,
        arrived: now,
        device: id,
        category: row.category,
        components,
        quality: row.quality.with(Quality::IMPORTED).with(converted),
        device_time: None,
        user: None,
    };
    Ok((reading, row.note.and_then(|note| shortened(&note))))
}

/// A note as long as one can be; what is left out is marked.
fn shortened(note: &str) -> Option<String> {
    let note = note.trim();
    if note.chars().count() <= MOST_NOTE {
        return (!note.is_empty()).then(|| note.to_owned());
    }
    Some(note.chars().take(MOST_NOTE - 1).chain(['\u{2026}']).collect())
}

#[cfg(test)]
mod tests {
    use salus_wire::Quantity;

    use super::*;

    #[test]
    fn two_readings_are_one_by_their_values_however_they_are_written() {
        let value = |mantissa, exponent| Decimal { mantissa, exponent };
        let of = |values: &[(Quantity, Decimal)]| Reading {
            at: 1000,
            arrived: 1,
            device: DeviceId([1; 16]),
            category: Category::BloodPressure,
            components: values
                .iter()
                .map(|(quantity, value)| Component { quantity: *quantity, value: *value })
                .collect(),
            quality: Quality(0),
            device_time: None,
            user: None,
        };
        let cuff = of(&[
            (Quantity::Systolic, value(1200, -1)),
            (Quantity::Diastolic, value(80, 0)),
            (Quantity::RecordNumber, value(7, 0)),
        ]);
        let file = of(&[(Quantity::Diastolic, value(8, 1)), (Quantity::Systolic, value(120, 0))]);
        assert_eq!(print(&cuff), print(&Reading { device: DeviceId([2; 16]), arrived: 5, ..file.clone() }));
        assert_ne!(print(&cuff), print(&Reading { at: 1001, ..file }));
        assert_eq!(plain(&Component { quantity: Quantity::Steps, value: value(0, -3) }).1, 0);
    }

    #[test]
    fn a_note_that_is_too_long_says_that_something_is_missing() {
        let long = shortened(&"x".repeat(MOST_NOTE + 9)).unwrap();
        assert!(long.chars().count() == MOST_NOTE && long.ends_with('\u{2026}'));
        assert_eq!((shortened(" a "), shortened("  ")), (Some("a".into()), None));
    }
}
