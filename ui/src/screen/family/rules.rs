//! When another helper has to agree: as it is, and changed.

use salus_wire::Category;
use salus_wire::command::SetFamilyRules;
use salus_wire::view::{CircleView, FamilyRules, FamilyView};
use yew::prelude::*;

use super::read::again;
use super::tick::{choice, offered, ticks, toggle};
use crate::part::{Notice, Submit, field_text};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RulesProps {
    pub(super) own: CircleView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Rules(props: &RulesProps) -> Html {
    let shared = use_shared();
    let (w, own) = (&shared.words, &props.own);
    let form = use_state(|| props.own.rules.clone());
    let passphrase = use_state(String::new);
    let set = {
        let (passphrase, changed) = (passphrase.clone(), props.changed.clone());
        use_act::<SetFamilyRules>(Callback::from(move |_: FamilyView| {
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let onsubmit = {
        let (start, form, passphrase) = (set.starter(), form.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(SetFamilyRules { rules: (*form).clone(), passphrase: (*passphrase).clone() });
        })
    };
    let tick = {
        let form = form.clone();
        Callback::from(move |category: Category| {
            let mut next = (*form).clone();
            toggle(&mut next.ordinary, category);
            form.set(next);
        })
    };
    let number = |put: fn(&mut FamilyRules, u16)| {
        let form = form.clone();
        Callback::from(move |event: Event| {
            let Ok(n) = field_text(&event).parse::<u16>() else { return };
            let mut next = (*form).clone();
            put(&mut next, n);
            form.set(next);
        })
    };
    let days = |n: u16| (n, t!(w, "length-days", n = u32::from(n)));
    let hours = |n: u16| (n, t!(w, "length-hours", n = u32::from(n)));
    let of_others = |n: u16| (n, t!(w, "family-rules-others", n = u32::from(n)));
    let whose = own.helpers.iter().map(|helper| (u16::from(helper.seat), helper.name.clone()));
    let whose: Vec<(u16, String)> = [(0, t!(w, "family-rules-anybody"))].into_iter().chain(whose).collect();
    html! {
        <>
            <h2>{ t!(w, "family-rules") }</h2>
            { sentences(&shared, own) }
            <details>
                <summary>{ t!(w, "family-rules-change") }</summary>
                <form {onsubmit}>
                    <p>{ t!(w, "family-rules-hint") }</p>
                    { ticks(&shared, t!(w, "family-ordinary"), &permitted(own), &form.ordinary, &tick) }
                    { choice("family-approvals", t!(w, "family-rules-approvals"), offered(1..=others(own), u16::from(form.approvals)).into_iter().map(of_others).collect(),
                        u16::from(form.approvals), number(|rules, n| rules.approvals = u8::try_from(n).unwrap_or(u8::MAX))) }
                    { choice("family-long", t!(w, "family-rules-long"), offered([1, 7, 14, 30, 90], form.long_days).into_iter().map(days).collect(),
                        form.long_days, number(|rules, n| rules.long_days = n)) }
                    { choice("family-veto", t!(w, "family-rules-veto"), offered([0, 1, 24, 48, 72, 168], form.veto_hours).into_iter().map(hours).collect(),
                        form.veto_hours, number(|rules, n| rules.veto_hours = n)) }
                    { choice("family-objector", t!(w, "family-rules-whose"), whose, form.objector.map_or(0, u16::from),
                        number(|rules, n| rules.objector = u8::try_from(n).ok().filter(|seat| *seat != 0))) }
                    { again(&shared, "family-rules-passphrase", &passphrase) }
                    if let Some(failure) = &set.failure { <Notice failure={failure.clone()} /> }
                    <div class="row"><Submit id="set-family-rules" label={t!(w, "family-rules-yes")} busy={set.busy} disabled={passphrase.is_empty()} /></div>
                </form>
            </details>
        </>
    }
}

/// The rules that hold, in sentences.
fn sentences(shared: &Shared, own: &CircleView) -> Html {
    let (w, rules) = (&shared.words, &own.rules);
    let ordinary = if rules.ordinary.is_empty() {
        t!(w, "family-rules-ordinary-none")
    } else {
        t!(w, "family-rules-ordinary", what = w.categories(&rules.ordinary))
    };
    let long = t!(w, "length-days", n = u32::from(rules.long_days));
    let window = t!(w, "length-hours", n = u32::from(rules.veto_hours));
    let needs = t!(w, "family-rules-needs", n = u32::from(rules.approvals), long = long, window = window);
    let whose = match rules.objector {
        None => t!(w, "family-rules-objector-anybody"),
        Some(seat) => {
            let name = own.helpers.iter().find(|helper| helper.seat == seat).map(|h| h.name.clone());
            t!(w, "family-rules-objector", name = name.unwrap_or_else(|| t!(w, "family-somebody")))
        }
    };
    html! {
        <>
            <p>{ ordinary }</p>
            <p>{ needs }{ " " }{ whose }</p>
        </>
    }
}

/// What any of the helpers may permit, in the order of the screens.
fn permitted(own: &CircleView) -> Vec<Category> {
    let by = |category: &Category| own.helpers.iter().any(|h| h.limits.categories.contains(category));
    let told = |category: &Category| own.rules.ordinary.contains(category);
    Category::ALL.iter().copied().filter(|c| by(c) || told(c)).collect()
}

/// How many others there are for one helper; one is asked for also where there is nobody else.
fn others(own: &CircleView) -> u16 {
    u16::try_from(own.helpers.len()).unwrap_or(u16::MAX).saturating_sub(1).max(1)
}
