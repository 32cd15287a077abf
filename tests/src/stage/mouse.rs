//! A mouse over the window, as a hand holds it: the driver's own has no wheel, and these events come from the screen.

use anyhow::{Context, Result, ensure};

use super::{Stage, eventually};

/// The window's name, whichever screen it shows; a question of the desktop's goes on after it.
const WINDOW: &str = "Salus$";

/// Brings the first thing that the selector finds into the middle of the window: where its own middle is then, and whether a pointer
/// there is on it.
const MIDDLE: &str = "
    const e = document.querySelector(arguments[0]);
    e.scrollIntoView({ block: 'center', behavior: 'instant' });
    const r = e.getBoundingClientRect(), x = Math.round(r.left + r.width / 2), y = Math.round(r.top + r.height / 2);
    return [x, y, e.contains(document.elementFromPoint(x, y))];";

impl Stage {
    /// Turns the wheel over the first thing that the selector finds, by so many steps; below zero is up.
    ///
    /// # Errors
    /// It is not there for a minute, something lies over it, or xdotool is missing.
    pub async fn wheels(&self, selector: &str, steps: i32) -> Result<()> {
        let times = steps.unsigned_abs().to_string();
        let button = if steps < 0 { "4" } else { "5" };
        self.mouse(selector, &["click", "--repeat", times.as_str(), button]).await
    }

    /// Presses in the middle of the first thing that the selector finds, pulls twice sideways by so many pixels, and lets go; below zero
    /// is to the left.
    ///
    /// # Errors
    /// As [`Stage::wheels`].
    pub async fn pulls(&self, selector: &str, pixels: i32) -> Result<()> {
        let by = pixels.to_string();
        let pull = ["mousemove_relative", "--", by.as_str(), "0"];
        let all = [&["mousedown", "1"][..], &pull[..], &pull[..], &["mouseup", "1"][..]].concat();
        self.mouse(selector, &all).await
    }

    /// Does that with the pointer on the first thing that the selector finds.
    async fn mouse(&self, selector: &str, what: &[&str]) -> Result<()> {
        self.see(selector).await?;
        let middle = self.window.execute(MIDDLE, vec![selector.into()]).await?;
        let (x, y, on_it): (i32, i32, bool) = middle.convert()?;
        ensure!(on_it, "something lies over {selector}, or it is outside the window");
        let window =
            eventually("the window", async || self.windows(WINDOW).await?.pop().context("no window")).await?;
        let (x, y) = (x.to_string(), y.to_string());
        let there = ["mousemove", "--window", window.as_str(), x.as_str(), y.as_str()];
        self.xdotool(&[&there[..], what].concat()).await.map(drop)
    }
}
