//! What stands over every screen: whose record it is, what is wrong with all of it, finding and keys.

use salus_ui::part::{Band, DamagedRecord, OlderRecord, Overlay, StoppedNote};
use salus_ui::state::{Change, Context, Over, Shared, use_shared};
use salus_wire::view::{AppView, Role, StandingView, StoppedWork};
use yew::prelude::*;

use crate::sample;

#[derive(Properties, PartialEq)]
struct StagedProps {
    /// The record as the application would say that it is.
    app: AppView,
    children: Html,
}

/// A record in another state than the page's; it follows the page's language, size and colours.
#[component]
fn Staged(props: &StagedProps) -> Html {
    let page = use_shared();
    let app = props.app.clone();
    let inner: Context = use_reducer(move || Shared { app: Some(app), ..sample::shared() });
    {
        let inner = inner.clone();
        // Also once the words of another language are there.
        use_effect_with((page.settings.clone(), page.words.clone()), move |(settings, _)| {
            inner.dispatch(Change::Settings(settings.clone()));
        });
    }
    html! { <ContextProvider<Context> context={inner.clone()}>{ props.children.clone() }</ContextProvider<Context>> }
}

/// Notes about a whole record.
#[component]
pub(crate) fn Around() -> Html {
    let Some(sound) = sample::shared().app else { return Html::default() };
    let older = AppView { standing: StandingView::Older, ..sound.clone() };
    let sealed = AppView { standing: StandingView::ReadOnly, ..sound.clone() };
    let stopped =
        [StoppedWork::Backup, StoppedWork::Rehearsal, StoppedWork::Export, StoppedWork::Verification];
    let cut_off = AppView { damaged: true, stopped: stopped.to_vec(), ..sound };
    html! {
        <section id="around">
            <h2>{ "Over every screen" }</h2>
            <Band name="Maria Example" />
            <Band name="سلمى الحسن" />
            <Staged app={older}><OlderRecord /></Staged>
            <Staged app={sealed}><OlderRecord /></Staged>
            <Staged app={cut_off}><><DamagedRecord /><StoppedNote /></></Staged>
        </section>
    }
}

/// The palette, and the list of keys.
#[component]
pub(crate) fn Finding() -> Html {
    let shared = use_shared();
    let open = |over: Over| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Over(Some(over))))
    };
    html! {
        <section id="finding">
            <h2>{ "Finding" }</h2>
            <div class="row">
                <button type="button" id="open-palette" onclick={open(Over::Palette)}>{ "Find by words" }</button>
                <button type="button" id="open-keys" onclick={open(Over::Keys)}>{ "The keys" }</button>
            </div>
            <Overlay role={Role::Patient} />
        </section>
    }
}
