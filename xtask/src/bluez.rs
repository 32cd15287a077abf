//! The real BlueZ, without a radio: Debian's kernel and bluetoothd in a software-emulated machine, two virtual
//! peripherals, and the devices crate talking to them over D-Bus.
//!
//! ```text
//! host                                            guest (QEMU, 512 MB, no disk)
//!   bluez_real (test) --- D-Bus over TCP ------->   dbus-daemon --- bluetoothd
//!        | lines                                                        | kernel, hci_vhci
//!   peripherals.py (Bumble) --- HCI over TCP --->   socat --------- btvirt
//! ```
//!
//! Everything that is not part of a fresh system is unpacked into the build cache, once; nothing is installed. Both
//! ports are on the loopback and chosen at run time, and the guest reaches nothing but these two connections.

mod archive;
mod image;
mod kernel;
mod machine;
mod packages;
mod parts;
mod shell;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::env::{Unavailable, cache, cargo};
use crate::python;
use crate::step::{run as command_run, step};
use machine::Machine;
use parts::Parts;

/// How it ended, when it did not fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The journeys ran and held.
    Passed,
    /// The machine or the peripherals cannot be had here; said on standard output.
    Skipped,
}

/// Unpacked packages and Python's environment outlive a clone.
fn folder() -> PathBuf {
    cache().join("bluez-vm")
}

/// Boots, plays the journeys, and ends the machine whatever happened.
pub(crate) fn run() -> Result<Outcome> {
    step("the real BlueZ in a virtual machine", || {
        let (parts, python) = match prepare() {
            Ok(prepared) => prepared,
            // Only what the platform does not have: an error of our own unpacking is one.
            Err(why) if why.is::<Unavailable>() => {
                println!("   SKIPPED, NOT PASSED: the real BlueZ was not tested, because {why:#}");
                return Ok(Outcome::Skipped);
            }
            Err(why) => return Err(why),
        };
        step("building the journeys", || {
            command_run(journeys().arg("--no-run"), "See the compiler's message above.")
        })?;
        let machine = step("booting", || Machine::boot(&parts))?;
        let held = step("journeys against bluetoothd", || {
            let mut c = journeys();
            c.args(["--run-ignored", "only", "--no-fail-fast"]);
            c.env("SALUS_BLUEZ_BUS", machine.bus()).env("DBUS_SYSTEM_BUS_ADDRESS", machine.bus());
            c.env("SALUS_BLUEZ_RADIO", machine.radio()).env("SALUS_BLUEZ_PYTHON", &python);
            command_run(&mut c, "See the failing journey above.")
        });
        match held {
            Ok(()) => machine.discard_log()?,
            Err(_) => println!("   what the machine said is in {}", machine.log().display()),
        }
        held.map(|()| Outcome::Passed)
    })
}

/// Chosen by what runs, not by what is built: another choice for cargo means other features, and half of everything built anew.
fn journeys() -> Command {
    cargo(&["nextest", "run", "--locked", "--workspace", "-E", "binary(bluez_real)"])
}

/// What has to be fetched. What cannot be is [`Unavailable`]; everything else that goes wrong is a failure.
fn prepare() -> Result<(Parts, PathBuf)> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err(anyhow::Error::msg("Debian's packages are for others")
            .context(Unavailable("it needs Linux on x86-64")));
    }
    let parts = step("QEMU, kernel and BlueZ", packages::ensure)?;
    let python = step("Bumble", || {
        python::ensure(&folder().join("python"), "tests/bluez/requirements.txt", "Bumble cannot be had")
    })?;
    Ok((parts, python))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn only_what_the_platform_lacks_is_skipped() {
        let missing = crate::env::quiet(&mut Command::new("no-such-program-here"));
        let missing = missing.context(Unavailable("it is not installed")).map(drop);
        let told = missing.context("preparing").unwrap_err();
        assert!(told.is::<Unavailable>() && format!("{told:#}").contains("it is not installed"), "{told:#}");
        // A file that our own unpacking did not find.
        let ours = std::fs::read("/nonexistent/parts").context("naming the finished folder").unwrap_err();
        assert!(!ours.is::<Unavailable>());
    }
}
