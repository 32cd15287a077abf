//! A steward permits a clinician to see readings of somebody whom they help.

use salus_wire::command::{GetFamily, IssueForRelative};
use salus_wire::view::{
    Condition, FamilyView, HelpedView, HelperRole, HelperView, PowerState, RelativeDraft,
};
use salus_wire::{Category, CircleId, ErrorCode, Failure, UnixMillis};
use yew::prelude::*;
use yew_router::prelude::*;

use super::foreseen::Foreseen;
use super::read::again;
use super::record::known;
use super::said::whom;
use crate::format::{DAY, day_start};
use crate::part::{
    Band, CodePicture, Icon, Notice, Submit, TextFile, WorkProgress, field_text, icon, unanswered,
};
use crate::route::Route;
use crate::screen::share::limit::{Terms, when_choice, wrong_words};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

/// Properties of [`GiveFor`].
#[derive(Properties, PartialEq)]
pub struct GiveForProps {
    /// Whose circle, hexadecimal.
    pub circle: String,
}

/// The screen.
#[component]
pub fn GiveFor(props: &GiveForProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asked = use_ask(Some(GetFamily {}), 0);
    let circle = props.circle.parse::<CircleId>().ok();
    let helped = asked.answer.as_ref().zip(circle).and_then(|(view, circle)| known(&view.helped, circle));
    let me = helped.and_then(|helped| Some((helped, helped.helpers.iter().find(|helper| helper.you)?)));
    let gone = asked.answer.is_some() && me.is_none();
    let why_not = me.and_then(|(_, me)| why_not(me));
    html! {
        <>
            <p><Link<Route> to={Route::Family} classes="back">{ t!(w, "family-back") }</Link<Route>></p>
            { unanswered(&asked) }
            if let Some((helped, _)) = me { <Band name={helped.person.clone()} /> }
            if gone { <h1>{ t!(w, "relative-gone") }</h1> }
            if let Some((helped, me)) = me {
                if let Some(code) = why_not {
                    <h1>{ t!(w, "family-give-title", name = helped.person.clone()) }</h1><Notice failure={Failure::new(code)} />
                } else {
                    <Form helped={helped.clone()} me={me.clone()} />
                }
            }
        </>
    }
}

/// What keeps a helper from permitting anything: said before a form is filled in for nothing.
fn why_not(me: &HelperView) -> Option<ErrorCode> {
    match (me.limits.role, me.state) {
        (HelperRole::Approver, _) => Some(ErrorCode::NotYours),
        (HelperRole::Steward, PowerState::InForce) => None,
        (HelperRole::Steward, _) => Some(ErrorCode::PowerNotInForce),
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    helped: HelpedView,
    me: HelperView,
}

/// What is asked for: the last week as far as the keys reach back, and new readings until the end.
fn draft(
    me: &HelperView,
    code: &str,
    categories: &[Category],
    days: i64,
    condition: Condition,
    now: UnixMillis,
    offset: i32,
) -> RelativeDraft {
    let ends = now + days * DAY;
    RelativeDraft {
        code: code.trim().to_owned(),
        categories: categories.to_vec(),
        data_from: data_from(me, now, offset),
        data_to: me.keys_until.map_or(ends, |until| until.min(ends)),
        ends,
        condition,
    }
}

/// Since when: the last week, as far as the keys reach back.
fn data_from(me: &HelperView, now: UnixMillis, offset: i32) -> UnixMillis {
    (day_start(now, offset) - 6 * DAY).max(me.limits.data_from)
}

#[component]
fn Form(props: &FormProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let code = use_state(String::new);
    let passphrase = use_state(String::new);
    let chosen = use_state(Vec::<Category>::new);
    let longest = i64::from(props.me.limits.longest_days);
    let days = use_state(|| longest.min(7));
    let given = use_state(|| false);
    let terms = use_state(|| Terms::new(shared.clock().now, shared.clock().offset));
    let limited = {
        let terms = terms.clone();
        Callback::from(move |next: Terms| terms.set(next))
    };
    let now = shared.clock().now;
    let condition = terms.condition((now, now + *days * DAY), shared.clock().offset);
    let issue = {
        let given = given.clone();
        use_act::<IssueForRelative>(Callback::from(move |_: FamilyView| given.set(true)))
    };
    let onsubmit = {
        let (start, code, passphrase) = (issue.starter(), code.clone(), passphrase.clone());
        let (chosen, days, me) = (chosen.clone(), days.clone(), props.me.clone());
        let (circle, clock) = (props.helped.circle, shared.clock());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Ok(condition) = condition else { return };
            let draft = draft(&me, &code, &chosen, *days, condition, clock.now, clock.offset);
            start.emit(IssueForRelative { circle, draft, passphrase: (*passphrase).clone() });
        })
    };
    let set_code = {
        let code = code.clone();
        Callback::from(move |text: String| code.set(text))
    };
    let name = props.helped.person.clone();
    let others = chosen.iter().any(|c| !props.helped.ordinary.contains(c));
    if *given {
        return html! {
            <>
                <h1>{ t!(w, "family-given-title") }</h1>
                <p>{ t!(w, "family-given-hint", name = name) }</p>
                <p><Link<Route> to={Route::Family} classes="button main">{ t!(w, "nav-family") }</Link<Route>></p>
            </>
        };
    }
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "family-give-title", name = name.clone()) }</h1>
            if let Some(whom) = whom(&shared, &props.me) { <p>{ whom }</p> }
            <p class="field">
                <label for="code">{ t!(w, "share-code-label") }</label>
                <textarea id="code" rows="5" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="65536" value={(*code).clone()}
                    oninput={set_code.reform(|e: InputEvent| field_text(&e))} />
            </p>
            <TextFile label={t!(w, "share-code-file")} on_text={set_code.clone()} />
            <CodePicture on_text={set_code} />
            <fieldset class="choices">
                <legend>{ t!(w, "family-give-what") }</legend>
                { for props.me.limits.categories.iter().copied().map(|category| {
                    let onchange = {
                        let chosen = chosen.clone();
                        Callback::from(move |_: Event| {
                            let mut next: Vec<Category> = chosen.iter().copied().filter(|c| *c != category).collect();
                            if next.len() == chosen.len() {
                                next.push(category);
                            }
                            chosen.set(next);
                        })
                    };
                    html! { <label class="choice"><input type="checkbox" name="category" value={format!("{category:?}")} checked={chosen.contains(&category)} {onchange} /><span>{ w.category(category) }</span></label> }
                }) }
            </fieldset>
            <fieldset class="choices">
                <legend>{ t!(w, "family-give-until") }</legend>
                { for [1_i64, 7, 14, 30, 90].into_iter().filter(|n| *n <= longest).map(|n| html! {
                    <label class="choice"><input type="radio" name="until" value={n.to_string()} checked={*days == n}
                        onchange={{ let days = days.clone(); Callback::from(move |_: Event| days.set(n)) }} /><span>{ t!(w, "until-days", n = n) }</span></label>
                }) }
            </fieldset>
            { when_choice(&shared, &terms, &limited, &t!(w, "family-give-clinician")) }
            if let Err(wrong) = condition { <p class="caution" role="alert">{ icon(Icon::Warning) }{ wrong_words(&shared, wrong) }</p> }
            <p class="quiet">{ t!(w, "family-give-own", name = name.clone()) }</p>
            if others { <p>{ t!(w, "family-give-others") }</p> }
            if !code.trim().is_empty() && !chosen.is_empty() {
                <Foreseen key={format!("{:?} {}", *chosen, code.trim())} circle={props.helped.circle} person={name.clone()} code={(*code).clone()}
                    categories={(*chosen).clone()} from={data_from(&props.me, now, shared.clock().offset)} />
            }
            <p>{ t!(w, "promise") }</p>
            { again(&shared, "confirm", &passphrase) }
            if let Some(failure) = &issue.failure { <Notice failure={failure.clone()} /> }
            if issue.busy { <WorkProgress work="issue_for_relative" label={t!(w, "confirm-working")} /> }
            <div class="row"><Submit id="issue" label={t!(w, "family-give-yes", name = name)} busy={issue.busy}
                disabled={code.trim().is_empty() || chosen.is_empty() || passphrase.is_empty() || condition.is_err()} /></div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::HelperLimits;

    use super::*;
    use crate::samples::helped;

    #[test]
    fn who_may_permit_nothing_is_told_so_before_the_form() {
        let me = helped(1, "Maria", vec![]).helpers.remove(0);
        assert_eq!(why_not(&me), None);
        let waits = HelperView { state: PowerState::AwaitsReview, ..me.clone() };
        assert_eq!(why_not(&waits), Some(ErrorCode::PowerNotInForce));
        let limits = HelperLimits { role: HelperRole::Approver, ..me.limits.clone() };
        assert_eq!(why_not(&HelperView { limits, ..me }), Some(ErrorCode::NotYours));
    }

    #[test]
    fn a_draft_stays_inside_what_the_keys_reach() {
        const NOW: UnixMillis = 1_795_000_000_000;
        let limits = HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate],
            data_from: NOW - DAY,
            longest_days: 30,
            begins: 0,
            lapses: NOW + 100 * DAY,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
        };
        let (name, state) = (String::new(), PowerState::InForce);
        let me = HelperView {
            seat: 1,
            name,
            limits,
            state,
            you: true,
            paper: false,
            keys_until: Some(NOW + 5 * DAY),
        };
        let made = draft(&me, " code ", &[Category::HeartRate], 14, Condition::TwoPersons, NOW, 60);
        assert_eq!((made.data_from, made.data_to), (NOW - DAY, NOW + 5 * DAY));
        assert_eq!(made.condition, Condition::TwoPersons);
        assert_eq!((made.ends, made.code.as_str()), (NOW + 14 * DAY, "code"));
    }
}
