//! What the record alone knows, without members. With them: `tests/tests/journey_clinician.rs`.

use salus_wire::view::ExportFormat;
use salus_wire::{DeviceId, Quality, Reading};
use serde_json::Value;

use super::*;
use crate::testing::{self, Hands, NOON};

fn measured(at: i64, device: u8, category: Category) -> Reading {
    Reading {
        at,
        arrived: at + 5,
        device: DeviceId([device; 16]),
        category,
        components: Vec::new(),
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

fn of<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    resources.filter(|resource| resource["resourceType"] == kind).collect()
}

#[tokio::test]
async fn every_source_is_said_once_and_no_reading_and_no_key() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = testing::patient(dir.path(), &Hands::at(NOON)).await;
    testing::weigh(&app, NOON - 60_000).await.unwrap();
    let (key, mut texts) = {
        let open = app.open().await.unwrap();
        let many: Vec<Reading> =
            (1..50).map(|n| measured(NOON - n * 3_600_000, 1, Category::HeartRate)).collect();
        open.vault.record(&many).await.unwrap();
        open.vault.record(&[measured(NOON - 7, 2, Category::HeartRate)]).await.unwrap();
        open.vault.record(&[measured(NOON - 9, 1, Category::Respiration)]).await.unwrap();
        let mut texts = Vec::new();
        for name in ["one", "two"] {
            let running = app.begin("export_record").unwrap();
            let to = out.path().join(name);
            let view = super::super::write(&app, &open, ExportFormat::Fhir, &to, &running).await.unwrap();
            assert_eq!((view.readings, view.unclaimed, view.damaged), (52, 0, 0));
            let none = SharingExportView { permissions: 0, openings: 0, complete: true };
            assert_eq!(view.sharing, Some(none));
            texts.push(std::fs::read_to_string(to).unwrap());
        }
        (open.vault.writer().key, texts)
    };
    app.lock().await.unwrap();
    let (second, first) = (texts.pop().unwrap(), texts.pop().unwrap());
    assert_eq!(first, second, "the same record at the same time is the same file");
    assert!(!first.contains(&hex::encode(key)), "no key is in it");
    assert!(!first.contains("70.5"), "no reading is in it");

    let bundle: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(bundle["resourceType"], "Bundle");
    assert_eq!(bundle["type"], "collection");
    assert_eq!(bundle["timestamp"], "2026-11-18T11:06:40.000Z");
    assert_eq!(bundle["meta"]["tag"][0]["code"], "not-proven", "there are no members");
    let patients = of(&bundle, "Patient");
    assert_eq!(patients.len(), 1);
    assert_eq!(patients[0]["name"][0]["text"], "Maria Example");
    // Two that measured, and this computer, which was never enrolled.
    let devices = of(&bundle, "Device");
    assert_eq!(devices.len(), 3);
    let sources = of(&bundle, "Provenance");
    let told: Vec<_> = sources.iter().map(|s| s["target"][0]["display"].as_str().unwrap()).collect();
    let expected = [
        "every reading of this device: heart rate, breathing rate",
        "every reading of this device: heart rate",
        "every reading that was typed: weight and body composition",
    ];
    assert_eq!(told, expected);
    assert_eq!(sources[0]["occurredPeriod"]["end"], "2026-11-18T11:06:39.991Z");
    let hex = "01".repeat(16);
    assert_eq!(sources[0]["target"][0]["identifier"]["value"], hex.as_str());
    for source in sources {
        let agents = source["agent"].as_array().unwrap();
        assert_eq!(agents.len(), 2, "who, and this computer: {source}");
        let reference = agents[1]["who"]["reference"].as_str().unwrap();
        assert!(devices.iter().any(|d| reference.ends_with(d["id"].as_str().unwrap())), "{source}");
    }
    assert!(of(&bundle, "Consent").is_empty() && of(&bundle, "AuditEvent").is_empty());
}
