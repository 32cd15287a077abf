use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use salus_report::content::Body;
use salus_wire::command::{CheckReport, CreateProfile, TypeReading, Unlock};
use salus_wire::view::{ReportStanding, Role, ValueView};
use salus_wire::{Category, GrantId, Quantity};

use super::*;
use crate::MemoryHeads;
use crate::testing::{Hands, NOON, PASSPHRASE, choosing};

const DAY: i64 = 86_400_000;

/// A patient's record whose every dialog chooses `file`.
async fn patient(dir: &Path, clock: &Arc<Hands>, file: &Path) -> App {
    let app = choosing(dir, clock, Arc::new(MemoryHeads::default()), file).await;
    let profile =
        CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
    app
}

async fn pressure(app: &App, at: UnixMillis, systolic: &str) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, "79")];
    app.run(TypeReading { category: Category::BloodPressure, values, at, note: Some("my own".into()) })
        .await
        .unwrap();
}

fn make(report: ReportKind) -> MakeReport {
    let categories = match report {
        ReportKind::Visit => vec![Category::BloodPressure],
        ReportKind::Diary | ReportKind::Glucose => vec![],
    };
    MakeReport { report, categories, from: NOON - 10 * DAY, to: NOON + 1, language: ReportLanguage::English }
}

fn check(code: Option<&str>) -> CheckReport {
    CheckReport { code: code.map(str::to_owned), language: ReportLanguage::English }
}

async fn refused<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|f| f.code)
}

fn paths(dir: &Path) -> (PathBuf, PathBuf) {
    (dir.join("record"), dir.join("report.pdf"))
}

#[tokio::test]
async fn a_report_is_written_kept_and_known_again_by_file_and_by_code() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let (home, file) = paths(dir.path());
    let app = patient(&home, &clock, &file).await;
    pressure(&app, NOON - DAY, "128").await;
    pressure(&app, NOON - 2 * DAY, "132").await;
    for kind in [ReportKind::Visit, ReportKind::Diary, ReportKind::Glucose] {
        let made = app.run(make(kind)).await.unwrap();
        assert_eq!((made.kind, made.person.as_str(), made.recorded), (kind, "Maria Example", None));
        let octets = fs::read(&file).unwrap();
        assert!(octets.starts_with(b"%PDF-"));
        let found = salus_report::attached::find(&octets).unwrap();
        assert_eq!(found.code.to_string(), made.code);
        assert!(found.seal.is_none(), "there are no members");
        // A note is nobody's but the person's.
        assert!(memchr_of(&octets, b"my own").is_none());
        let by_file = app.run(check(None)).await.unwrap();
        assert_eq!(by_file.standing, ReportStanding::Waiting);
        assert_eq!((by_file.made.as_ref(), by_file.code.as_str()), (Some(&made), made.code.as_str()));
        assert!(by_file.lines.iter().any(|line| line == "Maria Example"), "{:?}", by_file.lines);
        let by_code = app.run(check(Some(&made.code.to_lowercase()))).await.unwrap();
        assert_eq!(
            (by_code.standing, by_code.made, by_code.lines.len()),
            (ReportStanding::Waiting, Some(made), 0)
        );
    }
    let listed = app.run(ListReports {}).await.unwrap();
    assert_eq!(listed.len(), 3);
    app.close().await.unwrap();
}

#[tokio::test]
async fn the_page_has_the_figures_of_the_screen() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let (home, file) = paths(dir.path());
    let app = patient(&home, &clock, &file).await;
    for (days, systolic) in (1_i64..).zip(["128", "131", "140"]) {
        pressure(&app, NOON - days * DAY, systolic).await;
    }
    app.run(make(ReportKind::Visit)).await.unwrap();
    let found = salus_report::attached::find(&fs::read(&file).unwrap()).unwrap();
    let Body::Visit(visit) = &found.report.body else { panic!("a visit") };
    let screen = salus_wire::command::GetRecord {
        category: Category::BloodPressure,
        from: NOON - 10 * DAY,
        to: NOON + 1,
        width: 200,
    };
    let screen = app.run(screen).await.unwrap();
    let part = &visit.parts[0];
    assert_eq!(part.total, screen.total);
    for (figure, shown) in part.figures.iter().zip(&screen.summary) {
        assert_eq!(
            (figure.quantity, figure.count, &figure.min, &figure.mean, &figure.max),
            (shown.quantity, shown.count, &shown.min, &shown.mean, &shown.max)
        );
    }
    assert_eq!(part.figures.len(), 2);
    let lines = salus_report::lines(&found.report, ReportLanguage::English).join("\n");
    let said = format!("{}/{}", screen.summary[0].mean, screen.summary[1].mean);
    assert!(lines.contains(&said), "{said} in {lines}");
    app.close().await.unwrap();
}

#[tokio::test]
async fn what_was_altered_resaved_or_is_of_another_record_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let (home, file) = paths(dir.path());
    let app = patient(&home, &clock, &file).await;
    pressure(&app, NOON - DAY, "128").await;
    let made = app.run(make(ReportKind::Visit)).await.unwrap();
    let octets = fs::read(&file).unwrap();
    // One figure of the attached content: another report, which nobody knows, whatever the page shows.
    let altered = replaced(&octets, b"\"max\":\"128\"", b"\"max\":\"118\"");
    fs::write(&file, altered).unwrap();
    let view = app.run(check(None)).await.unwrap();
    assert_eq!((view.standing, view.made), (ReportStanding::Unasked, None));
    assert_ne!(view.code, made.code);
    let content = memchr_of(&octets, b"{\"salus_report\":1,").unwrap();
    for spoilt in [&octets[..content + 50], b"%PDF-1.7 something else", b""] {
        fs::write(&file, spoilt).unwrap();
        assert_eq!(refused(&app, check(None)).await, Some(ErrorCode::NotAReport), "{}", spoilt.len());
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(refused(&app, check(None)).await, Some(ErrorCode::NotAReport));
    fs::write(&file, vec![b' '; salus_report::attached::MOST_FILE + 10]).unwrap();
    assert_eq!(refused(&app, check(None)).await, Some(ErrorCode::NotAReport));
    let mistyped = made.code.replacen(' ', "7", 1);
    for typed in ["", "ABCD", &mistyped, &"0".repeat(1_000)] {
        assert_eq!(refused(&app, check(Some(typed))).await, Some(ErrorCode::BadReportCode), "{typed}");
    }
    // A true code of nobody's: without members it cannot be said whose it is.
    let other = Code::of(b"something else").to_string();
    assert_eq!(app.run(check(Some(&other))).await.unwrap().standing, ReportStanding::Unasked);
    app.close().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_written_is_not_listed() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = patient(&dir.path().join("record"), &clock, &dir.path().join("missing/report.pdf")).await;
    assert_eq!(refused(&app, make(ReportKind::Diary)).await, Some(ErrorCode::TargetMissing));
    assert!(app.run(ListReports {}).await.unwrap().is_empty());
    assert_eq!(
        refused(&app, PrintCard { language: ReportLanguage::English }).await,
        Some(ErrorCode::UnknownPermission)
    );
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_clinician_has_no_report_of_what_was_not_opened_and_none_of_the_own_record() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let (home, file) = paths(dir.path());
    let app = choosing(&home, &clock, Arc::new(MemoryHeads::default()), &file).await;
    let profile =
        CreateProfile { name: "Dr Example".into(), role: Role::Clinician, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
    let id = GrantId([1; 32]);
    let opened = MakeOpenedReport { id, report: ReportKind::Visit, language: ReportLanguage::English };
    assert_eq!(refused(&app, opened).await, Some(ErrorCode::NothingYet));
    assert_eq!(refused(&app, make(ReportKind::Visit)).await, Some(ErrorCode::NotAllowed));
    app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert!(!file.exists());
    app.close().await.unwrap();
}

fn memchr_of(octets: &[u8], what: &[u8]) -> Option<usize> {
    octets.windows(what.len()).position(|window| window == what)
}

fn replaced(octets: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    let at = memchr_of(octets, what).unwrap();
    [&octets[..at], with, &octets[at + what.len()..]].concat()
}
