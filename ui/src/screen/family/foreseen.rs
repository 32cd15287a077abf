//! What a clinician will see of somebody whom I help, before anything is given: who they are as proven, and the readings as they are now.

use salus_wire::command::{CheckCode, OpenRelative};
use salus_wire::view::{ClinicianView, HelpedRecordView, RecordView};
use salus_wire::{Category, CircleId, ErrorCode, UnixMillis};
use yew::prelude::*;

use crate::part::{Busy, LeaveOpening, Notice, Outcome, SeenBy, WorkProgress, standing};
use crate::state::{use_act, use_shared};
use crate::t;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 640;

#[derive(Properties, PartialEq)]
pub(super) struct ForeseenProps {
    pub(super) circle: CircleId,
    /// Whose readings they are.
    pub(super) person: String,
    /// The clinician's code.
    pub(super) code: String,
    /// What is to be permitted. Another code or another choice is another preview: give it another key.
    pub(super) categories: Vec<Category>,
    /// Since when.
    pub(super) from: UnixMillis,
}

#[component]
pub(super) fn Foreseen(props: &ForeseenProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let who = use_state(|| None::<ClinicianView>);
    let seen = use_state(|| None::<(HelpedRecordView, UnixMillis)>);
    // Held still from the press on.
    let now = use_mut_ref(|| 0_i64);
    let read = {
        let (seen, now) = (seen.clone(), now.clone());
        use_act::<OpenRelative>(Callback::from(move |view: HelpedRecordView| {
            seen.set(Some((view, *now.borrow())));
        }))
    };
    let check = {
        let (who, start, now) = (who.clone(), read.starter(), now.clone());
        let (circle, from) = (props.circle, props.from);
        use_act::<CheckCode>(Callback::from(move |view: ClinicianView| {
            who.set(Some(view));
            let to = *now.borrow() + 1;
            start.emit(OpenRelative { circle, from, to, width: CHART_WIDTH });
        }))
    };
    let onclick = {
        let (start, code, at) = (check.starter(), props.code.clone(), clock.now);
        Callback::from(move |_: MouseEvent| {
            *now.borrow_mut() = at;
            start.emit(CheckCode { code: code.trim().to_owned() });
        })
    };
    let busy = check.busy || read.busy;
    let shown = (*who).as_ref().zip((*seen).as_ref());
    let said = shown.map(|(who, _)| t!(w, "preview-title", name = who.name.clone()));
    html! {
        <section class="foreseen">
            if let Some(failure) = check.failure.clone().or(read.failure.clone()) {
                if failure.code == ErrorCode::Cancelled {
                    <p role="status">{ t!(w, "family-reading-stopped") }</p>
                } else {
                    <Notice {failure} />
                }
            }
            if read.busy { <WorkProgress work="open_relative" label={t!(w, "family-reading-working")} /><LeaveOpening /> }
            if shown.is_none() { <div class="row"><Busy id="foresee" label={t!(w, "family-give-preview")} {busy} {onclick} /></div> }
            <Outcome {said} />
            if let Some((who, (view, to))) = shown {
                { standing(&shared, who) }
                <p>{ t!(w, "family-give-preview-hint", name = who.name.clone(), person = props.person.clone()) }</p>
                <SeenBy name={who.name.clone()} records={chosen(&view.records, &props.categories)} span={t!(w, "span-of", span = clock.span(props.from, *to))} />
            }
        </section>
    }
}

/// Of all that a helper can read only what is to be permitted.
fn chosen(records: &[RecordView], categories: &[Category]) -> Vec<RecordView> {
    records.iter().filter(|record| categories.contains(&record.category)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use salus_wire::view::ChartView;

    use super::*;

    #[test]
    fn what_is_not_permitted_is_not_in_the_preview() {
        let chart = ChartView {
            from: 0,
            to: 1,
            low: 0.0,
            high: 1.0,
            value_ticks: vec![],
            time_ticks: vec![],
            lines: vec![],
        };
        let record = |category| RecordView {
            category,
            latest: None,
            summary: vec![],
            chart: chart.clone(),
            variability: None,
            summed: None,
            damaged: 0,
            days: vec![],
            total: 0,
            rows: vec![],
        };
        let all = [record(Category::HeartRate), record(Category::BloodPressure)];
        let seen = chosen(&all, &[Category::BloodPressure]);
        assert_eq!(seen.iter().map(|r| r.category).collect::<Vec<_>>(), [Category::BloodPressure]);
        assert!(chosen(&all, &[]).is_empty());
    }
}
