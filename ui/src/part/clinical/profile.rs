//! The glucose profile by time of day: quiet areas for the middle half and for nine values of ten, a line for the median. Time
//! reads left to right in every language; a half hour with too few days is left empty.

use std::rc::Rc;

use salus_wire::view::{BandView, GlucoseProfileView};
use salus_wire::{Quantity, UnixMillis};
use yew::prelude::*;

use crate::format::{DAY, MINUTE, as_f64};
use crate::part::chart::{TEXT_PX, step, watch_width};
use crate::state::{Shared, use_shared};
use crate::t;

/// Minutes of a band.
const BAND: u16 = 30;
/// The axis reaches at least so far, mg/dL.
const LEAST_TOP: f64 = 300.0;
/// The edges of the range, and of what is very high: thin labelled rules.
const RULES: [f64; 3] = [70.0, 180.0, 250.0];

/// Properties of [`Profile`] and [`ProfileTable`].
#[derive(Properties, PartialEq)]
pub(super) struct ProfileProps {
    /// The profile.
    pub(super) view: Rc<GlucoseProfileView>,
}

/// The picture.
#[component]
pub(super) fn Profile(props: &ProfileProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let node = use_node_ref();
    let width = use_state_eq(|| 680.0_f64);
    let cursor = use_state(|| None::<usize>);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| watch_width(node, move |w| width.set(w)));
    }
    let bands = &props.view.bands;
    let rem = TEXT_PX * f64::from(shared.settings.text_size.clamp(100, 200)) / 100.0;
    let shape = Shape::new(bands, *width, rem);
    let chosen = cursor.and_then(|i| bands.get(i.min(bands.len().saturating_sub(1))));
    let onkeydown = {
        let (cursor, count) = (cursor.clone(), bands.len());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = step(&event.key(), *cursor, count) {
                event.prevent_default();
                cursor.set(next);
            }
        })
    };
    let label = t!(w, "clinical-profile-label", n = bands.len());
    html! {
        <figure class="chart profile" ref={node}>
            <svg class="scene" direction="ltr" role="group" tabindex="0" aria-label={label} {onkeydown}
                width={shape.width.to_string()} height={shape.height.to_string()} viewBox={format!("0 0 {} {}", shape.width, shape.height)}>
                { axes(&shared, &shape, rem) }
                { for runs(bands).into_iter().map(|run| html! {
                    <>
                        <path class="outer" d={shape.area(run, |b| (b.p5, b.p95))} />
                        <path class="inner" d={shape.area(run, |b| (b.p25, b.p75))} />
                        <path class="median" d={shape.line(run)} />
                    </>
                }) }
                if let Some(band) = chosen {
                    <line class="cursor" x1={shape.middle(band).to_string()} x2={shape.middle(band).to_string()}
                        y1={shape.top.to_string()} y2={shape.base().to_string()} />
                }
            </svg>
            <figcaption>
                <output class={if chosen.is_some() { "reading-at" } else { "reading-at hint" }} aria-live="polite">
                    { chosen.map_or_else(|| t!(w, "clinical-profile-hint"), |band| describe(&shared, band)) }
                </output>
                <ul class="legend">
                    <li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><path class="median" d="M0 6H12" /></svg>{ t!(w, "clinical-profile-median") }</li>
                    <li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect class="inner" width="12" height="12" /></svg>{ t!(w, "clinical-profile-half") }</li>
                    <li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect class="outer" width="12" height="12" /></svg>{ t!(w, "clinical-profile-most") }</li>
                </ul>
                if bands.len() < 48 { <p class="quiet">{ t!(w, "clinical-profile-gaps", n = 48usize.saturating_sub(bands.len()), days = props.view.band_days) }</p> }
            </figcaption>
        </figure>
    }
}

/// Everything that the picture shows, row by row.
#[component]
pub(super) fn ProfileTable(props: &ProfileProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "clinical-profile-table")}>
            <table>
                <caption>{ t!(w, "clinical-profile-caption", unit = w.unit(Quantity::InterstitialGlucose)) }</caption>
                <thead><tr>
                    <th scope="col">{ t!(w, "clinical-profile-time") }</th>
                    { for ["5", "25", "50", "75", "95"].into_iter().map(|p| html! {
                        <th scope="col" class="number">{ t!(w, "clinical-profile-percentile", p = p) }</th>
                    }) }
                </tr></thead>
                <tbody>{ for props.view.bands.iter().map(|b| html! {
                    <tr>
                        <th scope="row">{ of_day(&shared, b.minute) }</th>
                        { for [b.p5, b.p25, b.p50, b.p75, b.p95].into_iter().map(|v| html! { <td class="number"><bdi>{ v }</bdi></td> }) }
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

fn describe(shared: &Shared, band: &BandView) -> String {
    let w = &shared.words;
    let amount =
        |low: u16, high: u16| w.amount(&format!("{low}\u{2013}{high}"), Quantity::InterstitialGlucose);
    t!(
        w,
        "clinical-profile-at",
        from = of_day(shared, band.minute),
        to = of_day(shared, band.minute + BAND),
        median = w.amount(&band.p50.to_string(), Quantity::InterstitialGlucose),
        half = amount(band.p25, band.p75),
        most = amount(band.p5, band.p95),
        n = band.values
    )
}

/// "14:30", whatever the day.
fn of_day(shared: &Shared, minute: u16) -> String {
    let mut clock = shared.clock();
    clock.offset = 0;
    let at: UnixMillis = (i64::from(minute) * MINUTE).rem_euclid(DAY);
    clock.time(at)
}

fn axes(shared: &Shared, shape: &Shape, rem: f64) -> Html {
    let base = shape.base();
    html! {
        <g class="axes">
            { for RULES.into_iter().map(|v| html! {
                <>
                    <line class="rule" x1={shape.left.to_string()} x2={(shape.width - shape.right).to_string()} y1={shape.y(v).to_string()} y2={shape.y(v).to_string()} />
                    <text x={(shape.left - rem * 0.4).to_string()} y={(shape.y(v) + rem * 0.28).to_string()} text-anchor="end">{ v }</text>
                </>
            }) }
            { for [0u16, 360, 720, 1_080, 1_440].into_iter().map(|minute| html! {
                <>
                    <line x1={shape.x(minute).to_string()} x2={shape.x(minute).to_string()} y1={base.to_string()} y2={(base + rem * 0.3).to_string()} />
                    <text x={shape.x(minute).to_string()} y={(base + rem * 1.3).to_string()} text-anchor="middle">{ of_day(shared, minute) }</text>
                </>
            }) }
        </g>
    }
}

/// Where minutes and values lie, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
struct Shape {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    most: f64,
}

impl Shape {
    fn new(bands: &[BandView], width: f64, rem: f64) -> Self {
        let highest = bands.iter().map(|b| f64::from(b.p95)).fold(LEAST_TOP, f64::max);
        Self {
            width: width.max(rem * 8.0),
            height: rem * 14.0,
            left: rem * 2.6,
            right: rem * 1.6,
            top: rem * 0.75,
            bottom: rem * 1.9,
            most: (highest / 50.0).ceil() * 50.0,
        }
    }

    fn base(&self) -> f64 {
        self.height - self.bottom
    }

    fn x(&self, minute: u16) -> f64 {
        self.left + as_f64(i64::from(minute)) / 1_440.0 * (self.width - self.left - self.right)
    }

    fn middle(&self, band: &BandView) -> f64 {
        self.x(band.minute + BAND / 2)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value / self.most).clamp(0.0, 1.0);
        self.base() - share * (self.base() - self.top)
    }

    /// The area between two percentiles over a run: from the start of its first half hour to the end of its last.
    fn area(&self, run: &[BandView], of: impl Fn(&BandView) -> (u16, u16)) -> String {
        let upper = self.outline(run, |b| of(b).1);
        let mut lower = self.outline(run, |b| of(b).0);
        lower.reverse();
        let points: Vec<String> =
            upper.into_iter().chain(lower).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        if points.is_empty() { String::new() } else { format!("M{}Z", points.join("L")) }
    }

    fn line(&self, run: &[BandView]) -> String {
        let points: Vec<String> =
            self.outline(run, |b| b.p50).into_iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        if points.is_empty() { String::new() } else { format!("M{}", points.join("L")) }
    }

    fn outline(&self, run: &[BandView], of: impl Fn(&BandView) -> u16) -> Vec<(f64, f64)> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
        let y = |b: &BandView| self.y(f64::from(of(b)));
        let mut points = vec![(self.x(first.minute), y(first))];
        points.extend(run.iter().map(|b| (self.middle(b), y(b))));
        points.push((self.x(last.minute + BAND), y(last)));
        points
    }
}

/// Half hours that follow each other; nothing is drawn between runs.
fn runs(bands: &[BandView]) -> Vec<&[BandView]> {
    bands.chunk_by(|a, b| a.minute + BAND == b.minute).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(minute: u16) -> BandView {
        BandView { minute, values: 84, p5: 60, p25: 90, p50: 120, p75: 160, p95: 240 }
    }

    #[test]
    fn a_missing_half_hour_is_a_gap() {
        let bands = [band(0), band(30), band(90), band(120), band(150)];
        assert_eq!(runs(&bands).iter().map(|r| r.len()).collect::<Vec<_>>(), [2, 3]);
        assert!(runs(&[]).is_empty());
        let shape = Shape::new(&bands, 600.0, 16.0);
        let area = shape.area(&bands[..2], |b| (b.p25, b.p75));
        // Two half hours: an outline of four points above and four below.
        assert_eq!(area.matches('L').count(), 7);
        assert!(area.starts_with('M') && area.ends_with('Z'));
        assert_eq!((shape.area(&[], |b| (b.p5, b.p95)), shape.line(&[])), (String::new(), String::new()));
    }

    #[test]
    fn the_day_fills_the_width_and_high_values_stay_inside() {
        let high = BandView { p95: 420, ..band(1_410) };
        let shape = Shape::new(&[high], 600.0, 16.0);
        assert!((shape.x(1_440) - (shape.width - shape.right)).abs() < 1e-9);
        assert!(shape.y(420.0) >= shape.top && shape.y(0.0) <= shape.base());
        assert!(shape.y(70.0) > shape.y(180.0));
        // One half hour alone is as wide as it is long.
        let line = shape.line(&[high]);
        assert!(line.starts_with(&format!("M{:.1}", shape.x(1_410))), "{line}");
        assert!(Shape::new(&[], 0.0, 16.0).width > 0.0);
    }
}
