//! Deleting readings for ever: from when to when, then exactly what would go, then the passphrase. Nothing brings it back.

use salus_wire::command::{DeleteReadings, PreviewDeletion};
use salus_wire::view::{DeletedView, DeletionView};
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use crate::format::{count, day_start, field_moment, parse_moment};
use crate::part::{Dialog, Icon, Notice, Submit, field_text, icon, whom};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) category: Category,
}

/// A quiet button below a series, its dialog, and what was done.
#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let what = w.categories(&[props.category]);
    let open = use_state(|| false);
    let done = use_state(String::new);
    let set_open = |to: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(to))
    };
    let on_done = {
        let (open, done) = (open.clone(), done.clone());
        Callback::from(move |text: String| {
            done.set(text);
            open.set(false);
        })
    };
    html! {
        <>
            <p role="status" class="told strong">{ (*done).clone() }</p>
            <button type="button" class="small" data-delete="readings" onclick={set_open(true).reform(|_: MouseEvent| ())}>{ t!(w, "delete-open", what = what.clone()) }</button>
            if *open {
                <Dialog title={t!(w, "delete-title", what = what)} on_close={set_open(false)}>
                    <Steps category={props.category} {on_done} on_close={set_open(false)} />
                </Dialog>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StepsProps {
    category: Category,
    on_done: Callback<String>,
    on_close: Callback<()>,
}

/// What was looked at: nothing yet, nothing that can go, or exactly this.
#[derive(Clone, PartialEq)]
enum Looked {
    NotYet,
    Nothing,
    At(DeletionView),
    Changed(DeletionView),
}

#[component]
fn Steps(props: &StepsProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let today = day_start(clock.now, clock.offset);
    let from = use_state(|| field_moment(today, clock.offset));
    let to = use_state(|| field_moment(clock.now, clock.offset));
    let passphrase = use_state(String::new);
    let looked = use_state(|| Looked::NotYet);
    let look = {
        let looked = looked.clone();
        use_act::<PreviewDeletion>(Callback::from(move |found: Option<DeletionView>| {
            looked.set(found.map_or(Looked::Nothing, Looked::At));
        }))
    };
    let delete = {
        let (looked, on_done, shared) = (looked.clone(), props.on_done.clone(), shared.clone());
        use_act::<DeleteReadings>(Callback::from(move |deleted| match deleted {
            DeletedView::Done { from, to, readings } => on_done.emit(gone(&shared, from, to, readings)),
            DeletedView::Changed(view) => looked.set(Looked::Changed(view)),
        }))
    };
    let changing = |state: &UseStateHandle<String>| {
        let (state, looked) = (state.clone(), looked.clone());
        Callback::from(move |event: InputEvent| {
            state.set(field_text(&event));
            looked.set(Looked::NotYet);
        })
    };
    let span = span(&from, &to, clock.offset);
    let category = props.category;
    let onlook = {
        let start = look.starter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some((from, to)) = span {
                start.emit(PreviewDeletion { category, from, to });
            }
        })
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let shown = match &*looked {
        Looked::At(view) | Looked::Changed(view) => Some(view.clone()),
        Looked::NotYet | Looked::Nothing => None,
    };
    let ondelete = {
        let (start, shown, passphrase) = (delete.starter(), shown.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(DeletionView { from, to, readings, .. }) = shown.clone() {
                start.emit(DeleteReadings {
                    category,
                    from,
                    to,
                    readings,
                    passphrase: (*passphrase).clone(),
                });
            }
        })
    };
    let typing = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    html! {
        <>
            <form onsubmit={onlook}>
                <div class="row fields">
                    <p class="field long"><label for="delete-from">{ t!(w, "delete-from") }</label>
                        <input id="delete-from" type="datetime-local" dir="ltr" placeholder="2026-11-22 14:05" value={(*from).clone()} oninput={changing(&from)} autofocus=true /></p>
                    <p class="field long"><label for="delete-to">{ t!(w, "delete-to") }</label>
                        <input id="delete-to" type="datetime-local" dir="ltr" placeholder="2026-11-22 14:05" value={(*to).clone()} oninput={changing(&to)} aria-describedby="delete-wrong" />
                        <span class="wrong" id="delete-wrong" aria-live="polite">
                            if span.is_none() { { icon(Icon::Warning) }{ t!(w, "delete-no-span") } }
                        </span></p>
                </div>
                if let Some(failure) = look.failure.clone() { <Notice {failure} /> }
                if shown.is_none() {
                    if *looked == Looked::Nothing { <p role="status">{ t!(w, "delete-nothing") }</p> }
                    <div class="row">
                        <Submit id="delete-look" label={t!(w, "delete-look")} busy={look.busy} disabled={span.is_none()} />
                        <button type="button" onclick={close.clone()}>{ t!(w, "delete-keep") }</button>
                    </div>
                }
            </form>
            if let Some(view) = shown {
                <form onsubmit={ondelete}>
                    if matches!(*looked, Looked::Changed(_)) { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "delete-changed") }</p> }
                    { consequences(&shared, &view) }
                    <p class="field">
                        <label for="delete-passphrase">{ t!(w, "delete-passphrase") }</label>
                        <input id="delete-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(*passphrase).clone()} oninput={typing} />
                    </p>
                    if let Some(failure) = delete.failure.clone() { <Notice {failure} /> }
                    <div class="row">
                        <Submit class="danger" id="delete-yes" label={t!(w, "delete-yes", n = view.readings, count = many(view.readings))} busy={delete.busy} disabled={passphrase.is_empty()} />
                        <button type="button" onclick={close}>{ t!(w, "delete-keep") }</button>
                    </div>
                </form>
            }
        </>
    }
}

/// Exactly what goes, that it is final, and what it cannot undo.
fn consequences(shared: &Shared, view: &DeletionView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let (from, to) = (clock.moment(view.from), clock.moment(view.to));
    let what = w.categories(&[view.category]);
    html! {
        <div role="status" class="stack">
            <p class="strong">{ t!(w, "delete-sentence", n = view.readings, count = many(view.readings), what = what, from = from, to = to) }</p>
            <p>{ t!(w, "delete-whole-parts") }</p>
            <p>{ t!(w, "delete-final") }</p>
            <p>{ t!(w, "delete-backups") }</p>
            if view.laptops { <p class="caution" id="delete-laptops">{ icon(Icon::Warning) }{ t!(w, "delete-laptops") }</p> }
            if view.opened { <p>{ t!(w, "delete-opened") }</p> }
            { for view.holders.iter().map(|h| html! {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "delete-holder", name = whom(w, &h.name), end = clock.moment(h.ends)) }</p>
            }) }
        </div>
    }
}

fn gone(shared: &Shared, from: UnixMillis, to: UnixMillis, readings: u64) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    t!(
        w,
        "delete-done",
        n = readings,
        count = many(readings),
        from = clock.moment(from),
        to = clock.moment(to)
    )
}

fn many(readings: u64) -> String {
    count(u32::try_from(readings).unwrap_or(u32::MAX))
}

/// Two fields' instants, the first before the second.
fn span(from: &str, to: &str, offset: i32) -> Option<(UnixMillis, UnixMillis)> {
    let (from, to) = (parse_moment(from, offset)?, parse_moment(to, offset)?);
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_span_that_goes_forward_is_looked_at() {
        assert_eq!(span("1970-01-01T01:00", "1970-01-01T02:00", 60), Some((0, 3_600_000)));
        for (from, to) in
            [("1970-01-02T01:00", "1970-01-01T02:00"), ("", "1970-01-01T02:00"), ("1970-01-01T02:00", "soon")]
        {
            assert_eq!(span(from, to, 0), None, "{from} {to}");
        }
    }
}
