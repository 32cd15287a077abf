//! System packages of Debian and Ubuntu.

use std::collections::HashSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::env::{command, output};
use crate::step::run;

/// What Debian and Ubuntu call the libraries and programs that the build, the window tests and the simulated bus need.
pub(crate) const PACKAGES: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libdbus-1-dev",
    "libudev-dev",
    "libssl-dev",
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "xdotool",
    "imagemagick",
    "dbus",
    "dbus-x11",
    // The stock tool that has to open a backup.
    "age",
    // A real Secret Service for the keyring's journey, on a private bus.
    "gnome-keyring",
    // For the peripherals of the real BlueZ and the validator of FHIR: Debian's python3 alone cannot make an environment.
    "python3-venv",
    // Tests end what they started by its process group; a small system has no pkill.
    "procps",
];

/// Whether this is a system of Debian's kind.
pub(crate) fn here() -> bool {
    cfg!(target_os = "linux") && output("apt-get", &["--version"]).is_some()
}

/// Installs the packages that are missing where apt may, else says what to type.
pub(crate) fn ensure(packages: &[&str], why: &str) -> Result<()> {
    let missing = missing(packages);
    if missing.is_empty() {
        println!("   system packages: all {} present", packages.len());
        return Ok(());
    }
    println!("   installing {} packages {why}: {}", missing.len(), missing.join(" "));
    let Some(prefix) = privilege() else {
        bail!(
            "not root and sudo asks for a password. Type:\n  sudo apt-get update && sudo apt-get install -y {}",
            missing.join(" ")
        );
    };
    run(privileged(prefix, "apt-get").args(["update", "-q"]), "Is the package mirror reachable?")?;
    let mut install = privileged(prefix, "apt-get");
    install.args(["install", "-y", "-q", "--no-install-recommends"]).args(&missing);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"), "See apt's own message above.")
}

fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let listing = output("dpkg-query", &["-W", "-f=${Package} ${db:Status-Status}\n"]).unwrap_or_default();
    let installed: HashSet<&str> = listing.lines().filter_map(|l| l.strip_suffix(" installed")).collect();
    packages.iter().copied().filter(|p| !installed.contains(p)).collect()
}

/// What to put before a command that changes the system: nothing for root, sudo where it asks nothing.
pub(super) fn privilege() -> Option<&'static str> {
    if output("id", &["-u"])?.trim() == "0" {
        return Some("");
    }
    output("sudo", &["-n", "true"]).map(|_| "sudo")
}

/// A command with the right that [`privilege`] found.
pub(super) fn privileged(prefix: &str, program: &str) -> Command {
    if prefix.is_empty() {
        return command(program);
    }
    let mut c = command(prefix);
    c.arg(program);
    c
}
