//! What a file holds, before anything is stored: how much of what, what is known already, what is not taken and why, and a few of the
//! newest readings to recognise oneself by.

use salus_wire::view::{ImportAside, ImportAsideView, ImportFormat, ImportGroupView, ImportPreviewView};
use yew::prelude::*;

use crate::format::count;
use crate::part::{Icon, amounts, icon};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

pub(super) fn preview(shared: &Shared, view: &ImportPreviewView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let format = match view.format {
        ImportFormat::SalusLines | ImportFormat::SalusTable => t!(w, "import-is-own"),
        ImportFormat::Table => t!(w, "import-is-table"),
        ImportFormat::Fhir => t!(w, "import-is-fhir"),
    };
    html! {
        <section class="import" aria-labelledby="import-preview">
            <h2 id="import-preview">{ if view.readings == 0 { t!(w, "import-nothing-new") } else { t!(w, "import-would", n = view.readings, count = count(view.readings)) } }</h2>
            <p class="quiet">{ format }</p>
            <ul class="counts">{ for view.groups.iter().map(|group| html! { <li>{ group_words(shared, group) }</li> }) }</ul>
            if view.readings > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "import-whose") }</p> }
            if view.notes > 0 { <p>{ t!(w, "import-notes", n = view.notes, count = count(view.notes)) }</p> }
            if view.known > 0 { <p>{ t!(w, "import-known", n = view.known, count = count(view.known)) }</p> }
            if view.deleted > 0 { <p>{ t!(w, "import-deleted", n = view.deleted, count = count(view.deleted)) }</p> }
            if !view.aside.is_empty() {
                <details data-aside="true">
                    <summary>{ t!(w, "import-aside", n = view.aside.iter().map(|a| a.count).fold(0, u32::saturating_add)) }</summary>
                    <ul class="points">{ for view.aside.iter().map(|aside| html! { <li>{ aside_words(w, aside) }</li> }) }</ul>
                </details>
            }
            if !view.newest.is_empty() {
                <h3>{ t!(w, "import-newest") }</h3>
                <ul class="entries">{ for view.newest.iter().map(|sample| html! {
                    <li>
                        <p class="strong">{ w.category(sample.category) }{ ": " }{ amounts(w, sample.category, &sample.reading) }</p>
                        <p class="quiet">{ clock.moment(sample.reading.at) }</p>
                        if let Some(note) = &sample.reading.note { <p class="own-words" dir="auto">{ note }</p> }
                    </li>
                }) }</ul>
            }
        </section>
    }
}

/// "Blood pressure: 60 readings, 1 to 30 November".
pub(super) fn group_words(shared: &Shared, group: &ImportGroupView) -> String {
    let w = &shared.words;
    let span = shared.clock().span(group.first, group.last.saturating_add(1));
    t!(
        w,
        "import-group",
        what = w.category(group.category),
        n = group.count,
        count = count(group.count),
        span = span
    )
}

/// Why, how often, and where first.
fn aside_words(w: &Words, aside: &ImportAsideView) -> String {
    let why = match aside.reason {
        ImportAside::Malformed => t!(w, "left-out-malformed"),
        ImportAside::TooLong => t!(w, "left-out-too-long"),
        ImportAside::NoTime => t!(w, "left-out-no-time"),
        ImportAside::OtherTime => t!(w, "left-out-other-time"),
        ImportAside::Unknown => t!(w, "left-out-unknown"),
        ImportAside::NotANumber => t!(w, "left-out-not-a-number"),
        ImportAside::Impossible => t!(w, "left-out-impossible"),
        ImportAside::Incomplete => t!(w, "left-out-incomplete"),
        ImportAside::Twice => t!(w, "left-out-twice"),
        ImportAside::NotThePatient => t!(w, "left-out-not-the-patient"),
    };
    let lines: Vec<String> = aside.first.iter().map(u32::to_string).collect();
    let lines = lines.join(&t!(w, "list-comma"));
    t!(w, "left-out-where", why = why, n = aside.count, count = count(aside.count), lines = lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_says_why_and_where() {
        let mut all: Vec<String> = Vec::new();
        for language in ["en", "ar"] {
            let w = Words::of(language);
            for reason in ImportAside::ALL {
                let said = aside_words(&w, &ImportAsideView { reason, count: 7, first: vec![3, 41] });
                assert!(said.contains('3') && said.contains("41") && said.contains('7'), "{said}");
                all.push(said);
            }
        }
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
