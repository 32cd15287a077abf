//! What the screens share: their ways, and what the application behind a window knows.

use anyhow::{Result, bail};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::Person;
use serde_json::{Value, json};

/// What the application answers to a command that says nothing more, once it is as asked.
pub(crate) async fn answers(
    person: &Person,
    command: &str,
    what: &str,
    as_asked: impl Fn(&Value) -> bool,
) -> Result<Value> {
    let look = async || {
        let answer = person.stage.ask(command, json!({})).await.ok()?;
        as_asked(&answer).then_some(answer)
    };
    match eventually(PATIENCE, look).await {
        Some(answer) => Ok(answer),
        None => bail!("{what}: {command} comes to {}", person.stage.invoke(command, json!({})).await?),
    }
}

/// How many readings the record holds.
pub(crate) fn held(overview: &Value) -> u64 {
    let each = overview.as_array().into_iter().flatten();
    each.filter_map(|category| category["total"].as_u64()).sum()
}

/// The screen of the laptops, by the settings.
pub(crate) async fn to_laptops(person: &Person) -> Result<()> {
    person.go("settings").await?;
    person.click_on("main a[href$='/laptops']").await?;
    person.stage.see("#laptops").await
}

/// The steps after a loss, by the settings and the backups.
pub(crate) async fn to_the_steps(person: &Person) -> Result<()> {
    person.go("settings").await?;
    person.click_on("main a[href$='/backups']").await?;
    person.click_on("main a[href$='/lost']").await?;
    person.stage.see("main ol.steps > li").await
}

/// The family's screen, at the part of this name.
pub(crate) async fn to_part(person: &Person, name: &str) -> Result<()> {
    person.go("family").await?;
    person.click_on(&format!("[data-place={name}] a")).await?;
    person.stage.see(&format!("[data-place={name}] a[aria-current=page]")).await
}
