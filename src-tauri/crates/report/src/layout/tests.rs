use proptest::prelude::*;
use salus_wire::view::ReportLanguage;

use super::*;
use crate::code::Code;
use crate::content::tests::{diary, full_visit, helped};
use crate::content::{Report, named};
use crate::page::{blocks, foot};

fn laid(report: &Report, language: ReportLanguage) -> Result<Vec<Piece>, ReportError> {
    let (fonts, words) = (Fonts::read()?, Words::of(language));
    let foot = foot(&Code::of(b"content"), &words);
    page(&fonts, &words, |squeeze| blocks(report, &words, squeeze), &foot).map(|(pieces, _)| pieces)
}

/// Every line of a piece, in reading order.
fn lines<'a>(piece: &'a Piece, all: &mut Vec<&'a Placed>) {
    match piece {
        Piece::Group(_, inner) => inner.iter().for_each(|piece| lines(piece, all)),
        Piece::Line(placed) => all.push(placed),
        Piece::Picture(_, labels) => all.extend(labels),
        Piece::Ornament(_) => {}
    }
}

#[test]
fn the_fullest_pages_fit_in_both_languages_and_stay_on_the_paper() {
    for report in [diary(), full_visit(), helped(diary()), helped(full_visit())] {
        for language in [ReportLanguage::English, ReportLanguage::Arabic] {
            let pieces = laid(&report, language).unwrap();
            let mut all = Vec::new();
            pieces.iter().for_each(|piece| lines(piece, &mut all));
            assert!(all.len() > 30);
            for placed in all {
                let right = placed.x + placed.line.whole;
                assert!(
                    placed.baseline > 0.0 && placed.baseline < HEIGHT - MARGIN / 2.0,
                    "{}",
                    placed.line.text
                );
                assert!(placed.x > MARGIN - 12.0 && right < WIDTH - MARGIN + 12.0, "{}", placed.line.text);
            }
        }
    }
}

#[test]
fn what_can_never_fit_is_an_error_and_not_a_second_page() {
    let (fonts, words) = (Fonts::read().unwrap(), Words::of(ReportLanguage::English));
    let many = |_: Squeeze| vec![Block::Para { text: "word ".repeat(790), tone: Tone::Plain }; 9];
    assert_eq!(page(&fonts, &words, many, &[]).err(), Some(ReportError::DoesNotFit));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_names_fit(name: String, author: Option<String>, arabic: bool) {
        let language = if arabic { ReportLanguage::Arabic } else { ReportLanguage::English };
        let author = author.map(|author| named(&author));
        let report = Report { person: named(&name), author, ..full_visit() };
        prop_assert!(laid(&report, language).is_ok());
    }
}
