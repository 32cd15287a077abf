//! Stop, pressed on the page sooner than a hand could: work may be over before anybody has found the button.

use anyhow::Result;
use serde_json::json;

use super::Stage;

/// Presses what begins, and then whatever says Stop, again and again until there is nothing to stop. What has not begun yet is not
/// stopped by it.
const PRESSES: &str = "
    const [begins, words, done] = arguments;
    const stop = () => [...document.querySelectorAll('main button')].find((e) => e.innerText.trim() === words);
    document.querySelector(begins).click();
    let without = 0;
    const look = setInterval(() => {
        const button = stop();
        without = button ? 0 : without + 1;
        button?.click();
        if (without > 40) { clearInterval(look); done(true); }
    }, 5);";

impl Stage {
    /// Presses what the selector finds, and Stop as soon as the page offers it; back once nothing is left to stop, however it ended.
    ///
    /// # Errors
    /// There is nothing to begin for a minute, or the work does not end.
    pub async fn begins_and_stops(&self, begins: &str) -> Result<()> {
        self.see(begins).await?;
        self.window.execute_async(PRESSES, vec![json!(begins), json!("Stop")]).await?;
        Ok(())
    }
}
