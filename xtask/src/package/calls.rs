//! What a member asks of the system, held against what its unit allows: a sandbox that stops the member is found here, not in a
//! hospital. A member alone is started under strace, asked for its status, and stopped.
//!
//! Not shown: what only other members and apps make it do, which stays within the same network calls.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::Made;
use crate::env::{command, quiet};

/// How often it is asked whether it runs, and how long between: half a minute in all, because strace slows it down.
const ASKED: u32 = 150;
const BETWEEN: Duration = Duration::from_millis(200);

/// Until it made so many blocks, which it writes to its disk one by one.
const BLOCKS: u64 = 5;

/// Runs a member alone in a home of its own, and judges every call by the unit's own words.
pub(super) fn hold(made: &Made, unit: &str) -> Result<()> {
    let allowed = allowed(unit)?;
    let families = values(unit, "RestrictAddressFamilies");
    let (program, log) = (made.work.join("programs/salus-node"), made.work.join("calls"));
    traced(&program, &made.work.join("member"), &log)?;
    let lines = fs::read_to_string(&log).context("what strace wrote")?;
    let (mut broken, mut names) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.lines() {
        broken.extend(breaks(line, &allowed, &families));
        names.extend(call(line).map(|(name, _)| name));
    }
    ensure!(names.contains("socket") && names.len() > 30, "strace saw almost nothing: {names:?}");
    ensure!(
        broken.is_empty(),
        "the unit would refuse: {}",
        broken.into_iter().collect::<Vec<_>>().join("; ")
    );
    println!("   {} different calls, all of which the unit allows", names.len());
    Ok(())
}

/// What a call breaks of the unit.
fn breaks(line: &str, allowed: &BTreeSet<String>, families: &[String]) -> Option<String> {
    let (name, arguments) = call(line)?;
    let asks = |flag: &str| arguments.contains(flag);
    let code = match name {
        "mmap" => asks("PROT_WRITE") && asks("PROT_EXEC"),
        "mprotect" | "pkey_mprotect" => asks("PROT_EXEC"),
        _ => false,
    };
    let family = arguments.split(',').next().unwrap_or_default();
    if !allowed.contains(name) {
        Some(format!("the call {name}"))
    } else if code {
        Some(format!("memory that is written and run ({name})"))
    } else if name == "socket" && !families.iter().any(|f| f == family) {
        Some(format!("a socket of {family}"))
    } else {
        None
    }
}

/// Name and arguments in a line such as `123 openat(AT_FDCWD, "/etc") = 3`; none in one about a signal or an end. A call that was
/// interrupted is told by its first half.
fn call(line: &str) -> Option<(&str, &str)> {
    let (_, said) = line.split_once(' ')?;
    let (name, arguments) = said.trim_start().split_once('(')?;
    let is_name =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_name.then_some((name, arguments))
}

/// The values of a setting, all its lines together.
fn values(unit: &str, key: &str) -> Vec<String> {
    let lines = unit.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// Calls that pass the unit's filter: its first list, less every list after a tilde, as systemd applies them in turn.
fn allowed(unit: &str) -> Result<BTreeSet<String>> {
    let groups = groups(&quiet(command("systemd-analyze").args(["--no-pager", "syscall-filter"]))?);
    // What no filter takes away.
    let mut allowed = expand("@default", &groups)?;
    for line in unit.lines().filter_map(|line| line.strip_prefix("SystemCallFilter=")) {
        let (takes, list) = line.strip_prefix('~').map_or((false, line), |list| (true, list));
        for name in list.split_whitespace() {
            for one in expand(name, &groups)? {
                if takes {
                    allowed.remove(&one)
                } else {
                    allowed.insert(one)
                };
            }
        }
    }
    ensure!(allowed.len() > 100, "the unit's filter was not understood");
    Ok(allowed)
}

/// `@group`, then its members indented, of which some are groups.
fn groups(listing: &str) -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in listing.lines() {
        let name = line.trim();
        if line.starts_with('@') {
            last = name.to_owned();
        } else if line.starts_with(' ') && !name.is_empty() && !name.starts_with('#') {
            groups.entry(last.clone()).or_default().push(name.to_owned());
        }
    }
    groups
}

fn expand(name: &str, groups: &BTreeMap<String, Vec<String>>) -> Result<BTreeSet<String>> {
    let (mut found, mut waiting) = (BTreeSet::new(), vec![name]);
    while let Some(name) = waiting.pop() {
        if name.starts_with('@') {
            let members = groups.get(name).with_context(|| format!("systemd knows no group {name}"))?;
            waiting.extend(members.iter().map(String::as_str));
        } else {
            found.insert(name.to_owned());
        }
    }
    Ok(found)
}

/// Makes a member, runs it under strace until it answers, and stops it in order.
fn traced(program: &Path, home: &Path, log: &Path) -> Result<()> {
    if home.exists() {
        fs::remove_dir_all(home)?;
    }
    // Its first number is a process that is ended: never that of an earlier run.
    fs::write(log, "")?;
    let node = |arguments: &[&str]| {
        let mut c = Command::new(program);
        c.args(arguments).arg("--home").arg(home);
        c
    };
    let http = format!(
        "127.0.0.1:{}",
        free(|| Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port()))?
    );
    let udp = || free(|| Ok(std::net::UdpSocket::bind("127.0.0.1:0")?.local_addr()?.port()));
    // On every interface, as a member listens that others reach.
    let (first, second) = (udp()?, udp()?);
    let address = |port: u16| format!("/dns4/localhost/udp/{port}/quic-v1");
    let names = ["--name", "North", "--heartbeat", "200", "--http", &http];
    let mut init = node(&["init"]);
    init.args(names).args(["--consensus-addr", &address(first), "--public-addr", &address(second)]);
    quiet(&mut init)?;
    let mut genesis = Command::new(program);
    genesis
        .arg("genesis")
        .arg("--member")
        .arg(home.join("member.json"))
        .arg("--out")
        .arg(home.join("genesis.json"));
    quiet(&mut genesis)?;
    // A member that does not end must not keep the run.
    let mut strace = command("timeout");
    strace.args(["--kill-after=5", "120", "strace", "-f", "-qq", "-e", "signal=none", "-o"]).arg(log);
    strace.arg("--").arg(program).args(["run", "--home"]).arg(home);
    let words = log.with_extension("said");
    let started = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&words)?).spawn();
    let mut traced = Traced(started.context("starting strace")?);
    let asked = (0..ASKED).any(|_| {
        std::thread::sleep(BETWEEN);
        quiet(&mut node(&["status", "--json"])).is_ok_and(|said| height(&said) >= BLOCKS)
    });
    // The first that strace saw is the member, which is asked to stop; with it strace ends.
    let text = fs::read_to_string(log).unwrap_or_default();
    if let Some(process) = text.split_whitespace().next() {
        let sent = quiet(command("kill").args([if asked { "-TERM" } else { "-KILL" }, process]));
        let ended = traced.0.wait()?;
        if asked {
            sent?;
            ensure!(ended.success(), "the member ended with {ended}");
            return Ok(());
        }
    }
    bail!("the member did not answer under strace: {}", fs::read_to_string(words)?)
}

fn height(status: &str) -> u64 {
    serde_json::from_str(status)
        .ok()
        .and_then(|s: serde_json::Value| s["height"].as_u64())
        .unwrap_or_default()
}

/// A port that nobody has at this moment.
fn free(port: impl Fn() -> std::io::Result<u16>) -> Result<u16> {
    port().context("no free port")
}

/// Ended with whoever waits for it.
struct Traced(Child);

impl Drop for Traced {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_the_unit_refuses_is_named() {
        let allowed = BTreeSet::from(["socket", "mmap", "mprotect", "openat"].map(str::to_owned));
        let families = values(
            "[Service]\nRestrictAddressFamilies=AF_INET AF_INET6\nRestrictAddressFamilies=AF_NETLINK\n",
            "RestrictAddressFamilies",
        );
        assert_eq!(families, ["AF_INET", "AF_INET6", "AF_NETLINK"]);
        let broken = |line: &str| breaks(line, &allowed, &families);
        assert_eq!(broken("12  openat(AT_FDCWD, \"/a(b\", O_RDONLY) = 3"), None);
        assert_eq!(broken("12 socket(AF_INET6, SOCK_DGRAM, 0) = 3"), None);
        assert_eq!(broken("12 mmap(NULL, 1, PROT_READ|PROT_EXEC, 0, 3, 0) = 0x7"), None);
        assert_eq!(broken("12 <... futex resumed>) = 0"), None);
        assert_eq!(broken("12 chroot(\"/\") = 0").unwrap(), "the call chroot");
        assert_eq!(
            broken("12 socket(AF_UNIX, SOCK_STREAM, 0 <unfinished ...>").unwrap(),
            "a socket of AF_UNIX"
        );
        assert!(broken("12 mmap(NULL, 1, PROT_READ|PROT_WRITE|PROT_EXEC, 0, 3, 0) = 0x7").is_some());
        assert!(broken("12 mprotect(0x7, 1, PROT_READ|PROT_EXEC) = 0").is_some());
    }

    #[test]
    fn groups_of_calls_are_taken_apart() {
        let groups = groups("@a\n    # Words\n    one\n    @b\n\n@b\n    two\n    three\n");
        assert_eq!(
            expand("@a", &groups).unwrap(),
            BTreeSet::from(["one", "two", "three"].map(str::to_owned))
        );
        assert_eq!(expand("four", &groups).unwrap(), BTreeSet::from(["four".to_owned()]));
        assert!(expand("@c", &groups).is_err());
    }
}
