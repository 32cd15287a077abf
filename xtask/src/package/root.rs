//! A clean root: a Debian of the kind of this computer's with what the packages need, and nothing of Salus.
//!
//! mmdebstrap makes it from the mirror that apt uses here, once; it is kept in the build cache, and each run works on a copy.
//! Commands run in it in mount and process name spaces of their own, so that nothing stays mounted or running.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::env::{Unavailable, cache, command, output, quiet};
use crate::setup::apt;

/// Counted up when what is in the kept root changes.
const LAYOUT: u32 = 1;

/// What a run sees come and go and nobody keeps: the machine's own, and what is cleared at its start.
const PASSING: [&str; 5] = ["proc", "sys", "dev", "run", "tmp"];

/// The copy of one run. Removed when it is dropped.
pub(super) struct Root {
    at: PathBuf,
    /// The script that enters it.
    enter: PathBuf,
}

impl Root {
    /// A copy of the kept root, called `name`, in which `needs` are installed, in the language of Debian's relationships. Where there is
    /// none yet or another is needed, it is made.
    pub(super) fn clean(needs: &str, name: &str) -> Result<Self> {
        possible()?;
        let folder = cache().join("package-root");
        fs::create_dir_all(&folder)?;
        sweep(&folder)?;
        let enter = std::path::absolute(folder.join("enter.sh"))?;
        fs::write(&enter, include_str!("enter.sh"))?;
        let folder = std::path::absolute(folder)?;
        let (kept, stamp) = (folder.join("kept"), folder.join("kept.txt"));
        let release = fs::read_to_string("/etc/os-release").context("/etc/os-release")?;
        let wanted = format!("{LAYOUT}\n{needs}\n{release}");
        if !kept.exists() || fs::read_to_string(&stamp).unwrap_or_default() != wanted {
            let made = Self { at: folder.join(format!("new-{}", std::process::id())), enter: enter.clone() };
            made.make(needs, &release)?;
            clear(&kept)?;
            fs::rename(&made.at, &kept)?;
            fs::write(stamp, wanted)?;
        } else {
            println!("   kept in {}", kept.display());
        }
        let run = Self { at: folder.join(format!("run-{}-{name}", std::process::id())), enter };
        quiet(command("cp").args(["--archive", "--reflink=auto"]).arg(&kept).arg(&run.at))?;
        Ok(run)
    }

    /// Where a path of it is on this computer.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.at.join(path.trim_start_matches('/'))
    }

    /// A command of root's in it, without a network.
    pub(super) fn command(&self, program: &[&str]) -> Command {
        let mut c = command("unshare");
        c.args(["--mount", "--pid", "--net", "--fork", "--kill-child", "--", "/bin/sh"]);
        c.arg(&self.enter).arg(&self.at).arg("root").args(program);
        c
    }

    /// Runs a command of root's in it, without a network; what it said.
    pub(super) fn run(&self, program: &[&str]) -> Result<String> {
        quiet(&mut self.command(program)).with_context(|| program.join(" "))
    }

    /// Every path in it that outlives a start of the machine, without a slash before it.
    pub(super) fn paths(&self) -> Result<BTreeSet<String>> {
        let mut find = command("find");
        find.current_dir(&self.at).args([".", "-xdev", "("]);
        for (index, path) in PASSING.iter().enumerate() {
            find.args((index > 0).then_some("-o")).args(["-path", &format!("./{path}")]);
        }
        let listing = quiet(find.args([")", "-prune", "-o", "-print"]))?;
        Ok(listing.lines().filter_map(|line| line.strip_prefix("./")).map(str::to_owned).collect())
    }

    /// Starts its systemd as a first process with no network but the loopback, which does what is in the script and turns itself off; what
    /// the script said.
    pub(super) fn boot(&self, script: &str) -> Result<String> {
        let group = Group::make()?;
        let folder = self.path("srv/packages");
        fs::write(folder.join("play.sh"), script)?;
        fs::write(self.path("etc/systemd/system/play.service"), include_str!("play.service"))?;
        let boot = self.enter.with_file_name("boot.sh");
        fs::write(&boot, include_str!("boot.sh"))?;
        // How it ends says nothing: it turns itself off. What was said does.
        let mut run = command("timeout");
        run.args(["--signal=KILL", "120", "/bin/sh"]).arg(boot).arg(&self.at).arg(&group.0);
        let out = run.output().context("starting a root's systemd")?;
        fs::read_to_string(folder.join("said"))
            .with_context(|| format!("its systemd did nothing: {}", String::from_utf8_lossy(&out.stderr)))
    }

    /// A script that starts a program of it as one of its users, for who knows nothing of roots.
    pub(super) fn door(&self, user: &str, home: &str, program: &str) -> Result<PathBuf> {
        let door = self.at.with_extension("door");
        let (enter, at) = (self.enter.display(), self.at.display());
        let text = format!(
            "#!/bin/sh\nexec unshare --mount --pid --fork --kill-child -- /bin/sh '{enter}' '{at}' {user} \
             env HOME={home} USER={user} {program} \"$@\"\n"
        );
        fs::write(&door, text)?;
        quiet(command("chmod").arg("755").arg(&door))?;
        Ok(door)
    }

    fn make(&self, needs: &str, release: &str) -> Result<()> {
        println!("   making it, with {needs} (about two minutes, once)");
        apt::ensure(&["mmdebstrap", "gpg"], "for a clean root")
            .context(Unavailable("mmdebstrap cannot be had"))?;
        let name = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
        let name = name.context(Unavailable("this system's release has no name"))?;
        let mut make = command("mmdebstrap");
        make.args(["--quiet", "--mode=root", "--variant=minbase"]);
        // It is a copy of a copy: nobody waits for the disk. The user that apt changes to may not read a person's cache.
        make.args(["--dpkgopt=force-unsafe-io", "--aptopt=APT::Sandbox::User \"root\""]);
        make.arg(format!("--include={}", names(needs))).arg(name).arg(&self.at).args(mirrors()?);
        quiet(&mut make).context(Unavailable("Debian's packages cannot be had")).map(drop)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = clear(&self.at);
        let _ = fs::remove_file(self.at.with_extension("door"));
    }
}

/// A control group of a run's own, in which a systemd makes its services'.
struct Group(PathBuf);

impl Group {
    fn make() -> Result<Self> {
        let cannot = Unavailable("this machine allows no control groups of our own");
        let mounts = fs::read_to_string("/proc/self/mountinfo").context("/proc/self/mountinfo")?;
        let place =
            hierarchy(&mounts).map(|place| Path::new(place).join(format!("salus-{}", std::process::id())));
        let Some(place) = place else {
            return Err(anyhow::Error::msg("there is no cgroup2").context(cannot));
        };
        fs::create_dir(&place).with_context(|| place.display().to_string()).context(cannot)?;
        Ok(Self(place))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Each is removed once it is empty, the lowest first; nothing runs in them any more.
        let _ =
            quiet(command("find").arg(&self.0).args(["-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]));
    }
}

/// Where version 2 of control groups is mounted: the fifth word, and behind a dash the kind.
fn hierarchy(mounts: &str) -> Option<&str> {
    let line = mounts.lines().find(|line| line.contains(" - cgroup2 "))?;
    line.split(' ').nth(4)
}

/// What is named in relationships, the first of each choice, without versions: whether these fit is seen when the packages are installed.
fn names(needs: &str) -> String {
    let names: BTreeSet<&str> = needs.split(", ").filter_map(|one| one.split_whitespace().next()).collect();
    names.into_iter().collect::<Vec<_>>().join(",")
}

/// Removes what killed runs left: copies are named by the process that works on them.
fn sweep(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let at = entry?.path();
        let name = at.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let process = name.strip_prefix("run-").or_else(|| name.strip_prefix("new-"));
        let process = process.and_then(|rest| rest.split('-').next());
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            clear(&at)?;
        }
    }
    Ok(())
}

/// Removes a root, where it has been made; nothing is mounted in it outside of its own name spaces.
fn clear(at: &Path) -> Result<()> {
    quiet(command("rm").args(["--recursive", "--force", "--one-file-system", "--"]).arg(at)).map(drop)
}

/// Whether this machine lets us make and enter one.
fn possible() -> Result<()> {
    let root = output("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    ensure_or(root, "it takes root")?;
    let spaces = ["--mount", "--pid", "--net", "--fork", "--kill-child", "--mount-proc", "true"];
    ensure_or(
        output("unshare", &spaces).is_some(),
        "this machine allows no name spaces of mounts and processes",
    )
}

fn ensure_or(holds: bool, cannot: &'static str) -> Result<()> {
    if holds { Ok(()) } else { Err(anyhow::Error::msg("nothing to try here").context(Unavailable(cannot))) }
}

/// Where apt gets this system's own packages here, one line for each.
fn mirrors() -> Result<BTreeSet<String>> {
    let ask = || {
        let form = "$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)";
        let listing = output("apt-get", &["indextargets", "--format", form, "Created-By: Packages"]);
        own(&listing.unwrap_or_default())
    };
    if ask().is_empty() {
        // An image without lists.
        quiet(command("apt-get").args(["update", "--quiet"]))
            .context(Unavailable("apt reaches no mirror"))?;
    }
    let mirrors = ask();
    ensure!(!mirrors.is_empty(), "apt knows no mirror of Debian or Ubuntu");
    Ok(mirrors)
}

fn own(listing: &str) -> BTreeSet<String> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split('|').collect();
        match words[..] {
            ["Debian" | "Ubuntu", place, release, part] => Some(format!("deb {place} {release} {part}")),
            _ => None,
        }
    };
    listing.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_groups_are_found_where_both_versions_are() {
        let old = "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd\n";
        let new = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
        assert_eq!(hierarchy(&format!("{old}{new}")), Some("/sys/fs/cgroup/unified"));
        assert_eq!(hierarchy(old), None);
    }

    #[test]
    fn what_packages_need_is_named_once() {
        let needs =
            "libc6 (>= 2.36), libgcc-s1 (>= 4.2), libc6 (>= 2.34), systemd | systemd-standalone-sysusers";
        assert_eq!(names(needs), "libc6,libgcc-s1,systemd");
    }

    #[test]
    fn only_the_systems_own_mirrors_are_taken() {
        let listing = "Debian|http://mirror/debian/|trixie|main\nOther|http://other/|stable|main\nDebian|http://mirror/debian/|trixie|main\n";
        assert_eq!(own(listing), BTreeSet::from(["deb http://mirror/debian/ trixie main".to_owned()]));
        assert!(own("").is_empty());
    }
}
