//! Journeys against the real BlueZ: its bluetoothd and kernel in a virtual machine, Bumble as the peripherals.
//!
//! `cargo xtask test --bluez` boots the machine and sets what [`Radio`](peripherals::Radio) reads. Everywhere else the
//! journeys are ignored, which test runners count as skipped; run by hand without the machine they fail.

#![expect(clippy::print_stdout, reason = "a test shows what the peripherals said")]

#[path = "bluez_real/peripherals.rs"]
mod peripherals;

use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures::StreamExt;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_devices::{
    Answer, Central, PairError, PairEvent, PairOptions, Passkey, PeripheralKey, Question, SessionEvent,
};
use salus_tests::bluez::driver::{DEADLINE, Driver, NOW, find};
use salus_vault::Vault;
use salus_vault::keyslot::PassphraseCost;
use salus_wire::{Category, Quality, Quantity, Reading};

use peripherals::{Peripherals, Radio};

const SEED: u64 = 5;
const NOTIFICATIONS: usize = 300;
const INDICATIONS: usize = 5;

/// A session tries for ever; a journey takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the virtual machine of `cargo xtask test --bluez`"]
async fn a_strap_is_found_and_every_notification_is_stored() -> Result<()> {
    tokio::time::timeout(PATIENCE, strap()).await?
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the virtual machine of `cargo xtask test --bluez`"]
async fn a_cuff_is_paired_with_its_passkey_and_keeps_its_bond() -> Result<()> {
    tokio::time::timeout(PATIENCE, cuff()).await?
}

async fn strap() -> Result<()> {
    let mut radio = Peripherals::start(&Radio::given()?, 1).await?;
    let central = Central::open().await?;
    let mut scan = central.scan().await?;
    let mut measures = Vec::new();
    while measures.len() < 2 {
        let found = tokio::time::timeout(DEADLINE, scan.next()).await?.context("the scan ended")?;
        if found.name.ends_with(" 1") && !measures.contains(&found.measures) {
            measures.push(found.measures);
        }
    }
    scan.close().await;
    for category in [Category::HeartRate, Category::BloodPressure] {
        assert!(measures.contains(&vec![category]), "{category:?} not found: {measures:?}");
    }

    let mut strap = Driver::named("Virtual Strap 1", Vec::new()).await?;
    let description = described(&mut strap).await;
    assert_eq!(description.model.as_deref(), Some("Virtual Strap 1"));
    assert_eq!(description.link_encrypted, Some(false));
    radio.until("subscribed", "strap").await?;
    radio.command(&format!("send strap {NOTIFICATIONS}")).await?;
    let readings = readings(&mut strap, NOTIFICATIONS).await;
    assert_eq!(radio.until("sent", "strap").await?["count"], NOTIFICATIONS);
    assert!(readings.iter().all(|r| r.quality.has(Quality::LINK_OPEN)));
    // In the order in which they were sent: the strap counts upwards.
    for (n, reading) in readings.iter().enumerate() {
        let sent = i64::try_from(60 + n % 60)?;
        assert_eq!(reading.value(Quantity::HeartRate).map(|v| v.mantissa), Some(sent));
    }
    assert_eq!(strap.session.counts().total(), 0);
    strap.session.close().await;
    stored(Category::HeartRate, &readings).await?;
    radio.end().await
}

async fn cuff() -> Result<()> {
    let mut radio = Peripherals::start(&Radio::given()?, 2).await?;
    let central = Central::open().await?;

    let key = find(&central, "Virtual Cuff 2").await?;
    let refused = pair(&central, &key, peripherals::PASSKEY + 1).await?;
    assert_eq!(refused, (Err(PairError::WrongPasskey), 1));
    radio.until("refused", "cuff").await?;
    radio.until("dropped", "cuff").await?;

    // It is found again, and the right digits pair it.
    let key = find(&central, "Virtual Cuff 2").await?;
    assert_eq!(pair(&central, &key, peripherals::PASSKEY).await?, (Ok(()), 1));
    radio.until("paired", "cuff").await?;
    assert_eq!(pair(&central, &key, 0).await?, (Err(PairError::AlreadyPaired), 0));

    let mut cuff = Driver::named("Virtual Cuff 2", Vec::new()).await?;
    let first = described(&mut cuff).await;
    assert_eq!(first.link_encrypted, Some(true));
    radio.until("subscribed", "cuff").await?;
    radio.command(&format!("send cuff {INDICATIONS}")).await?;
    let mut readings = self::readings(&mut cuff, INDICATIONS).await;
    assert_eq!(radio.until("sent", "cuff").await?["count"], INDICATIONS, "each was confirmed");

    // The bond outlives the link: encrypted with the passkey's key, and nobody is asked for it again.
    radio.command("drop cuff").await?;
    cuff.until(|e| *e == SessionEvent::Disconnected).await;
    let again = described(&mut cuff).await;
    assert_eq!((again.id, again.link_encrypted), (first.id, Some(true)));
    let encrypted = radio.until("encrypted", "cuff").await?;
    assert_eq!(encrypted["authenticated"], true);
    radio.until("subscribed", "cuff").await?;
    radio.command(&format!("send cuff {INDICATIONS}")).await?;
    readings.extend(self::readings(&mut cuff, INDICATIONS).await);

    assert!(readings.iter().all(|r| !r.quality.has(Quality::LINK_OPEN)));
    assert_eq!(readings[0].value(Quantity::Systolic).map(|v| v.mantissa), Some(120));
    assert_eq!(cuff.session.counts().total(), 0);
    cuff.session.close().await;
    stored(Category::BloodPressure, &readings).await?;
    radio.end().await
}

/// Pairs, entering these digits: how it ended, and how often they were asked for.
async fn pair(central: &Central, key: &PeripheralKey, passkey: u32) -> Result<(Result<(), PairError>, u32)> {
    let mut pairing = central.pair(key, PairOptions::default()).await?;
    let mut asked = 0;
    loop {
        match tokio::time::timeout(DEADLINE, pairing.next()).await? {
            PairEvent::Asks(Question::Enter) => {
                asked += 1;
                pairing.answer(Answer::Digits(Passkey::try_from(passkey)?))?;
            }
            PairEvent::Asks(other) => bail!("the cuff shows digits, and BlueZ asks {other:?}"),
            PairEvent::Withdrawn => {}
            PairEvent::Ended(result) => return Ok((result, asked)),
        }
    }
}

async fn described(driver: &mut Driver) -> salus_devices::Description {
    let event = driver.until(|e| matches!(e, SessionEvent::Described(_))).await;
    let SessionEvent::Described(description) = event else { unreachable!("asked for it") };
    *description
}

/// So many packets, each a reading.
async fn readings(driver: &mut Driver, count: usize) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(count);
    for n in 0..count {
        driver.advance(1000);
        match driver.packet().await {
            SessionEvent::Reading(reading) => readings.push(*reading),
            other => panic!("packet {n}: {other:?}"),
        }
    }
    readings
}

/// Stores them twice: the second time adds nothing, and they read back as they were.
async fn stored(category: Category, readings: &[Reading]) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let rng = ChaCha20Rng::seed_from_u64(SEED);
    let made = Vault::create_with(dir.path(), "a test's passphrase", PassphraseCost::FLOOR, NOW, rng);
    let (vault, _) = made.await?;
    assert_eq!(vault.record(readings).await?.new, readings.len());
    assert_eq!(vault.record(readings).await?.new, 0);
    assert_eq!(vault.count(category).await?, readings.len() as u64);
    let mut back = vault.readings(category, 0, i64::MAX).await?;
    back.sort_by_key(|r| r.arrived);
    assert_eq!(back, readings);
    vault.lock().await?;
    Ok(())
}
