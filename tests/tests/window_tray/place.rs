//! Where the window stands, and how somebody leaves it: smaller and aside, or over the whole screen.

use std::cell::RefCell;

use anyhow::{Context, Result};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::{Manager, ask_to_close};

use super::{windows, xdotool};

/// Where the window is left, and how large: left, top, width, height.
pub(super) const LEFT_AT: [i32; 4] = [60, 40, 900, 640];

/// Somebody makes the window smaller and puts it aside; then it is closed, which hides it here.
pub(super) async fn is_put(display: &str) -> Result<()> {
    let window = windows(display).await?;
    let [left, top, width, height] = LEFT_AT.map(|side| side.to_string());
    xdotool(display, &["windowsize", &window, &width, &height]).await?;
    xdotool(display, &["windowmove", &window, &left, &top]).await?;
    stands(display, LEFT_AT).await.context("put there")?;
    is_closed(display, &window).await
}

/// Somebody makes it fill the screen, and closes it.
pub(super) async fn is_made_to_fill(display: &str) -> Result<()> {
    let window = windows(display).await?;
    let mut manager = Manager::begin(display)?;
    manager.fills(window.parse().context("a window's number")?)?;
    let [width, height] = manager.size();
    stands(display, [0, 0, i32::try_from(width)?, i32::try_from(height)?])
        .await
        .context("over the screen")?;
    is_closed(display, &window).await
}

/// Hidden, here. The program hears of its place before it is asked: the screen tells everything in order.
async fn is_closed(display: &str, window: &str) -> Result<()> {
    ask_to_close(display, window.parse().context("a window's number")?)?;
    let hidden =
        eventually(PATIENCE, async || windows(display).await.ok().filter(String::is_empty).map(drop));
    hidden.await.context("the window stays")
}

/// The window is at this place, and as large.
pub(super) async fn stands(display: &str, place: [i32; 4]) -> Result<()> {
    let last = RefCell::new(String::new());
    let there = eventually(PATIENCE, async || {
        let window = windows(display).await.ok().filter(|window| !window.is_empty())?;
        let told = xdotool(display, &["getwindowgeometry", "--shell", &window]).await.ok()?;
        let side = |name: &str| told.lines().find_map(|line| line.strip_prefix(name)?.parse::<i32>().ok());
        let now = ["X=", "Y=", "WIDTH=", "HEIGHT="].map(side);
        last.borrow_mut().clone_from(&told);
        (now == place.map(Some)).then_some(())
    });
    there.await.with_context(|| format!("the window stands elsewhere: {:?}", last.borrow()))
}
