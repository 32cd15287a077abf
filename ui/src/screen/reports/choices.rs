//! What a page is to be: one of several, in words.

use salus_wire::view::{ReportKind, ReportLanguage};
use yew::prelude::*;

use super::kind_name;
use crate::state::Shared;
use crate::t;
use crate::words::LANGUAGES;

/// Which kind of page, of those that are offered.
pub(super) fn kinds(
    shared: &Shared,
    offered: &[ReportKind],
    chosen: ReportKind,
    choose: &Callback<ReportKind>,
) -> Html {
    let w = &shared.words;
    let hint = |kind| match kind {
        ReportKind::Visit => t!(w, "reports-visit-hint"),
        ReportKind::Diary => t!(w, "reports-diary-hint"),
        ReportKind::Glucose => t!(w, "reports-glucose-hint"),
    };
    html! {
        <fieldset class="choices tall">
            <legend>{ t!(w, "reports-kind") }</legend>
            { for offered.iter().copied().map(|kind| html! {
                <label class="choice">
                    <input type="radio" name="report-kind" value={format!("{kind:?}")} checked={chosen == kind}
                        onchange={choose.reform(move |_: Event| kind)} />
                    <span><b>{ kind_name(w, kind) }</b><br /><span class="quiet">{ hint(kind) }</span></span>
                </label>
            }) }
        </fieldset>
    }
}

/// In which language, each in its own.
pub(super) fn languages(shared: &Shared, chosen: ReportLanguage, choose: &Callback<ReportLanguage>) -> Html {
    let all = [(ReportLanguage::English, "en"), (ReportLanguage::Arabic, "ar")];
    let name = |tag: &str| LANGUAGES.iter().find(|l| l.tag == tag).map_or("", |l| l.name);
    html! {
        <fieldset class="choices">
            <legend>{ t!(shared.words, "reports-language") }</legend>
            <div class="segments">{ for all.into_iter().map(|(language, tag)| html! {
                <label>
                    <input type="radio" name="report-language" value={tag} checked={chosen == language}
                        onchange={choose.reform(move |_: Event| language)} />
                    <span lang={tag}>{ name(tag) }</span>
                </label>
            }) }</div>
        </fieldset>
    }
}
