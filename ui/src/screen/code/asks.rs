//! What a clinician asks for: the form, and the request that it makes. Nothing ticked asks for nothing.

use salus_wire::view::{AskedView, Purpose, SharedView};
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use crate::format::{DAY, day_start};
use crate::part::{field_text, purpose_name};
use crate::screen::in_order;
use crate::state::Shared;
use crate::t;

/// How far a permission's readings reach beyond what was chosen: they are rounded to whole epochs of 4096 s.
const ROUNDED: i64 = 4_096_000;
/// Choices of days back, today included.
const BACK: [u16; 4] = [1, 7, 30, 90];
/// Choices of days that the permission runs.
const LASTS: [u16; 4] = [1, 7, 14, 30];

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asks {
    categories: Vec<Category>,
    purpose: Purpose,
    back: u16,
    new: bool,
    lasts: u16,
    words: String,
}

impl Asks {
    /// Nothing is asked for; the smallest that is of use, once something is.
    pub(super) fn new() -> Self {
        let (categories, words) = (Vec::new(), String::new());
        Self { categories, purpose: Purpose::Treatment, back: 7, new: false, lasts: 7, words }
    }

    /// As much as a permission covers, counted from now.
    pub(super) fn like(s: &SharedView, now: UnixMillis, offset: i32) -> Self {
        let tonight = day_start(now, offset) + DAY;
        let back = days(tonight - s.data_from - ROUNDED).clamp(1, AskedView::MAX_BACK);
        let lasts = days(s.ends - s.starts).clamp(1, AskedView::MAX_LASTS);
        let mut categories = s.categories.clone();
        categories.sort();
        let purpose = s.asks.as_ref().map_or(Purpose::Treatment, |asked| asked.purpose);
        Self { categories, purpose, back, new: s.data_to - now > ROUNDED, lasts, words: String::new() }
    }

    /// The request; `None` when nothing is asked for.
    pub(super) fn view(&self) -> Option<AskedView> {
        (!self.categories.is_empty()).then(|| AskedView {
            purpose: self.purpose,
            words: self.words.trim().to_owned(),
            categories: self.categories.clone(),
            days_back: self.back,
            days_ahead: if self.new { self.lasts } else { 0 },
            lasts_days: self.lasts,
        })
    }

    fn toggle(&mut self, category: Category) {
        let before = self.categories.len();
        self.categories.retain(|c| *c != category);
        if self.categories.len() == before {
            self.categories.push(category);
            self.categories.sort();
        }
    }
}

/// Whole days that hold so much time.
fn days(ms: i64) -> u16 {
    u16::try_from(ms.max(0).saturating_add(DAY - 1) / DAY).unwrap_or(u16::MAX)
}

fn changing<E: 'static>(form: &UseStateHandle<Asks>, change: impl Fn(&mut Asks, E) + 'static) -> Callback<E> {
    let form = form.clone();
    Callback::from(move |event| {
        let mut next = (*form).clone();
        change(&mut next, event);
        form.set(next);
    })
}

/// The form; `open` where it is what the person came for.
pub(super) fn asks_form(shared: &Shared, form: &UseStateHandle<Asks>, open: bool) -> Html {
    let w = &shared.words;
    html! {
        <details class="asks" {open}>
            <summary>{ t!(w, "ask-title") }</summary>
            <p class="quiet">{ t!(w, "ask-hint") }</p>
            <fieldset class="choices">
                <legend>{ t!(w, "ask-what") }</legend>
                { for in_order(Category::ALL).into_iter().map(|category| html! {
                    <label class="choice"><input type="checkbox" name="ask-category" value={format!("{category:?}")}
                        checked={form.categories.contains(&category)} onchange={changing(form, move |x, _: Event| x.toggle(category))} />
                        <span>{ w.category(category) }</span></label>
                }) }
            </fieldset>
            if !form.categories.is_empty() { { scope(shared, form) } }
        </details>
    }
}

fn scope(shared: &Shared, form: &UseStateHandle<Asks>) -> Html {
    let w = &shared.words;
    let wrong = form.view().is_some_and(|asked| asked.check().is_err());
    html! {
        <>
            <p class="field"><label for="ask-purpose">{ t!(w, "ask-purpose") }</label>
                <select id="ask-purpose" onchange={changing(form, |x, e: Event| x.purpose = purpose_of(&field_text(&e)))}>
                    { for Purpose::ALL.iter().map(|purpose| html! {
                        <option value={purpose.code().to_string()} selected={form.purpose == *purpose}>{ purpose_name(w, *purpose) }</option>
                    }) }
                </select></p>
            <fieldset class="choices">
                <legend>{ t!(w, "ask-back") }</legend>
                { for with(&BACK, form.back).into_iter().map(|n| html! {
                    <label class="choice"><input type="radio" name="ask-back" value={n.to_string()} checked={form.back == n}
                        onchange={changing(form, move |x, _: Event| x.back = n)} /><span>{ t!(w, "ask-back-days", n = n) }</span></label>
                }) }
                <label class="choice"><input type="checkbox" name="ask-new" checked={form.new}
                    onchange={changing(form, |x, _: Event| x.new = !x.new)} /><span>{ t!(w, "ask-new") }</span></label>
            </fieldset>
            <fieldset class="choices">
                <legend>{ t!(w, "ask-lasts") }</legend>
                { for with(&LASTS, form.lasts).into_iter().map(|n| html! {
                    <label class="choice"><input type="radio" name="ask-lasts" value={n.to_string()} checked={form.lasts == n}
                        onchange={changing(form, move |x, _: Event| x.lasts = n)} /><span>{ t!(w, "until-days", n = n) }</span></label>
                }) }
            </fieldset>
            <p class="field">
                <label for="ask-words">{ t!(w, "ask-words") }</label>
                <input id="ask-words" type="text" dir="auto" maxlength="200" value={form.words.clone()} aria-invalid={wrong.to_string()}
                    oninput={changing(form, |x, e: InputEvent| x.words = field_text(&e))} />
                <small>{ if wrong { t!(w, "ask-words-wrong") } else { t!(w, "ask-words-hint") } }</small>
            </p>
        </>
    }
}

fn purpose_of(code: &str) -> Purpose {
    code.parse().ok().and_then(Purpose::from_code).unwrap_or(Purpose::Treatment)
}

/// The usual choices, and the one that is made.
fn with(usual: &[u16], chosen: u16) -> Vec<u16> {
    let mut all = usual.to_vec();
    if !all.contains(&chosen) {
        all.push(chosen);
        all.sort_unstable();
    }
    all
}

#[cfg(test)]
mod tests {
    use salus_wire::GrantId;
    use salus_wire::view::PermissionState;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    fn permission(data_from: UnixMillis, data_to: UnixMillis, lasts: i64) -> SharedView {
        SharedView {
            id: GrantId([7; 32]),
            patient: "Maria".into(),
            condition: None,
            note: String::new(),
            asks: None,
            categories: vec![Category::BloodPressure, Category::HeartRate],
            data_from,
            data_to,
            starts: NOW - DAY,
            ends: NOW - DAY + lasts,
            state: PermissionState::Active,
            new: false,
            on_duty: false,
            by_helper: false,
        }
    }

    #[test]
    fn nothing_ticked_asks_for_nothing_and_one_tick_for_the_smallest() {
        let mut asks = Asks::new();
        assert_eq!(asks.view(), None);
        asks.words = "  After the visit ".into();
        asks.toggle(Category::BloodPressure);
        let asked = asks.view().expect("a request");
        assert_eq!((asked.days_back, asked.days_ahead, asked.lasts_days), (7, 0, 7));
        assert_eq!((asked.check(), asked.words.as_str()), (Ok(()), "After the visit"));
        asks.toggle(Category::BloodPressure);
        assert_eq!(asks.view(), None);
    }

    #[test]
    fn more_is_asked_for_from_what_there_is() {
        let today = day_start(NOW, 60);
        // The last 7 days with today, rounded down by less than an epoch, and new ones for two weeks.
        let asks = Asks::like(&permission(today - 6 * DAY - ROUNDED + 1, NOW + 13 * DAY, 14 * DAY), NOW, 60);
        let asked = asks.view().expect("a request");
        assert_eq!((asked.days_back, asked.days_ahead, asked.lasts_days), (7, 14, 14));
        assert_eq!((asked.check(), asked.categories.len()), (Ok(()), 2));
        // Of a time that is over, for some hours.
        let asks = Asks::like(&permission(today - 30 * DAY, today - 20 * DAY, DAY / 4), NOW, 60);
        let asked = asks.view().expect("a request");
        assert_eq!((asked.days_back, asked.days_ahead, asked.lasts_days), (31, 0, 1));
        // Whatever the patient's computer wrote, it is a request.
        let odd = Asks::like(&permission(i64::MIN / 4, i64::MAX / 4, i64::MAX / 4), NOW, 60);
        assert_eq!(odd.view().expect("a request").check(), Ok(()));
        assert_eq!(with(&BACK, odd.back), [1, 7, 30, 90, AskedView::MAX_BACK]);
    }

    #[test]
    fn a_purpose_comes_back_from_its_choice() {
        for purpose in Purpose::ALL {
            assert_eq!(purpose_of(&purpose.code().to_string()), *purpose);
        }
        assert_eq!(purpose_of("none"), Purpose::Treatment);
    }
}
