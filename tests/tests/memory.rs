//! Adversary: reads the whole memory of a Salus that was locked, as a core dump, a debugger or a stolen hibernation image
//! would show it.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::os::unix::fs::FileExt;

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use salus_tests::story::app::{Host, PASSPHRASE};
use salus_tests::story::bare::rng;
use salus_vault::{RecoveryKey, Unlock, Vault};
use salus_wire::view::{Role, ValueView};
use salus_wire::{Category, Quantity, command as c};

const NOTE: &str = "a canary sang at dawn";
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

#[tokio::test]
async fn nothing_secret_is_left_in_memory_once_the_record_is_locked() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let host = Host::alone("patient", dir.path()).await?;
    let made = c::CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    let groups = host.ok(made).await?.groups;
    let typed = c::TypeReading {
        category: Category::HeartRate,
        values: vec![ValueView { quantity: Quantity::HeartRate, value: "61".into() }],
        at: host.ok(c::GetApp {}).await?.now,
        note: Some(NOTE.into()),
    };
    host.ok(typed).await?;
    host.ok(c::Lock {}).await?;

    // What the keys are is learned from a copy, so that the process under test stays as it is.
    let copy = dir.path().join("copy");
    copy_all(&host.data_dir().join("record"), &copy)?;
    let key: RecoveryKey = groups.join("-").parse().context("the recovery key")?;
    let vault = Vault::open(&copy, Unlock::RecoveryKey(&key), rng()?).await?;
    let node = vault.node(Category::HeartRate, 20, 0).context("the root")?;
    let mut needles = vec![
        ("the key of a series", node.key().expose().to_vec()),
        ("the passphrase", PASSPHRASE.as_bytes().to_vec()),
        ("the recovery key", key.to_text().as_bytes().to_vec()),
        ("the recovery key as an answer", groups[..3].join("\",\"").into_bytes()),
        ("a note", NOTE.as_bytes().to_vec()),
    ];
    needles.extend(vault.keys_to_look_for());
    vault.lock().await?;

    let process = host.process().context("it runs")?;
    let left = seen(process, &needles)?;
    ensure!(left.is_empty(), "in the memory of a locked record: {left:?}");

    // The search finds what is there.
    host.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    let open = seen(process, &needles)?;
    for held in ["the key of a series", "the master key", "the signing seed"] {
        ensure!(open.contains(&held), "{held} is not found while it is in use: {open:?}");
    }
    host.ok(c::Lock {}).await?;
    let left = seen(process, &needles)?;
    ensure!(left.is_empty(), "in the memory of a record that was locked again: {left:?}");
    Ok(())
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
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
