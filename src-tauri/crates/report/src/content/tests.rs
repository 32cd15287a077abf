//! Reports to test with, and that they read back.

use proptest::prelude::*;
use salus_insight::clinical::pressure::diary::{DiaryPart, DiaryReading};
use salus_wire::view::{Lack, LackView, Outcome, PressureView, ShortView};

use super::*;

pub(crate) const fn date(month: u8, day: u8) -> Date {
    Date { year: 2026, month, day }
}

pub(crate) fn missing() -> ShortView {
    let lacks = vec![LackView { what: Lack::PressureReadings, have: 8, need: 12 }];
    ShortView { from: 1, to: 2, lacks }
}

pub(crate) fn of(body: Body) -> Report {
    Report {
        salus_report: VERSION,
        person: "Maria Example".into(),
        author: None,
        helper: None,
        first: date(11, 1),
        last: date(11, 30),
        from: 1_793_491_200_000,
        to: 1_796_083_200_000,
        made: Moment { at: 1_796_090_000_000, date: date(12, 1), minute: 14 * 60 + 5, offset: 60 },
        body,
    }
}

pub(crate) fn day(on: Date) -> DiaryDay {
    let reading = |minute, systolic, irregular, doubted| DiaryReading {
        minute,
        systolic,
        diastolic: 79,
        pulse: Some(61),
        irregular,
        doubted,
    };
    let morning = DiaryPart {
        readings: vec![reading(425, 128, false, false), reading(426, 126, true, false)],
        more: 1,
    };
    let evening = DiaryPart { readings: vec![reading(1_210, 131, false, true)], more: 0 };
    let mean = Some(PressureView { systolic: 127, diastolic: 79 });
    DiaryDay { date: on, morning, evening, other: DiaryPart::default(), mean }
}

/// A diary of a month that has too little for a mean.
pub(crate) fn diary() -> Report {
    let days = (1..=30).map(|d| day(date(11, d))).collect();
    let summary = ClinicalSummary::Pressure(Outcome::NotEnough(missing()));
    let week = Summed { first: date(11, 24), last: date(11, 30), summary };
    of(Body::Diary(Diary { days, week, damaged: 0 }))
}

/// A page for a visit with every category, each with as much as there can be.
pub(crate) fn full_visit() -> Report {
    let figure = |quantity: &Quantity| Figure {
        quantity: *quantity,
        count: 43_200,
        min: "36.4".into(),
        mean: "128.5".into(),
        max: "180".into(),
        coverage: 71,
    };
    let line = |quantity: &Quantity| SketchLine {
        quantity: *quantity,
        runs: (0..200_u16).map(|i| vec![[i * 50, 2_000, 8_000, 5_000]]).collect(),
    };
    let tick = |at: u16| Tick { at, label: (40 + at / 100).to_string() };
    let part = |category: &Category| Part {
        category: *category,
        total: 43_200,
        figures: category.drawn().iter().map(figure).collect(),
        summary: (*category == Category::BloodPressure).then(|| Summed {
            first: date(11, 24),
            last: date(11, 30),
            summary: ClinicalSummary::Pressure(Outcome::NotEnough(missing())),
        }),
        sketch: Sketch {
            ticks: [0, 2_500, 5_000, 7_500, 10_000].map(tick).to_vec(),
            lines: category.drawn().iter().map(line).take(4).collect(),
        },
    };
    let source =
        |n: usize| Source::new(&format!("Device {n} {}", "of a long name ".repeat(5)), Some("Maker Model 1"));
    of(Body::Visit(Visit {
        parts: Category::ALL.iter().map(part).collect(),
        absent: vec![],
        devices: (0..MOST_SOURCES).map(source).collect(),
        typed: true,
        imported: true,
        damaged: 3,
    }))
}

/// A page as somebody makes it who helps.
pub(crate) fn helped(report: Report) -> Report {
    let reach = Reach { first: date(10, 20), categories: Category::ALL.to_vec() };
    Report { salus_report: HELPED, author: Some("Leila Example".into()), helper: Some(reach), ..report }
}

#[test]
fn a_helpers_report_has_a_version_a_name_and_what_they_can_read() {
    let octets = helped(diary()).octets().unwrap();
    assert!(octets.starts_with(b"{\"salus_report\":2,"));
    let own = String::from_utf8(diary().octets().unwrap()).unwrap();
    assert!(
        own.starts_with("{\"salus_report\":1,") && !own.contains("\"helper\""),
        "as it was before there were any"
    );
    let reach = |with: &dyn Fn(&mut Reach)| {
        let mut report = helped(diary());
        report.helper.iter_mut().for_each(with);
        report
    };
    for spoilt in [
        Report { salus_report: VERSION, ..helped(diary()) },
        Report { author: None, ..helped(diary()) },
        Report { helper: None, ..helped(diary()) },
        reach(&|reach| reach.categories.clear()),
        reach(&|reach| reach.categories.push(Category::HeartRate)),
        reach(&|reach| reach.first = date(13, 1)),
    ] {
        assert_eq!(spoilt.octets(), Err(ReportError::Limits), "{spoilt:?}");
        assert_eq!(Report::read(&serde_json::to_vec(&spoilt).unwrap()), None);
    }
}

#[test]
fn a_report_reads_back_and_says_what_it_is() {
    for report in [diary(), full_visit(), helped(diary()), helped(full_visit())] {
        let octets = report.octets().unwrap();
        assert!(octets.starts_with(BEGINS) && octets.len() < MOST_OCTETS);
        assert_eq!(Report::read(&octets), Some((report.clone(), octets.len())));
        let longer = [&octets[..], b"\nendstream"].concat();
        assert_eq!(Report::read(&longer), Some((report, octets.len())));
    }
    assert_eq!((diary().kind(), full_visit().kind()), (ReportKind::Diary, ReportKind::Visit));
}

#[test]
fn what_is_beyond_a_limit_is_neither_made_nor_read() {
    let mut spoilt: Vec<Report> = Vec::new();
    let mut spoil = |with: &dyn Fn(&mut Report)| {
        let mut report = full_visit();
        with(&mut report);
        spoilt.push(report);
    };
    let visit = |report: &mut Report, with: &dyn Fn(&mut Visit)| {
        if let Body::Visit(visit) = &mut report.body {
            with(visit);
        }
    };
    spoil(&|r| r.person = "n".repeat(121));
    spoil(&|r| r.salus_report = 2);
    spoil(&|r| r.first = date(13, 1));
    spoil(&|r| r.last = date(10, 1));
    spoil(&|r| r.to = r.from);
    spoil(&|r| r.made.minute = 1_440);
    spoil(&|r| visit(r, &|v| v.absent.push(Category::HeartRate)));
    spoil(&|r| visit(r, &|v| v.parts.push(v.parts[0].clone())));
    spoil(&|r| visit(r, &|v| v.devices.push(Source::new("one more", None))));
    spoil(&|r| visit(r, &|v| v.parts[0].figures[0].mean = "<b>".into()));
    spoil(&|r| visit(r, &|v| v.parts[0].figures[0].coverage = 101));
    spoil(&|r| visit(r, &|v| v.parts[0].sketch.lines[0].runs[0][0][1] = 10_001));
    spoil(&|r| visit(r, &|v| v.parts[0].sketch.lines[0].runs.push(vec![])));
    for report in spoilt {
        assert_eq!(report.octets(), Err(ReportError::Limits), "{report:?}");
        assert_eq!(Report::read(&serde_json::to_vec(&report).unwrap()), None);
    }
}

proptest! {
    #[test]
    fn any_name_is_carried(name: String, author: Option<String>) {
        let report = Report { person: named(&name), author: author.map(|a| named(&a)), ..diary() };
        let octets = report.octets().unwrap();
        prop_assert_eq!(Report::read(&octets), Some((report, octets.len())));
    }
}
