//! The record over time with a mouse: the wheel scrolls the page until the chart has the focus, then it shows more or less; a pull
//! sideways takes the time along, and back.

use std::cell::Cell;

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};

use super::Acts;
use super::over_time::{SCENE, chosen, length, press};

/// Pixels that the hand goes, twice.
const PULL: i32 = 45;

/// From the day that is shown, and back to it.
pub(super) async fn moves(acts: &Acts) -> Result<()> {
    scrolls_the_page(acts).await?;
    acts.stage.window.execute(format!("document.querySelector({SCENE:?}).focus();"), vec![]).await?;
    acts.stage.wheels(SCENE, -2).await?;
    for end in ["earlier", "later"] {
        let free = format!("[data-move={end}][aria-disabled=false]");
        acts.stage.see(&free).await.context("the wheel shows less")?;
    }
    // A time that begins with a day is written without its minutes.
    let closer = begins(acts, "closer", |from| from.len() > "2026-11-22".len()).await?;
    acts.stage.pulls(SCENE, PULL).await?;
    let earlier = begins(acts, "pulled to the right", |from| *from < *closer).await?;
    acts.stage.pulls(SCENE, -PULL).await?;
    begins(acts, "pulled to the left", |from| *from > *earlier).await?;
    let before = span(acts).await?;
    // By less than it was closer, so that it is no day yet.
    acts.stage.wheels(SCENE, 1).await?;
    let wider = eventually(PATIENCE, async || {
        let now = span(acts).await.ok()?;
        (now > before).then_some(())
    });
    wider.await.context("the wheel shows more")?;
    press(acts, &length("day")).await?;
    acts.stage.see(&chosen("day")).await
}

/// Whoever scrolls past a chart shows no other time.
async fn scrolls_the_page(acts: &Acts) -> Result<()> {
    let script = format!(
        "document.activeElement?.blur();
        document.querySelector({SCENE:?}).scrollIntoView({{ block: 'center', behavior: 'instant' }});"
    );
    acts.stage.window.execute(script, vec![]).await?;
    let before = top(acts).await?;
    acts.stage.wheels(SCENE, 2).await?;
    // It glides: where it was twice it stays.
    let last = Cell::new(before);
    let gone = eventually(PATIENCE, async || {
        let now = top(acts).await.ok()?;
        (last.replace(now) == now && now < before).then_some(())
    });
    gone.await.context("the wheel does not scroll the page")?;
    acts.stage.see(&chosen("day")).await
}

/// Where the chart is in the window.
async fn top(acts: &Acts) -> Result<i64> {
    let script = format!("return Math.round(document.querySelector({SCENE:?}).getBoundingClientRect().top);");
    Ok(acts.stage.window.execute(script, vec![]).await?.convert()?)
}

/// The two ends of the address: how long the time is that is shown, and when it begins.
async fn address(acts: &Acts) -> Result<(String, String)> {
    let hash = acts.stage.window.execute("return location.hash;", vec![]).await?;
    let hash = hash.json().as_str().unwrap_or_default();
    let mut parts = hash.rsplit('/').map(str::to_owned);
    parts.next().zip(parts.next()).map(|(from, span)| (span, from)).context("an address of a time")
}

/// Minutes that are shown, where it is none of the usual lengths.
async fn span(acts: &Acts) -> Result<u32> {
    let (span, _) = address(acts).await?;
    ensure!(span != "day", "a whole day is shown");
    span.parse().with_context(|| format!("{span} minutes"))
}

/// When the time that is shown begins, as the address says once it stands; as soon as that is as asked.
async fn begins(acts: &Acts, what: &str, as_asked: impl Fn(&str) -> bool) -> Result<String> {
    let look = async || {
        let (_, from) = address(acts).await.ok()?;
        as_asked(&from).then_some(from)
    };
    match eventually(PATIENCE, look).await {
        Some(from) => Ok(from),
        None => Err(anyhow::anyhow!("{what}: {:?} is shown", address(acts).await?)),
    }
}
