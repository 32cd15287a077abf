//! The end of a test at the window: closed where all went well, and where not, what the window itself cannot say any more.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};

use super::{PICTURES, Stage};

/// So many of the last lines of the log.
const LINES: usize = 60;
/// So many characters of what is on the page, from its beginning.
const PAGE: usize = 4_000;
/// How long a page that failed is waited for, to say what is on it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the driver gave the session up: the program or its page is gone, and no patience brings them back.
pub(super) fn is_over(error: &anyhow::Error) -> bool {
    let driver = error.downcast_ref::<WebDriverError>();
    driver.is_some_and(|error| matches!(error.as_inner(), WebDriverErrorInner::InvalidSessionId(_)))
}

impl Stage {
    /// Closes the window. After a failure a picture of the screen is taken, where pictures are wanted, and the error tells what is on
    /// the page, whether the program runs and what was said last: a session that is over says nothing about why.
    ///
    /// # Errors
    /// That of `outcome`; or the window does not close.
    pub async fn end(self, outcome: Result<()>, picture: &str) -> Result<()> {
        let Err(error) = outcome else { return self.strike().await };
        if let Some(folder) = std::env::var_os(PICTURES) {
            // What was on the screen says more than the error, which is told in any case.
            let _ = self.picture(&PathBuf::from(folder).join(picture)).await;
        }
        let page = self.page().await;
        Err(error.context(self.last_words()).context(page))
    }

    /// What is written on the page, and what has the focus; or why that cannot be said.
    async fn page(&self) -> String {
        let script = "const at = document.activeElement;
            return [location.hash, 'focus: ' + (at?.outerHTML ?? 'nowhere').slice(0, 300), document.body.innerText].join('\\n');";
        let look = async { self.window.execute(script, vec![]).await?.convert::<String>() };
        match tokio::time::timeout(PATIENCE, look).await {
            Ok(Ok(words)) => format!("on the page:\n{}", words.chars().take(PAGE).collect::<String>()),
            Ok(Err(error)) => format!("the page says nothing: {error}"),
            Err(_) => "the page does not answer".to_owned(),
        }
    }

    fn last_words(&self) -> String {
        let runs = match self.process() {
            Ok(_) => "the program runs".to_owned(),
            Err(error) => error.to_string(),
        };
        let log = std::fs::read(self.home.path().join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join("\n");
        format!("{runs}; the last that it, the web view and the driver said:\n{last}")
    }
}
