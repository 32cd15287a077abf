//! The desktop's own question for a file over the window, answered by typing the file's full name.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::{Native, Stage, eventually};

/// As both the window and the question for a file are called, and nothing else is.
const FILES: &str = "^Salus$";

/// How long a name that was typed and confirmed may take to be taken.
const TAKEN: Duration = Duration::from_secs(3);

/// How often it is typed: the question reads a folder in the background, and letters that come when it is through are lost.
const TRIES: usize = 8;

impl Stage {
    /// Does what makes the desktop ask where a new file is to go, and answers with this file's full name. Its folder is there and
    /// holds nothing whose name begins in the same way: the dialog would offer that.
    ///
    /// # Errors
    /// Nothing is asked for a minute, or the dialog stays.
    pub async fn saves_as(&self, file: &Path, asks: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        let question = self.asked_for_a_file(asks).await?;
        // The name that is offered goes; what is typed instead is a whole path.
        self.names(&question, file).await?;
        eventually("the end of the question for a file", async || self.took(&question).await).await
    }

    /// Does what makes the desktop ask for a file that is there, and answers with its full name.
    ///
    /// # Errors
    /// Nothing is asked for a minute, or the dialog stays.
    pub async fn opens(&self, file: &Path, asks: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        let question = self.asked_for_a_file(asks).await?;
        // It has no field for a name before somebody begins one.
        question.press(&["slash"]).await?;
        for _ in 0..TRIES {
            self.names(&question, file).await?;
            let taken = async || self.took(&question).await.ok();
            if crate::network::eventually(TAKEN, taken).await.is_some() {
                return Ok(());
            }
        }
        bail!("{} is not taken", file.display())
    }

    /// The question that was not there before.
    async fn asked_for_a_file(&self, asks: impl AsyncFnOnce() -> Result<()>) -> Result<Native<'_>> {
        let before = self.windows(FILES).await?;
        asks().await?;
        eventually("the question for a file", async || {
            let there = self.windows(FILES).await?;
            let window = there.iter().find(|id| !before.contains(id));
            let window = window.with_context(|| format!("of {there:?} none is new"))?.clone();
            let native = Native { stage: self, title: FILES.to_owned(), window };
            native.has_keyboard().await?;
            Ok(native)
        })
        .await
    }

    /// Types a full name over what is in the field, and confirms it.
    async fn names(&self, question: &Native<'_>, file: &Path) -> Result<()> {
        question.press(&["ctrl+a"]).await?;
        self.xdotool(&["type", "--clearmodifiers", &file.display().to_string()]).await?;
        question.press(&["Return"]).await
    }

    async fn took(&self, question: &Native<'_>) -> Result<()> {
        let there = self.windows(FILES).await?;
        ensure!(!there.contains(&question.window), "it is there");
        Ok(())
    }
}
