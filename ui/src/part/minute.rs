//! The first minute of a reader's screen, as the patient sees it before it is opened: the first look, then each convention's sentence,
//! made by the application with the functions of that screen.

use salus_wire::Category;
use salus_wire::command::SeeFirstMinute;
use salus_wire::view::SeenOf;
use yew::prelude::*;

use super::{first_look, foreseen_glance, unanswered};
use crate::state::{use_ask, use_shared};

/// Properties of [`FirstMinute`].
#[derive(Properties, PartialEq)]
pub struct FirstMinuteProps {
    /// Through which permission.
    pub of: SeenOf,
    /// Who reads it.
    pub name: String,
    /// What it covers.
    pub categories: Vec<Category>,
    /// Those on duty have no list of patients, and so no first look.
    #[prop_or_default]
    pub on_duty: bool,
}

/// As it would be now. It is asked for once, as an opening is: later readings come with the next one.
#[component]
pub fn FirstMinute(props: &FirstMinuteProps) -> Html {
    let shared = use_shared();
    let asked = use_ask(Some(SeeFirstMinute { of: props.of.clone() }), 0);
    html! {
        <>
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                if !props.on_duty { { first_look(&shared, &view.glimpse) } }
                { foreseen_glance(&shared, view, &props.categories, &props.name, None) }
            }
        </>
    }
}
