//! A glucose profile: time in range, the goals, the profile by time of day, and each of the days.

use salus_insight::clinical::glucose::traces::DayTrace;
use salus_wire::view::{ClinicalSummary, GlucoseProfileView, Goal, GoalSet, GoalView, Outcome};

use super::{Block, Column, Drawing, Picture, Squeeze, Table, Tone, beyond, damaged, head, para};
use crate::content::{Profile, Report};
use crate::says::{percent, ranges, summed};
use crate::words::{Words, plain, t};

/// Heights, points.
const BANDS: f32 = 190.0;
const DAYS: f32 = 130.0;
const BAR: f32 = 14.0;

pub(super) fn blocks(report: &Report, profile: &Profile, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let mut blocks = head(report, w);
    let mut said = summed(w, &profile.fortnight);
    blocks.push(para(Tone::Strong, said.sentence));
    if let ClinicalSummary::Glucose(Outcome::Enough(view)) = &profile.fortnight.summary {
        if !said.more.is_empty() {
            blocks.push(para(Tone::Plain, said.more.remove(0)));
        }
        blocks.extend(figures(profile, view, w, squeeze));
    }
    blocks.extend(days(&profile.traces, w, squeeze));
    blocks.extend(damaged(profile.damaged, w));
    let not_in = beyond(report, w).unwrap_or_else(|| t!(w, "report-not-in"));
    let rest = said.more.into_iter().filter(|_| squeeze.explains());
    let quiet: Vec<String> = rest.chain([not_in, t!(w, "clinical-no-finding")]).collect();
    blocks.push(para(Tone::Quiet, quiet.join(" ")));
    blocks
}

fn figures(profile: &Profile, view: &GlucoseProfileView, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let span = w.span(profile.fortnight.first, profile.fortnight.last);
    let rows = ranges(w, &view.ranges).map(|(name, share)| vec![name, percent(share)]).to_vec();
    let table = Table {
        summary: t!(w, "clinical-ranges", span = span.clone()),
        head: vec![t!(w, "report-range"), t!(w, "report-share")],
        rows,
        shares: vec![0.72, 0.28],
    };
    let bar = Picture {
        alt: t!(w, "clinical-ranges", span = span),
        caption: None,
        height: BAR,
        drawing: Drawing::Shares(view.ranges),
    };
    let mut goals = vec![Block::Heading(t!(w, "clinical-goals-adult"))];
    let adult = view.goals.iter().filter(|set| set.set == GoalSet::Adult);
    goals.extend(adult.flat_map(|set| &set.goals).map(|goal| para(Tone::Quiet, goal_words(w, goal))));
    let mut blocks = vec![
        Block::Gap(4.0),
        Block::Beside(vec![
            Column { share: 0.5, blocks: vec![Block::Table(table), Block::Picture(bar)] },
            Column { share: 0.5, blocks: goals },
        ]),
    ];
    let height = squeeze.height(BANDS);
    if height > 0.0 && !view.bands.is_empty() {
        blocks.push(Block::Heading(t!(w, "report-by-time")));
        blocks.push(Block::Picture(Picture {
            alt: by_time(view, w),
            caption: Some(t!(w, "report-bands-key")),
            height,
            drawing: Drawing::Bands(view.bands.clone()),
        }));
    }
    blocks
}

/// "In range for more than 70.0 % of the time: 71.4 %, reached".
fn goal_words(w: &Words, goal: &GoalView) -> String {
    let (bound, share) = (percent(goal.bound), percent(goal.share));
    let words = match goal.goal {
        Goal::InRange => t!(w, "clinical-goal-in", bound = bound, share = share),
        Goal::BelowRange => t!(w, "clinical-goal-below", bound = bound, share = share),
        Goal::VeryLow => t!(w, "clinical-goal-very-low", bound = bound, share = share),
        Goal::AboveRange => t!(w, "clinical-goal-above", bound = bound, share = share),
        Goal::VeryHigh => t!(w, "clinical-goal-very-high", bound = bound, share = share),
        Goal::Variation => t!(w, "clinical-goal-variation", bound = bound, share = share),
    };
    let standing = if goal.met { t!(w, "clinical-goal-met") } else { t!(w, "clinical-goal-not-met") };
    format!("{words} {standing}")
}

/// The profile in words: the median of each four hours, lowest to highest.
fn by_time(view: &GlucoseProfileView, w: &Words) -> String {
    let four = |hour: u16| {
        let inside = view.bands.iter().filter(|b| b.minute / 240 == hour / 4);
        let medians: Vec<u16> = inside.map(|b| b.p50).collect();
        let (low, high) = (medians.iter().min()?, medians.iter().max()?);
        Some(t!(w, "report-median-between", from = hour, to = hour + 4, low = *low, high = *high))
    };
    let said: Vec<String> = (0..24).step_by(4).filter_map(four).collect();
    plain(&t!(w, "report-bands-picture", said = w.list(&said)))
}

fn days(traces: &[DayTrace], w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let height = squeeze.height(DAYS);
    if height <= 0.0 || traces.iter().all(|day| day.steps.is_empty()) {
        return Vec::new();
    }
    let said = |day: &DayTrace| {
        let date = w.short_date(day.date);
        let values = || day.steps.iter();
        match (values().map(|[_, low, _]| low).min(), values().map(|[.., high]| high).max()) {
            (Some(low), Some(high)) => t!(w, "report-day-between", date = date, low = *low, high = *high),
            _ => t!(w, "report-day-empty", date = date),
        }
    };
    let all: Vec<String> = traces.iter().map(said).collect();
    let labelled = traces.iter().map(|day| (w.short_date(day.date), day.clone())).collect();
    vec![
        Block::Heading(t!(w, "report-each-day")),
        Block::Picture(Picture {
            alt: plain(&all.join(" ")),
            caption: Some(t!(w, "report-days-key")),
            height,
            drawing: Drawing::Days(labelled),
        }),
    ]
}
