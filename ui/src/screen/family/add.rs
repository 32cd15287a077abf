//! Letting somebody help: their code, the digits both compare, and what they may do.

use salus_wire::command::{AddDelegate, CheckFamilyCode};
use salus_wire::view::{FamilyRules, FamilyView, HelperLimits, HelperRole, RelativeView};
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use crate::format::DAY;
use crate::part::{Icon, Notice, Submit, TextFile, WorkProgress, field_text, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// Readings of the last 90 days and all that come.
const BACK: i64 = 90 * DAY;
/// A power lasts a year, and is then given again.
const YEAR: i64 = 365 * DAY;
/// What a steward permits for longer than this needs another helper's word, in days.
const LONG_DAYS: u16 = 14;
/// Time to object after the last word, in hours.
const VETO_HOURS: u16 = 24;

/// What the form holds.
#[derive(Debug, Clone, PartialEq)]
struct Form {
    steward: bool,
    categories: Vec<Category>,
    ordinary: Vec<Category>,
    longest_days: u16,
}

impl Form {
    fn new() -> Self {
        Self { steward: true, categories: Vec::new(), ordinary: Vec::new(), longest_days: 14 }
    }

    fn toggle(all: &mut Vec<Category>, category: Category) {
        match all.iter().position(|c| *c == category) {
            Some(at) => {
                all.remove(at);
            }
            None => all.push(category),
        }
    }

    fn limits(&self, now: UnixMillis) -> HelperLimits {
        HelperLimits {
            role: if self.steward { HelperRole::Steward } else { HelperRole::Approver },
            categories: if self.steward { self.categories.clone() } else { Vec::new() },
            data_from: (now - BACK).max(0),
            longest_days: self.longest_days,
            begins: now,
            lapses: now + YEAR,
            review: None,
            after_clinicians: false,
        }
    }

    fn rules(&self) -> FamilyRules {
        let ordinary = self.ordinary.iter().copied().filter(|c| self.categories.contains(c)).collect();
        FamilyRules { ordinary, long_days: LONG_DAYS, approvals: 1, veto_hours: VETO_HOURS }
    }

    fn complete(&self) -> bool {
        !self.steward || !self.categories.is_empty()
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct AddProps {
    /// Nobody helps yet: the rules are chosen too.
    pub(super) first: bool,
    /// A change waits already; another one would take its place.
    pub(super) waits: bool,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Add(props: &AddProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let code = use_state(String::new);
    let who = use_state(|| None::<RelativeView>);
    let check = {
        let who = who.clone();
        use_act::<CheckFamilyCode>(Callback::from(move |view| who.set(Some(view))))
    };
    let set_code = {
        let (code, who) = (code.clone(), who.clone());
        Callback::from(move |text: String| {
            who.set(None);
            code.set(text);
        })
    };
    let onsubmit = {
        let (start, code) = (check.starter(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckFamilyCode { code: code.trim().to_owned() });
        })
    };
    let added = {
        let (code, who, changed) = (code.clone(), who.clone(), props.changed.clone());
        Callback::from(move |()| {
            code.set(String::new());
            who.set(None);
            changed.emit(());
        })
    };
    html! {
        <details>
            <summary>{ t!(w, "family-add") }</summary>
            <form {onsubmit}>
                <p>{ t!(w, "family-add-hint") }</p>
                if props.waits { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-add-replaces") }</p> }
                <p class="field">
                    <label for="family-code">{ t!(w, "family-add-code") }</label>
                    <textarea id="family-code" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*code).clone()}
                        oninput={set_code.reform(|e: InputEvent| field_text(&e))} />
                </p>
                <TextFile label={t!(w, "share-code-file")} on_text={set_code} />
                if let Some(failure) = &check.failure { <Notice failure={failure.clone()} /> }
                if who.is_none() { <div class="row"><Submit label={t!(w, "share-code-check")} busy={check.busy} disabled={code.trim().is_empty()} /></div> }
            </form>
            if let Some(who) = &*who { <Terms who={who.clone()} code={code.trim().to_owned()} first={props.first} {added} /> }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct TermsProps {
    who: RelativeView,
    code: String,
    first: bool,
    added: Callback<()>,
}

#[component]
fn Terms(props: &TermsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let form = use_state(Form::new);
    let passphrase = use_state(String::new);
    let same = use_state(|| false);
    let add = {
        let added = props.added.clone();
        use_act::<AddDelegate>(Callback::from(move |_: FamilyView| added.emit(())))
    };
    let onsubmit = {
        let (start, form, code, passphrase) =
            (add.starter(), form.clone(), props.code.clone(), passphrase.clone());
        let (first, now) = (props.first, shared.clock().now);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(AddDelegate {
                code: code.clone(),
                limits: form.limits(now),
                rules: first.then(|| form.rules()),
                paper: false,
                passphrase: (*passphrase).clone(),
            });
        })
    };
    let role = |steward: bool, label: String| {
        let onchange = {
            let form = form.clone();
            Callback::from(move |_: Event| form.set(Form { steward, ..(*form).clone() }))
        };
        html! { <label class="choice"><input type="radio" name="family-role" checked={form.steward == steward} {onchange} /><span>{ label }</span></label> }
    };
    let longest = {
        let form = form.clone();
        Callback::from(move |event: Event| {
            let days = field_text(&event).parse().unwrap_or(form.longest_days);
            form.set(Form { longest_days: days, ..(*form).clone() });
        })
    };
    let name = props.who.name.clone();
    html! {
        <form {onsubmit}>
            <p>{ t!(w, "family-compare", name = name.clone()) }</p>
            <p class="lead strong"><bdi dir="ltr">{ &props.who.digits }</bdi></p>
            <label class="choice"><input type="checkbox" checked={*same} onchange={{ let same = same.clone(); Callback::from(move |_: Event| same.set(!*same)) }} />
                <span>{ t!(w, "family-same", name = name.clone()) }</span></label>
            <fieldset class="choices">
                <legend>{ t!(w, "family-role", name = name.clone()) }</legend>
                { role(true, t!(w, "family-role-steward")) }
                { role(false, t!(w, "family-role-approver")) }
            </fieldset>
            if form.steward {
                { categories(&shared, &form, t!(w, "family-what", name = name.clone()), Category::ALL, false) }
                <p class="field"><label for="family-longest">{ t!(w, "family-longest", name = name.clone()) }</label>
                    <select id="family-longest" onchange={longest}>{ for [7_u16, 14, 30, 90].into_iter().map(|n| html! {
                        <option value={n.to_string()} selected={form.longest_days == n}>{ t!(w, "length-days", n = u32::from(n)) }</option>
                    }) }</select></p>
                if props.first && !form.categories.is_empty() {
                    { categories(&shared, &form, t!(w, "family-ordinary"), &form.categories, true) }
                    <p class="quiet">{ t!(w, "family-ordinary-hint", days = u32::from(LONG_DAYS), hours = u32::from(VETO_HOURS)) }</p>
                }
            }
            if !props.first { <p>{ t!(w, "family-add-waits") }</p> }
            <p class="field">
                <label for="family-passphrase">{ t!(w, "confirm-passphrase") }</label>
                <input id="family-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(*passphrase).clone()}
                    oninput={{ let passphrase = passphrase.clone(); Callback::from(move |event: InputEvent| passphrase.set(field_text(&event))) }} />
            </p>
            if let Some(failure) = &add.failure { <Notice failure={failure.clone()} /> }
            if add.busy { <WorkProgress work="add_delegate" label={t!(w, "working")} /> }
            <div class="row"><Submit id="add-delegate" label={t!(w, "family-add-yes", name = name)} busy={add.busy} disabled={!*same || passphrase.is_empty() || !form.complete()} /></div>
        </form>
    }
}

/// Categories to tick: those of the power, or those among them that need nobody else.
fn categories(
    shared: &Shared,
    form: &UseStateHandle<Form>,
    legend: String,
    offered: &[Category],
    ordinary: bool,
) -> Html {
    let chosen = if ordinary { &form.ordinary } else { &form.categories };
    html! {
        <fieldset class="choices">
            <legend>{ legend }</legend>
            { for offered.iter().copied().map(|category| {
                let onchange = {
                    let form = form.clone();
                    Callback::from(move |_: Event| {
                        let mut next = (*form).clone();
                        Form::toggle(if ordinary { &mut next.ordinary } else { &mut next.categories }, category);
                        form.set(next);
                    })
                };
                html! { <label class="choice"><input type="checkbox" checked={chosen.contains(&category)} {onchange} /><span>{ shared.words.category(category) }</span></label> }
            }) }
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn what_is_ticked_becomes_limits_and_rules() {
        let mut form = Form::new();
        assert!(!form.complete());
        for category in [Category::HeartRate, Category::BloodPressure, Category::HeartRate] {
            Form::toggle(&mut form.categories, category);
        }
        form.ordinary = vec![Category::HeartRate, Category::BloodPressure];
        assert!(form.complete());
        assert_eq!(form.limits(NOW).categories, [Category::BloodPressure]);
        assert_eq!(form.rules().ordinary, [Category::BloodPressure], "only of what may be permitted at all");
        let approver = Form { steward: false, ..form };
        assert!(approver.limits(NOW).categories.is_empty() && approver.complete());
    }
}
