//! Where readings come from: devices and people, and the computers that the readings arrived at.

use std::collections::{BTreeMap, BTreeSet};

use salus_insight::fhir::{Gateway, Origin, Provenance, Reference, Resource, Source, SourceFacts, Text};
use salus_vault::Vault;
use salus_wire::view::ProvenanceView;
use salus_wire::{Category, DeviceId, Failure, Quality, Reading, UnixMillis};

use super::{Pen, no_time};
use crate::lock::Open;
use crate::share::enrol;
use crate::share::sentence::word;

/// Every source that readings came from; as many as there are devices, however long the record is.
#[derive(Default)]
pub(super) struct Sources(BTreeMap<(Origin, DeviceId), Seen>);

/// What was seen of one source.
struct Seen {
    categories: BTreeSet<Category>,
    first: UnixMillis,
    last: UnixMillis,
    arrived: UnixMillis,
}

impl Sources {
    /// Counts readings in.
    pub(super) fn add(&mut self, readings: &[Reading]) {
        for reading in readings {
            let Reading { at, arrived, .. } = *reading;
            let new = || Seen { categories: BTreeSet::new(), first: at, last: at, arrived };
            let seen = self.0.entry((origin(reading), reading.device)).or_insert_with(new);
            seen.categories.insert(reading.category);
            (seen.first, seen.last) = (seen.first.min(at), seen.last.max(at));
            seen.arrived = seen.arrived.max(arrived);
        }
    }

    /// A Provenance for each, and a Device for each that is one.
    pub(super) fn write(
        &self,
        pen: &mut Pen<'_>,
        open: &Open,
        gateway: Option<&Reference>,
    ) -> Result<(), Failure> {
        for ((origin, device), seen) in &self.0 {
            let (by, what) = match origin {
                Origin::Measured => (measuring(pen, open, *device, seen)?, "every reading of this device"),
                Origin::Typed => (pen.patient.clone(), "every reading that was typed"),
                Origin::Imported => (pen.patient.clone(), "every reading that was taken from a file"),
            };
            let categories: Vec<_> = seen.categories.iter().map(|category| word(*category)).collect();
            let words = format!("{what}: {}", categories.join(", "));
            let facts = SourceFacts {
                id: pen.ids.of("source", &[&[kind(*origin)], &device.0]),
                origin: *origin,
                device: *device,
                words: &words,
                by: &by,
                gateway,
                first: seen.first,
                last: seen.last,
                arrived: seen.arrived,
            };
            pen.entry(&Provenance::of_source(&facts).map_err(no_time)?)?;
        }
        Ok(())
    }
}

/// Writes a device as it was when its last reading arrived.
fn measuring(pen: &mut Pen<'_>, open: &Open, id: DeviceId, seen: &Seen) -> Result<Reference, Failure> {
    let last = Reading {
        at: seen.last,
        arrived: seen.arrived,
        device: id,
        category: seen.categories.first().copied().unwrap_or(Category::HeartRate),
        components: Vec::new(),
        quality: Quality(0),
        device_time: None,
        user: None,
    };
    let known = open.devices.origin_of(&last);
    let source = Source {
        id: pen.ids.of("device", &[&id.0]),
        device: id,
        name: &known.name,
        model: known.model.as_deref(),
        firmware: known.firmware.as_deref(),
    };
    let device = source.device(&pen.patient);
    pen.entry(&device)?;
    Ok(device.reference(Text::new(&known.name)))
}

fn origin(reading: &Reading) -> Origin {
    match salus_insight::provenance::provenance(reading, &salus_insight::Origin::default()) {
        ProvenanceView::Measured(_) => Origin::Measured,
        ProvenanceView::Typed { .. } => Origin::Typed,
        ProvenanceView::Imported { .. } => Origin::Imported,
    }
}

const fn kind(origin: Origin) -> u8 {
    match origin {
        Origin::Measured => 1,
        Origin::Typed => 2,
        Origin::Imported => 3,
    }
}

/// Writes this computer and those that the record was on before, with their enrolments. The one that readings arrived at is known
/// where there was no other.
pub(super) async fn gateways(pen: &mut Pen<'_>, vault: &Vault) -> Result<Option<Reference>, Failure> {
    let here = (enrol::since(vault).await?, enrol::withdrawn(vault).await?);
    let all: Vec<_> = std::iter::once(here).chain(enrol::earlier(vault).await?).collect();
    let mut only = None;
    for (place, (writer, (enrolled, withdrawn))) in vault.writers().iter().zip(&all).enumerate() {
        let gateway = Gateway {
            id: pen.ids.of("gateway", &[&writer.key]),
            here: place == 0,
            enrolled: *enrolled,
            withdrawn: *withdrawn,
        };
        let device = gateway.device();
        pen.entry(&device)?;
        let id = pen.ids.of("enrolment", &[&writer.key]);
        if let Some(enrolment) = Provenance::of_gateway(id, &gateway).map_err(no_time)? {
            pen.entry(&enrolment)?;
        }
        only = (all.len() == 1).then(|| device.reference(None));
    }
    Ok(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_one_however_many_readings_it_gave() {
        let reading = |at, category, quality| Reading {
            at,
            arrived: at + 5,
            device: DeviceId([1; 16]),
            category,
            components: Vec::new(),
            quality: Quality(quality),
            device_time: None,
            user: None,
        };
        let mut sources = Sources::default();
        sources.add(&[reading(20, Category::HeartRate, 0), reading(30, Category::HeartRate, 0)]);
        sources.add(&[reading(10, Category::Respiration, 0), reading(10, Category::Glucose, Quality::TYPED)]);
        let measured = &sources.0[&(Origin::Measured, DeviceId([1; 16]))];
        assert_eq!((measured.first, measured.last, measured.arrived), (10, 30, 35));
        assert_eq!(measured.categories.len(), 2);
        assert_eq!(sources.0.len(), 2, "typed is a source of its own");
    }
}
