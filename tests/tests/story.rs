//! The stories as a test of their program. The main one on the personal chain of one member, and with four, of which one and then
//! two are killed; the family's with four.
//!
//! It needs the programs `salus-node`, `salus-host` and `salus-sim-bluez` beside `salus-story`, as `cargo xtask test` builds
//! them, and with four members the machine to itself, as `.config/nextest.toml` gives it: the budget of 120 s is the program's own.

use std::process::{Command, Output};

use anyhow::{Context, Result};
use serde_json::Value;

const BUDGET_MS: u64 = 120_000;

fn played(arguments: &[&str]) -> Result<(Output, Vec<Value>)> {
    let mut story = Command::new(env!("CARGO_BIN_EXE_salus-story"));
    let output = story.args(arguments).arg("--json").output()?;
    let text = std::str::from_utf8(&output.stdout)?;
    let lines = text.lines().map(|line| serde_json::from_str(line).with_context(|| line.to_owned()));
    let lines = lines.collect::<Result<_>>()?;
    Ok((output, lines))
}

/// `{step, ok, ms, detail}`, and nothing else.
fn read(line: &Value) -> Result<(u64, bool, u64, &str)> {
    let fields: Vec<&String> = line.as_object().context("not an object")?.keys().collect();
    let mut sorted = fields.clone();
    sorted.sort_unstable();
    anyhow::ensure!(sorted == ["detail", "ms", "ok", "step"], "{fields:?}");
    let read = || {
        Some((line["step"].as_u64()?, line["ok"].as_bool()?, line["ms"].as_u64()?, line["detail"].as_str()?))
    };
    read().with_context(|| line.to_string())
}

/// Plays a story, each step of which has to hold; what each says.
fn holds(story: &str, members: &str, steps: u64) -> Result<Vec<String>> {
    let (output, lines) = played(&["--story", story, "--members", members])?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}\n{lines:#?}", output.status);
    let read = lines.iter().map(read).collect::<Result<Vec<_>>>()?;
    assert_eq!(read.iter().map(|(step, ..)| *step).collect::<Vec<_>>(), (1..=steps).collect::<Vec<_>>());
    for (step, ok, _, detail) in &read {
        assert!(*ok && !detail.is_empty(), "step {step}: {detail}");
    }
    let ms: u64 = read.iter().map(|(_, _, ms, _)| ms).sum();
    assert!(ms < BUDGET_MS, "{ms} ms");
    assert!(said.contains("every step held in ") && said.contains("of 120 s at most"), "{said}");
    Ok(read.iter().map(|(.., detail)| (*detail).to_owned()).collect())
}

fn holds_with(members: &str) -> Result<()> {
    let said = holds("main", members, 10)?;
    assert!(said[1].starts_with("2 found and paired"), "{}", said[1]);
    Ok(())
}

#[test]
fn one_readings_whole_journey_holds_with_one_member() -> Result<()> {
    holds_with("1")
}

#[test]
fn one_readings_whole_journey_holds_with_four_members_and_one_killed() -> Result<()> {
    holds_with("4")
}

#[test]
fn a_familys_story_holds_with_four_members() -> Result<()> {
    let said = holds("family", "4", 12)?;
    assert!(said[6].contains("4 of 4 refuse"), "{}", said[6]);
    assert!(said[9].contains("New readings are under new keys"), "{}", said[9]);
    assert!(said[11].starts_with("a light client that had seen nothing proves"), "{}", said[11]);
    Ok(())
}

#[test]
fn a_story_that_takes_too_long_ends_with_a_line_that_says_so() -> Result<()> {
    let (output, lines) = played(&["--members", "1", "--seconds", "0"])?;
    assert!(!output.status.success(), "{lines:#?}");
    let [line] = lines.as_slice() else { panic!("one line for the step that was played: {lines:#?}") };
    let (step, ok, _, detail) = read(line)?;
    assert!((step, ok) == (1, false) && detail.contains("it may take 0 s in all"), "{line}");
    let (refused, lines) = played(&["--seconds", "121"])?;
    assert!(!refused.status.success() && lines.is_empty(), "the budget can be cut and not stretched");
    Ok(())
}
