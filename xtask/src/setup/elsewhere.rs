//! Systems without apt: what is missing is looked for by what it brings, and the command to type is printed.

use anyhow::{Result, bail};

use crate::env::output;

/// How something shows that it is there.
#[derive(Clone, Copy)]
enum Sign {
    /// A program on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// Modules of Python.
    Python(&'static str),
}

use Sign::{Library, Program, Python};

/// One thing, and its package's name for dnf, pacman and zypper.
type Need = (Sign, [&'static str; 3]);

/// The same things as [`super::apt::PACKAGES`], in the same order. dnf and zypper also take a file's path for a name.
const NEEDS: &[Need] = &[
    (Program("c++"), ["gcc-c++", "base-devel", "gcc-c++"]),
    (Program("pkg-config"), ["pkgconf-pkg-config", "pkgconf", "pkg-config"]),
    (Library("webkit2gtk-4.1"), ["webkit2gtk4.1-devel", "webkit2gtk-4.1", "webkit2gtk3-devel"]),
    (Library("librsvg-2.0"), ["librsvg2-devel", "librsvg", "librsvg-devel"]),
    (
        Library("ayatana-appindicator3-0.1"),
        ["libayatana-appindicator-gtk3-devel", "libayatana-appindicator", "libayatana-appindicator3-devel"],
    ),
    (Library("dbus-1"), ["dbus-devel", "dbus", "dbus-1-devel"]),
    (Library("libudev"), ["systemd-devel", "systemd-libs", "systemd-devel"]),
    (Library("openssl"), ["openssl-devel", "openssl", "libopenssl-devel"]),
    (Program("WebKitWebDriver"), ["/usr/bin/WebKitWebDriver", "webkitgtk-6.0", "/usr/bin/WebKitWebDriver"]),
    (Program("Xvfb"), ["xorg-x11-server-Xvfb", "xorg-server-xvfb", "xorg-x11-server-Xvfb"]),
    (Program("xauth"), ["xorg-x11-xauth", "xorg-xauth", "xauth"]),
    (Program("xdotool"), ["xdotool", "xdotool", "xdotool"]),
    (Program("import"), ["ImageMagick", "imagemagick", "ImageMagick"]),
    (Program("dbus-daemon"), ["dbus-daemon", "dbus", "dbus-1-daemon"]),
    (Program("dbus-launch"), ["dbus-x11", "dbus", "dbus-1-x11"]),
    (Program("age"), ["age", "age", "age"]),
    (Program("gnome-keyring-daemon"), ["gnome-keyring", "gnome-keyring", "gnome-keyring"]),
    (Python("venv, ensurepip"), ["python3", "python", "python3"]),
    (Program("pkill"), ["procps-ng", "procps-ng", "procps"]),
];

/// Package managers in the order of the names in [`NEEDS`], and what is typed before the names.
const MANAGERS: [(&str, &str); 3] =
    [("dnf", "sudo dnf install"), ("pacman", "sudo pacman -S --needed"), ("zypper", "sudo zypper install")];

/// Goes on when nothing is missing; says what to type when something is.
pub(super) fn ensure() -> Result<()> {
    if cfg!(target_os = "macos") {
        println!("   macOS, if it was not done before: xcode-select --install");
        println!("   WebKit is part of the system. The window tests need Linux.");
        return Ok(());
    }
    if cfg!(windows) {
        println!("   Windows, if it was not done before:");
        println!(
            "     winget install Microsoft.VisualStudio.2022.BuildTools --override \"--wait --passive --add \
             Microsoft.VisualStudio.Workload.VCTools --includeRecommended\""
        );
        println!("     winget install Microsoft.EdgeWebView2Runtime");
        println!("   The window tests need Linux.");
        return Ok(());
    }
    let missing: Vec<&Need> = NEEDS.iter().filter(|(sign, _)| !there(*sign)).collect();
    if missing.is_empty() {
        println!("   what the system brings: all {} found", NEEDS.len());
        return Ok(());
    }
    let manager = MANAGERS.iter().position(|(program, _)| output(program, &["--version"]).is_some());
    bail!("this system has no apt, and lacks what the build or the tests need. {}", advice(manager, &missing))
}

/// What the person types.
fn advice(manager: Option<usize>, missing: &[&Need]) -> String {
    let Some(manager) = manager else {
        let all: Vec<String> = missing.iter().map(|(sign, _)| named(*sign)).collect();
        return format!("Install what brings these: {}", all.join(", "));
    };
    let mut names: Vec<&str> = Vec::new();
    for (_, packages) in missing {
        if !names.contains(&packages[manager]) {
            names.push(packages[manager]);
        }
    }
    format!("Type:\n  {} {}", MANAGERS[manager].1, names.join(" "))
}

fn there(sign: Sign) -> bool {
    match sign {
        Program(name) => {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
        }
        Library(name) => output("pkg-config", &["--exists", name]).is_some(),
        Python(modules) => output("python3", &["-c", &format!("import {modules}")]).is_some(),
    }
}

fn named(sign: Sign) -> String {
    match sign {
        Program(name) => format!("the program {name}"),
        Library(name) => format!("the library {name} with its headers"),
        Python(modules) => format!("Python 3 with {modules}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_what_is_missing_once_and_nothing_else() {
        let dbus: Vec<&Need> =
            NEEDS.iter().filter(|(s, _)| matches!(s, Program(p) if p.starts_with("dbus-"))).collect();
        assert_eq!(advice(Some(0), &dbus), "Type:\n  sudo dnf install dbus-daemon dbus-x11");
        assert_eq!(advice(Some(1), &dbus), "Type:\n  sudo pacman -S --needed dbus");
        assert_eq!(advice(Some(2), &dbus), "Type:\n  sudo zypper install dbus-1-daemon dbus-1-x11");
        let unknown = advice(None, &dbus);
        assert!(unknown.contains("dbus-daemon") && !unknown.contains("sudo"), "{unknown}");
    }

    #[test]
    fn everything_that_apt_installs_is_looked_for_elsewhere_too() {
        assert_eq!(NEEDS.len(), super::super::apt::PACKAGES.len());
        assert!(there(Program("cargo")) && !there(Program("a program that nobody has")));
        assert!(!there(Library("a-library-that-nobody-has")));
    }
}
