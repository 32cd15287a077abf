//! The person's laptops: which there are, adding one, taking one out, and how far the record has come over.

mod history;
pub(super) mod list;
mod meet;
mod typed;

use salus_wire::command::{Command, GetLaptops};
use salus_wire::view::LaptopsView;
use yew::prelude::*;

use crate::part::{Icon, Outcome, icon, unanswered};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;
use history::History;
use list::Listed;
use meet::{Begin, Meeting};

/// The screen.
#[component]
pub fn Laptops() -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetLaptops {}), shared.beats.members.wrapping_add(*turn));
    let changed = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    html! {
        <>
            <h1>{ t!(w, "laptops-title") }</h1>
            <p class="lead">{ t!(w, "laptops-sentence") }</p>
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                if let Some(at) = view.removed {
                    <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "laptops-removed-here", when = clock.moment(at)) }</p>
                    <p>{ t!(w, "laptops-back-hint") }</p>
                }
                if let Some(history) = view.history.filter(|_| view.removed.is_none()) {
                    <History {history} can_give={view.can_give.unwrap_or_default()} changed={changed.clone()} />
                }
                <Listed laptops={view.laptops.clone()} first={view.first} changed={changed.clone()} />
                <Outcome said={view.pairing.as_ref().map(|pairing| if pairing.code.is_some() { t!(w, "check-laptop-new") } else { t!(w, "check-laptop") })} />
                if let Some(pairing) = &view.pairing {
                    <Meeting pairing={pairing.clone()} {changed} />
                } else if view.removed.is_none() || view.can_join {
                    <Begin first={view.first} can_join={view.can_join} {changed} />
                }
            }
        </>
    }
}

/// Work whose answer is the whole list.
#[hook]
fn use_laptops<C>(changed: Callback<()>) -> crate::state::Act<C>
where
    C: Command<Answer = LaptopsView> + 'static,
{
    use_act::<C>(changed.reform(|_| ()))
}
