//! What stands on a page, in reading order, without places: blocks that are tried smaller and smaller until they fit.

pub(crate) mod card;
mod diary;
mod glucose;
mod visit;

use salus_insight::clinical::glucose::traces::DayTrace;
use salus_wire::view::{BandView, RangesView};

use crate::code::Code;
use crate::content::{Body, Report, Sketch};
use crate::words::{Words, clock, t};

/// One block.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// The page's one title.
    Title(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Para { text: String, tone: Tone },
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
    /// Columns, read one after the other, each with its share of the width.
    Beside(Vec<Column>),
    /// Room, points.
    Gap(f32),
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// What matters.
    Strong,
    /// The text.
    Plain,
    /// What stands behind it.
    Quiet,
    /// A code that somebody types.
    Code,
}

/// One of several columns.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) share: f32,
    pub(crate) blocks: Vec<Block>,
}

/// A table; the first cell of each row heads it.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// What it is, for whoever does not see it.
    pub(crate) summary: String,
    /// The heads of the columns.
    pub(crate) head: Vec<String>,
    /// As many cells each, none of them empty.
    pub(crate) rows: Vec<Vec<String>>,
    /// Shares of the width.
    pub(crate) shares: Vec<f32>,
}

/// A picture.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// What it shows, for whoever does not see it.
    pub(crate) alt: String,
    /// A line below it.
    pub(crate) caption: Option<String>,
    /// Points.
    pub(crate) height: f32,
    /// What is drawn.
    pub(crate) drawing: Drawing,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(crate) enum Drawing {
    /// A chart of the screen, with the dates of its edges.
    Sketch { sketch: Sketch, from: String, to: String },
    /// Percentiles by time of day.
    Bands(Vec<BandView>),
    /// A small chart for each day, with its date.
    Days(Vec<(String, DayTrace)>),
    /// Shares of time as one bar.
    Shares(RangesView),
    /// A QR code.
    Square(String),
}

/// How much smaller than wanted a page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Squeeze(u8);

impl Squeeze {
    /// Not at all.
    pub(crate) const NONE: Self = Self(0);
    /// Every step; the last one is without pictures and what stands behind the sentences.
    pub(crate) const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// Size of the text, points.
    pub(crate) const fn text(self) -> f32 {
        match self.0 {
            0 => 10.0,
            1 => 9.5,
            2 => 9.0,
            3 => 8.5,
            4 => 8.0,
            _ => 7.5,
        }
    }

    /// What a wanted height becomes; 0 leaves the picture out.
    fn height(self, wanted: f32) -> f32 {
        let share = match self.0 {
            0 => 1.0,
            1 => 0.85,
            2 => 0.7,
            3 => 0.55,
            4 => 0.4,
            _ => 0.0,
        };
        wanted * share
    }

    /// True while there is room for what stands behind a sentence.
    const fn explains(self) -> bool {
        self.0 < 3
    }

    /// True while there is room for what is only explained.
    const fn lectures(self) -> bool {
        self.0 < 2
    }
}

/// Everything but the code.
pub(crate) fn blocks(report: &Report, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    match &report.body {
        Body::Visit(visit) => visit::blocks(report, visit, w, squeeze),
        Body::Diary(diary) => diary::blocks(report, diary, w, squeeze),
        Body::Glucose(profile) => glucose::blocks(report, profile, w, squeeze),
    }
}

/// The page's title, for the file too.
pub(crate) fn title(report: &Report, w: &Words) -> String {
    match report.body {
        Body::Visit(_) => t!(w, "report-visit-title"),
        Body::Diary(_) => t!(w, "report-diary-title"),
        Body::Glucose(_) => t!(w, "report-glucose-title"),
    }
}

/// Whose, of when, and by whom it was made.
fn head(report: &Report, w: &Words) -> Vec<Block> {
    let made = report.made;
    let zone = zone(made.offset);
    let (date, time) = (w.date(made.date), clock(made.minute));
    let made = match (&report.author, &report.helper) {
        (None, _) => t!(w, "report-made-own", date = date, time = time, zone = zone),
        (Some(author), None) => {
            t!(w, "report-made-clinician", date = date, time = time, zone = zone, name = author.clone())
        }
        (Some(author), Some(_)) => {
            let (name, person) = (author.clone(), report.person.clone());
            t!(w, "report-made-helper", date = date, time = time, zone = zone, name = name, person = person)
        }
    };
    vec![
        Block::Title(title(report, w)),
        para(Tone::Strong, report.person.clone()),
        para(Tone::Plain, w.span(report.first, report.last)),
        para(Tone::Quiet, made),
        Block::Gap(4.0),
    ]
}

/// The code, and what it is good for.
pub(crate) fn foot(code: &Code, w: &Words) -> Vec<Block> {
    let text = vec![
        Block::Heading(t!(w, "report-check-title")),
        // Letters and digits only: from left to right in every language.
        para(Tone::Code, format!("\u{2066}{code}\u{2069}")),
        para(Tone::Quiet, t!(w, "report-check-how")),
    ];
    let picture = Picture {
        alt: t!(w, "report-square"),
        caption: None,
        height: 74.0,
        drawing: Drawing::Square(code.drawn()),
    };
    vec![Block::Beside(vec![
        Column { share: 0.84, blocks: text },
        Column { share: 0.16, blocks: vec![Block::Picture(picture)] },
    ])]
}

fn para(tone: Tone, text: String) -> Block {
    Block::Para { text, tone }
}

/// Parts of about an hour that could not be read.
fn damaged(n: u32, w: &Words) -> Option<Block> {
    (n > 0).then(|| para(Tone::Plain, t!(w, "report-damaged", n = n)))
}

/// What is beyond the page, where somebody else than the person made it: with whose eyes, and that there may be more.
fn beyond(report: &Report, w: &Words) -> Option<String> {
    let name = report.author.clone()?;
    Some(match &report.helper {
        None => t!(w, "report-only-shared"),
        Some(reach) => t!(
            w,
            "report-only-helped",
            name = name,
            person = report.person.clone(),
            what = w.categories(&reach.categories),
            date = w.date(reach.first)
        ),
    })
}

/// "UTC+01:00", in its own direction.
fn zone(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("\u{2066}UTC{sign}{:02}:{:02}\u{2069}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_said_with_its_sign() {
        let plain = |minutes| crate::words::plain(&zone(minutes));
        assert_eq!([plain(60), plain(-210), plain(0)], ["UTC+01:00", "UTC-03:30", "UTC+00:00"]);
    }
}
