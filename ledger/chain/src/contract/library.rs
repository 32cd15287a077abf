//! Ready contracts. Each has one text for its parameters, and an app that recognises the text can say the sentence.
//!
//! Every one of them lets the permission be recorded at any time: what it limits is opening and releasing.

use super::date;
use crate::genesis::MAX_MEMBERS;
use crate::time::UnixMillis;

#[cfg(test)]
mod tests;

const GIVE: &str = "permit (principal, action == Action::\"give\", resource);\n";
const USE: &str = "permit (principal, action in [Action::\"open\", Action::\"release\"], resource)\n";

const SECONDED: &str = "context.seconded";

/// How long before and after an appointment it may be opened: two hours.
pub const APPOINTMENT_MARGIN_MS: i64 = 2 * 3_600_000;
const DAY_MINUTES: u16 = 24 * 60;
// From UTC-14 to UTC+14, which no place exceeds.
const MAX_OFFSET: u16 = 14 * 60;

/// A parameter that no text can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {0} is outside its range")]
pub struct OutOfRange(pub &'static str);

/// A contract of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ready {
    /// "Until the end time, whenever they like."
    Plain,
    /// "Only between 08:00 and 18:00": at these hours of every day, the first minute included and the last not. From 22:00 to
    /// 06:00 crosses midnight; two equal hours are the whole day. The offset is fixed: there is no summer time in it.
    Hours {
        /// Minute of the day from which on it may be opened, below 1440.
        from: u16,
        /// First minute of the day at which it may not, below 1440.
        to: u16,
        /// What the person's clock is ahead of UTC, in minutes; 840 either way at most.
        utc_offset_minutes: i16,
    },
    /// "Only around your appointment": from two hours before to two hours after.
    Appointment {
        /// When it is.
        at_ms: UnixMillis,
    },
    /// "Only summaries": nothing finer than 18 hours, and only once those are over.
    SummariesOnly,
    /// "Only summaries, at these hours": what [`Ready::SummariesOnly`] and [`Ready::Hours`] ask, both of them.
    SummariesHours {
        /// As of [`Ready::Hours`].
        from: u16,
        /// As of [`Ready::Hours`].
        to: u16,
        /// As of [`Ready::Hours`].
        utc_offset_minutes: i16,
    },
    /// "Only summaries, and only when two clinicians agree": what [`Ready::SummariesOnly`] and [`Ready::TwoPersons`] ask, both.
    SummariesTwoPersons,
    /// "Only while on duty at this organisation": attested by this member, for no longer than the next 24 hours.
    OnDuty {
        /// The member's index, from 1.
        member: u16,
    },
    /// "Only when two clinicians agree": a second attested clinician signs each opening.
    TwoPersons,
    /// "In an emergency": with a reason, and either a second attested clinician or an announcement, by the clinician who opens,
    /// that you could answer for half an hour; for four hours. That an attested clinician opens it, and that the second is somebody
    /// else, the chain demands of every emergency, whatever its contract.
    BreakGlass,
}

impl Ready {
    /// The exact text.
    ///
    /// # Errors
    /// [`OutOfRange`] names the parameter.
    pub fn text(&self) -> Result<String, OutOfRange> {
        let limited = |condition: &str| format!("{GIVE}{USE}when {{\n  {condition}\n}};\n");
        Ok(match *self {
            Self::Plain => "permit (principal, action, resource);\n".to_owned(),
            Self::Hours { from, to, utc_offset_minutes } => limited(&at_hours(from, to, utc_offset_minutes)?),
            Self::SummariesHours { from, to, utc_offset_minutes } => {
                summaries(&at_hours(from, to, utc_offset_minutes)?)
            }
            Self::SummariesTwoPersons => summaries(SECONDED),
            Self::Appointment { at_ms } => {
                within("time", (0..=crate::codec::LAST_INSTANT).contains(&at_ms))?;
                let at = format!("datetime(\"{}\")", date::written(at_ms));
                limited(&format!(
                    "context.now >= {at}.offset(duration(\"-2h\")) &&\n  context.now < {at}.offset(duration(\"2h\"))"
                ))
            }
            Self::SummariesOnly => {
                "permit (principal, action in [Action::\"give\", Action::\"open\"], resource);\n\
                permit (principal, action == Action::\"release\", resource)\n\
                when {\n  context.level >= 4 && context.slot_end <= context.now\n};\n"
                    .to_owned()
            }
            Self::OnDuty { member } => {
                within("member", (1..=MAX_MEMBERS).contains(&usize::from(member)))?;
                limited(&format!(
                    "principal.attested && principal.organisation == {member} &&\n  \
                     principal.credential_left <= duration(\"24h\")"
                ))
            }
            Self::TwoPersons => limited(SECONDED),
            Self::BreakGlass => limited(
                "context.purpose == \"emergency\" &&\n  \
                 context.reason >= 1 && context.reason <= 5 &&\n  \
                 (context.seconded || (context.announced && context.waited >= duration(\"30m\"))) &&\n  \
                 context.opened <= duration(\"4h\")",
            ),
        })
    }

    /// Whether it lets only summaries of days be seen: a permission under it has keys of days and none of readings.
    #[must_use]
    pub const fn gives_days(&self) -> bool {
        match self {
            Self::SummariesOnly | Self::SummariesHours { .. } | Self::SummariesTwoPersons => true,
            Self::Plain
            | Self::Hours { .. }
            | Self::Appointment { .. }
            | Self::OnDuty { .. }
            | Self::TwoPersons
            | Self::BreakGlass => false,
        }
    }

    /// Which contract of the library a text is, if it is one to the last octet.
    pub fn of(text: &str) -> Option<Self> {
        let plain =
            [Self::Plain, Self::SummariesOnly, Self::SummariesTwoPersons, Self::TwoPersons, Self::BreakGlass];
        let candidates = [hours(text), summaries_hours(text), appointment(text), on_duty(text)];
        let candidates = plain.into_iter().chain(candidates.into_iter().flatten());
        // A number that was read loosely, or a sign elsewhere, shows here.
        candidates.into_iter().find(|ready| ready.text().is_ok_and(|own| own == text))
    }
}

fn within(what: &'static str, holds: bool) -> Result<(), OutOfRange> {
    if holds { Ok(()) } else { Err(OutOfRange(what)) }
}

/// The condition of hours.
fn at_hours(from: u16, to: u16, utc_offset_minutes: i16) -> Result<String, OutOfRange> {
    within("hour", from < DAY_MINUTES && to < DAY_MINUTES)?;
    within("offset", utc_offset_minutes.unsigned_abs() <= MAX_OFFSET)?;
    let time = format!("context.now.offset(duration(\"{utc_offset_minutes}m\")).toTime()");
    let both = if from < to { "&&" } else { "||" };
    Ok(format!("{time} >= duration(\"{from}m\") {both}\n  {time} < duration(\"{to}m\")"))
}

/// The text of summaries under a condition, which holds at the opening and at each release.
fn summaries(condition: &str) -> String {
    format!(
        "{GIVE}permit (principal, action == Action::\"open\", resource)\nwhen {{\n  {condition}\n}};\n\
         permit (principal, action == Action::\"release\", resource)\n\
         when {{\n  context.level >= 4 && context.slot_end <= context.now &&\n  ({condition})\n}};\n"
    )
}

fn hours(text: &str) -> Option<Ready> {
    Some(Ready::Hours {
        from: between(text, ">= duration(\"", "m\")")?.parse().ok()?,
        to: between(text, "< duration(\"", "m\")")?.parse().ok()?,
        utc_offset_minutes: between(text, "offset(duration(\"", "m\")")?.parse().ok()?,
    })
}

fn summaries_hours(text: &str) -> Option<Ready> {
    let Ready::Hours { from, to, utc_offset_minutes } = hours(text)? else { return None };
    Some(Ready::SummariesHours { from, to, utc_offset_minutes })
}

fn appointment(text: &str) -> Option<Ready> {
    Some(Ready::Appointment { at_ms: date::read(between(text, "datetime(\"", "\")")?)? })
}

fn on_duty(text: &str) -> Option<Ready> {
    let member = between(text, "principal.organisation == ", " ")?.parse().ok()?;
    Some(Ready::OnDuty { member })
}

/// What stands between the first `before` and the next `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}
