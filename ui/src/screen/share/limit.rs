//! When it may be opened, as the form holds it: what the members are to ask of each opening.

use salus_wire::UnixMillis;
use salus_wire::view::Condition;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::format::{DAY, HOUR, MINUTE, field_date, parse_date, parse_time};
use crate::part::{field_text, zone};
use crate::state::Shared;
use crate::t;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::screen) enum When {
    /// Whenever they like.
    #[default]
    Whenever,
    /// At certain hours.
    Hours,
    /// Around an appointment.
    Appointment,
    /// With a second clinician.
    Second,
}

/// Everything the form holds about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::screen) struct Terms {
    /// Not readings, but daily summaries.
    #[serde(default)]
    pub(super) daily: bool,
    pub(super) when: When,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) date: String,
    pub(super) time: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen) enum WrongTerms {
    /// An hour cannot be read.
    NoTime,
    /// The hours begin and end at the same time.
    SameTime,
    /// The appointment cannot be read.
    NoDate,
    /// The appointment is not within the permission.
    Outside,
}

impl Terms {
    /// Whenever they like; the usual hours, and an appointment tomorrow, for whoever wants them.
    pub(in crate::screen) fn new(now: UnixMillis, offset: i32) -> Self {
        Self {
            daily: false,
            when: When::Whenever,
            from: "08:00".into(),
            to: "18:00".into(),
            date: field_date(now + DAY, offset),
            time: "10:00".into(),
        }
    }

    /// The condition that the form describes, of a permission with this access window.
    pub(in crate::screen) fn condition(
        &self,
        (starts, ends): (UnixMillis, UnixMillis),
        offset: i32,
    ) -> Result<Condition, WrongTerms> {
        match self.when {
            When::Whenever if self.daily => Ok(Condition::DailySummaries),
            // No rule says days and an appointment; it is not offered together.
            When::Appointment if self.daily => Ok(Condition::DailySummaries),
            When::Whenever => Ok(Condition::Whenever),
            When::Hours => {
                let minute = |text: &str| {
                    let of_day = parse_time(text).and_then(|ms| u16::try_from(ms / MINUTE).ok());
                    of_day.ok_or(WrongTerms::NoTime)
                };
                let (from, to) = (minute(&self.from)?, minute(&self.to)?);
                if from == to {
                    return Err(WrongTerms::SameTime);
                }
                let utc_offset_minutes = i16::try_from(offset).map_err(|_| WrongTerms::NoTime)?;
                Ok(if self.daily {
                    Condition::DailyHours { from, to, utc_offset_minutes }
                } else {
                    Condition::Hours { from, to, utc_offset_minutes }
                })
            }
            When::Appointment => {
                let date = parse_date(&self.date, offset).ok_or(WrongTerms::NoDate)?;
                let at = date + parse_time(&self.time).ok_or(WrongTerms::NoDate)?;
                // Two hours either way.
                if at < ends && at + 2 * HOUR > starts {
                    Ok(Condition::Appointment { at })
                } else {
                    Err(WrongTerms::Outside)
                }
            }
            When::Second if self.daily => Ok(Condition::DailyTwoPersons),
            When::Second => Ok(Condition::TwoPersons),
        }
    }
}

pub(in crate::screen) fn wrong_words(shared: &Shared, wrong: WrongTerms) -> String {
    let w = &shared.words;
    match wrong {
        WrongTerms::NoTime => t!(w, "limit-no-time"),
        WrongTerms::SameTime => t!(w, "limit-same-time"),
        WrongTerms::NoDate => t!(w, "limit-no-date"),
        WrongTerms::Outside => t!(w, "limit-outside"),
    }
}

/// A change of it.
fn changing<E: 'static>(
    terms: &Terms,
    changed: &Callback<Terms>,
    change: impl Fn(&mut Terms, E) + 'static,
) -> Callback<E> {
    let (terms, changed) = (terms.clone(), changed.clone());
    Callback::from(move |event| {
        let mut next = terms.clone();
        change(&mut next, event);
        changed.emit(next);
    })
}

/// Lets readings be seen, or days, around which there is no appointment.
fn see(terms: &mut Terms, daily: bool) {
    terms.daily = daily;
    if daily && terms.when == When::Appointment {
        terms.when = When::Whenever;
    }
}

/// What is seen of the readings.
pub(in crate::screen) fn detail_choice(
    shared: &Shared,
    terms: &Terms,
    changed: &Callback<Terms>,
    name: &str,
) -> Html {
    let w = &shared.words;
    let choices = [(false, "readings", t!(w, "detail-readings")), (true, "days", t!(w, "detail-days"))];
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "choose-detail", name = name.to_owned()) }</legend>
            { for choices.into_iter().map(|(daily, value, label)| html! {
                <label class="choice"><input type="radio" name="detail" {value} checked={terms.daily == daily}
                    onchange={changing(terms, changed, move |x, _: Event| see(x, daily))} /><span>{ label }</span></label>
            }) }
            if terms.daily { <p class="quiet">{ t!(w, "detail-days-hint") }</p> }
        </fieldset>
    }
}

/// One calm choice; its fields and what it means show under it.
pub(in crate::screen) fn when_choice(
    shared: &Shared,
    terms: &Terms,
    changed: &Callback<Terms>,
    name: &str,
) -> Html {
    let w = &shared.words;
    let choices = [
        (When::Whenever, "whenever", t!(w, "limit-whenever")),
        (When::Hours, "hours", t!(w, "limit-hours")),
        (When::Appointment, "appointment", t!(w, "limit-appointment")),
        (When::Second, "second", t!(w, "limit-second")),
    ];
    let choices = choices.into_iter().filter(|(when, ..)| !terms.daily || *when != When::Appointment);
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "choose-when", name = name.to_owned()) }</legend>
            { for choices.map(|(choice, value, label)| html! {
                <label class="choice"><input type="radio" name="when" {value} checked={terms.when == choice}
                    onchange={changing(terms, changed, move |x, _: Event| x.when = choice)} /><span>{ label }</span></label>
            }) }
            { match terms.when {
                When::Whenever => Html::default(),
                When::Hours => html! {
                    <>
                    <div class="row fields">
                        <p class="field"><label for="hours-from">{ t!(w, "limit-hours-from") }</label>
                            <input id="hours-from" type="time" placeholder="08:00" value={terms.from.clone()} oninput={changing(terms, changed, |x, e: InputEvent| x.from = field_text(&e))} /></p>
                        <p class="field"><label for="hours-to">{ t!(w, "limit-hours-to") }</label>
                            <input id="hours-to" type="time" placeholder="18:00" value={terms.to.clone()} oninput={changing(terms, changed, |x, e: InputEvent| x.to = field_text(&e))} /></p>
                    </div>
                    <p class="quiet">{ t!(w, "limit-hours-hint", zone = zone(shared.clock().offset)) }</p>
                    </>
                },
                When::Appointment => html! {
                    <>
                    <div class="row fields">
                        <p class="field"><label for="appointment-date">{ t!(w, "limit-appointment-date") }</label>
                            <input id="appointment-date" type="date" placeholder="2026-12-14" value={terms.date.clone()} oninput={changing(terms, changed, |x, e: InputEvent| x.date = field_text(&e))} /></p>
                        <p class="field"><label for="appointment-time">{ t!(w, "limit-appointment-time") }</label>
                            <input id="appointment-time" type="time" placeholder="10:00" value={terms.time.clone()} oninput={changing(terms, changed, |x, e: InputEvent| x.time = field_text(&e))} /></p>
                    </div>
                    <p class="quiet">{ t!(w, "limit-appointment-hint") }</p>
                    </>
                },
                When::Second => html! { <p class="quiet">{ t!(w, "limit-second-hint", name = name.to_owned()) }</p> },
            } }
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;
    const ACCESS: (UnixMillis, UnixMillis) = (NOW, NOW + 14 * DAY);

    fn terms(when: When) -> Terms {
        Terms { when, ..Terms::new(NOW, 60) }
    }

    #[test]
    fn what_is_usual_is_possible() {
        let said = |when| terms(when).condition(ACCESS, 60);
        assert_eq!(said(When::Whenever), Ok(Condition::Whenever));
        let hours = Condition::Hours { from: 480, to: 1080, utc_offset_minutes: 60 };
        assert_eq!(said(When::Hours), Ok(hours));
        // 2026-11-19 at 10:00, one hour ahead of UTC.
        assert_eq!(said(When::Appointment), Ok(Condition::Appointment { at: 1_795_078_800_000 }));
        assert_eq!(said(When::Second), Ok(Condition::TwoPersons));
        let daily = |when| Terms { daily: true, ..terms(when) }.condition(ACCESS, 60);
        assert_eq!(daily(When::Whenever), Ok(Condition::DailySummaries));
        let hours = Condition::DailyHours { from: 480, to: 1080, utc_offset_minutes: 60 };
        assert_eq!(daily(When::Hours), Ok(hours));
        assert_eq!(daily(When::Second), Ok(Condition::DailyTwoPersons));
        let mut around = terms(When::Appointment);
        see(&mut around, true);
        assert_eq!((around.when, around.daily), (When::Whenever, true));
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let hours = |from: &str, to: &str| {
            Terms { from: from.into(), to: to.into(), ..terms(When::Hours) }.condition(ACCESS, 60)
        };
        assert!(hours("22:00", "06:00").is_ok());
        assert_eq!(hours("08:00", "08:00"), Err(WrongTerms::SameTime));
        assert_eq!(hours("8", "18:00"), Err(WrongTerms::NoTime));
        let at = |date: &str| Terms { date: date.into(), ..terms(When::Appointment) }.condition(ACCESS, 60);
        assert_eq!(at("soon"), Err(WrongTerms::NoDate));
        assert_eq!(at("2026-11-17"), Err(WrongTerms::Outside));
        assert_eq!(at("2026-12-24"), Err(WrongTerms::Outside));
    }
}
