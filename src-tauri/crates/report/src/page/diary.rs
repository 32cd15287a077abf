//! A diary of blood pressures: the week's mean in a sentence, then a line for each day.

use salus_insight::clinical::pressure::diary::{DiaryDay, DiaryPart, DiaryReading};

use super::{Block, Squeeze, Table, Tone, beyond, damaged, head, para};
use crate::content::{Diary, Report};
use crate::says::summed;
use crate::words::{Words, t};

/// No reading.
const NONE: &str = "\u{2013}";

pub(super) fn blocks(report: &Report, diary: &Diary, w: &Words, squeeze: Squeeze) -> Vec<Block> {
    let mut blocks = head(report, w);
    let said = summed(w, &diary.week);
    // The mean of a week is of these days, whatever the diary's are.
    blocks.push(para(Tone::Strong, w.span(diary.week.first, diary.week.last)));
    blocks.push(para(Tone::Strong, said.sentence));
    if squeeze.explains() && !said.more.is_empty() {
        blocks.push(para(Tone::Quiet, said.more.join(" ")));
    }
    blocks.push(Block::Gap(4.0));
    if diary.days.is_empty() {
        blocks.push(para(Tone::Plain, t!(w, "report-empty")));
    } else {
        blocks.push(Block::Table(table(w, &diary.days)));
        blocks.push(para(Tone::Quiet, t!(w, "report-diary-key")));
    }
    blocks.extend(damaged(diary.damaged, w));
    blocks.push(para(Tone::Quiet, rest(report, w)));
    blocks
}

fn rest(report: &Report, w: &Words) -> String {
    let not_in = beyond(report, w).unwrap_or_else(|| t!(w, "report-not-in"));
    format!("{not_in} {}", t!(w, "clinical-no-finding"))
}

fn table(w: &Words, days: &[DiaryDay]) -> Table {
    let row = |day: &DiaryDay| {
        let mean =
            day.mean.map_or_else(|| NONE.to_owned(), |m| number(&format!("{}/{}", m.systolic, m.diastolic)));
        vec![w.short_date(day.date), cell(&day.morning, 2), cell(&day.evening, 2), cell(&day.other, 1), mean]
    };
    Table {
        summary: t!(w, "report-diary-table"),
        head: vec![
            t!(w, "report-day"),
            t!(w, "report-morning"),
            t!(w, "report-evening"),
            t!(w, "report-other-times"),
            t!(w, "report-mean"),
        ],
        rows: days.iter().map(row).collect(),
        shares: vec![0.12, 0.30, 0.30, 0.18, 0.10],
    }
}

/// "07:05 128/79  07:06 126/78*  (+1)": so many readings, and how many more there are.
fn cell(part: &DiaryPart, shown: usize) -> String {
    let mut readings: Vec<String> = part.readings.iter().take(shown).map(reading).collect();
    let more = part.readings.len().saturating_sub(shown).saturating_add(part.more as usize);
    if more > 0 {
        readings.push(format!("(+{more})"));
    }
    if readings.is_empty() { NONE.to_owned() } else { number(&readings.join("  ")) }
}

fn reading(reading: &DiaryReading) -> String {
    let DiaryReading { minute, systolic, diastolic, pulse: _, irregular, doubted } = *reading;
    let marks = [(irregular, "*"), (doubted, "?")].into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark);
    format!("{:02}:{:02} {systolic}/{diastolic}{}", minute / 60, minute % 60, marks.collect::<String>())
}

/// Numbers read from left to right in every language.
fn number(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::{date, day};
    use crate::words::plain;

    #[test]
    fn a_cell_says_its_readings_their_marks_and_how_many_more() {
        let day = day(date(11, 1));
        assert_eq!(plain(&cell(&day.morning, 2)), "07:05 128/79  07:06 126/79*  (+1)");
        assert_eq!(plain(&cell(&day.evening, 2)), "20:10 131/79?");
        assert_eq!(cell(&day.other, 1), NONE);
        assert_eq!(plain(&cell(&day.morning, 1)), "07:05 128/79  (+2)");
    }
}
