//! Journey: pages on paper, held to PDF/UA by others. What a page says, and how a file is checked, is tested beside the code
//! (`crates/report`, `api/src/report/tests.rs`).

use std::path::Path;

use anyhow::{Result, ensure};
use salus_insight::clinical::{Date, Material, WallTime};
use salus_report::content::{Body, Moment, Profile, Report, Summed, VERSION};
use salus_report::{Card, Code, Seal, attached, lines};
use salus_tests::desk::{Desk, START};
use salus_tests::pdf::Judge;
use salus_wire::command as c;
use salus_wire::view::{ReportKind, ReportLanguage, ValueView};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

const DAY: i64 = 86_400_000;
const BOTH: [(ReportLanguage, &str); 2] = [(ReportLanguage::English, "en"), (ReportLanguage::Arabic, "ar")];

/// What the judge is told to expect.
fn expect(
    dir: &Path,
    lang: &str,
    texts: &[String],
    tables: u8,
    figures: u8,
    files: &[(&str, &[u8])],
) -> Result<std::path::PathBuf> {
    let mut named = serde_json::Map::new();
    for (name, octets) in files {
        let path = dir.join(format!("expected-{name}"));
        std::fs::write(&path, octets)?;
        named.insert((*name).to_owned(), path.to_string_lossy().into());
    }
    let expected = serde_json::json!({
        "lang": lang, "texts": texts, "tables": tables, "figures": figures, "attached": named
    });
    let path = dir.join("expected.json");
    std::fs::write(&path, serde_json::to_vec(&expected)?)?;
    Ok(path)
}

/// Fourteen days of a sensor, a value every five minutes, summed up as the application does.
fn glucose() -> Result<Report> {
    let until = 20_776 * DAY;
    let mut material = Material::new(WallTime::fixed(0));
    let reading = |at: i64| {
        let value = Decimal::whole(90 + (at / 300_000) % 7 * 20);
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category: Category::Glucose,
            components: vec![Component { quantity: Quantity::InterstitialGlucose, value }],
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    };
    let readings: Vec<Reading> = (0..14 * 288).map(|n| reading(until - 14 * DAY + n * 300_000)).collect();
    material.take(&readings, |_| String::new());
    let summary = material.summary(Category::Glucose, until).ok_or_else(|| anyhow::anyhow!("a summary"))?;
    let date = |day| Date::of_day(day).ok_or_else(|| anyhow::anyhow!("a date"));
    let (first, last) = (date(20_762)?, date(20_775)?);
    Ok(Report {
        salus_report: VERSION,
        person: "مريم Example".into(),
        author: Some("Dr Ana Wójcik".into()),
        helper: None,
        first,
        last,
        from: until - 14 * DAY,
        to: until,
        made: Moment { at: until, date: date(20_776)?, minute: 605, offset: -210 },
        body: Body::Glucose(Profile {
            fortnight: Summed { first, last, summary },
            traces: material.traces(until),
            damaged: 0,
        }),
    })
}

#[test]
fn a_glucose_page_and_a_card_hold_to_pdf_ua_in_both_languages() -> Result<()> {
    let Some(judge) = Judge::find("a_glucose_page_and_a_card_hold_to_pdf_ua_in_both_languages") else {
        return Ok(());
    };
    let report = glucose()?;
    let content = report.octets()?;
    for (language, lang) in BOTH {
        let dir = tempfile::tempdir()?;
        let page = dir.path().join("page.pdf");
        let seal = Seal::new(&[1; 32], &[2; 32], &[3; 32]);
        let (code, file) = salus_report::report(&report, language, Some(&seal))?;
        ensure!(code == Code::of(&content));
        std::fs::write(&page, file)?;
        let mut texts = lines(&report, language);
        texts.push(code.to_string());
        let numbers = [1_u8, 2, 3].map(|n| format!("{n:02x}").repeat(32));
        let [chain, key, salt] = &numbers;
        let sealed =
            format!("{{\"salus_seal\":1,\"chain\":\"{chain}\",\"key\":\"{key}\",\"salt\":\"{salt}\"}}");
        let files = [("salus-report.json", &content[..]), ("salus-seal.json", sealed.as_bytes())];
        // A bar, the profile, the days and the code.
        let expected = expect(dir.path(), lang, &texts, 1, 4, &files)?;
        let faults = judge.faults(&page, &expected)?;
        ensure!(faults.is_empty(), "{lang}: {}", faults.join("\n"));

        let card = Card {
            name: "Maria Example".into(),
            call: "555 0100".into(),
            until: report.last,
            text: "SE1AB-CDEFG-HJKMN".into(),
        };
        std::fs::write(&page, salus_report::card(&card, report.made, language)?)?;
        let texts = ["Maria Example".to_owned(), "SE1AB-CDEFG-HJKMN".to_owned()];
        let expected = expect(dir.path(), lang, &texts, 0, 1, &[])?;
        let faults = judge.faults(&page, &expected)?;
        ensure!(faults.is_empty(), "card, {lang}: {}", faults.join("\n"));
    }
    Ok(())
}

#[tokio::test]
async fn what_a_person_makes_holds_to_pdf_ua_and_a_judge_sees_what_is_missing() -> Result<()> {
    let name = "what_a_person_makes_holds_to_pdf_ua_and_a_judge_sees_what_is_missing";
    let Some(judge) = Judge::find(name) else { return Ok(()) };
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(&dir.path().join("record")).await?;
    for day in 1..9 {
        for (minute, systolic) in [(0, "128"), (1, "131")] {
            let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
            let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, "79")];
            let at = START - day * DAY + minute * 60_000;
            desk.ok(c::TypeReading { category: Category::BloodPressure, values, at, note: None }).await?;
        }
        let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() }];
        desk.ok(c::TypeReading { category: Category::BodyWeight, values, at: START - day * DAY, note: None })
            .await?;
    }
    let page = dir.path().join("page.pdf");
    desk.answers.choose(Some(&page));
    for (kind, categories, tables, figures) in [
        (ReportKind::Visit, vec![Category::BloodPressure, Category::BodyWeight, Category::Respiration], 0, 3),
        (ReportKind::Diary, vec![], 1, 1),
        (ReportKind::Glucose, vec![], 0, 1),
    ] {
        for (language, lang) in BOTH {
            let (from, to) = (START - 10 * DAY, START + 1);
            let report = c::MakeReport { report: kind, categories: categories.clone(), from, to, language };
            let made = desk.ok(report).await?;
            let found = attached::find(&std::fs::read(&page)?).ok_or_else(|| anyhow::anyhow!("a report"))?;
            let mut texts = lines(&found.report, language);
            texts.push(made.code);
            let files = [("salus-report.json", &found.report.octets()?[..])];
            let expected = expect(dir.path(), lang, &texts, tables, figures, &files)?;
            let faults = judge.faults(&page, &expected)?;
            ensure!(faults.is_empty(), "{kind:?}, {lang}: {}", faults.join("\n"));
            // Whoever judges sees what is not there.
            texts.push("nowhere said".into());
            let other = [("salus-report.json", &b"{}"[..])];
            let wrong = expect(dir.path(), "xx", &texts, tables + 1, figures + 1, &other)?;
            ensure!(judge.faults(&page, &wrong)?.len() >= 5, "{kind:?}, {lang}");
        }
    }
    Ok(())
}
