//! The canonical sentence: what the person confirms, in words, with whole dates, in their language ([`arabic`] is the other one). It is
//! shown by the system's own dialog, outside the page.

pub(crate) mod arabic;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use salus_chain::contract::Ready;
use salus_wire::view::{ClinicianView, Purpose};
use salus_wire::{Category, UnixMillis};

use super::draft::Draft;
use crate::tongue::Tongue;

/// The sentence.
pub(super) fn canonical(
    tongue: Tongue,
    clinician: &ClinicianView,
    draft: &Draft,
    now: UnixMillis,
    offset: i32,
) -> String {
    match tongue {
        Tongue::English => english(clinician, draft, now, offset),
        Tongue::Arabic => arabic::canonical(clinician, draft, now, offset),
    }
}

fn english(clinician: &ClinicianView, draft: &Draft, now: UnixMillis, offset: i32) -> String {
    let daily = draft.contract.is_some_and(|ready| ready.gives_days());
    let what =
        format!("{}your {}", if daily { "daily summaries of " } else { "" }, listed(&draft.categories));
    let start = if draft.starts <= now {
        "from now".to_owned()
    } else {
        format!("from {}", date(draft.starts, offset))
    };
    format!(
        "{duty}{name}{organisation} (confirmed by {member}) may see {what}, measured from {from} to {to}, {start} \
         until {end}{purpose}.{condition} After that time, or within about an hour of your stopping it, nobody can open new readings with \
         this permission. What has already been opened cannot be taken back.",
        duty = if clinician.on_duty { "Whoever is then on duty for " } else { "" },
        name = clinician.name,
        organisation = of(&clinician.organisation),
        member = clinician.attested_by,
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
        purpose = clinician.asks.as_ref().map_or("", |asked| purpose(asked.purpose)),
        condition = draft.contract.as_ref().map(|ready| when(ready, offset)).unwrap_or_default(),
    )
}

/// For what it was asked, where it was. The clinician's own words are no part of a sentence that is signed.
const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Treatment => ", for treatment",
        Purpose::FollowUp => ", to follow up after a visit",
        Purpose::MedicationReview => ", to review medication",
        Purpose::SecondOpinion => ", for a second opinion",
    }
}

/// What the contract adds to it; a sentence of its own.
fn when(contract: &Ready, offset: i32) -> String {
    match *contract {
        Ready::Hours { from, to, utc_offset_minutes } => format!(
            " They may open it only between {} and {} of each day, by the clock of {}; summer time does not change this.",
            minute(from),
            minute(to),
            zone(utc_offset_minutes),
        ),
        Ready::Appointment { at_ms } => format!(
            " They may open it only from two hours before to two hours after your appointment on {}.",
            date(at_ms, offset)
        ),
        Ready::TwoPersons => {
            " They may open it only together with a second confirmed clinician, who agrees to each opening."
                .to_owned()
        }
        Ready::SummariesOnly => " They see no readings, but for each day of UTC how many values there are, the lowest, the \
                                  highest, the average and the share of the day that holds values; of a day with one value, \
                                  that value. A day can be seen only after it is over, at most about 18 hours later."
            .to_owned(),
        // Both, each in a sentence.
        Ready::SummariesHours { from, to, utc_offset_minutes } => {
            let hours = Ready::Hours { from, to, utc_offset_minutes };
            [when(&Ready::SummariesOnly, offset), when(&hours, offset)].concat()
        }
        Ready::SummariesTwoPersons => {
            [when(&Ready::SummariesOnly, offset), when(&Ready::TwoPersons, offset)].concat()
        }
        // Of a card, whose own sentence says it too.
        Ready::BreakGlass => " It may be opened only in an emergency, for a stated reason: at once when another confirmed \
                              clinician agrees, or half an hour after an announcement; and for four hours from the first \
                              opening on."
            .to_owned(),
        Ready::OnDuty { .. } => " Only somebody whom that organisation has on duty at that moment may open it, and you are told \
                                 who it was; the organisation decides whom it has on duty. Your name and what you share are shown \
                                 to those on duty before they open anything."
            .to_owned(),
        // Not offered: a draft never has one.
        Ready::Plain => " The members judge each opening by the text that was shown to you.".to_owned(),
    }
}

/// What a recorded contract asks of each opening, as a confirmed sentence says it; `None` where there is no sentence for it.
pub(crate) fn condition(policy: &str, offset: i32) -> Option<String> {
    match Ready::of(policy)? {
        Ready::Plain => None,
        ready => Some(when(&ready, offset).trim_start().to_owned()),
    }
}

fn minute(of_day: u16) -> String {
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

/// "UTC+01:00".
fn zone(offset_minutes: i16) -> String {
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    format!("UTC{sign}{}", minute(offset_minutes.unsigned_abs()))
}

/// The sentence of an emergency card.
pub(super) fn of_card(tongue: Tongue, draft: &Draft, offset: i32) -> String {
    match tongue {
        Tongue::English => english_of_card(draft, offset),
        Tongue::Arabic => arabic::of_card(draft, offset),
    }
}

fn english_of_card(draft: &Draft, offset: i32) -> String {
    format!(
        "Whoever holds this card may see your {what} of the 30 days before an emergency, until {end}: at once when two clinicians \
         agree, or half an hour after an announcement that you can answer by stopping the card, and for four hours. Whoever \
         finds the card can announce too. Any emergency card that you made before is stopped. After the end, or within about \
         an hour of your stopping it, nobody can open new readings with this card. What has already been opened cannot be \
         taken back.",
        what = listed(&draft.categories),
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
    local(at, offset_minutes).map_or_else(|| at.to_string(), |t| t.format("%-d %B %Y, %H:%M").to_string())
}

/// The minute in the person's own time, in figures.
pub(crate) fn clock(at: UnixMillis, offset_minutes: i32) -> String {
    local(at, offset_minutes).map_or_else(|| at.to_string(), |t| t.format("%H:%M").to_string())
}

/// Day and minute in the person's own time, in figures.
pub(crate) fn figures(at: UnixMillis, offset_minutes: i32) -> String {
    local(at, offset_minutes).map_or_else(|| at.to_string(), |t| t.format("%Y-%m-%d %H:%M").to_string())
}

fn local(at: UnixMillis, offset_minutes: i32) -> Option<DateTime<FixedOffset>> {
    let zone = offset_minutes.checked_mul(60).and_then(FixedOffset::east_opt)?;
    Some(Utc.timestamp_millis_opt(at).single()?.with_timezone(&zone))
}

#[cfg(test)]
mod tests;
