//! The whole memory of a running program, searched as a core dump, a debugger or a stolen hibernation image would show it; and what
//! nobody may find there once the record is locked.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use salus_vault::{RecoveryKey, Unlock, Vault};

use crate::folder;
use crate::story::bare::rng;

/// Read at once.
const PIECE: usize = 4 << 20;

/// What is looked for, by name.
pub type Needle = (&'static str, Vec<u8>);

/// Which of the needles are in the memory of a process.
///
/// # Errors
/// The process is gone, may not be looked into (a release build), or hardly anything of it can be read.
pub fn seen(process: u32, needles: &[Needle]) -> Result<Vec<&'static str>> {
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

/// Every key of a record, from a copy, so that the process under test stays as it is.
///
/// # Errors
/// The record cannot be copied, or does not open with this recovery key.
pub async fn keys_of(record: &Path, key: &RecoveryKey) -> Result<Vec<Needle>> {
    let copy = tempfile::tempdir()?;
    folder::copy(record, copy.path())?;
    let vault = Vault::open(copy.path(), Unlock::RecoveryKey(key), rng()?).await?;
    let mut keys = vault.keys_to_look_for();
    keys.extend(vault.inbox_keys_to_look_for().await?);
    vault.lock().await?;
    Ok(keys)
}
