//! The record over time, in the real window: a day, a year, closer and wider by key, by button and by mouse, to its ends, and
//! as a table of days.

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};
use serde_json::json;
use thirtyfour::By;

use super::{Acts, mouse};

pub(super) const SCENE: &str = ".series svg.scene";

/// Of weights that were all measured today.
pub(super) async fn moves(acts: &Acts) -> Result<()> {
    acts.go("readings", ".series").await?;
    press(acts, &length("day")).await?;
    acts.stage.see(&chosen("day")).await?;
    is_kept(acts, "#/readings/body_weight/day/").await?;
    // The whole record is in it.
    for end in ["earlier", "later"] {
        acts.stage.see(&format!("[data-move={end}][aria-disabled=true]")).await?;
    }

    // By the keys of the chart.
    acts.stage.see(SCENE).await?;
    acts.stage.window.execute(format!("document.querySelector({SCENE:?}).focus();"), vec![]).await?;
    acts.stage.type_text("+").await?;
    for end in ["earlier", "later"] {
        acts.stage.see(&format!("[data-move={end}][aria-disabled=false]")).await?;
    }
    let lengths = "return document.querySelectorAll('input[name=record-length]:checked').length;";
    let none = acts.stage.window.execute(lengths, vec![]).await?;
    ensure!(none.json() == &json!(0), "half a day is none of the usual lengths");
    let focused = format!("return document.activeElement === document.querySelector({SCENE:?});");
    let focused = acts.stage.window.execute(focused, vec![]).await?;
    ensure!(focused.json() == &json!(true), "the chart that moved lost the focus");

    // By the buttons.
    press(acts, "[data-move=first]").await?;
    acts.stage.see("[data-move=earlier][aria-disabled=true]").await?;
    press(acts, "[data-move=last]").await?;
    acts.stage.see("[data-move=later][aria-disabled=true]").await?;
    press(acts, "[data-move=wider]").await?;
    acts.stage.see(&chosen("day")).await?;

    mouse::moves(acts).await.context("with a mouse")?;

    press(acts, &length("year")).await?;
    acts.stage.see(&chosen("year")).await?;
    is_a_table(acts).await
}

/// The picture of the year takes the place of the day's when its readings are there, and with it a table that was asked for before.
async fn is_a_table(acts: &Acts) -> Result<()> {
    let shown = eventually(PATIENCE, async || {
        let tables = acts.stage.window.find_all(By::Css(".series table")).await.ok()?;
        let Some(table) = tables.first() else {
            press(acts, ".series > button").await.ok()?;
            return None;
        };
        table.text().await.ok()?.contains("70.8").then_some(())
    });
    shown.await.context("the year as a table")
}

pub(super) fn length(name: &str) -> String {
    format!("label:has(input[name=record-length][value={name}])")
}

pub(super) fn chosen(name: &str) -> String {
    format!("label:has(input[name=record-length][value={name}]:checked)")
}

pub(super) async fn press(acts: &Acts, selector: &str) -> Result<()> {
    acts.stage.see(selector).await?;
    let found = acts.stage.window.find(By::Css(selector)).await?;
    found.scroll_into_view().await?;
    found.click().await.with_context(|| selector.to_owned())
}

/// What is shown is in the address, so that it is found again after a lock.
async fn is_kept(acts: &Acts, address: &str) -> Result<()> {
    let kept = eventually(PATIENCE, async || {
        let hash = acts.stage.window.execute("return location.hash;", vec![]).await.ok()?;
        hash.json().as_str()?.starts_with(address).then_some(())
    });
    kept.await.with_context(|| format!("the address does not say {address}"))
}
