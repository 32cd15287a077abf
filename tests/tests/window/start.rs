//! A start that fails, as somebody sees it who clicked an icon: a dialog of the desktop's, and no window.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use salus_tests::network::eventually;
use salus_tests::stage::{screen, session};
use salus_tests::story::app::program;
use tokio::process::Command;

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_fails_is_told_in_a_dialog_and_ends_with_it() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let (_screen, display) = screen().await?;
    let mut command = session(home.path(), &display)?;
    // A file stands where the record's directory belongs.
    std::fs::write(home.path().join("data/org.salus-health.salus"), "")?;
    // As an icon starts it: with no argument at all.
    let mut app = command.arg(program("salus")?).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let group = app.id().context("it ended at once")?;
    let told = told(&display).await;
    if told.is_err() {
        let _ = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
    }
    told?;
    let ended =
        tokio::time::timeout(PATIENCE, app.wait()).await.context("it does not end with its dialog")??;
    ensure!(ended.code() == Some(1), "it ended with {ended}");
    let mut said = String::new();
    let mut err = app.stderr.take().context("no standard error")?;
    tokio::io::AsyncReadExt::read_to_string(&mut err, &mut said).await?;
    ensure!(said.contains("Salus cannot start: ") && said.contains("cannot be read or written"), "{said}");
    ensure!(!said.contains("panicked"), "{said}");
    Ok(())
}

/// Waits for the dialog, closes it with the keyboard, and until it is gone.
async fn told(display: &str) -> anyhow::Result<()> {
    let xdotool = async |args: &[&str]| {
        let done = Command::new("xdotool").args(args).env("DISPLAY", display).output().await.ok()?;
        done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
    };
    let there = async || xdotool(&["search", "--onlyvisible", "--name", "Salus cannot start"]).await;
    let dialog =
        eventually(PATIENCE, there).await.context("no dialog: run `cargo xtask setup` for xdotool")?;
    // There is no window manager that would give it the keyboard.
    let gone = async || {
        xdotool(&["windowfocus", &dialog]).await;
        xdotool(&["key", "Return"]).await;
        there().await.is_none().then_some(())
    };
    eventually(PATIENCE, gone).await.context("the dialog does not close")
}
