//! The page as it is printed. The driver has no command to print, and while one drives the window the web view shows no dialog to print:
//! what the style sheets say of paper is said of the screen for a moment, and the web view itself judges which rule is the stronger.

use anyhow::{Result, ensure};
use serde_json::json;

use super::Stage;

/// Rules of paper count, those of the screen alone do not; how many of paper there are.
const ON: &str = "
    const turned = window.paper = [];
    const turn = (rules) => [...rules].forEach((rule) => {
        const media = rule instanceof CSSMediaRule ? rule.media : null, text = media?.mediaText;
        if (text === 'print' || text === 'screen') {
            turned.push([media, text]);
            media.mediaText = text === 'print' ? 'all' : 'not all';
        }
        if (rule.cssRules) turn(rule.cssRules);
    });
    [...document.styleSheets].forEach((sheet) => turn(sheet.cssRules));
    return turned.filter(([, text]) => text === 'print').length;";

/// As before.
const OFF: &str =
    "window.paper.forEach(([media, text]) => { media.mediaText = text; }); delete window.paper;";

/// What of what the selector finds takes room, by its words.
const SHOWN: &str = "
    const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0 && e.getBoundingClientRect().height > 1;
    return [...document.querySelectorAll(arguments[0])].filter(shown)
        .map((e) => e.tagName.toLowerCase() + ' ' + (e.innerText ?? '').trim().slice(0, 60));";

impl Stage {
    /// Looks at the page as on paper; afterwards it is as it was.
    ///
    /// # Errors
    /// What is found, or no style sheet says anything of paper.
    pub async fn on_paper(&self, look: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        let rules = self.window.execute(ON, vec![]).await?;
        let outcome = look().await;
        self.window.execute(OFF, vec![]).await?;
        outcome?;
        ensure!(*rules.json() != json!(0), "no style sheet says anything of paper");
        Ok(())
    }

    /// Everything shown now that the selector finds, by its first words.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn shown(&self, selector: &str) -> Result<Vec<String>> {
        Ok(self.window.execute(SHOWN, vec![selector.into()]).await?.convert()?)
    }
}
