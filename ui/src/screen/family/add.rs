//! Letting somebody help: their code, the digits both compare, and what they may do.

use salus_wire::Category;
use salus_wire::command::AddDelegate;
use salus_wire::view::{FamilyView, NamedClinician, RelativeView};
use yew::prelude::*;

use super::clinicians::Clinicians;
use super::form::{Form, LONG_DAYS, VETO_HOURS};
use super::read::{Found, ReadCode, What, again, compare};
use super::tick::{choice, offered, ticks, toggle};
use crate::part::{Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{use_act, use_shared};
use crate::t;

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
    let who = use_state(|| None::<Found>);
    let turn = use_state(|| 0_u32);
    let on_read = {
        let who = who.clone();
        Callback::from(move |found: Option<Found>| who.set(found))
    };
    let added = {
        let (turn, who, changed) = (turn.clone(), who.clone(), props.changed.clone());
        Callback::from(move |()| {
            turn.set(turn.wrapping_add(1));
            who.set(None);
            changed.emit(());
        })
    };
    html! {
        <details>
            <summary>{ t!(w, "family-add") }</summary>
            <ReadCode key={turn.to_string()} id="family-code" file="family-file" what={What::Code} {on_read}>
                <p>{ t!(w, "family-add-hint") }</p>
                if props.waits { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-add-replaces") }</p> }
            </ReadCode>
            if let Some((code, who)) = &*who { <Terms key={code.clone()} who={who.clone()} code={code.clone()} first={props.first} {added} /> }
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
                paper: form.paper,
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
    let number = |put: fn(&mut Form, u16)| {
        let form = form.clone();
        Callback::from(move |event: Event| {
            let Ok(n) = field_text(&event).parse::<u16>() else { return };
            let mut next = (*form).clone();
            put(&mut next, n);
            form.set(next);
        })
    };
    let tick = |list: fn(&mut Form) -> &mut Vec<Category>| {
        let form = form.clone();
        Callback::from(move |category: Category| {
            let mut next = (*form).clone();
            toggle(list(&mut next), category);
            form.set(next);
        })
    };
    let whom = {
        let form = form.clone();
        Callback::from(move |(only_named, clinicians): (bool, Vec<NamedClinician>)| {
            form.set(Form { only_named, clinicians, ..(*form).clone() });
        })
    };
    let paper = {
        let form = form.clone();
        Callback::from(move |_: Event| form.set(Form { paper: !form.paper, ..(*form).clone() }))
    };
    let springs = {
        let form = form.clone();
        Callback::from(move |_: Event| {
            form.set(Form { after_clinicians: !form.after_clinicians, ..(*form).clone() });
        })
    };
    let days = |n: u16| match n {
        0 => (n, t!(w, "family-review-never")),
        _ => (n, t!(w, "length-days", n = u32::from(n))),
    };
    let name = props.who.name.clone();
    html! {
        <form {onsubmit}>
            { compare(&shared, &name, &props.who.digits, &same) }
            <fieldset class="choices">
                <legend>{ t!(w, "family-role", name = name.clone()) }</legend>
                { role(true, t!(w, "family-role-steward")) }
                { role(false, t!(w, "family-role-approver")) }
            </fieldset>
            if form.steward {
                { ticks(&shared, t!(w, "family-what", name = name.clone()), Category::ALL, &form.categories, &tick(|form| &mut form.categories)) }
                <Clinicians name={name.clone()} only_named={form.only_named} chosen={form.clinicians.clone()} choose={whom} />
                { choice("family-longest", t!(w, "family-longest", name = name.clone()), offered([7, 14, 30, 90], form.longest_days).into_iter().map(days).collect(),
                    form.longest_days, number(|form, n| form.longest_days = n)) }
                if props.first && !form.categories.is_empty() {
                    { ticks(&shared, t!(w, "family-ordinary"), &form.categories, &form.ordinary, &tick(|form| &mut form.ordinary)) }
                    <p class="quiet">{ t!(w, "family-ordinary-hint", days = u32::from(LONG_DAYS), hours = u32::from(VETO_HOURS)) }</p>
                }
            }
            { choice("family-review", t!(w, "family-review-after"), offered([0, 90, 180], form.review_days).into_iter().map(days).collect(),
                form.review_days, number(|form, n| form.review_days = n)) }
            <label class="choice"><input type="checkbox" name="family-paper" checked={form.paper} onchange={paper} /><span>{ t!(w, "family-paper") }</span></label>
            if form.paper { <p class="quiet">{ t!(w, "family-paper-hint") }</p> }
            <label class="choice"><input type="checkbox" name="family-springs" checked={form.after_clinicians} onchange={springs} /><span>{ t!(w, "springs-choose") }</span></label>
            if form.after_clinicians { <p class="quiet">{ t!(w, "springs-hint") }</p> }
            if !props.first { <p>{ t!(w, "family-add-waits") }</p> }
            { again(&shared, "family-passphrase", &passphrase) }
            if let Some(failure) = &add.failure { <Notice failure={failure.clone()} /> }
            if add.busy { <WorkProgress work="add_delegate" label={t!(w, "working")} /> }
            <div class="row"><Submit id="add-delegate" label={t!(w, "family-add-yes", name = name)} busy={add.busy} disabled={!*same || passphrase.is_empty() || !form.complete()} /></div>
        </form>
    }
}
