//! The packages in a clean root, from their installation to their removal.
//!
//! ```text
//! what is there -> install, offline -> the files are exactly theirs, every library is found, the unit is one
//!               -> a person starts the application: first page, a record
//!               -> an operator makes a member's keys, with the commands of salus-node(1)
//!               -> purge -> what is there, and the person's record and the member's keys, and nothing else
//!               -> Fedora's package, by rpm: installed, verified, removed
//! another copy -> its own systemd starts the member by the packaged unit: it makes blocks, with no right and behind the filter
//! ```

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};

use super::member::UNIT;
use super::root::Root;
use super::{Made, fedora};
use crate::env::cargo;
use crate::step::{run as command_run, step};

/// A person of the clean root.
const PERSON: &str = "ada";
const HOME: &str = "home/ada/";
/// A member's directory.
const STATE: &str = "var/lib/salus-node/";

/// What dpkg, apt and the desktop keep of every package, whichever it is.
const BOOKS: [&str; 14] = [
    "var/lib/dpkg/",
    "var/lib/apt/",
    "var/cache/apt/",
    "var/cache/debconf/",
    "var/log/",
    "var/lib/systemd/deb-systemd-helper-enabled",
    "usr/share/icons/hicolor/icon-theme.cache",
    "usr/share/applications/mimeinfo.cache",
    // What the accounts were before the last change.
    "etc/.pwd.lock",
    "etc/passwd-",
    "etc/shadow-",
    "etc/group-",
    "etc/gshadow-",
    "etc/subuid-",
];

/// What the application's test finds the installed program under.
const VARIABLE: &str = "SALUS_INSTALLED";

/// Plays it all: at a desk, and beside it as a member's, each in a copy of its own and mostly on one core.
pub(super) fn play(made: &Made) -> Result<()> {
    let needs = format!("{}, {}", made.desktop.depends, made.member.depends);
    // One after the other: the first makes what both are copied from.
    let (desk, server) = step("two roots with what the packages need", || {
        Ok((Root::clean(&needs, "desk")?, Root::clean(&needs, "server")?))
    })?;
    let (used, served) = std::thread::scope(|threads| {
        let served = threads.spawn(move || step("a member under its unit", || serve(made, &server)));
        (at_a_desk(made, &desk), served.join())
    });
    // What cannot be tried of the one is told after what failed in the other.
    used?;
    served.map_err(|_| anyhow::Error::msg("trying a member under its unit panicked"))?
}

fn at_a_desk(made: &Made, root: &Root) -> Result<()> {
    root.run(&["useradd", "--create-home", "--user-group", PERSON])?;
    let files = carry(made, root)?;
    let before = root.paths()?;
    step("installing", || install(made, root, &files, &before))?;
    step("a person starts the application", || start(root))?;
    step("an operator makes a member", || join(root))?;
    step("removing", || remove(root, &before))?;
    step("Fedora's package", || fedora::play(made, root))
}

/// Copies the packages into the root; where they are in it.
fn carry(made: &Made, root: &Root) -> Result<Vec<String>> {
    fs::create_dir(root.path("srv/packages"))?;
    let mut files = Vec::new();
    for file in made.files.iter().filter(|file| file.extension().is_some_and(|e| e == "deb")) {
        let name = file.file_name().and_then(|name| name.to_str()).context("a package without a name")?;
        let inside = format!("srv/packages/{name}");
        fs::copy(file, root.path(&inside))?;
        files.push(format!("/{inside}"));
    }
    Ok(files)
}

/// The sandbox itself, not what is said of it: a copy of its own, because a systemd leaves traces.
fn serve(made: &Made, root: &Root) -> Result<()> {
    let files = carry(made, root)?;
    let mut install = vec!["apt-get", "install", "--quiet", "--yes", "--no-install-recommends"];
    install.extend(files.iter().map(String::as_str));
    root.run(&install)?;
    join(root)?;
    let said = root.boot(include_str!("play.sh"))?;
    let signs = [
        "height ",
        "CapBnd:\t0000000000000000",
        "NoNewPrivs:\t1",
        "Seccomp:\t2",
        "Result=success",
        "ExecMainStatus=0",
    ];
    for sign in signs {
        ensure!(
            said.lines().any(|line| line.starts_with(sign)),
            "the member under its unit: no {sign:?} in\n{said}"
        );
    }
    println!("   it made blocks behind the filter, without any capability, and stopped in order");
    Ok(())
}

/// Without a network: what they say that they need is all that they need.
fn install(made: &Made, root: &Root, files: &[String], before: &BTreeSet<String>) -> Result<()> {
    let mut install = vec!["apt-get", "install", "--quiet", "--yes", "--no-install-recommends"];
    install.extend(files.iter().map(String::as_str));
    root.run(&install)?;
    let after = root.paths()?;
    let mut laid = BTreeSet::from([STATE.trim_end_matches('/').to_owned()]);
    for tree in [&made.desktop.tree, &made.member.tree] {
        laid.extend(tree.paths()?.iter().map(|path| path.trim_end_matches('/').to_owned()));
    }
    // A root may leave documentation out; what is not ours may not come.
    let strange: Vec<&String> =
        after.difference(before).filter(|path| !laid.contains(*path) && !in_books(path)).collect();
    ensure!(strange.is_empty(), "the installation made {strange:?}");
    let missing: Vec<&String> =
        laid.iter().filter(|path| !after.contains(*path) && !path.starts_with("usr/share/")).collect();
    ensure!(missing.is_empty(), "the installation left out {missing:?}");
    let linked = root.run(&["ldd", "/usr/bin/salus", "/usr/bin/salus-node"])?;
    ensure!(!linked.contains("not found"), "{linked}");
    let owned = root.run(&["stat", "--format=%U:%G %a", &format!("/{STATE}")])?;
    ensure!(owned.trim() == "salus-node:salus-node 700", "the member's directory is {owned}");
    // Neither enabled nor started: it has no keys yet.
    let enabled = root.path("etc/systemd/system/multi-user.target.wants/salus-node.service");
    ensure!(fs::symlink_metadata(enabled).is_err(), "the installation enabled the service");
    // Where the whole of systemd is there, it reads the unit.
    if root.path("usr/bin/systemd-analyze").exists() {
        root.run(&["systemd-analyze", "--man=no", "verify", &format!("/{UNIT}")])?;
    }
    Ok(())
}

/// From the first page to a record of this person's, in the place that the application takes by itself.
fn start(root: &Root) -> Result<()> {
    let door = root.door(PERSON, "/home/ada", "/usr/bin/salus")?;
    let mut c = cargo(&["nextest", "run", "--locked", "--workspace", "--run-ignored", "only"]);
    c.args(["-E", "binary(window) and test(installed::)"]).env(VARIABLE, door);
    command_run(&mut c, "See the failing test above: it drives the installed program.")?;
    let record = root.path(&format!("{HOME}.local/share/org.salus-health.salus"));
    ensure!(record.join("profile.json").is_file(), "the person's record is not where it belongs");
    Ok(())
}

/// The commands of salus-node(1).
fn join(root: &Root) -> Result<()> {
    let home = format!("/{}", STATE.trim_end_matches('/'));
    let node = ["setpriv", "--reuid=salus-node", "--regid=salus-node", "--init-groups", "salus-node"];
    // Blocks soon, where it runs; and it listens on every address, as for one that others reach.
    let init = [
        "init",
        "--home",
        &home,
        "--name",
        "North Clinic",
        "--heartbeat",
        "200",
        "--consensus-addr",
        "/dns4/north.example/udp/26656/quic-v1",
        "--public-addr",
        "/dns4/north.example/udp/26657/quic-v1",
    ];
    root.run(&[&node[..], &init[..]].concat())?;
    let (member, genesis) = (format!("{home}/member.json"), format!("{home}/genesis.json"));
    root.run(&[&node[..], &["genesis", "--member", &member, "--out", &genesis][..]].concat())?;
    let keys = root.run(&["stat", "--format=%U %a", &format!("{home}/keys.toml")])?;
    ensure!(keys.trim() == "salus-node 600", "the member's keys are {keys}");
    Ok(())
}

/// Nothing is left but what is the person's, and the member's.
fn remove(root: &Root, before: &BTreeSet<String>) -> Result<()> {
    let purge = ["apt-get", "purge", "--quiet", "--yes", "salus", "salus-node"];
    let mut purge = root.command(&purge);
    let out = purge.output().context("starting apt-get purge")?;
    let said = String::from_utf8_lossy(&out.stderr) + String::from_utf8_lossy(&out.stdout);
    ensure!(out.status.success(), "apt-get purge: {said}");
    ensure!(said.contains("/var/lib/salus-node stays"), "it is not said that a member's keys stay: {said}");
    let after = root.paths()?;
    let left: Vec<&String> = after.difference(before).filter(|path| is_left(path)).collect();
    ensure!(left.is_empty(), "the removal left {left:?}");
    let gone: Vec<&String> = before.difference(&after).filter(|path| !in_books(path)).collect();
    ensure!(gone.is_empty(), "the removal took what was there before: {gone:?}");
    for kept in
        [format!("{STATE}keys.toml"), format!("{HOME}.local/share/org.salus-health.salus/profile.json")]
    {
        ensure!(after.contains(&kept), "the removal took {kept}");
    }
    println!("   nothing is left but the person's record and the member's keys");
    Ok(())
}

/// Whether something that is there after the removal should not be.
fn is_left(path: &str) -> bool {
    let kept = [HOME, STATE].iter().any(|own| path == own.trim_end_matches('/') || path.starts_with(own));
    // In the books of others nothing is left either that has our name.
    !kept && (!in_books(path) || path.contains("salus"))
}

fn in_books(path: &str) -> bool {
    BOOKS.iter().any(|book| path.starts_with(book))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_from_what_is_kept() {
        for kept in [
            "home/ada/.local/share/x",
            "var/lib/salus-node",
            "var/lib/salus-node/keys.toml",
            "var/log/dpkg.log",
        ] {
            assert!(!is_left(kept), "{kept}");
        }
        for left in [
            "usr/bin/salus",
            "var/lib/dpkg/info/salus.list",
            "home/eve/x",
            "etc/salus-node/config.toml.example",
            "opt/x",
        ] {
            assert!(is_left(left), "{left}");
        }
    }
}
