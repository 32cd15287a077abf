//! Sentence, number, picture: a series in every state that it can be in.

use std::rc::Rc;

use salus_ui::part::{Series, Whose};
use salus_wire::view::{Compared, TrendSpan};
use yew::prelude::*;

use crate::sample::{damaged, days, dense, gaps, nothing, one, pressures, usual};

/// Each with the heading that says which state it is.
#[component]
pub(crate) fn SeriesStates() -> Html {
    let states = [
        ("Taken by hand", Whose::Own, pressures()),
        ("Worn, with gaps", Whose::Own, gaps()),
        ("Worn all day", Whose::Own, dense()),
        ("One value alone", Whose::Own, one()),
        ("Nothing in this span", Whose::Own, nothing()),
        ("A part is damaged", Whose::Own, damaged()),
        ("Days only, as a clinician sees them", Whose::Patient, days()),
    ];
    html! {
        <section id="series">
            <h2>{ "Series" }</h2>
            { for states.into_iter().map(|(state, whose, record)| html! {
                <div>
                    <p class="overline">{ state }</p>
                    <Series {whose} record={Rc::new(record)} span="today" />
                </div>
            }) }
            <div>
                <p class="overline">{ "With what is usual for the person" }</p>
                <Series whose={Whose::Own} record={Rc::new(pressures())} span="today"
                    trend={Some(Rc::new(usual(TrendSpan::Today, Some(Compared::Higher))))} />
            </div>
        </section>
    }
}
