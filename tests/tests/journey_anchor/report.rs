//! A report on paper, recorded with real members: its own record knows it, anybody with the file can have its age proven, and a file
//! that was altered after that is told.

use std::path::Path;
use std::sync::Arc;

use salus_api::{App, Config};
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{CheckedReportView, ReportKind, ReportLanguage, ReportStanding, Role};
use salus_wire::{Category, ErrorCode, Failure};

use crate::{PATIENCE, passphrase, weigh};

const DAY: i64 = 86_400_000;

async fn person(dir: &Path, genesis: &Path, name: &str, file: &Path) -> App {
    let answers = Arc::new(Answers::default());
    answers.choose(Some(file));
    let alone = Config::new(dir.to_owned(), Arc::new(SystemClock), answers);
    // On a computer of nobody's: a passphrase at its least cost.
    let config = Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone };
    let app = App::new(config).await.unwrap();
    let profile = c::CreateProfile { name: name.into(), role: Role::Patient, passphrase: passphrase() };
    app.run(profile).await.unwrap();
    app
}

async fn check(app: &App, code: Option<&str>) -> Result<CheckedReportView, Failure> {
    let code = code.map(str::to_owned);
    app.run(c::CheckReport { code, language: ReportLanguage::English }).await
}

pub(crate) async fn a_report_is_recorded_and_proven(dir: &Path, genesis: &Path) {
    let file = dir.join("report.pdf");
    let maria = person(&dir.join("maria"), genesis, "Maria Example", &file).await;
    let other = person(&dir.join("other"), genesis, "Mario Example", &file).await;
    weigh(&maria).await.unwrap();
    let now = maria.run(c::GetApp {}).await.unwrap().now;
    let report = c::MakeReport {
        report: ReportKind::Visit,
        categories: vec![Category::BodyWeight],
        from: now - DAY,
        to: now,
        language: ReportLanguage::English,
    };
    let made = maria.run(report).await.unwrap();
    let recorded = eventually(PATIENCE, async || {
        maria.run(c::ListReports {}).await.ok()?.into_iter().find(|r| r.code == made.code)?.recorded
    });
    let recorded = recorded.await.expect("the members record it");
    for code in [None, Some(made.code.as_str())] {
        let view = check(&maria, code).await.unwrap();
        assert_eq!((view.standing, view.recorded), (ReportStanding::Proven, Some(recorded)));
    }
    // Somebody else's Salus: when it was recorded is proven, by whom is not; and a code alone leads nowhere.
    let view = check(&other, None).await.unwrap();
    assert_eq!((view.standing, view.recorded, view.made), (ReportStanding::Elsewhere, Some(recorded), None));
    assert_eq!(check(&other, Some(&made.code)).await.unwrap_err().code, ErrorCode::UnknownReport);
    // One figure of what the file carries.
    let octets = std::fs::read(&file).unwrap();
    let what = b"\"max\":\"70.5\"";
    let at = octets.windows(what.len()).position(|window| window == what).unwrap();
    let altered = [&octets[..at], b"\"max\":\"60.5\"", &octets[at + what.len()..]].concat();
    std::fs::write(&file, altered).unwrap();
    for app in [&maria, &other] {
        assert_eq!(check(app, None).await.unwrap_err().code, ErrorCode::ReportAltered);
    }
    for app in [maria, other] {
        app.close().await.unwrap();
    }
}
