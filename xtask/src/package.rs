//! `cargo xtask package`: Salus for Debian and Fedora, a member's program for Debian; packed by the systems' own tools.
//!
//! ```text
//! programs, optimised -> a tree for each package -> target/packages/*.deb, *.rpm
//!                                                -> --check: read back, judged; installed, started, removed in a clean root
//! ```
//!
//! Guarantees: the same commit and compiler give the same octets; no script runs when the application is installed or removed;
//! what a person or a member keeps stays when a package goes. AppImage, Windows and macOS are configuration for Tauri's
//! bundler only (`src-tauri/tauri.conf.json`), made on no machine of ours.

mod calls;
mod check;
mod deb;
mod desktop;
mod epoch;
mod fedora;
mod installed;
mod licences;
mod manual;
mod member;
mod programs;
mod root;
mod rpm;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::env::{Unavailable, command, quiet, target};
use crate::setup::{self, apt};
use crate::step::step;
use epoch::Epoch;
use tree::Tree;

/// What to do with the packages.
#[derive(Args)]
pub(crate) struct Options {
    /// Try them too: read them back, judge them, and install, start and remove them in a clean root (as root, on Debian or
    /// Ubuntu); what this machine does not allow of it is an error
    #[arg(long)]
    check: bool,
    /// Of the programs that the tests use instead of optimised ones: quick, large, to try the packaging only
    #[arg(long)]
    debug: bool,
}

/// Whether everything was tried, when nothing failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it.
    Passed,
    /// This machine did not allow a part; which, and why, was printed.
    Skipped,
}

/// What packing needs beside the compiler, and judging.
const PACKERS: &[&str] = &["dpkg-dev", "rpm"];
const JUDGES: &[&str] = &["systemd", "appstream", "desktop-file-utils", "strace", "man-db"];

/// What every package says.
struct Facts {
    version: &'static str,
    epoch: Epoch,
    /// As dpkg names it.
    architecture: String,
    /// Of programs that are not optimised: packed quickly.
    debug: bool,
}

impl Facts {
    fn find(debug: bool) -> Result<Self> {
        let architecture = quiet(command("dpkg").arg("--print-architecture"))?.trim().to_owned();
        // xtask has the workspace's version.
        Ok(Self { version: env!("CARGO_PKG_VERSION"), epoch: Epoch::find()?, architecture, debug })
    }

    /// A text of ours with the version and the day in their places.
    fn fill(&self, text: &str) -> Result<String> {
        Ok(text.replace("@VERSION@", self.version).replace("@DATE@", &self.epoch.day()?))
    }
}

/// One, before it is packed.
struct Package {
    name: &'static str,
    summary: &'static str,
    description: &'static str,
    section: &'static str,
    /// In the language of Debian's relationships; rpmbuild finds its own.
    depends: String,
    recommends: &'static str,
    /// Name and text of each script that dpkg runs.
    scripts: &'static [(&'static str, &'static str)],
    tree: Tree,
}

/// Both packages, laid out and packed.
struct Made {
    facts: Facts,
    desktop: Package,
    member: Package,
    /// The application for Debian, the member for Debian, the application for Fedora.
    files: [PathBuf; 3],
    work: PathBuf,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Result<()> {
    anyhow::ensure!(apt::here(), "packages are made on Debian or Ubuntu: their own tools pack them");
    setup::run()?;
    if options.debug {
        crate::ui::build(false)?;
        crate::test::programs()?;
    } else {
        programs::build()?;
    }
    let made = make(options.debug)?;
    for file in &made.files {
        println!("   {} ({:.1} MB)", file.display(), octets(file)? / 1e6);
    }
    if options.check {
        // Whoever asks for it must not take a skipped part for a passed one.
        anyhow::ensure!(judge(&made)? == Outcome::Passed, "a part was skipped, not passed: see above");
    }
    Ok(())
}

/// Packs the programs that the other tests used and tries that, as far as this machine allows.
pub(crate) fn tested() -> Result<Outcome> {
    step("packages, of the debug programs", || {
        if !apt::here() {
            println!(
                "   SKIPPED, NOT PASSED: no package was made, because this is neither Debian nor Ubuntu"
            );
            return Ok(Outcome::Skipped);
        }
        judge(&make(true)?)
    })
}

fn octets(file: &Path) -> Result<f64> {
    Ok(fs::metadata(file).with_context(|| file.display().to_string())?.len() as f64)
}

fn make(debug: bool) -> Result<Made> {
    apt::ensure(PACKERS, "to pack")?;
    let facts = Facts::find(debug)?;
    let kind = if debug { "packages-debug" } else { "packages" };
    // The tools that pack stand elsewhere.
    let out = std::path::absolute(target().join(kind))?;
    let work = out.join("work");
    let (desktop, member) = step("laying out", || {
        let programs = work.join("programs");
        let salus = programs::stripped("salus", &facts, &programs)?;
        let node = programs::stripped("salus-node", &facts, &programs)?;
        Ok((desktop::lay_out(&salus, &facts, &work)?, member::lay_out(&node, &facts, &work)?))
    })?;
    let files = step("packing", || pack(&desktop, &member, &facts, &work, &out))?;
    Ok(Made { facts, desktop, member, files, work })
}

fn pack(desktop: &Package, member: &Package, facts: &Facts, work: &Path, out: &Path) -> Result<[PathBuf; 3]> {
    Ok([
        deb::pack(desktop, facts, out)?,
        deb::pack(member, facts, out)?,
        rpm::pack(desktop, facts, work, out)?,
    ])
}

fn judge(made: &Made) -> Result<Outcome> {
    apt::ensure(JUDGES, "to judge packages")?;
    step("what is in the packages", || check::read_back(made))?;
    step("manual pages, entry and description", || check::papers(made))?;
    let unit = step("the unit and what the member asks of the system", || check::unit(made))?;
    check::lint(made)?;
    match step("the packages in a clean root", || installed::play(made)) {
        Ok(()) => Ok(unit),
        Err(why) if why.is::<Unavailable>() => {
            println!("   SKIPPED, NOT PASSED: what of a clean root is not told above, because {why:#}");
            Ok(Outcome::Skipped)
        }
        Err(why) => Err(why),
    }
}

/// What Debian wants beside every program: whose it is, under which terms, what changed.
fn papers(tree: &Tree, name: &str, licences: &str, facts: &Facts) -> Result<()> {
    let folder = format!("usr/share/doc/{name}");
    let own = |file: &str| fs::read_to_string(crate::env::root().join(file)).with_context(|| file.to_owned());
    tree.put(&format!("{folder}/copyright"), copyright(&own("LICENSE-MIT")?).as_bytes())?;
    tree.put_compressed(&format!("{folder}/LICENCES"), licences.as_bytes())?;
    tree.put_compressed(&format!("{folder}/NEWS"), own("CHANGELOG.md")?.as_bytes())?;
    tree.put_compressed(&format!("{folder}/changelog"), deb::changelog(name, facts)?.as_bytes())
}

/// Debian's form, machine-readable.
///
/// # Source
/// Machine-readable debian/copyright file, version 1.0.
fn copyright(mit: &str) -> String {
    // Its first two paragraphs are the title and whose it is.
    let terms: Vec<&str> = mit.splitn(3, "\n\n").collect();
    let indented: String = terms
        .get(2)
        .unwrap_or(&mit)
        .lines()
        .map(|line| if line.is_empty() { " .\n".to_owned() } else { format!(" {line}\n") })
        .collect();
    format!(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Salus
Comment: The crates that are compiled into the program, with the terms of each, are in LICENCES.gz beside this file.

Files: *
Copyright: 2026 The Salus contributors
License: MIT or Apache-2.0

License: MIT
{indented}
License: Apache-2.0
 On Debian systems the full text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copyright_file_has_the_whole_licence_in_its_form() {
        let mit = fs::read_to_string(crate::env::root().join("LICENSE-MIT")).unwrap();
        let text = copyright(&mit);
        let (_, rest) = text.split_once("License: MIT\n").unwrap();
        let (terms, _) = rest.split_once("\nLicense: Apache-2.0\n").unwrap();
        assert!(terms.starts_with(" Permission is hereby granted") && terms.contains("\n .\n"), "{terms}");
        assert!(terms.lines().all(|line| line.starts_with(' ')), "{terms}");
        let words =
            |text: &str| text.split_whitespace().filter(|w| *w != ".").map(str::to_owned).collect::<Vec<_>>();
        let whole = words(&mit);
        let given = words(terms);
        assert!(whole.ends_with(&given) && whole.len() - given.len() < 12, "{terms}");
    }
}
