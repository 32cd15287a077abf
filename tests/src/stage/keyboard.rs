//! A person who has a keyboard only: what can be reached with Tab, and whether it shows that it is reached.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use thirtyfour::Key;

use super::Stage;
use crate::network::eventually;

/// How many presses of Tab go once around the longest screen.
const AROUND: usize = 150;

/// How long a screen may take to scroll to what has the focus.
const SCROLLED: Duration = Duration::from_secs(5);

/// What has the focus.
#[derive(Debug, Deserialize)]
struct Focus {
    /// What is written on it, or else how it is named.
    words: String,
    /// What is written in the line that it stands in.
    line: String,
    /// It has a line around it.
    ring: bool,
    /// It is inside the window, and nothing lies over it.
    seen: bool,
}

const FOCUS: &str = "
    const plain = (e) => (e?.innerText ?? '').replace(/[\\u2068\\u2069]/g, '').split(/\\s+/).filter(Boolean).join(' ');
    const e = document.activeElement ?? document.body, r = e.getBoundingClientRect(), style = getComputedStyle(e);
    const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return { words: plain(e) || e.id || e.name || e.tagName, line: plain(arguments[0] && e.closest(arguments[0])),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: r.top >= -1 && r.bottom <= innerHeight + 1 && e.contains(top) };";

/// Begins to watch for clicks and touches, once on each page. A click that comes of a key counts none and is the web view's own.
pub(crate) const WATCH: &str = "
    if (!window.pointed) {
        window.pointed = [];
        const tell = (e) => {
            if (e.type !== 'click' || e.detail > 0 || !e.isTrusted) window.pointed.push(e.type + ' on ' + e.target.nodeName);
        };
        for (const type of ['pointerdown', 'mousedown', 'click']) addEventListener(type, tell, true);
    }";

impl Stage {
    /// From now on this page knows what is clicked or touched on it, by anybody.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn watches_for_pointers(&self) -> Result<()> {
        self.window.execute(WATCH, vec![]).await?;
        Ok(())
    }

    /// Nothing was clicked or touched on this page since.
    ///
    /// # Errors
    /// What was; or nobody watches this page.
    pub async fn was_not_pointed_at(&self) -> Result<()> {
        let pointed = self.window.execute("return window.pointed ?? null;", vec![]).await?;
        let pointed: Option<Vec<String>> = pointed.convert()?;
        let pointed = pointed.context("nobody watches this page")?;
        ensure!(pointed.is_empty(), "not the keyboard alone: {pointed:?}");
        Ok(())
    }

    async fn focus(&self, line: &str) -> Result<Focus> {
        Ok(self.window.execute(FOCUS, vec![line.into()]).await?.convert()?)
    }

    /// Presses Tab until the focus is on what says exactly these words, in that one of the lines found which begins with the
    /// title; anywhere, where the selector of lines is empty. It must be seen that it has the focus.
    ///
    /// # Errors
    /// The keyboard does not lead there: the error tells where it led. Or the focus does not show.
    pub async fn tab_to_words(&self, (lines, title): (&str, &str), words: &str) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..AROUND {
            let focus = self.focus(lines).await?;
            let inside = lines.is_empty() || !focus.line.is_empty();
            if focus.words == words && inside && focus.line.starts_with(title) {
                return self.shows_focus(words).await;
            }
            passed.push(focus.words.chars().take(40).collect::<String>());
            self.press(Key::Tab).await?;
        }
        bail!("{words:?} under {title:?} cannot be reached with the Tab key; it led over {passed:?}")
    }

    /// What has the focus says these words, has a line around it, and is in sight.
    ///
    /// # Errors
    /// What has the focus, and how it looks.
    pub async fn shows_focus(&self, words: &str) -> Result<()> {
        let shown = eventually(SCROLLED, async || {
            let focus = self.focus("").await.ok()?;
            (focus.words == words && focus.ring && focus.seen).then_some(())
        });
        if shown.await.is_none() {
            let focus = self.focus("").await.context("what has the focus")?;
            ensure!(focus.words == words, "the focus is not on {words:?}: {focus:?}");
            ensure!(focus.ring && focus.seen, "nobody sees that {words:?} has the focus: {focus:?}");
        }
        Ok(())
    }
}
