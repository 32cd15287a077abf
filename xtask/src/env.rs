//! Where things are: the project's root, the target directory, the tools that set-up installed; and commands that are run there.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Something that this platform does not have or may not reach; what, and why, is the error below it.
#[derive(Debug)]
pub(crate) struct Unavailable(pub(crate) &'static str);

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// The project's root: the parent of this crate. Clones share what they compile: the folder that was compiled in may be another clone's, and
/// cargo names the one that it runs.
pub(crate) fn root() -> PathBuf {
    let runs = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|dir| dir.ends_with("xtask"));
    let own = runs.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    own.parent().unwrap_or(Path::new(".")).to_owned()
}

/// The folder for what outlives a clone: tools and, in CI, the target directory.
pub(crate) fn cache() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".cache")));
    base.unwrap_or_else(|| root().join("target")).join("salus")
}

/// Where set-up puts the tools it builds, apart from the person's own.
pub(crate) fn tools() -> PathBuf {
    cache().join("tools")
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Under what cargo takes the compiler's flags, with 0x1f between them.
pub(crate) const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";

/// The compiler's flags for what is given away: those that the person asked for, and no path of this computer in a message.
pub(crate) fn flags() -> String {
    let own = std::env::var("RUSTFLAGS").unwrap_or_default();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".cargo")));
    let mut flags: Vec<String> = own.split_whitespace().map(str::to_owned).collect();
    let places = [(home, "/cargo"), (Some(root()), "/salus")];
    for (place, name) in places.into_iter().filter_map(|(place, name)| Some((place?, name))) {
        flags.push(format!("--remap-path-prefix={}={name}", place.display()));
    }
    flags.join("\u{1f}")
}

/// A command with the project's tools first on its path, started in the project's root.
pub(crate) fn command(program: &str) -> Command {
    let mut paths = vec![tools().join("bin")];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let path = std::env::join_paths(paths).unwrap_or_default();
    // Command looks a program up on the parent's path, so the tool's own path is resolved here.
    let own = tools().join("bin").join(program);
    let mut c = if own.exists() { Command::new(own) } else { Command::new(program) };
    c.env("PATH", path).current_dir(root());
    c
}

/// A program of the workspace that cargo built. Started directly: `cargo run -p` would switch off what other packages
/// switch on in shared crates, and build the tree once more.
pub(crate) fn built(program: &str) -> Command {
    let mut c = Command::new(target().join("debug").join(program));
    c.current_dir(root());
    c
}

/// A cargo command that does not inherit what the running `cargo xtask` put into the environment.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut c = command("cargo");
    // These describe xtask's own package; a build script of another crate must not see them.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST") {
            c.env_remove(name);
        }
    }
    c.args(args);
    c
}

/// The standard output of a command, or `None` when it cannot run or fails.
pub(crate) fn output(program: &str, args: &[&str]) -> Option<String> {
    let out = command(program).args(args).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Runs a command without showing its output, which is returned; an error holds the end of what it complained.
pub(crate) fn quiet(command: &mut Command) -> Result<String> {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("starting {name}"))?;
    if !out.status.success() {
        let complaint = String::from_utf8_lossy(&out.stderr);
        let last: Vec<&str> = complaint.lines().rev().take(3).collect();
        bail!("{name} ended with {}: {}", out.status, last.into_iter().rev().collect::<Vec<_>>().join(" / "));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// The version of a package in a lockfile.
pub(crate) fn locked_version(lockfile: &Path, package: &str) -> Result<String> {
    let text =
        std::fs::read_to_string(lockfile).with_context(|| format!("reading {}", lockfile.display()))?;
    let name = format!("name = \"{package}\"");
    let mut lines = text.lines().skip_while(|l| *l != name);
    let version = lines.nth(1).and_then(|l| l.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("{package} is not in {}", lockfile.display()))
}
