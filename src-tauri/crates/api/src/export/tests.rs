//! What is exported equals what was stored, in both formats, for readings of every shape; and stopping.

#![expect(clippy::cast_possible_truncation, reason = "small numbers of the tests")]

use std::path::Path;

use salus_wire::measure::DeviceTime;
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};
use serde_json::Value;

use super::*;
use crate::namespace;
use crate::testing::{self, Hands, NOON as START};

async fn app(dir: &Path) -> App {
    testing::patient(dir, &Hands::at(START)).await
}

/// Readings over three weeks, of every category and with every quantity, flag and extreme.
fn readings() -> Vec<Reading> {
    let mut all = Vec::new();
    for (n, quantity) in (0i64..).zip(Quantity::ALL.iter().cycle().take(400)) {
        let category = Category::ALL[n as usize % Category::ALL.len()];
        let value = |mantissa, exponent| Decimal { mantissa, exponent };
        let mut components =
            vec![Component { quantity: *quantity, value: value(n * 7 - 300, (n % 7) as i8 - 3) }];
        if n % 3 == 0 {
            // Two of one kind, as intervals between heartbeats are.
            components.push(Component { quantity: *quantity, value: value(-n, 2) });
        }
        if n % 5 == 0 {
            let original = Quantity::ALL.iter().find(|q| q.original_of() == Some(*quantity));
            components
                .extend(original.map(|quantity| Component { quantity: *quantity, value: value(n, -1) }));
        }
        if n % 11 == 0 {
            components.clear();
        }
        let extreme = [i64::MAX, i64::MIN + 1, 0][n as usize % 3];
        if n % 13 == 0 {
            components.push(Component { quantity: *quantity, value: value(extreme, -128) });
        }
        let at = START - n * 4_321_987;
        all.push(Reading {
            at,
            arrived: at + n % 4,
            device: DeviceId([(n % 5) as u8; 16]),
            category,
            components,
            quality: Quality((n * 163) as u16),
            device_time: (n % 2 == 0).then_some(DeviceTime {
                year: 2026,
                month: 2,
                day: 30,
                hour: 1,
                minute: 2,
                second: (n % 60) as u8,
            }),
            user: (n % 4 == 0).then_some((n % 256) as u8),
        });
    }
    all
}

fn order(mut readings: Vec<Reading>) -> Vec<Reading> {
    for r in &mut readings {
        r.components.sort_by_key(|c| (c.quantity, c.value.exponent, c.value.mantissa));
    }
    readings.sort_by_key(|r| (r.at, r.category, r.arrived));
    readings
}

fn named<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(Value::String(name.into())).unwrap()
}

fn flags_of<'a>(names: impl Iterator<Item = &'a str>) -> Quality {
    let bit = |name: &str| facts::FLAGS.iter().find(|(_, n)| *n == name).unwrap().0;
    Quality(names.fold(0, |bits, name| bits | bit(name)))
}

fn device_time_of(text: &str) -> DeviceTime {
    let n = |from: usize, to: usize| text[from..to].parse::<u16>().unwrap();
    let small = |from: usize| u8::try_from(n(from, from + 2)).unwrap();
    DeviceTime {
        year: n(0, 4),
        month: small(5),
        day: small(8),
        hour: small(11),
        minute: small(14),
        second: small(17),
    }
}

fn device_of(hex: &str) -> DeviceId {
    DeviceId(hex::decode(hex).unwrap().try_into().unwrap())
}

fn of_line(line: &str) -> Reading {
    let line: Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| line[name].as_str().unwrap();
    let value = |v: &Value| {
        let exponent = i8::try_from(v["exponent"].as_i64().unwrap()).unwrap();
        let value = Decimal { mantissa: v["mantissa"].as_i64().unwrap(), exponent };
        assert_eq!(v["value"], value.to_string());
        let quantity: Quantity = named(v["quantity"].as_str().unwrap());
        assert_eq!(v["unit"], quantity.ucum());
        Component { quantity, value }
    };
    Reading {
        at: line["time_ms"].as_i64().unwrap(),
        arrived: line["arrived_ms"].as_i64().unwrap(),
        device: device_of(text("device")),
        category: named(text("category")),
        components: line["values"].as_array().unwrap().iter().map(value).collect(),
        quality: flags_of(line["flags"].as_array().unwrap().iter().map(|f| f.as_str().unwrap())),
        device_time: line["device_time"].as_str().map(device_time_of),
        user: line["user"].as_u64().map(|u| u8::try_from(u).unwrap()),
    }
}

/// A number of the table: the exponent says how many places are its precision.
fn decimal(value: &str, exponent: &str) -> Decimal {
    let exponent: i8 = exponent.parse().unwrap();
    let digits: String = value.chars().filter(|c| *c != '.').collect();
    let digits = if exponent > 0 {
        digits.strip_suffix(&"0".repeat(exponent.unsigned_abs().into())).unwrap_or(&digits)
    } else {
        &digits
    };
    let decimal = Decimal { mantissa: digits.parse().unwrap(), exponent };
    assert_eq!(decimal.to_string(), value);
    decimal
}

fn of_table(text: &str) -> Vec<Reading> {
    let mut table = ::csv::ReaderBuilder::new().from_reader(text.as_bytes());
    assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>(), csv::COLUMNS);
    let mut all: Vec<(String, Reading)> = Vec::new();
    for row in table.records() {
        let row = row.unwrap();
        let cell = |name: &str| row.get(csv::COLUMNS.iter().position(|c| *c == name).unwrap()).unwrap();
        let known = |name: &str| Some(cell(name)).filter(|c| !c.is_empty());
        let value = |quantity: &str, value: &str, exponent: &str| {
            known(quantity)
                .map(|q| Component { quantity: named(q), value: decimal(cell(value), cell(exponent)) })
        };
        let values = [
            value("quantity", "value", "exponent"),
            value("original_quantity", "original_value", "original_exponent"),
        ];
        if all.last().is_none_or(|(n, _)| n != cell("reading")) {
            all.push((
                cell("reading").to_owned(),
                Reading {
                    at: cell("time_ms").parse().unwrap(),
                    arrived: cell("arrived_ms").parse().unwrap(),
                    device: device_of(cell("device")),
                    category: named(cell("category")),
                    components: Vec::new(),
                    quality: flags_of(cell("flags").split_whitespace()),
                    device_time: known("device_time").map(device_time_of),
                    user: known("user").map(|u| u.parse().unwrap()),
                },
            ));
        }
        all.last_mut().unwrap().1.components.extend(values.into_iter().flatten());
    }
    all.into_iter().map(|(_, reading)| reading).collect()
}

#[tokio::test]
async fn what_is_exported_equals_what_was_stored() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = app(dir.path()).await;
    let stored = readings();
    {
        let open = app.open().await.unwrap();
        // Some sealed, some in the journal, some twice.
        open.vault.record(&stored[200..]).await.unwrap();
        open.vault.close_epochs(START).await.unwrap();
        open.vault.record(&stored).await.unwrap();
        for (format, name) in [(ExportFormat::JsonLines, "lines"), (ExportFormat::Csv, "table")] {
            let running = app.begin("export_record").unwrap();
            let view = write(&app, &open, format, &out.path().join(name), &running).await.unwrap();
            assert_eq!((view.readings, view.unclaimed, view.damaged), (stored.len() as u64, 0, 0));
        }
    }
    let lines = std::fs::read_to_string(out.path().join("lines")).unwrap();
    let read: Vec<Reading> = lines.lines().map(of_line).collect();
    // The order of values within a reading is kept here, and lost in the table only between a value and its original.
    let by_instant = |mut readings: Vec<Reading>| {
        readings.sort_by_key(|r| (r.at, r.category, r.arrived));
        readings
    };
    assert!(by_instant(read) == by_instant(stored.clone()), "the lines are not what was stored");
    let table = std::fs::read_to_string(out.path().join("table")).unwrap();
    assert!(table.ends_with("\r\n"));
    assert!(order(of_table(&table)) == order(stored), "the table is not what was stored");
    app.lock().await.unwrap();
}

#[tokio::test]
async fn stopped_it_leaves_nothing_and_what_was_there_stays() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = app(dir.path()).await;
    let to = out.path().join("table");
    std::fs::write(&to, "an earlier one").unwrap();
    {
        let open = app.open().await.unwrap();
        open.vault.record(&readings()).await.unwrap();
        let running = app.begin("export_record").unwrap();
        assert_eq!(app.begin("make_backup").err().map(|f| f.code), Some(ErrorCode::Busy));
        running.watch.stop();
        let stopped = write(&app, &open, ExportFormat::Csv, &to, &running).await;
        assert_eq!(stopped.err().map(|f| f.code), Some(ErrorCode::Cancelled));
        drop(running);
        assert!(app.begin("make_backup").is_ok());
    }
    app.lock().await.unwrap();
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "an earlier one");
}

/// Every line of an export.
async fn lines(app: &App, to: &Path) -> (ExportView, Vec<Value>) {
    let open = app.open().await.unwrap();
    let running = app.begin("export_record").unwrap();
    let view = write(app, &open, ExportFormat::JsonLines, to, &running).await.unwrap();
    let text = std::fs::read_to_string(to).unwrap();
    (view, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[tokio::test]
async fn of_a_damaged_hour_what_came_afterwards_is_written() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = app(dir.path()).await;
    let stored = readings();
    let (old, spoilt) = (&stored[0], stored[0].at + 1);
    {
        let open = app.open().await.unwrap();
        open.vault.record(std::slice::from_ref(old)).await.unwrap();
        open.vault.close_epochs(START + 3 * 3_600_000).await.unwrap();
        open.vault.spoil(salus_vault::Spoilt::Segment).await.unwrap();
        let later = Reading { at: spoilt, arrived: spoilt, device_time: None, user: None, ..old.clone() };
        open.vault.record(&[later, stored[20].clone()]).await.unwrap();
    }
    let (view, lines) = lines(&app, &out.path().join("lines")).await;
    assert_eq!((view.readings, view.damaged), (2, 1));
    assert!(lines.iter().any(|line| line["time_ms"] == spoilt), "of the hour that is damaged");
    app.lock().await.unwrap();
}

#[tokio::test]
async fn readings_that_wait_for_somebody_come_last_and_marked() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = app(dir.path()).await;
    let stored = readings();
    {
        let open = app.open().await.unwrap();
        open.vault.record(&stored[..1]).await.unwrap();
        for (name, reading) in [(b"a", &stored[4]), (b"b", &stored[8])] {
            let value = serde_json::to_vec(reading).unwrap();
            open.vault.cabinet().put(namespace::UNCLAIMED, name, &value).await.unwrap();
        }
    }
    app.close().await.unwrap();
    testing::unlock(&app).await;
    let (view, lines) = lines(&app, &out.path().join("lines")).await;
    assert_eq!((view.readings, view.unclaimed), (1, 2));
    let marked = |line: &Value| line["flags"].as_array().unwrap().iter().any(|f| f == facts::UNCLAIMED);
    assert_eq!(lines.iter().map(marked).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(lines[1]["time_ms"], stored[8].at, "in order of time");
    {
        let open = app.open().await.unwrap();
        let running = app.begin("export_record").unwrap();
        let table = out.path().join("table");
        write(&app, &open, ExportFormat::Csv, &table, &running).await.unwrap();
        let marked = std::fs::read_to_string(table).unwrap().matches("unclaimed").count();
        assert!(marked >= 2, "{marked}");
    }
    app.lock().await.unwrap();
}

#[tokio::test]
async fn what_a_killed_export_left_goes_when_the_record_is_next_opened() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let profile = dir.path().join("profile");
    let app = app(&profile).await;
    let (to, killed) = (out.path().join("mine.csv"), dir.path().join("killed"));
    let part = sink::beside(&to);
    {
        let open = app.open().await.unwrap();
        open.vault.record(&readings()).await.unwrap();
        let running = app.begin("export_record").unwrap();
        let mut run = std::pin::pin!(write(&app, &open, ExportFormat::Csv, &to, &running));
        std::future::poll_fn(|cx| {
            let polled = run.as_mut().poll(cx);
            assert!(polled.is_pending() || killed.exists(), "the file was never there");
            // As a kill would leave it: nothing is written to the record while the file is.
            if part.exists() && !killed.exists() {
                std::fs::create_dir_all(killed.join("record")).unwrap();
                for name in ["profile.json", "record/keyslots", "record/vault.db", "record/vault.db-wal"] {
                    std::fs::copy(profile.join(name), killed.join(name)).unwrap();
                }
            }
            polled
        })
        .await
        .unwrap();
        let kept = open.vault.cabinet().list(namespace::EXPORTS).await.unwrap();
        assert!(kept.is_empty(), "it is written: nothing is to be removed");
    }
    app.close().await.unwrap();
    assert!(to.exists() && !part.exists());

    std::fs::write(&part, "half of it, in the clear").unwrap();
    let beside = out.path().join("somebody's.csv.part");
    std::fs::write(&beside, "another program's").unwrap();
    let clock = Hands::at(START);
    let app = testing::open(&killed, &clock, std::sync::Arc::new(crate::MemoryHeads::default())).await;
    // The disk is away: it is looked for again.
    let away = dir.path().join("away");
    std::fs::rename(out.path(), &away).unwrap();
    testing::unlock(&app).await;
    app.lock().await.unwrap();
    std::fs::rename(&away, out.path()).unwrap();
    assert!(part.exists());
    testing::unlock(&app).await;
    assert!(!part.exists() && to.exists() && beside.exists());
    let open = app.open().await.unwrap();
    assert!(open.vault.cabinet().list(namespace::EXPORTS).await.unwrap().is_empty());
    drop(open);
    app.close().await.unwrap();
}
