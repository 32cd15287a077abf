//! Buttons that start work, and how far long work is.

use std::cell::Cell;

use salus_wire::command::StopOpening;
use yew::prelude::*;

use crate::focus::see;
use crate::state::{use_act, use_shared};
use crate::t;

thread_local! {
    /// How many buttons there were since the page was opened.
    static BUTTONS: Cell<u32> = const { Cell::new(0) };
    /// The one that was pressed last.
    static PRESSED: Cell<u32> = const { Cell::new(0) };
}

/// Whether a button works, and whether that is because it was pressed itself: several buttons can wait for the same work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Turn {
    busy: bool,
    mine: bool,
}

impl Turn {
    /// What follows. Who began it is settled when it begins: whatever is pressed meanwhile changes nothing.
    const fn next(self, busy: bool, pressed_last: bool) -> Self {
        let mine = busy && if self.busy { self.mine } else { pressed_last };
        Self { busy, mine }
    }
}

/// Whether this button is the one that works; and what to call when it is pressed, which says whether the press counts.
#[hook]
fn use_turn(busy: bool) -> (bool, Callback<(), bool>) {
    let own = use_state(|| {
        BUTTONS.set(BUTTONS.get().wrapping_add(1));
        BUTTONS.get()
    });
    let own = *own;
    let turn = use_mut_ref(Turn::default);
    let now = turn.borrow().next(busy, PRESSED.get() == own);
    *turn.borrow_mut() = now;
    let press = Callback::from(move |()| {
        if !busy {
            PRESSED.set(own);
        }
        !busy
    });
    let worked = use_mut_ref(|| false);
    use_effect_with(now.mine, move |mine| {
        if worked.replace(*mine) && !mine {
            see();
        }
    });
    (now.mine, press)
}

/// Properties of [`Submit`].
#[derive(Properties, PartialEq)]
pub struct SubmitProps {
    /// What the button does, in words.
    pub label: String,
    /// True while the work runs.
    #[prop_or_default]
    pub busy: bool,
    /// True while something is missing; the button says so to screen readers.
    #[prop_or_default]
    pub disabled: bool,
    /// Style: "main", or "danger" for what cannot be taken back.
    #[prop_or_else(|| classes!("main"))]
    pub class: Classes,
    /// An identifier for tests and labels.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// The main button of a form. While the work runs it keeps the focus, and does nothing.
#[component]
pub fn Submit(props: &SubmitProps) -> Html {
    let shared = use_shared();
    let (mine, press) = use_turn(props.busy);
    let label = if mine { t!(shared.words, "working") } else { props.label.clone() };
    // The key that ends a line in a field presses this button too.
    let onclick = Callback::from(move |event: MouseEvent| {
        if !press.emit(()) {
            event.prevent_default();
        }
    });
    html! {
        <button type="submit" class={props.class.clone()} id={props.id.clone()} {onclick} disabled={props.disabled && !props.busy}
            aria-disabled={props.busy.then_some("true")} aria-busy={mine.to_string()}>{ label }</button>
    }
}

/// Properties of [`Busy`].
#[derive(Properties, PartialEq)]
pub struct BusyProps {
    /// What the button does, in words.
    pub label: String,
    /// Called on a click.
    pub onclick: Callback<MouseEvent>,
    /// True while the work runs, whichever button began it.
    #[prop_or_default]
    pub busy: bool,
    /// Style: "main", "danger" or none.
    #[prop_or_default]
    pub class: Classes,
    /// An identifier for tests and labels.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// A button that starts work outside a form. Of several that wait for the same work only the pressed one says that it works; all of
/// them keep the focus, and do nothing.
#[component]
pub fn Busy(props: &BusyProps) -> Html {
    let shared = use_shared();
    let (mine, press) = use_turn(props.busy);
    let label = if mine { t!(shared.words, "working") } else { props.label.clone() };
    let onclick = {
        let given = props.onclick.clone();
        Callback::from(move |event: MouseEvent| {
            if press.emit(()) {
                given.emit(event);
            }
        })
    };
    html! {
        <button type="button" class={props.class.clone()} id={props.id.clone()} {onclick}
            aria-disabled={props.busy.then_some("true")} aria-busy={mine.to_string()}>{ label }</button>
    }
}

/// Properties of [`WorkProgress`].
#[derive(Properties, PartialEq)]
pub struct WorkProgressProps {
    /// The command's name.
    pub work: &'static str,
    /// What is being done, in words.
    pub label: String,
}

/// How far long work is.
#[component]
pub fn WorkProgress(props: &WorkProgressProps) -> Html {
    let shared = use_shared();
    let progress = shared.progress.as_ref().filter(|p| p.work == props.work && p.total > 0);
    html! {
        <div class="progress" role="status">
            <p>{ &props.label }</p>
            if let Some(p) = progress {
                <progress max={p.total.to_string()} value={p.done.to_string()} aria-label={props.label.clone()} />
                <p class="quiet">{ t!(shared.words, "progress-steps", done = p.done, total = p.total) }</p>
            } else {
                <progress aria-label={props.label.clone()} />
            }
        </div>
    }
}

/// The way out of an opening that is under way.
#[component]
pub fn LeaveOpening() -> Html {
    let shared = use_shared();
    let stop = use_act::<StopOpening>(Callback::noop());
    html! {
        <div class="row">
            <Busy id="stop-opening" label={t!(shared.words, "opening-stop")} busy={stop.busy}
                onclick={stop.starter().reform(|_: MouseEvent| StopOpening {})} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Turn;

    #[test]
    fn of_several_buttons_on_one_work_only_the_pressed_one_works() {
        let (mut pressed, mut other) = (Turn::default(), Turn::default());
        (pressed, other) = (pressed.next(true, true), other.next(true, false));
        assert_eq!((pressed.mine, other.mine), (true, false));
        // Another button of the page is pressed meanwhile, or that one itself.
        (pressed, other) = (pressed.next(true, false), other.next(true, true));
        assert_eq!((pressed.mine, other.mine), (true, false));
        (pressed, other) = (pressed.next(false, true), other.next(false, false));
        assert_eq!((pressed.mine, other.mine), (false, false));
        // The next time it is the other's turn.
        (pressed, other) = (pressed.next(true, false), other.next(true, true));
        assert_eq!((pressed.mine, other.mine), (false, true));
    }

    #[test]
    fn a_button_that_was_pressed_and_began_nothing_does_not_work() {
        let asked = Turn::default().next(false, true);
        assert!(!asked.mine);
        assert!(!asked.next(true, false).mine, "another one was pressed since");
    }
}
