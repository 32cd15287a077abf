//! Today: one section per category that holds something. Sentence first, number second, picture third; then how the day compares with
//! the person's own earlier ones, and how much of the last days holds readings. Everything else of it is in the record.

pub(super) mod sources;

use salus_wire::command::{GetOverview, GetRecord, GetTrend, ListUnclaimed};
use salus_wire::view::UnclaimedView;
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;
use yew_router::prelude::*;

use super::in_order;
use super::readings::address;
use super::recovery_key::KeyNeedNote;
use crate::format::{DAY, count, day_start};
use crate::part::{BackupNeedNote, Empty, Icon, ReplyNote, Series, Whose, icon, unanswered};
use crate::route::Route;
use crate::state::{Change, Shared, use_ask, use_shared};
use crate::t;
use sources::Sources;

/// How wide the charts are asked for; the page draws them at the width it has.
const CHART_WIDTH: u16 = 720;

/// The screen.
#[component]
pub fn Home() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let clock = shared.clock();
    let from = day_start(clock.now, clock.offset);
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let unclaimed = use_ask(Some(ListUnclaimed {}), shared.beats.readings.wrapping_add(shared.beats.devices));
    let held = overview.answer.as_ref().map(|a| in_order(&a.iter().map(|o| o.category).collect::<Vec<_>>()));
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    html! {
        <>
            <h1>{ t!(w, "home-title", date = clock.date(clock.now)) }</h1>
            <KeyNeedNote />
            <BackupNeedNote />
            <ReplyNote />
            { wait(&shared, unclaimed.answer.as_ref().map(|a| a.as_slice()).unwrap_or_default()) }
            <Sources />
            { unanswered(&overview) }
            { match held.as_deref() {
                None => Html::default(),
                Some([]) => html! {
                    <Empty title={t!(w, "home-empty")} hint={t!(w, "home-empty-hint")}>
                        <div class="row">
                            <button type="button" class="main" onclick={add}>{ t!(w, "entry-title") }</button>
                            <Link<Route> to={Route::Devices} classes="button">{ t!(w, "home-add-device") }</Link<Route>>
                        </div>
                    </Empty>
                },
                Some(held) => html! { <>
                    { for held.iter().map(|category| html! {
                        <Section key={format!("{category:?}")} category={*category} {from} to={from + DAY} />
                    }) }
                    <p><Link<Route> to={Route::Reports} classes="button">{ t!(w, "reports-take") }</Link<Route>></p>
                    <p class="quiet">{ t!(w, "trend-no-finding") }</p>
                </> },
            } }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SectionProps {
    category: Category,
    from: UnixMillis,
    to: UnixMillis,
}

/// One category, asked for by itself: a slow one holds up no other.
#[component]
fn Section(props: &SectionProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let SectionProps { category, from, to } = *props;
    let asked = use_ask(Some(GetRecord { category, from, to, width: CHART_WIDTH }), shared.beats.readings);
    let trend = use_ask(Some(GetTrend { category }), shared.beats.readings);
    html! {
        <>
            { unanswered(&asked) }
            if let Some(record) = &asked.answer {
                <Series whose={Whose::Own} record={record.clone()} span={t!(w, "span-today")} trend={trend.answer.clone()} />
                <p><Link<Route> to={address(category, None)} classes="button small">{ t!(w, "home-more", what = w.categories(&[category])) }</Link<Route>></p>
            }
        </>
    }
}

/// Readings that wait for somebody to say whose they are.
fn wait(shared: &Shared, unclaimed: &[UnclaimedView]) -> Html {
    let waiting = unclaimed.iter().map(|u| u.waiting).fold(0, u32::saturating_add);
    if waiting == 0 {
        return Html::default();
    }
    let w = &shared.words;
    let mut names: Vec<String> = unclaimed.iter().map(|u| u.name.clone()).collect();
    names.dedup();
    html! {
        <div class="proven ask">
            { icon(Icon::Inbox) }
            <p class="strong">{ t!(w, "whose-wait", n = waiting, count = count(waiting), names = w.list(&names)) }</p>
            <Link<Route> to={Route::Whose} classes="button">{ t!(w, "whose-look", n = waiting) }</Link<Route>>
        </div>
    }
}
