//! Observations of HL7 FHIR R4: a Bundle, one resource, or a resource on each line.
//!
//! Codes are of LOINC, units of UCUM. A value without a unit, or with one that is not known here, is not taken.

use salus_wire::view::{ImportAside, ImportFormat};
use salus_wire::{Category, Component, Decimal, Quality, Quantity, UnixMillis};
use serde::Deserialize;
use serde_json::Number;

use super::names::in_unit;
use super::{Found, Goes, Local, Row, Unreadable, go_on, home, numbered, when};

/// Blood pressure panels.
const PANELS: [&str; 2] = ["85354-9", "55284-4"];

/// A resource, as far as it is read. Of a bundle in a bundle nothing is.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Resource {
    resource_type: String,
    entry: Vec<Entry>,
    status: Option<String>,
    code: Option<Concept>,
    effective_date_time: Option<String>,
    effective_instant: Option<String>,
    effective_period: Option<Period>,
    value_quantity: Option<Amount>,
    component: Vec<Part>,
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Entry {
    resource: Option<Box<Resource>>,
}

#[derive(Deserialize)]
struct Concept {
    #[serde(default)]
    coding: Vec<Coding>,
}

#[derive(Deserialize)]
struct Coding {
    system: Option<String>,
    code: Option<String>,
}

#[derive(Deserialize)]
struct Period {
    start: Option<String>,
}

#[derive(Deserialize)]
struct Amount {
    value: Option<Number>,
    code: Option<String>,
    unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    code: Option<Concept>,
    value_quantity: Option<Amount>,
}

#[derive(Deserialize)]
struct Annotation {
    text: Option<String>,
}

pub(super) fn read(text: &[u8], local: Local<'_>, goes: Goes<'_>) -> Result<Found, Unreadable> {
    let mut found = Found::new(ImportFormat::Fhir);
    if let Ok(whole) = serde_json::from_slice::<Resource>(text) {
        if whole.resource_type != "Bundle" {
            if whole.resource_type.is_empty() {
                return Err(Unreadable::Unknown);
            }
            found.take(1, row(1, whole, local))?;
            return Ok(found);
        }
        for (entry, number) in whole.entry.into_iter().zip(1u32..) {
            go_on(goes, number, number.into())?;
            let Some(inner) = entry.resource else { continue };
            found.take(number, row(number, *inner, local))?;
        }
        return Ok(found);
    }
    for (number, done, line) in numbered(text) {
        go_on(goes, number, done)?;
        let read = line.ok_or(ImportAside::TooLong).and_then(|line| {
            let resource: Resource = serde_json::from_slice(line).map_err(|_| ImportAside::Malformed)?;
            row(number, resource, local)
        });
        found.take(number, read)?;
    }
    // Of something else that begins with a brace every line is malformed.
    if found.rows.is_empty() && found.aside.views().iter().all(|a| a.reason == ImportAside::Malformed) {
        return Err(Unreadable::Unknown);
    }
    Ok(found)
}

fn row(number: u32, o: Resource, local: Local<'_>) -> Result<Row, ImportAside> {
    if o.resource_type != "Observation" {
        return Err(ImportAside::Unknown);
    }
    let quality = match o.status.as_deref() {
        Some("final" | "amended" | "corrected") => Quality::default(),
        Some("preliminary") => Quality(Quality::PROVISIONAL),
        _ => return Err(ImportAside::NotThePatient),
    };
    let period = o.effective_period.and_then(|p| p.start);
    let text = o.effective_date_time.or(o.effective_instant).or(period).ok_or(ImportAside::NoTime)?;
    let at: UnixMillis = when::instant(&text, local).ok_or(ImportAside::NoTime)?;
    let codes = loinc(o.code.as_ref());
    let panel = codes.iter().any(|code| PANELS.contains(code));
    let mut values = Vec::new();
    let whole = o.value_quantity.as_ref().map(|amount| (o.code.as_ref(), amount));
    let parts = o.component.iter().filter_map(|p| Some((p.code.as_ref(), p.value_quantity.as_ref()?)));
    for (code, amount) in whole.into_iter().chain(parts) {
        let found = loinc(code).into_iter().find_map(|code| quantity(code, panel));
        // A part that there is no quantity for is left out; the others stay.
        let Some(quantity) = found else { continue };
        let unit = amount.code.as_deref().or(amount.unit.as_deref()).ok_or(ImportAside::Unknown)?;
        let quantity = in_unit(quantity, Some(unit), false).ok_or(ImportAside::Unknown)?;
        let number = amount.value.as_ref().ok_or(ImportAside::NotANumber)?;
        let value: Decimal = number.to_string().parse().map_err(|_| ImportAside::NotANumber)?;
        values.push(Component { quantity, value });
    }
    let first = values.first().ok_or(ImportAside::Unknown)?;
    let category =
        if panel { Category::BloodPressure } else { home(first.quantity).ok_or(ImportAside::Unknown)? };
    let note = o.note.into_iter().find_map(|n| n.text).filter(|n| !n.trim().is_empty());
    Ok(Row { line: number, category, at, values, quality, note })
}

fn loinc(concept: Option<&Concept>) -> Vec<&str> {
    let coding = concept.map(|c| c.coding.as_slice()).unwrap_or_default();
    let of_loinc = |c: &&Coding| c.system.as_deref() == Some("http://loinc.org");
    coding.iter().filter(of_loinc).filter_map(|c| c.code.as_deref()).collect()
}

/// The quantity of a code; a heart rate in a panel of a pressure is the pulse beside it.
fn quantity(code: &str, panel: bool) -> Option<Quantity> {
    match code {
        "8867-4" if panel => return Some(Quantity::PulseRate),
        // In capillary blood by a meter, by amount. What a laboratory finds in plasma or venous blood is another quantity.
        "14743-9" => return Some(Quantity::CapillaryGlucose),
        _ => {}
    }
    let here = |q: &Quantity| q.loinc() == Some(code) || q.loinc_general() == Some(code);
    Quantity::ALL.iter().copied().find(here)
}
