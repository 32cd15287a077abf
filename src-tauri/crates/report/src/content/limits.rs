//! How much a report may hold: at making, so that it fits a page, and at reading, because a file may come from anybody.

use salus_wire::Category;
use salus_wire::view::{ClinicalSummary, GlucoseProfileView, Outcome, ShortView, VariabilityTrendView};

use super::sketch::{MOST_COLUMNS, MOST_LINES, MOST_TICKS};
use super::{
    Body, Diary, Figure, GRID, HELPED, Moment, Part, Profile, Reach, Report, Sketch, Source, Summed, VERSION,
    Visit,
};

/// Characters of a name.
pub(super) const NAME: usize = 120;
/// Characters of a figure: a 64-bit mantissa with its sign and point, and an exponent's zeros.
const FIGURE: usize = 48;
/// Devices that are named.
pub(super) const SOURCES: usize = 8;
/// Characters of a device's name.
pub(super) const SOURCE: usize = 60;
/// Days of a diary.
const DAYS: usize = 31;
/// Bands of a profile.
const BANDS: usize = 48;
/// Any short list: goals, what is missing, quantities.
const FEW: usize = 16;

/// True within every limit.
pub(super) fn holds(report: &Report) -> bool {
    let names = [Some(&report.person), report.author.as_ref()];
    made_by(report)
        && names.into_iter().flatten().all(|name| short(name, NAME))
        && report.first.is_date()
        && report.last.is_date()
        && report.first <= report.last
        && report.from < report.to
        && moment(&report.made)
        && match &report.body {
            Body::Visit(body) => visit(body),
            Body::Diary(body) => diary(body),
            Body::Glucose(body) => profile(body),
        }
}

/// A helper's has a version of its own, a name, and says what they can read.
fn made_by(report: &Report) -> bool {
    match &report.helper {
        None => report.salus_report == VERSION,
        Some(Reach { first, categories }) => {
            report.salus_report == HELPED
                && report.author.is_some()
                && first.is_date()
                && !categories.is_empty()
                && apart(categories)
        }
    }
}

/// True when none is there twice.
fn apart(all: &[Category]) -> bool {
    all.iter().enumerate().all(|(i, c)| !all.iter().take(i).any(|d| d == c))
}

fn short(text: &str, most: usize) -> bool {
    text.chars().count() <= most
}

fn moment(moment: &Moment) -> bool {
    moment.date.is_date() && moment.minute < 1_440 && (-1_440..=1_440).contains(&moment.offset)
}

fn visit(visit: &Visit) -> bool {
    let Visit { parts, absent, devices, typed: _, imported: _, damaged: _ } = visit;
    let categories: Vec<Category> = parts.iter().map(|p| p.category).chain(absent.iter().copied()).collect();
    apart(&categories) && parts.iter().all(part) && devices.len() <= SOURCES && devices.iter().all(source)
}

fn part(part: &Part) -> bool {
    let Part { category: _, total: _, figures, summary, sketch } = part;
    figures.len() <= FEW && figures.iter().all(figure) && summary.iter().all(summed) && drawn(sketch)
}

fn figure(figure: &Figure) -> bool {
    let decimal = |text: &String| {
        short(text, FIGURE) && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))
    };
    figure.coverage <= 100 && [&figure.min, &figure.mean, &figure.max].into_iter().all(decimal)
}

fn source(source: &Source) -> bool {
    short(&source.name, SOURCE) && source.model.iter().all(|model| short(model, SOURCE))
}

fn drawn(sketch: &Sketch) -> bool {
    let place = |n: &u16| *n <= GRID;
    let columns = |line: &super::SketchLine| line.runs.iter().map(Vec::len).sum::<usize>();
    sketch.ticks.len() <= MOST_TICKS
        && sketch.ticks.iter().all(|t| place(&t.at) && short(&t.label, FIGURE))
        && sketch.lines.len() <= MOST_LINES
        && sketch.lines.iter().all(|line| {
            columns(line) <= MOST_COLUMNS
                && line.runs.iter().all(|run| !run.is_empty())
                && line.runs.iter().flatten().flatten().all(place)
        })
}

fn summed(summed: &Summed) -> bool {
    summed.first.is_date()
        && summed.last.is_date()
        && match &summed.summary {
            ClinicalSummary::Pressure(Outcome::Enough(home)) => match &home.usual {
                Outcome::Enough(_) => true,
                Outcome::NotEnough(missing) => lacks(missing),
            },
            ClinicalSummary::Glucose(Outcome::Enough(profile)) => glucose(profile),
            ClinicalSummary::Variability(Outcome::Enough(trend)) => variability(trend),
            ClinicalSummary::Pressure(Outcome::NotEnough(missing))
            | ClinicalSummary::Glucose(Outcome::NotEnough(missing))
            | ClinicalSummary::Variability(Outcome::NotEnough(missing)) => lacks(missing),
        }
}

fn lacks(missing: &ShortView) -> bool {
    missing.lacks.len() <= FEW
}

fn glucose(profile: &GlucoseProfileView) -> bool {
    let texts = [&profile.mean, &profile.mean_molar, &profile.gmi, &profile.gmi_molar];
    texts.into_iter().all(|text| short(text, FIGURE))
        && profile.goals.len() <= FEW
        && profile.goals.iter().all(|set| set.goals.len() <= FEW)
        && profile.bands.len() <= BANDS
        && profile.bands.iter().all(|band| band.minute < 1_440)
        && profile.bands.windows(2).all(|w| matches!(w, [a, b] if a.minute < b.minute))
}

fn variability(trend: &VariabilityTrendView) -> bool {
    let missing = |outcome: Option<&ShortView>| outcome.is_none_or(lacks);
    let usual = match &trend.usual {
        Outcome::Enough(_) => None,
        Outcome::NotEnough(missing) => Some(missing),
    };
    let whole = match &trend.whole_day {
        Outcome::Enough(_) => None,
        Outcome::NotEnough(missing) => Some(missing),
    };
    // Its days are drawn nowhere: the api leaves them out.
    short(&trend.device, SOURCE) && trend.days.is_empty() && missing(usual) && missing(whole)
}

fn diary(diary: &Diary) -> bool {
    diary.days.len() <= DAYS
        && diary.days.iter().all(|day| {
            day.date.is_date()
                && [&day.morning, &day.evening, &day.other]
                    .into_iter()
                    .all(|part| part.readings.len() <= 2 && part.readings.iter().all(|r| r.minute < 1_440))
        })
        && matches!(diary.week.summary, ClinicalSummary::Pressure(_))
        && summed(&diary.week)
}

fn profile(profile: &Profile) -> bool {
    profile.traces.len() <= 14
        && profile.traces.iter().all(|day| {
            day.date.is_date()
                && day.steps.len() <= 96
                && day.steps.iter().all(|[minute, ..]| *minute < 1_440)
        })
        && matches!(profile.fortnight.summary, ClinicalSummary::Glucose(_))
        && summed(&profile.fortnight)
}

/// What of a text goes into a report: without what could not be printed on one line, and cut where it is too long.
pub(super) fn cut(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let all: Vec<char> = plain.take(most.saturating_add(1)).collect();
    match all.get(..most.saturating_sub(1)) {
        Some(head) if all.len() > most => head.iter().chain(&['…']).collect(),
        _ => all.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_said_to_be() {
        assert_eq!(cut("Maria", 5), "Maria");
        assert_eq!(cut("Maria E", 5), "Mari…");
        assert_eq!(cut("a\nb\u{7}c", 9), "a b c");
        assert_eq!((cut("", 5), cut("ab", 1)), (String::new(), "…".into()));
    }
}
