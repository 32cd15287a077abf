//! What an export holds in memory: as much of a record that is four times as long.

use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

use super::sink::{WAITING, held};
use super::*;
use crate::testing::{self, Hands, NOON};

const HOURS: i64 = 12;
const READINGS: i64 = 100;
const FORMATS: [ExportFormat; 3] = [ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::Fhir];

#[derive(Debug)]
struct Taken {
    /// Octets of the largest piece that was handed over.
    largest: usize,
    /// Octets that were handed over and not written yet, at most.
    most: usize,
    file: u64,
}

/// Readings of these hours before noon, the same in each.
async fn store(open: &Open, hours: std::ops::Range<i64>) {
    let noon = Epoch::at(NOON).unwrap();
    for hour in hours {
        let start = noon.start() - (hour + 1) * (noon.end() - noon.start());
        let reading = |n: i64| Reading {
            at: start + n * 1000,
            arrived: start + n * 1000,
            device: DeviceId([1; 16]),
            category: Category::HeartRate,
            components: vec![Component { quantity: Quantity::HeartRate, value: Decimal::whole(72) }],
            quality: Quality(0),
            device_time: None,
            user: None,
        };
        open.vault.record(&(0..READINGS).map(reading).collect::<Vec<_>>()).await.unwrap();
    }
}

async fn exported(app: &App, open: &Open, to: &Path, hours: i64) -> Vec<Taken> {
    let mut all = Vec::new();
    for format in FORMATS {
        let running = app.begin("export_record").unwrap();
        held::seen();
        let view = write(app, open, format, to, &running).await.unwrap();
        let (largest, most) = held::seen();
        assert_eq!(i64::try_from(view.readings).unwrap(), hours * READINGS, "{format:?}");
        all.push(Taken { largest, most, file: std::fs::metadata(to).unwrap().len() });
    }
    all
}

#[tokio::test]
async fn an_export_of_a_record_four_times_as_long_holds_no_more_at_a_time() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = testing::patient(dir.path(), &Hands::at(NOON)).await;
    let to = out.path().join("all");
    {
        let open = app.open().await.unwrap();
        store(&open, 0..HOURS).await;
        let short = exported(&app, &open, &to, HOURS).await;
        store(&open, HOURS..4 * HOURS).await;
        let long = exported(&app, &open, &to, 4 * HOURS).await;
        for (format, (short, long)) in FORMATS.iter().zip(short.iter().zip(&long)) {
            let told = format!("{format:?}: {short:?}, then {long:?}");
            assert!(short.largest > 0, "{told}");
            // The number of a reading has a figure more.
            assert!(long.largest <= short.largest + short.largest / 10, "{told}");
            for taken in [short, long] {
                // Those that wait, the one that is being written, and the one that waits to be handed over.
                assert!(taken.most <= (WAITING + 2) * taken.largest, "{told}");
            }
            // Of readings FHIR says only where they come from.
            assert!(*format == ExportFormat::Fhir || long.file > 3 * short.file, "{told}");
        }
    }
    app.lock().await.unwrap();
}
