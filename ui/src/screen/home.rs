//! Today: one section per category that holds something. Sentence first, number second, chart third.

mod delete;

use salus_wire::command::{GetOverview, GetRecord, ListUnclaimed};
use salus_wire::view::UnclaimedView;
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;
use yew_router::prelude::*;

use super::in_order;
use super::recovery_key::KeyNeedNote;
use crate::format::{DAY, HOUR, MINUTE, count, day_start};
use crate::part::{BackupNeedNote, Empty, Icon, Notice, OwnSummary, Series, Waiting, Whose, icon};
use crate::route::Route;
use crate::state::{Change, Shared, use_ask, use_shared};
use crate::t;
use delete::Delete;

/// How wide the charts are asked for; the page draws them at the width it has.
const CHART_WIDTH: u16 = 720;

/// Days of a year, for a span that holds the same day of last year.
const YEAR: i64 = 366;

/// How far back the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Hour,
    /// Whole days, today the last.
    Days(i64),
}

impl Span {
    /// Start, inclusive, and end, exclusive. The last hour moves on in steps, so that it is not asked for at every draw.
    fn bounds(self, now: UnixMillis, offset: i32) -> (UnixMillis, UnixMillis) {
        match self {
            Span::Hour => {
                let to = (now.div_euclid(5 * MINUTE) + 1) * 5 * MINUTE;
                (to - HOUR, to)
            }
            Span::Days(n) => {
                let to = day_start(now, offset) + DAY;
                (to - n * DAY, to)
            }
        }
    }
}

/// The screen.
#[component]
pub fn Home() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let chosen = use_state(|| Span::Days(1));
    let clock = shared.clock();
    let (from, to) = chosen.bounds(clock.now, clock.offset);
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let unclaimed = use_ask(Some(ListUnclaimed {}), shared.beats.readings.wrapping_add(shared.beats.devices));
    let held = overview.answer.as_ref().map(|a| in_order(&a.iter().map(|o| o.category).collect::<Vec<_>>()));
    let span = match *chosen {
        Span::Hour => t!(w, "span-hour"),
        Span::Days(1) => t!(w, "span-today"),
        Span::Days(YEAR) => t!(w, "span-year"),
        Span::Days(n) => t!(w, "span-days", n = n),
    };
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    html! {
        <>
            <h1>{ t!(w, "home-title", date = clock.date(clock.now)) }</h1>
            <KeyNeedNote />
            <BackupNeedNote />
            { wait(&shared, unclaimed.answer.as_ref().map(|a| a.as_slice()).unwrap_or_default()) }
            <div class="segments" role="radiogroup" aria-label={t!(w, "home-span")}>
                { for [Span::Hour, Span::Days(1), Span::Days(7), Span::Days(30), Span::Days(YEAR)].into_iter().map(|span| {
                    let onchange = { let chosen = chosen.clone(); Callback::from(move |_: Event| chosen.set(span)) };
                    let (value, label) = match span {
                        Span::Hour => ("hour".to_owned(), t!(w, "home-hour")),
                        Span::Days(1) => ("1".to_owned(), t!(w, "home-day")),
                        Span::Days(YEAR) => ("year".to_owned(), t!(w, "home-year")),
                        Span::Days(n) => (n.to_string(), t!(w, "home-days", n = n)),
                    };
                    html! { <label><input type="radio" name="span" {value} checked={*chosen == span} {onchange} /><span>{ label }</span></label> }
                }) }
            </div>
            if let Some(failure) = overview.failure.clone() { <Notice {failure} /> }
            { match held.as_deref() {
                None if overview.failure.is_none() => html! { <Waiting /> },
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
                        <Section key={format!("{category:?}")} category={*category} {from} {to} span={span.clone()} />
                    }) }
                    <p><Link<Route> to={Route::Reports} classes="button">{ t!(w, "reports-title") }</Link<Route>></p>
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
    span: String,
}

/// One category, asked for by itself: a slow one holds up no other.
#[component]
fn Section(props: &SectionProps) -> Html {
    let shared = use_shared();
    let SectionProps { category, from, to, span } = props;
    let command = GetRecord { category: *category, from: *from, to: *to, width: CHART_WIDTH };
    let asked = use_ask(Some(command), shared.beats.readings);
    html! {
        <>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} /> }
            if let Some(record) = &asked.answer {
                <Series whose={Whose::Own} record={record.clone()} span={span.clone()} />
                <OwnSummary record={record.clone()} />
                if record.latest.is_some() { <Delete category={*category} /> }
            } else if asked.failure.is_none() {
                <Waiting />
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
