//! A patient's own family in parts: whom I help, who helps me, what they permitted, their rules, getting back, a code for somebody.

use std::rc::Rc;

use salus_wire::view::{FamilyView, RegainedView};
use yew::prelude::*;

use super::code::HelpSomebody;
use super::given::GivenList;
use super::guard::GettingBack;
use super::lost::Lost;
use super::meantime::Meantime;
use super::own::Own;
use super::people;
use super::place::to_decide;
use super::regain::Regain;
use super::resting::rests;
use super::rules::Rules;
use super::watched::Watched;
use crate::part::{PartLink, Parts};
use crate::route::Route;
use crate::state::{Shared, use_shared};
use crate::t;
use crate::words::Words;

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    People,
    Helpers,
    Permitted,
    Rules,
    Recovery,
    Code,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::People, Self::Helpers, Self::Permitted, Self::Rules, Self::Recovery, Self::Code];

    /// Its name in the address.
    const fn slug(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Helpers => "helpers",
            Self::Permitted => "permitted",
            Self::Rules => "rules",
            Self::Recovery => "recovery",
            Self::Code => "code",
        }
    }
}

/// Whether there is such a part: nobody walks through empty ones.
fn is_there(part: Part, view: &FamilyView) -> bool {
    let own = view.own.as_ref();
    match part {
        Part::People => !view.helped.is_empty(),
        Part::Permitted => own.is_some_and(|own| own.given.iter().any(|given| !rests(given))),
        Part::Rules => own.is_some_and(|own| own.handed_over.is_none()),
        // On a laptop that was added, the first one gets back what there is to get back.
        Part::Recovery => own.is_some() || view.watched.is_none() || view.parts.is_some(),
        Part::Helpers | Part::Code => true,
    }
}

/// What is shown: the part that the address names. Without one, what brings the readings back; else what comes first.
fn shown(asked: Option<&str>, view: &FamilyView) -> Part {
    let mut there = Part::ALL.into_iter().filter(|part| is_there(*part, view));
    let named = there.clone().find(|part| Some(part.slug()) == asked);
    let urgent = view.parts.is_some().then_some(Part::Recovery);
    named.or(urgent).or_else(|| there.next()).unwrap_or(Part::Helpers)
}

fn title(w: &Words, part: Part) -> String {
    match part {
        Part::People => t!(w, "relatives-title"),
        Part::Helpers => t!(w, "family-own-title"),
        Part::Permitted => t!(w, "family-own-given"),
        Part::Rules => t!(w, "family-rules"),
        Part::Recovery => t!(w, "relative-recovery"),
        Part::Code => t!(w, "family-help-title"),
    }
}

/// How much waits in a part.
fn waits(part: Part, view: &FamilyView) -> usize {
    match part {
        Part::People => view.helped.iter().map(to_decide).sum(),
        Part::Helpers => view.own.as_ref().map_or(0, |own| {
            usize::from(own.waiting.is_some())
                + own.given.iter().filter(|given| rests(given) && !given.left).count()
        }),
        Part::Recovery => usize::from(view.parts.is_some()),
        Part::Permitted | Part::Rules | Part::Code => 0,
    }
}

fn links(shared: &Shared, view: &FamilyView) -> Vec<PartLink> {
    let w = &shared.words;
    let link = |part: Part| PartLink {
        name: part.slug(),
        to: Route::FamilyOwn { part: part.slug().to_owned() },
        label: title(w, part),
        stands: match waits(part, view) {
            0 => String::new(),
            n => t!(w, "relative-decide", n = n),
        },
    };
    Part::ALL.into_iter().filter(|part| is_there(*part, view)).map(link).collect()
}

#[derive(Properties, PartialEq)]
pub(super) struct MineProps {
    pub(super) view: Rc<FamilyView>,
    /// Which part the address names.
    pub(super) part: Option<String>,
    /// The readings are back.
    pub(super) done: Callback<RegainedView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Mine(props: &MineProps) -> Html {
    let shared = use_shared();
    let (w, view, changed) = (&shared.words, &props.view, props.changed.clone());
    let here = shown(props.part.as_deref(), view);
    let name =
        shared.app.as_ref().and_then(|app| app.profile.as_ref()).map(|p| p.name.clone()).unwrap_or_default();
    let watched = view.watched.clone().filter(|_| view.own.is_none());
    let part = match (here, &view.own) {
        (Part::People, _) => people(&view.helped, &changed),
        (Part::Permitted, Some(own)) => {
            let given: Vec<_> = own.given.iter().filter(|given| !rests(given)).cloned().collect();
            html! {
                <section data-part="permitted">
                    <h2>{ t!(w, "family-own-given") }</h2>
                    <GivenList circle={own.circle} person={name} {given} {changed} />
                </section>
            }
        }
        (Part::Rules, Some(own)) => html! { <section><Rules own={own.clone()} {changed} /></section> },
        (Part::Recovery, own) => html! {
            <>
                if let Some(parts) = &view.parts { <Regain parts={parts.clone()} done={props.done.clone()} changed={changed.clone()} /> }
                if let Some(meantime) = &view.meantime { <Meantime meantime={meantime.clone()} changed={changed.clone()} /> }
                if watched.is_none() { <GettingBack own={own.clone()} changed={changed.clone()} /> }
                if own.is_none() && watched.is_none() { <Lost request={view.recovery.clone()} {changed} /> }
            </>
        },
        (Part::Code, _) => html! { <HelpSomebody waiting={view.codes} {changed} /> },
        (Part::Helpers | Part::Permitted | Part::Rules, own) => match watched {
            Some(watched) => html! { <Watched {watched} {changed} /> },
            None => html! { <Own own={own.clone()} {changed} /> },
        },
    };
    html! {
        <>
            <Parts label={t!(w, "family-parts")} all={links(&shared, view)} here={here.slug()} />
            { part }
        </>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::samples::{given, helped};
    use crate::words::LANGUAGES;

    fn nobody() -> FamilyView {
        FamilyView {
            own: None,
            helped: vec![],
            codes: 0,
            recovery: None,
            parts: None,
            watched: None,
            meantime: None,
        }
    }

    #[test]
    fn whoever_begins_is_shown_three_parts_and_the_first_is_who_helps() {
        let view = nobody();
        let there: Vec<Part> = Part::ALL.into_iter().filter(|part| is_there(*part, &view)).collect();
        assert_eq!(there, [Part::Helpers, Part::Recovery, Part::Code]);
        assert_eq!(shown(None, &view), Part::Helpers);
        assert_eq!(shown(Some("code"), &view), Part::Code);
        for none in ["rules", "people", "readings", ""] {
            assert_eq!(shown(Some(none), &view), Part::Helpers, "{none}");
        }
    }

    #[test]
    fn whoever_helps_begins_with_those_whom_they_help_and_what_waits() {
        let view = FamilyView { helped: vec![helped(1, "Maria", vec![given(1, &[], true)])], ..nobody() };
        assert_eq!((shown(None, &view), waits(Part::People, &view)), (Part::People, 1));
        assert_eq!(shown(Some("recovery"), &view), Part::Recovery);
    }

    #[test]
    fn every_part_has_a_name_of_its_own_in_each_language() {
        for language in LANGUAGES {
            let w = Words::of(language.tag);
            let titles: BTreeSet<String> = Part::ALL.into_iter().map(|part| title(&w, part)).collect();
            assert_eq!(titles.len(), Part::ALL.len(), "{}: {titles:?}", language.tag);
        }
    }
}
