//! The manual pages say what `--help` says: a page that misses an option is worse than none.

use anyhow::{Context, Result, ensure};

use super::Made;
use crate::env::{command, quiet, root};

/// A program, its page, and what of its `--help` has to be in it.
type Told = (&'static str, &'static str, fn(&str) -> Vec<String>);

const PAGES: [Told; 2] = [
    ("salus", "src-tauri/linux/salus.1", options),
    ("salus-node", "ledger/node/linux/salus-node.1", commands),
];

/// Compares each page with its program, and lets groff read it.
pub(super) fn hold(made: &Made) -> Result<()> {
    for (program, page, told) in PAGES {
        let file = made.work.join("programs").join(program);
        let help = quiet(command(&file.to_string_lossy()).arg("--help"))?;
        let named = told(&help);
        ensure!(named.len() >= 7, "{program} --help was not understood: {named:?}");
        let text = std::fs::read_to_string(root().join(page)).context(page)?.replace("\\-", "-");
        let missing: Vec<&String> = named.iter().filter(|name| !has(&text, name)).collect();
        ensure!(missing.is_empty(), "{page} does not tell of {missing:?}");
        let mut man = command("man");
        man.env("LC_ALL", "C.UTF-8").env("MANROFFSEQ", "").env("MANWIDTH", "80");
        let out =
            man.args(["--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l"]).arg(root().join(page)).output()?;
        let said = String::from_utf8_lossy(&out.stderr);
        ensure!(out.status.success() && said.is_empty(), "{page}: {said}");
    }
    Ok(())
}

/// Whether the page has it as a word of its own.
fn has(page: &str, name: &str) -> bool {
    page.split(|c: char| c.is_whitespace() || "\",.".contains(c)).any(|word| word == name)
}

/// The long options.
fn options(help: &str) -> Vec<String> {
    let words = help.lines().filter(|line| line.trim_start().starts_with('-'));
    let words = words.flat_map(|line| line.split([' ', ',']).filter(|word| word.starts_with("--")).take(1));
    words.map(str::to_owned).collect()
}

/// The commands, but the one that explains them.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    // Longer explanations go on below, indented further.
    let list = list.take_while(|line| line.is_empty() || line.starts_with(' '));
    let own = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    own.filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_help_names_is_found() {
        let help = "About.\n\nUsage: a [OPTIONS]\n\nOptions:\n      --data-dir <DIR>\n          Where, or --else.\n\n  -h, --help\n          Print\n";
        assert_eq!(options(help), ["--data-dir", "--help"]);
        let help = "About.\n\nUsage: a <COMMAND>\n\nCommands:\n  init     Make\n  run      Run\n             until\n  help     Print\n\nOptions:\n  -h, --help\n";
        assert_eq!(commands(help), ["init", "run"]);
        assert!(has(".BI --data-dir \" DIR\"", "--data-dir") && !has("--data-dirs", "--data-dir"));
    }
}
