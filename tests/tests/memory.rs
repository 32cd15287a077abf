//! Adversary: reads the whole memory of a Salus that was locked, as a core dump, a debugger or a stolen hibernation image
//! would show it.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::memory::{Needle, keys_of, seen};
use salus_tests::network::eventually;
use salus_tests::story::app::{Host, PASSPHRASE};
use salus_vault::{RecoveryKey, backup};
use salus_wire::view::{DeviceState, Role, TypedGroup, ValueView};
use salus_wire::{Category, Quantity, command as c};

const NOTE: &str = "a canary sang at dawn";
const PATIENCE: Duration = Duration::from_secs(30);

/// A journey with all that has secrets of its own: a record made, readings sealed and summed up, a backup rehearsed with the
/// paper, readings received while it is locked, and the record opened with the paper and with the passphrase.
#[test]
fn nothing_secret_is_left_in_memory_once_the_record_is_locked() -> Result<()> {
    on_private_bus("nothing_secret_is_left_in_memory_once_the_record_is_locked", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
        let dir = tempfile::tempdir()?;
        let host = Host::alone("patient", dir.path()).await?;
        let made =
            c::CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
        let groups = host.ok(made).await?.groups;
        let record = host.data_dir().join("record");
        // Typed back from the paper.
        let typed = [2, 6].map(|at: u8| TypedGroup { at, text: groups[usize::from(at)].clone() });
        host.ok(c::SetRecoveryKey { typed: typed.into() }).await?;
        let typed = c::TypeReading {
            category: Category::HeartRate,
            values: vec![ValueView { quantity: Quantity::HeartRate, value: "61".into() }],
            // Of an hour that is over: it is sealed and summed up.
            at: host.ok(c::GetApp {}).await?.now - 3 * 3_600_000,
            note: Some(NOTE.into()),
        };
        host.ok(typed).await?;
        host.ok(c::MakeBackup {}).await?;
        host.ok(c::RehearseBackup { key: groups.join("-") }).await?;
        connected(&host).await?;
        let key: RecoveryKey = groups.join("-").parse().context("the recovery key")?;
        let summed = eventually(PATIENCE, async || {
            let names: Vec<_> = keys_of(&record, &key).await.ok()?.into_iter().map(|(n, _)| n).collect();
            names.contains(&"a key of summaries").then_some(())
        });
        summed.await.context("summed up")?;
        ensure!(host.ok(c::Lock {}).await?.receiving, "nothing is received");
        let mut needles = keys_of(&record, &key).await?;
        let identity = backup::identity(&key);
        needles.extend([
            ("the passphrase", PASSPHRASE.as_bytes().to_vec()),
            ("the recovery key", key.to_text().as_bytes().to_vec()),
            ("the recovery key's octets", octets(&groups.concat()[..32], CROCKFORD)?),
            ("the recovery key as an answer", groups[..3].join("\",\"").into_bytes()),
            ("the backups' identity", identity.as_bytes().to_vec()),
            ("the backups' identity's octets", octets(&identity[IDENTITY..IDENTITY + 52], BECH32)?),
            ("a note", NOTE.as_bytes().to_vec()),
        ]);
        let names: BTreeSet<&str> = needles.iter().map(|(name, _)| *name).collect();
        ensure!(names.len() == 17, "not all that is secret is looked for: {names:?}");
        let process = host.process().context("it runs")?;
        let clean = |needles: &[Needle], when: &str| {
            let left = seen(process, needles)?;
            ensure!(left.is_empty(), "in the memory of a record that is locked, {when}: {left:?}");
            Ok(())
        };
        clean(&needles, "after it was made")?;
        // While something is received.
        let inbox = record.join("inbox");
        let length = || std::fs::metadata(&inbox).map_or(0, |m| m.len());
        let before = length();
        ensure!(bluez.send(0, 0x2A37, &[0x06, 61]).await?, "the strap is connected and heard");
        eventually(PATIENCE, async || (length() > before).then_some(())).await.context("received")?;
        clean(&needles, "after it received")?;

        // The search finds what is there.
        host.ok(c::UnlockWithRecoveryKey { key: groups.join("-") }).await?;
        let open = seen(process, &needles)?;
        for held in [
            "the key of a series",
            "a key of summaries",
            "the master key",
            "the key of the log",
            "the signing seed",
        ] {
            ensure!(open.contains(&held), "{held} is not found while it is in use: {open:?}");
        }
        // Taken in, with the session's keys.
        eventually(PATIENCE, async || (!inbox.exists()).then_some(())).await.context("taken in")?;
        host.ok(c::Lock {}).await?;
        needles.extend(keys_of(&record, &key).await?);
        clean(&needles, "after it was opened with the recovery key")?;
        host.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        host.ok(c::Lock {}).await?;
        clean(&needles, "after it was opened with the passphrase")
    })
}

async fn connected(host: &Host) -> Result<()> {
    for device in host.ok(c::ScanDevices {}).await? {
        host.ok(c::AddDevice { device: device.id }).await?;
    }
    let up = eventually(PATIENCE, async || {
        let all = host.ok(c::ListDevices {}).await.ok()?;
        all.iter().any(|d| d.state == DeviceState::Connected && d.model.is_some()).then_some(())
    });
    up.await.context("connected")
}

const CROCKFORD: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BECH32: &str = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
/// Where the octets begin in an identity's text.
const IDENTITY: usize = "AGE-SECRET-KEY-1".len();

/// The whole octets of symbols of five bits each.
fn octets(symbols: &str, alphabet: &str) -> Result<Vec<u8>> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for symbol in symbols.chars() {
        let value = alphabet.find(symbol).with_context(|| format!("{symbol:?} is no symbol"))?;
        bits = (bits << 5 | u32::try_from(value)?) & 0xFFF;
        held += 5;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held).to_be_bytes()[3]);
        }
    }
    Ok(out)
}

#[tokio::test]
async fn a_salus_writes_no_core_dump() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let host = Host::alone("patient", dir.path()).await?;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", host.process().context("it runs")?))?;
    let core = limits.lines().find(|l| l.starts_with("Max core file size")).context("a limit")?;
    let words: Vec<&str> = core.split_whitespace().collect();
    ensure!(words[4..6] == ["0", "0"], "{core}");
    Ok(())
}
