//! The licences of everything that is inside a program: each crate's own words, from the source that was compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::env::{cargo, output, root};

/// How a file begins that says under which terms something is given; in capitals.
const NAMES: [&str; 7] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE", "OFL"];
/// Longer than any licence; what is longer is something else.
const MAX: u64 = 1 << 18;

/// Crates without a text, and one of the same authors under the same licence that has it.
const LENT: [(&str, &str); 2] = [("alloc-stdlib", "alloc-no-stdlib"), ("selectors", "cssparser")];

/// A crate of others.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    /// As it names its licences, in the language of SPDX; empty where it names a file only.
    expression: String,
    home: String,
    folder: PathBuf,
}

/// What a text says in front of the crates.
const HEAD: &str = "This program contains the crates below, each under the terms that stand beside it. Their own words follow, each text \
once, after the crates that have it. A crate of several licences is taken under one that this project names in deny.toml.\n";

/// The text for a program of the workspace, with those of the page when that is in it.
pub(super) fn of(program: &str, page: bool) -> Result<String> {
    let version = output("rustc", &["-vV"]).context("rustc does not run")?;
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).context("rustc names no host")?;
    let mut crates = inside("Cargo.toml", program, host)?;
    let mut more = Vec::new();
    if page {
        crates.extend(inside("ui/Cargo.toml", "salus-ui", "wasm32-unknown-unknown")?);
        let typeface = fs::read_to_string(root().join("ui/font/OFL.txt")).context("ui/font/OFL.txt")?;
        more.push(("Atkinson Hyperlegible Next (the typeface)".to_owned(), typeface));
        let list = "src-tauri/crates/wire/words/LICENSE";
        let list = fs::read_to_string(root().join(list)).context(list)?;
        more.push(("BIP-0039's English words, of trezor/python-mnemonic (the list)".to_owned(), list));
    }
    write(&crates, more)
}

/// Crates of others that are compiled into `program` on `platform`; what only builds or tests it is not.
fn inside(manifest: &str, program: &str, platform: &str) -> Result<BTreeSet<Crate>> {
    let mut c = cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    let out =
        c.arg("--manifest-path").arg(root().join(manifest)).output().context("starting cargo metadata")?;
    ensure!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    reached(&serde_json::from_slice(&out.stdout).context("reading cargo metadata")?, program)
}

fn reached(metadata: &Value, program: &str) -> Result<BTreeSet<Crate>> {
    let packages = metadata["packages"].as_array().context("no packages")?;
    let nodes = metadata["resolve"]["nodes"].as_array().context("no resolved graph")?;
    let by_id: BTreeMap<&str, &Value> =
        packages.iter().filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let needs: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["id"].as_str()?, &node["deps"]))).collect();
    let first = packages.iter().find(|p| p["name"] == program).and_then(|p| p["id"].as_str());
    let mut waiting = vec![first.with_context(|| format!("no package {program}"))?];
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let package = by_id.get(id).with_context(|| format!("no package {id}"))?;
        // What has no source is of this workspace.
        if !package["source"].is_null() {
            found.insert(Crate::of(package)?);
        }
        for need in needs.get(id).and_then(|deps| deps.as_array()).into_iter().flatten() {
            // kind null is a normal dependency.
            let normal = need["dep_kinds"].as_array().is_some_and(|k| k.iter().any(|k| k["kind"].is_null()));
            waiting.extend(need["pkg"].as_str().filter(|_| normal));
        }
    }
    Ok(found)
}

impl Crate {
    fn of(package: &Value) -> Result<Self> {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let manifest = PathBuf::from(text("manifest_path"));
        let folder = manifest.parent().context("a package without a folder")?.to_owned();
        let home = [text("repository"), text("homepage")].into_iter().find(|h| !h.is_empty());
        Ok(Self {
            name: text("name"),
            version: text("version"),
            expression: text("license"),
            home: home.unwrap_or_default(),
            folder,
        })
    }

    /// Every text of terms that lies in its folder, in the order of names.
    fn texts(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        for folder in [self.folder.clone(), self.folder.join("LICENSES")] {
            files.extend(terms(&folder).unwrap_or_default());
        }
        files.sort();
        let read = |file: &PathBuf| fs::read(file).with_context(|| file.display().to_string());
        // A name in another encoding is still a name.
        files.iter().map(|file| Ok(String::from_utf8_lossy(&read(file)?).trim_end().to_owned())).collect()
    }

    /// Who has its text.
    fn lender<'a>(&self, crates: &'a BTreeSet<Self>) -> Option<&'a Self> {
        let (_, lender) = LENT.iter().find(|(without, _)| *without == self.name)?;
        crates.iter().find(|other| other.name == *lender && other.expression == self.expression)
    }

    /// Whether its licence can be given in words that are the same for everybody.
    fn is_common(&self) -> bool {
        self.expression.contains("MIT") || self.expression.contains("Apache-2.0")
    }
}

/// Files of a folder whose name says that they are terms.
fn terms(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let (kind, own) = (entry.metadata()?, folder.ends_with("LICENSES"));
        if kind.is_file() && kind.len() <= MAX && (own || NAMES.iter().any(|n| name.starts_with(n))) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn write(crates: &BTreeSet<Crate>, more: Vec<(String, String)>) -> Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = String::new();
    let mut bare = Vec::new();
    for one in crates {
        let name = format!("{} {}", one.name, one.version);
        let terms = if one.expression.is_empty() { "see its text" } else { one.expression.as_str() };
        writeln!(list, "{name}: {terms} {}", one.home)?;
        let mut own = one.texts()?;
        if let (true, Some(lender)) = (own.is_empty(), one.lender(crates)) {
            own = lender.texts()?;
        }
        if own.is_empty() {
            let hint = "find one with the same authors for xtask/src/package/licences.rs";
            ensure!(one.is_common(), "{name} ({terms}) brings no text of its licence: {hint}");
            bare.push(name.clone());
        }
        for text in own {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (name, text) in more {
        writeln!(list, "{name}")?;
        texts.entry(text.trim_end().to_owned()).or_default().push(name);
    }
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = fs::read_to_string(root().join(file)).with_context(|| file.to_owned())?;
        let whose = texts.entry(text.trim_end().to_owned()).or_default();
        whose.push("Salus".to_owned());
        // Their authors named the licence and brought no copy of it.
        whose.extend(bare.iter().map(|name| format!("{name} (as it names it)")));
    }
    let mut all = format!("{HEAD}\n{list}");
    for (text, whose) in texts {
        write!(all, "\n{}\n{}\n\n{text}\n", "-".repeat(78), whose.join(", "))?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(id: &str, source: Option<&str>) -> Value {
        let folder = std::env::temp_dir().join(format!("salus-licences-{}", std::process::id()));
        json!({ "id": id, "name": id, "version": "1.0.0", "license": "Zlib", "repository": null, "homepage": "h",
            "source": source, "manifest_path": folder.join(id).join("Cargo.toml") })
    }

    #[test]
    fn what_is_linked_is_named_with_its_text_and_what_builds_is_not() {
        let dep = |id: &str, kind: Value| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [package("own", None), package("linked", Some("r")), package("below", Some("r")), package("build", Some("r"))],
            "resolve": { "nodes": [
                { "id": "own", "deps": [dep("linked", Value::Null), dep("build", json!("build"))] },
                { "id": "linked", "deps": [dep("below", Value::Null)] },
                { "id": "below", "deps": [dep("linked", Value::Null)] },
                { "id": "build", "deps": [] },
            ] },
        });
        let crates = reached(&metadata, "own").unwrap();
        assert_eq!(crates.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["below", "linked"]);
        let missing = write(&crates, Vec::new()).unwrap_err().to_string();
        assert!(missing.contains("below 1.0.0 (Zlib) brings no text"), "{missing}");
        for one in &crates {
            fs::create_dir_all(&one.folder).unwrap();
            fs::write(one.folder.join("Licence.md"), "do what you like\n").unwrap();
            fs::write(one.folder.join("lib.rs"), "not terms").unwrap();
        }
        let text = write(&crates, vec![("A typeface".into(), "as is\n".into())]).unwrap();
        assert!(text.contains("\nbelow 1.0.0, linked 1.0.0\n\ndo what you like\n"), "{text}");
        assert!(
            text.contains("\nbelow 1.0.0: Zlib h\n") && text.contains("\nA typeface\n\nas is\n"),
            "{text}"
        );
        assert!(!text.contains("build 1.0.0") && !text.contains("not terms"), "{text}");
        fs::remove_dir_all(crates.first().unwrap().folder.parent().unwrap()).unwrap();
    }
}
