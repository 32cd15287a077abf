//! A helper reads less: which of their measurements are left, and what that means.

use salus_wire::Category;
use salus_wire::command::LowerDelegate;
use salus_wire::view::{FamilyView, HelperView};
use yew::prelude::*;

use super::tick::{ticks, toggle};
use crate::part::{Busy, Dialog, Notice};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct LessProps {
    /// A steward who reads something.
    pub(super) helper: HelperView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Less(props: &LessProps) -> Html {
    let shared = use_shared();
    let (w, helper) = (&shared.words, &props.helper);
    let left = use_state(|| None::<Vec<Category>>);
    let done = {
        let (left, changed) = (left.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            left.set(None);
            changed.emit(());
        })
    };
    let lower = use_act::<LowerDelegate>(done);
    let close = {
        let left = left.clone();
        Callback::from(move |()| left.set(None))
    };
    let ask = {
        let (left, all) = (left.clone(), helper.limits.categories.clone());
        Callback::from(move |_: MouseEvent| left.set(Some(all.clone())))
    };
    let tick = {
        let left = left.clone();
        Callback::from(move |category: Category| {
            let mut next = (*left).clone().unwrap_or_default();
            toggle(&mut next, category);
            left.set(Some(next));
        })
    };
    let (name, seat, has) = (helper.name.clone(), helper.seat, &helper.limits.categories);
    html! {
        <>
            <button type="button" onclick={ask}>{ t!(w, "family-less") }</button>
            if let Some(chosen) = &*left {
                <Dialog title={t!(w, "family-less-title", name = name.clone())} on_close={close.clone()}>
                    { ticks(&shared, t!(w, "family-less-what", name = name.clone()), has, chosen, &tick) }
                    <p>{ t!(w, "family-less-sentence", name = name.clone()) }</p>
                    if chosen.is_empty() {
                        <p>{ t!(w, "family-less-none", name = name.clone()) }</p>
                    } else {
                        <p>{ t!(w, "family-less-waits", name = name.clone()) }</p>
                    }
                    if let Some(failure) = &lower.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        if chosen.len() < has.len() {
                            <Busy class="danger" label={t!(w, "family-less-yes", name = name.clone())} busy={lower.busy}
                                onclick={{ let chosen = chosen.clone(); lower.starter().reform(move |_: MouseEvent| LowerDelegate { seat, categories: chosen.clone() }) }} />
                        }
                        <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "family-remove-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}
