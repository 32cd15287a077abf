//! Adversary: reads the whole memory of a Salus that was locked, as a core dump, a debugger or a stolen hibernation image
//! would show it.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::network::eventually;
use salus_tests::story::app::{Host, PASSPHRASE};
use salus_tests::story::bare::rng;
use salus_vault::{RecoveryKey, Unlock, Vault, backup};
use salus_wire::view::{DeviceState, Role, ValueView};
use salus_wire::{Category, Quantity, command as c};

const NOTE: &str = "a canary sang at dawn";
const PATIENCE: Duration = Duration::from_secs(30);
/// Read at once.
const PIECE: usize = 4 << 20;

/// Which of the needles are in the memory of a process.
fn seen(process: u32, needles: &[(&'static str, Vec<u8>)]) -> Result<Vec<&'static str>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps"))?;
    let memory = File::open(format!("/proc/{process}/mem"))?;
    let longest = needles.iter().map(|(_, n)| n.len()).max().unwrap_or_default();
    let mut found = Vec::new();
    let mut buffer = vec![0; PIECE];
    let mut read = 0;
    for line in maps.lines() {
        let Some((range, rest)) = line.split_once(' ') else { continue };
        let (from, to) = range.split_once('-').context("a range")?;
        let (mut at, end) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
        // What cannot be written is the program itself.
        if !rest.starts_with("rw") {
            continue;
        }
        while at < end {
            let most = PIECE.min(usize::try_from(end - at)?);
            // A page that went meanwhile, or that the kernel keeps for itself.
            let Ok(n @ 1..) = memory.read_at(&mut buffer[..most], at) else { break };
            read += n;
            for (name, needle) in needles {
                if !found.contains(name) && memmem::find(&buffer[..n], needle).is_some() {
                    found.push(*name);
                }
            }
            // One that lies across two pieces is in the next.
            at += if at + (n as u64) < end && n > longest { (n - longest) as u64 } else { n as u64 };
        }
    }
    ensure!(read > 1 << 20, "only {read} octets could be read");
    Ok(found)
}

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
            let names: Vec<_> =
                learned(&host, dir.path(), &key).await.ok()?.into_iter().map(|(n, _)| n).collect();
            names.contains(&"a key of summaries").then_some(())
        });
        summed.await.context("summed up")?;
        ensure!(host.ok(c::Lock {}).await?.receiving, "nothing is received");
        let mut needles = learned(&host, dir.path(), &key).await?;
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
        let clean = |needles: &[(&'static str, Vec<u8>)], when: &str| {
            let left = seen(process, needles)?;
            ensure!(left.is_empty(), "in the memory of a record that is locked, {when}: {left:?}");
            Ok(())
        };
        clean(&needles, "after it was made")?;
        // While something is received.
        let inbox = host.data_dir().join("record/inbox");
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
        needles.extend(learned(&host, dir.path(), &key).await?);
        clean(&needles, "after it was opened with the recovery key")?;
        host.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        host.ok(c::Lock {}).await?;
        clean(&needles, "after it was opened with the passphrase")
    })
}

/// Every key of the record, from a copy, so that the process under test stays as it is.
async fn learned(host: &Host, dir: &Path, key: &RecoveryKey) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let copy = tempfile::tempdir_in(dir)?;
    copy_all(&host.data_dir().join("record"), copy.path())?;
    let vault = Vault::open(copy.path(), Unlock::RecoveryKey(key), rng()?).await?;
    let mut keys = vault.keys_to_look_for();
    keys.extend(vault.inbox_keys_to_look_for().await?);
    vault.lock().await?;
    Ok(keys)
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

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
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
