//! Resident memory of the processes behind a window.

use anyhow::{Context, Result, ensure};

/// The web view's, as the kernel names it, which keeps 15 letters of a name.
pub(crate) const WEB: &str = "WebKitWebProces";

/// Resident memory of every process of this name in a process group, added up; MiB. What processes share is counted in each.
///
/// # Source
/// proc(5): `stat` and `status` may be read of a process that hides its memory too.
pub(crate) fn resident(group: u32, name: &str) -> Result<f64> {
    let mut sum = None;
    for entry in std::fs::read_dir("/proc").context("processes are looked for under /proc")? {
        let folder = entry?.path();
        // One that ended meanwhile has nothing to say.
        let Ok(stat) = std::fs::read_to_string(folder.join("stat")) else { continue };
        if named(&stat) != Some((name, group)) {
            continue;
        }
        let Ok(status) = std::fs::read_to_string(folder.join("status")) else { continue };
        *sum.get_or_insert(0.0) += held(&status).unwrap_or_default() / 1024.0;
    }
    let sum = sum.with_context(|| format!("no process {name} in group {group}"))?;
    ensure!(sum > 0.0, "{name} holds nothing");
    Ok(sum)
}

/// Name and process group. A name may hold anything, so it ends at the last bracket.
fn named(stat: &str) -> Option<(&str, u32)> {
    let (before, after) = stat.rsplit_once(") ")?;
    let (_, name) = before.split_once('(')?;
    Some((name, after.split(' ').nth(2)?.parse().ok()?))
}

/// KiB.
fn held(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_lines_are_read() {
        assert_eq!(named("12 (salus) S 11 10 9 0 -1"), Some(("salus", 10)));
        assert_eq!(named("12 (a) b) (c) R 1 7 7"), Some(("a) b) (c", 7)));
        assert_eq!(named("12 salus S 11"), None);
        assert_eq!(held("Name:\tsalus\nVmRSS:\t  2048 kB\nThreads:\t1\n"), Some(2048.0));
        assert_eq!(held("Name:\tkthreadd\n"), None);
    }

    #[test]
    fn this_process_is_found_and_another_is_not() {
        let stat = std::fs::read_to_string("/proc/self/stat").expect("proc");
        let (name, group) = named(&stat).expect("a name");
        assert!(resident(group, name).is_ok_and(|mib| mib > 0.5));
        assert!(resident(group, "no such name").is_err());
    }
}
