use proptest::prelude::*;
use salus_insight::clinical::Date;

use super::*;
use crate::attached;
use crate::content::tests::{diary, full_visit};
use crate::content::{Body, Visit, named};

const BOTH: [ReportLanguage; 2] = [ReportLanguage::English, ReportLanguage::Arabic];

fn holds(file: &[u8], what: &str) -> bool {
    memchr::memmem::find(file, what.as_bytes()).is_some()
}

fn empty_visit() -> Report {
    let visit =
        Visit { parts: vec![], absent: vec![], devices: vec![], typed: false, imported: false, damaged: 0 };
    Report { body: Body::Visit(visit), ..diary() }
}

#[test]
fn a_report_is_one_tagged_page_of_both_standards_with_its_content() {
    for report in [diary(), full_visit(), empty_visit()] {
        for language in BOTH {
            let seal = Seal::new(&[1; 32], &[2; 32], &[3; 32]);
            let (code, file) = super::report(&report, language, Some(&seal)).unwrap();
            assert!(file.starts_with(b"%PDF-1.7") && file.len() < attached::MOST_FILE);
            for what in ["/StructTreeRoot", "/Marked true", "/Count 1", "/AFRelationship", "/Outlines"] {
                assert!(holds(&file, what), "{what}");
            }
            assert!(holds(&file, "<pdfuaid:part>1<") && holds(&file, "<pdfaid:part>3<"));
            let found = attached::find(&file).unwrap();
            assert_eq!((&found.report, found.code, found.seal), (&report, code, Some(seal)));
            // The same content gives the same file.
            let again = Seal::new(&[1; 32], &[2; 32], &[3; 32]);
            assert_eq!(super::report(&report, language, Some(&again)).unwrap(), (code, file));
        }
    }
}

#[test]
fn the_code_is_of_the_content_and_not_of_the_language() {
    let codes = BOTH.map(|language| super::report(&full_visit(), language, None).unwrap().0);
    assert_eq!(codes[0], codes[1]);
    let other = Report { person: "Mario Example".into(), ..full_visit() };
    assert_ne!(super::report(&other, ReportLanguage::English, None).unwrap().0, codes[0]);
}

#[test]
fn a_card_is_a_page_without_anything_attached() {
    let card = Card {
        name: "Maria Example".into(),
        call: "Her daughter, 555 0100".into(),
        until: Date { year: 2027, month: 5, day: 17 },
        text: "SE1AB-CDEFG\nHJKMN-PQRST".into(),
    };
    for language in BOTH {
        let file = super::card(&card, diary().made, language).unwrap();
        assert!(file.starts_with(b"%PDF-1.7") && holds(&file, "/StructTreeRoot"));
        assert!(attached::find(&file).is_none() && !holds(&file, "PQRST"));
    }
    assert!(!format!("{card:?}").contains("PQRST"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_name_is_a_page(name: String, arabic: bool) {
        let report = Report { person: named(&name), ..diary() };
        let (code, file) = super::report(&report, BOTH[usize::from(arabic)], None).unwrap();
        prop_assert_eq!(attached::find(&file).map(|found| (found.report, found.code)), Some((report, code)));
    }
}
