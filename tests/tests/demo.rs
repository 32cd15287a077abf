//! The demonstration as a person starts it: members, wearables, both records made ready, two windows, and an end that leaves
//! nothing running. What its windows show is the matter of the tests of windows.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::network::eventually;
use salus_tests::stage::{screen, session};
use salus_tests::story::app::program;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{ChildStdout, Command};

/// Two weeks of readings and a permission are made before the windows open.
const PATIENCE: Duration = Duration::from_secs(200);

#[tokio::test(flavor = "multi_thread")]
async fn both_windows_open_on_ready_records_and_all_of_it_ends_together() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (_screen, display) = screen().await?;
    let mut command = session(home.path(), &display)?;
    command.arg(program("salus-demo")?).args(["--members", "1"]);
    command.stdout(Stdio::piped()).stderr(std::fs::File::create(home.path().join("log"))?);
    let mut demo = command.spawn().context("dbus-run-session is missing: run `cargo xtask setup`")?;
    let group = demo.id().context("it ended at once")?.to_string();
    let out = BufReader::new(demo.stdout.take().context("its output")?).lines();
    let seen = tokio::time::timeout(PATIENCE, see(out, &display, &group)).await;
    if !matches!(seen, Ok(Ok(()))) {
        signal("KILL", &group, None).await;
    }
    let log = || std::fs::read_to_string(home.path().join("log")).unwrap_or_default();
    seen.context("the demonstration takes too long").flatten().with_context(log)?;
    let ended = tokio::time::timeout(PATIENCE, demo.wait()).await.context("it does not end")??;
    ensure!(ended.success(), "it ended with {ended}");
    // The web views' own processes end behind their windows.
    let gone = async || (!signal("0", &group, None).await).then_some(());
    eventually(PATIENCE, gone).await.context("something of it still runs")
}

async fn see(mut out: Lines<BufReader<ChildStdout>>, display: &str, group: &str) -> Result<()> {
    for line in [
        "1 members agree on their first block",
        "a patient with six wearables and two weeks of readings is ready",
        "an attested clinician with one permission is ready",
    ] {
        assert_eq!(out.next_line().await?.as_deref(), Some(line));
    }
    let windows = async || {
        let mut search = Command::new("xdotool");
        search.args(["search", "--onlyvisible", "--name", "^Salus$"]).env("DISPLAY", display);
        let found = search.output().await.ok()?.stdout;
        (String::from_utf8_lossy(&found).lines().count() == 2).then_some(())
    };
    eventually(PATIENCE, windows).await.context("not both windows are shown")?;
    ensure!(signal("TERM", group, Some("salus-demo")).await, "it is not there any more");
    let mut rest = Vec::new();
    while let Some(line) = out.next_line().await? {
        rest.push(line);
    }
    ensure!(rest.iter().any(|l| l.contains("Two windows are open")), "{rest:?}");
    ensure!(rest.iter().any(|l| l.starts_with("closing: ")), "{rest:?}");
    Ok(())
}

/// Sends a signal to the processes of a group, or to those of this name; false when there is none.
async fn signal(signal: &str, group: &str, name: Option<&str>) -> bool {
    let mut kill = Command::new("pkill");
    kill.arg(format!("-{signal}")).args(["-g", group]).args(name);
    kill.status().await.is_ok_and(|done| done.success())
}
