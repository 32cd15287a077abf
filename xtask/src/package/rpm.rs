//! The package of Fedora's kind, packed by rpmbuild, which finds the libraries that it needs by itself.
//!
//! # Source
//! RPM 4.18: rpmbuild(8), the reference of the spec file, and "Reproducible builds" in its macros.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::epoch::VARIABLE;
use super::{Facts, Package};
use crate::env::{command, quiet};

/// What would change the files, or put this computer's name and clock into the package.
const SETTINGS: &str = "%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _buildhost salus
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global source_date_epoch_from_changelog 0
";

/// Packs it into `out`.
pub(super) fn pack(package: &Package, facts: &Facts, work: &Path, out: &Path) -> Result<PathBuf> {
    // A state of its own, so that a person's is neither read nor changed.
    let state = work.join("rpm");
    fs::create_dir_all(&state)?;
    fs::create_dir_all(out)?;
    let spec = state.join(format!("{}.spec", package.name));
    fs::write(&spec, describe(package, facts)?)?;
    let file = format!("{}-{}-1.{}.rpm", package.name, facts.version, std::env::consts::ARCH);
    let mut pack = command("rpmbuild");
    pack.args(["-bb", "--quiet", "--target", std::env::consts::ARCH]);
    let folders =
        [("_topdir", state.join("top")), ("_dbpath", state.join("db")), ("_rpmdir", out.to_owned())];
    for (name, folder) in folders {
        pack.arg("--define").arg(format!("{name} {}", folder.display()));
    }
    pack.args(["--define", &format!("_build_name_fmt {file}")]).arg(&spec);
    quiet(pack.env(VARIABLE, facts.epoch.seconds()))
        .context("rpmbuild is in rpm (Debian), rpm-build (Fedora)")?;
    let file = out.join(file);
    ensure!(file.is_file(), "rpmbuild made no {}", file.display());
    Ok(file)
}

fn describe(package: &Package, facts: &Facts) -> Result<String> {
    let mut text = SETTINGS.to_owned();
    writeln!(text, "%global _binary_payload {}", if facts.debug { "w1.gzdio" } else { "w19.zstdio" })?;
    let head = [
        ("Name", package.name),
        ("Version", facts.version),
        ("Release", "1"),
        ("Summary", package.summary),
        ("License", "MIT OR Apache-2.0"),
        ("Recommends", "bluez, gnome-keyring, age, libayatana-appindicator-gtk3"),
    ];
    for (name, value) in head {
        writeln!(text, "{name}: {value}")?;
    }
    let from = package.tree.at().display();
    write!(text, "\n%description\n{}\n", package.description)?;
    write!(text, "\n%install\ncp --archive '{from}/.' '%{{buildroot}}/'\nrm -r '%{{buildroot}}/{OTHERS}'\n")?;
    writeln!(text, "\n%files\n%defattr(-,root,root)")?;
    for path in package.tree.paths()?.iter().filter(|path| is_listed(path, package.name)) {
        let folder = if path.ends_with('/') { "%dir " } else { "" };
        writeln!(text, "{folder}\"/{}\"", path.trim_end_matches('/'))?;
    }
    Ok(text)
}

/// What is for Debian's judge only.
const OTHERS: &str = "usr/share/lintian";

/// Its files, and the one folder that no other package has.
pub(super) fn is_listed(path: &str, name: &str) -> bool {
    let own = !path.ends_with('/') || path == format!("usr/share/doc/{name}/");
    own && !path.starts_with(OTHERS)
}
