//! The hours in which the desktop is left alone: typed, kept, and found again; half a time is told and changes nothing.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use super::Acts;
use super::over_time::press;

const FORM: &str = "#quiet-hours";
/// Minutes after midnight.
const USUAL: (u64, u64) = (21 * 60, 8 * 60);
const CHOSEN: (u64, u64) = (10 * 60 + 30, 6 * 60 + 45);

pub(super) async fn hours_are_chosen(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.go("settings", FORM).await?;
    hold(acts, ["21:00", "08:00"], USUAL).await?;
    // Nothing was typed: there is nothing to keep.
    stage.see("#keep-quiet:disabled").await?;

    // A time of which one part is taken out.
    stage.window.find(By::Id("quiet-to")).await?.send_keys(Key::Backspace).await?;
    press(acts, "#keep-quiet:enabled").await?;
    stage.reads(&format!("{FORM} [role=alert]"), "Please type each time as 21:00.").await?;
    let now = kept(acts).await?;
    ensure!(now == USUAL, "half a time is kept: {now:?}");
    acts.look("quiet-hours-wrong").await?;

    // Which keys fill the parts of such a field is the web view's and the language's own affair; what comes of them is the page's.
    chosen(acts, "quiet-from", "10:30").await?;
    chosen(acts, "quiet-to", "06:45").await?;
    press(acts, "#keep-quiet:enabled").await?;
    stage.reads(&format!("{FORM} [role=status]"), "Kept.").await?;
    stage.reads_no_more(FORM, "Please type each time").await?;
    acts.look("quiet-hours").await?;

    // From another screen they are as they were left.
    acts.go("", ".series").await?;
    acts.go("settings", FORM).await?;
    hold(acts, ["10:30", "06:45"], CHOSEN).await?;

    // Who wants no notifications has no hours to choose, and finds them again.
    press(acts, "label:has(input[name=notify])").await?;
    stage.see("label:has(input[name=notify]:not(:checked))").await?;
    ensure!(stage.window.find_all(By::Css(FORM)).await?.is_empty(), "hours of what is not shown");
    press(acts, "label:has(input[name=notify])").await?;
    stage.see(FORM).await?;
    hold(acts, ["10:30", "06:45"], CHOSEN).await
}

/// A time stands in a field, and the page is told as by a key.
async fn chosen(acts: &Acts, id: &str, time: &str) -> Result<()> {
    let script = format!(
        "const field = document.getElementById({id:?});
        field.value = {time:?};
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));"
    );
    acts.stage.window.execute(script, vec![]).await?;
    Ok(())
}

/// Both fields, and what is kept.
async fn hold(acts: &Acts, fields: [&str; 2], minutes: (u64, u64)) -> Result<()> {
    for (id, expected) in ["quiet-from", "quiet-to"].into_iter().zip(fields) {
        let held = acts.stage.window.find(By::Id(id)).await?.prop("value").await?;
        ensure!(held.as_deref() == Some(expected), "{id} holds {held:?}");
    }
    let now = kept(acts).await?;
    ensure!(now == minutes, "{now:?} is kept");
    Ok(())
}

async fn kept(acts: &Acts) -> Result<(u64, u64)> {
    let desktop = acts.stage.ask("get_desktop", json!({})).await?;
    let minute = |name: &str| desktop.get(name).and_then(Value::as_u64).unwrap_or(u64::MAX);
    Ok((minute("quiet_from"), minute("quiet_to")))
}
