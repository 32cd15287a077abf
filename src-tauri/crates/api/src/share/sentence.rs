//! The canonical sentence: what the person confirms, in words, with whole dates. English; it is shown by the system's own
//! dialog, outside the page.

use chrono::{FixedOffset, TimeZone, Utc};
use salus_wire::view::ClinicianView;
use salus_wire::{Category, UnixMillis};

use super::draft::Draft;

/// The sentence.
pub(super) fn canonical(clinician: &ClinicianView, draft: &Draft, now: UnixMillis, offset: i32) -> String {
    let what = listed(&draft.categories);
    let start = if draft.starts <= now {
        "from now".to_owned()
    } else {
        format!("from {}", date(draft.starts, offset))
    };
    format!(
        "{name}{organisation} (confirmed by {member}) may see your {what}, measured from {from} to {to}, {start} \
         until {end}. After that time, or within about an hour of your stopping it, nobody can open new readings with \
         this permission. What has already been opened cannot be taken back.",
        name = clinician.name,
        organisation = of(&clinician.organisation),
        member = clinician.attested_by,
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
    )
}

/// " of Heart Clinic"; nothing where the attestation names no organisation ("-").
pub(crate) fn of(organisation: &str) -> String {
    if organisation.chars().any(char::is_alphanumeric) {
        format!(" of {organisation}")
    } else {
        String::new()
    }
}

/// Categories in a sentence.
pub(crate) fn listed(categories: &[Category]) -> String {
    let words: Vec<_> = categories.iter().map(|c| word(*c)).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// A category in a sentence.
pub(crate) fn word(category: Category) -> &'static str {
    match category {
        Category::HeartRate => "heart rate",
        Category::BloodPressure => "blood pressure",
        Category::OxygenSaturation => "oxygen saturation",
        Category::BodyTemperature => "body temperature",
        Category::BodyWeight => "weight and body composition",
        Category::Glucose => "glucose",
        Category::Activity => "activity",
        Category::Electrocardiogram => "electrocardiogram",
        Category::Respiration => "breathing rate",
        Category::Surroundings => "room climate",
    }
}

/// Day and minute in the person's own time.
pub(crate) fn date(at: UnixMillis, offset_minutes: i32) -> String {
    let zone = offset_minutes.checked_mul(60).and_then(FixedOffset::east_opt);
    match (Utc.timestamp_millis_opt(at).single(), zone) {
        (Some(time), Some(zone)) => time.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string(),
        _ => at.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_keeper::Scope;

    #[test]
    fn the_sentence_names_person_series_windows_and_promise_and_no_machinery() {
        let clinician = ClinicianView {
            name: "Dr Ana Wójcik".into(),
            organisation: "Heart Clinic".into(),
            attested_by: "City Hospital".into(),
            proven_at_height: "7".into(),
        };
        let draft = Draft {
            categories: vec![Category::HeartRate, Category::BloodPressure],
            scope: Scope::new(1, 2).unwrap(),
            data_from: 1_793_491_200_000,
            data_to: 1_796_083_200_000,
            starts: 0,
            ends: 1_797_264_000_000,
        };
        let text = canonical(&clinician, &draft, 1, 60);
        assert!(text.starts_with("Dr Ana Wójcik of Heart Clinic (confirmed by City Hospital) may see your heart rate and blood pressure, measured from 1 November 2026"), "{text}");
        assert!(text.contains("from now until 14 December 2026, 17:00"), "{text}");
        for word in ["chain", "block", "grant", "key", "epoch", "ledger", "token"] {
            assert!(!text.to_lowercase().contains(word), "{word}");
        }
    }
}
