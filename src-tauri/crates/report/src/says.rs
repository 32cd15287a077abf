//! What a page says, in sentences: the same words and the same figures as the screens, of somebody as a clinician reads of them.

mod beats;
mod glucose;
mod lacks;
pub(crate) mod part;
mod pressure;

use salus_wire::view::{ClinicalSummary, Outcome, ReportLanguage};

use crate::code::{Code, NAME};
use crate::content::{Report, Summed};
use crate::layout;
use crate::letters::Fonts;
use crate::page::{self, Block};
use crate::words::{Words, plain};

pub(crate) use glucose::{percent, ranges};

/// What a convention's outcome says: first what matters, then what stands behind it.
pub(crate) struct Said {
    pub(crate) sentence: String,
    pub(crate) more: Vec<String>,
}

/// An outcome in words.
pub(crate) fn summed(w: &Words, summed: &Summed) -> Said {
    let span = w.span(summed.first, summed.last);
    match &summed.summary {
        ClinicalSummary::Pressure(Outcome::Enough(home)) => pressure::said(w, home, &span),
        ClinicalSummary::Glucose(Outcome::Enough(profile)) => glucose::said(w, profile),
        ClinicalSummary::Variability(Outcome::Enough(trend)) => beats::said(w, trend, summed.last),
        ClinicalSummary::Pressure(Outcome::NotEnough(short)) => lacks::pressure(w, short, span),
        ClinicalSummary::Glucose(Outcome::NotEnough(short)) => lacks::glucose(w, short, span),
        ClinicalSummary::Variability(Outcome::NotEnough(short)) => lacks::beats(w, short, span),
    }
}

/// Everything that a report's page says, in reading order, without the way it looks: for holding a paper against it. What a full page
/// has no room for is left out here as there.
#[must_use]
pub fn lines(report: &Report, language: ReportLanguage) -> Vec<String> {
    let words = Words::of(language);
    let mut all = Vec::new();
    for block in page::blocks(report, &words, squeeze(report, &words)) {
        put(&block, &mut all);
    }
    all
}

/// How far the page is squeezed.
fn squeeze(report: &Report, words: &Words) -> page::Squeeze {
    // Every code is as long as any other.
    let foot = page::foot(&Code::from_name([0; NAME]), words);
    let laid = Fonts::read()
        .and_then(|fonts| layout::page(&fonts, words, |squeeze| page::blocks(report, words, squeeze), &foot));
    laid.map_or(page::Squeeze::NONE, |(_, squeeze)| squeeze)
}

fn put(block: &Block, all: &mut Vec<String>) {
    match block {
        Block::Title(text) | Block::Heading(text) | Block::Para { text, .. } => all.push(plain(text)),
        Block::Table(table) => {
            let cells = |row: &[String]| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("  ");
            all.push(cells(&table.head));
            all.extend(table.rows.iter().map(|row| cells(row)));
        }
        Block::Picture(picture) => all.extend(picture.caption.iter().map(|text| plain(text))),
        Block::Beside(columns) => columns.iter().flat_map(|c| &c.blocks).for_each(|block| put(block, all)),
        Block::Gap(_) => {}
    }
}
