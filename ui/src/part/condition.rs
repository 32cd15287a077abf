//! When a permission may be opened, in a sentence, and the exact text that the members judge by.

use salus_wire::view::{Condition, ConditionView};
use yew::prelude::*;

use super::{Icon, icon};
use crate::state::Shared;
use crate::t;

/// The sentence, and the text behind it.
pub fn condition(shared: &Shared, view: &ConditionView) -> Html {
    let w = &shared.words;
    html! {
        <div class="condition">
            <p class="line">{ icon(Icon::Clock) }<span>{ sentence(shared, view.condition) }</span></p>
            <details class="policy">
                <summary>{ t!(w, "policy-open") }</summary>
                <p class="quiet">{ t!(w, "policy-hint") }</p>
                <pre dir="ltr"><code>{ &view.policy }</code></pre>
            </details>
        </div>
    }
}

fn sentence(shared: &Shared, condition: Condition) -> String {
    let w = &shared.words;
    match condition {
        Condition::Whenever => t!(w, "condition-whenever"),
        Condition::Hours { from, to, utc_offset_minutes } => {
            let zone = zone(i32::from(utc_offset_minutes));
            t!(w, "condition-hours", from = minute(from), to = minute(to), zone = zone)
        }
        Condition::Appointment { at } => {
            t!(w, "condition-appointment", when = shared.clock().moment(at))
        }
        Condition::TwoPersons => t!(w, "condition-two"),
        Condition::DailySummaries => t!(w, "condition-daily"),
        Condition::DailyHours { from, to, utc_offset_minutes } => {
            let hours = Condition::Hours { from, to, utc_offset_minutes };
            t!(w, "condition-daily-and", more = sentence(shared, hours))
        }
        Condition::DailyTwoPersons => {
            t!(w, "condition-daily-and", more = sentence(shared, Condition::TwoPersons))
        }
        Condition::OnDuty => t!(w, "condition-on-duty"),
        Condition::Emergency => t!(w, "condition-emergency"),
        Condition::Other => t!(w, "condition-other"),
    }
}

/// "08:00", of a minute of the day.
fn minute(of_day: u16) -> String {
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

/// "UTC+01:00".
#[must_use]
pub fn zone(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_zones_are_written_in_full() {
        assert_eq!((minute(0), minute(485), minute(1439)), ("00:00".into(), "08:05".into(), "23:59".into()));
        assert_eq!(
            (zone(0), zone(60), zone(-210)),
            ("UTC+00:00".into(), "UTC+01:00".into(), "UTC-03:30".into())
        );
    }
}
