//! A page for a visit: a sentence for each category, its figures and a small chart.

use salus_wire::Category;

use super::{Block, Column, Drawing, Picture, Squeeze, Tone, beyond, damaged, head, para};
use crate::content::{Part, Report, Source, Visit};
use crate::says::part::{figures, picture, sentence};
use crate::says::summed;
use crate::words::{Words, t};

/// Height of a chart, points.
const CHART: f32 = 74.0;

pub(super) fn blocks(report: &Report, visit: &Visit, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let mut blocks = head(report, w);
    if visit.parts.is_empty() {
        blocks.push(para(Tone::Strong, t!(w, "report-empty")));
    } else {
        let what: Vec<Category> = visit.parts.iter().map(|p| p.category).collect();
        blocks.push(para(Tone::Plain, t!(w, "report-contents", what = w.categories(&what))));
        blocks.push(Block::Gap(4.0));
    }
    for pair in visit.parts.chunks(2) {
        let mut columns: Vec<Column> =
            pair.iter().map(|part| Column { share: 0.5, blocks: one(report, part, w, squeeze) }).collect();
        if columns.len() == 1 {
            // Alone it is as wide as the others.
            columns.push(Column { share: 0.5, blocks: Vec::new() });
        }
        blocks.push(Block::Beside(columns));
        blocks.push(Block::Gap(4.0));
    }
    blocks.push(Block::Heading(t!(w, "report-about")));
    blocks.extend(about(report, visit, w));
    blocks
}

fn one(report: &Report, part: &Part, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let span = t!(w, "report-in-time");
    let mut blocks =
        vec![Block::Heading(w.category(part.category)), para(Tone::Plain, sentence(w, part, &span))];
    if let Some(outcome) = &part.summary {
        let said = summed(w, outcome);
        blocks.push(para(Tone::Plain, said.sentence));
        if squeeze.lectures() && !said.more.is_empty() {
            blocks.push(para(Tone::Quiet, said.more.join(" ")));
        }
    }
    if squeeze.explains() {
        blocks.extend(figures(w, part).into_iter().map(|line| para(Tone::Quiet, line)));
    }
    let height = squeeze.height(CHART);
    if !part.sketch.is_empty() && height > 0.0 {
        let caption = (part.sketch.lines.len() > 1).then(|| two(w, part));
        let span = w.span(report.first, report.last);
        blocks.push(Block::Picture(Picture {
            alt: picture(w, part, &span),
            caption,
            height,
            drawing: Drawing::Sketch {
                sketch: part.sketch.clone(),
                from: w.short_date(report.first),
                to: w.short_date(report.last),
            },
        }));
    }
    blocks
}

/// Which line is which, where there are two.
fn two(w: &Words, part: &Part) -> String {
    let mut names = part.sketch.lines.iter().map(|line| w.quantity(line.quantity));
    let mut next = || names.next().unwrap_or_default();
    let (first, second) = (next(), next());
    t!(w, "report-two-lines", first = first, second = second)
}

/// What measured, and what is not on the page.
fn about(report: &Report, visit: &Visit, w: &Words) -> Vec<Block> {
    let mut said: Vec<String> = Vec::new();
    if !visit.devices.is_empty() {
        let names: Vec<String> = visit.devices.iter().map(device).collect();
        said.push(t!(w, "report-devices", names = w.list(&names)));
    }
    if visit.typed {
        said.push(t!(w, "report-typed"));
    }
    if visit.imported {
        said.push(t!(w, "report-imported"));
    }
    if let Some(beyond) = beyond(report, w) {
        said.push(beyond);
    } else if visit.absent.is_empty() {
        said.push(t!(w, "report-not-in"));
    } else {
        said.push(t!(w, "report-not-in-these", what = w.categories(&visit.absent)));
    }
    said.push(t!(w, "clinical-no-finding"));
    damaged(visit.damaged, w).into_iter().chain([para(Tone::Quiet, said.join(" "))]).collect()
}

/// "Cuff (Omron M7)", whatever scripts the two are in.
fn device(source: &Source) -> String {
    match &source.model {
        None => format!("\u{2068}{}\u{2069}", source.name),
        Some(model) => format!("\u{2068}{} ({model})\u{2069}", source.name),
    }
}
