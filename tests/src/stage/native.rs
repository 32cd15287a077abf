//! A dialog of the desktop's own over the window: seen, read and answered as a person does it, outside the page.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thirtyfour::{By, Key, WebElement};
use tokio::process::Command;

use super::{Stage, eventually};

/// How long is looked whether a dialog comes that must not come.
const NOT_COMING: Duration = Duration::from_secs(2);

/// In the window's name, whichever screen it shows.
const WINDOW: &str = "Salus";

/// An open dialog.
#[derive(Debug)]
pub struct Native<'a> {
    pub(super) stage: &'a Stage,
    pub(super) title: String,
    pub(super) window: String,
}

impl Stage {
    /// Waits for a dialog with this title and gives it the keyboard: there is no window manager that would.
    ///
    /// # Errors
    /// None comes for a minute, or xdotool is missing.
    pub async fn native(&self, title: &str) -> Result<Native<'_>> {
        eventually(&format!("the dialog {title:?}"), async || {
            let window = self.windows(title).await?.pop().context("no such window")?;
            let native = Native { stage: self, title: title.to_owned(), window };
            native.has_keyboard().await?;
            Ok(native)
        })
        .await
    }

    /// Gives the keyboard to the window itself, as a window manager does when it opens and after each dialog.
    ///
    /// # Errors
    /// It does not take it for a minute, or xdotool is missing.
    pub async fn takes_keyboard(&self) -> Result<()> {
        eventually("the keyboard in the window", async || {
            let window = self.windows(WINDOW).await?.pop().context("no window")?;
            Native { stage: self, title: WINDOW.to_owned(), window }.has_keyboard().await
        })
        .await
    }

    /// Nothing with this title comes.
    ///
    /// # Errors
    /// It comes.
    pub async fn shows_no_native(&self, title: &str) -> Result<()> {
        let comes = async {
            let mut look = tokio::time::interval(Duration::from_millis(100));
            loop {
                look.tick().await;
                if !self.windows(title).await?.is_empty() {
                    return Ok::<_, anyhow::Error>(());
                }
            }
        };
        match tokio::time::timeout(NOT_COMING, comes).await {
            Err(_) => Ok(()),
            Ok(come) => come.and_then(|()| anyhow::bail!("{title:?} is asked")),
        }
    }

    pub(super) async fn windows(&self, title: &str) -> Result<Vec<String>> {
        // Exit status 1 is "none".
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title]).await?;
        Ok(found.split_whitespace().map(str::to_owned).collect())
    }

    pub(super) async fn xdotool(&self, args: &[&str]) -> Result<String> {
        let done = Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().await;
        let done = done.context("xdotool is missing: run `cargo xtask setup`")?;
        Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
    }

    /// What was copied last, anywhere on this desktop: pasted into a field that is there for nothing else.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn pasted(&self) -> Result<String> {
        let field = self.scratch("").await?;
        field.send_keys(Key::Control + "v").await?;
        let text = field.prop("value").await?.unwrap_or_default();
        self.window.execute("document.getElementById('scratch').remove();", vec![]).await?;
        Ok(text)
    }

    /// Puts a text where the paste key finds it, as somebody does who was sent it.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn copy(&self, text: &str) -> Result<()> {
        let field = self.scratch(text).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Control + "c").await?;
        self.window.execute("document.getElementById('scratch').remove();", vec![]).await?;
        Ok(())
    }

    /// A field that is there for nothing else.
    async fn scratch(&self, text: &str) -> Result<WebElement> {
        let script = "const field = document.createElement('textarea'); field.value = arguments[0]; field.id = 'scratch';
            (document.querySelector('main') || document.body).prepend(field); field.focus();";
        self.window.execute(script, vec![text.into()]).await?;
        Ok(self.window.find(By::Id("scratch")).await?)
    }

    /// Pastes a text over what is in the field with this id.
    ///
    /// # Errors
    /// There is no such field, or something else is in it now.
    pub async fn paste_into(&self, id: &str, text: &str) -> Result<()> {
        self.see(&format!("#{id}")).await?;
        self.copy(text).await?;
        let field = self.window.find(By::Id(id)).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Control + "v").await?;
        let now = field.prop("value").await?.unwrap_or_default();
        ensure!(now == text, "it reads {now:?}");
        Ok(())
    }
}

impl Native<'_> {
    pub(super) async fn has_keyboard(&self) -> Result<()> {
        self.stage.xdotool(&["windowfocus", &self.window]).await?;
        let focused = self.stage.xdotool(&["getwindowfocus", "-f"]).await?;
        ensure!(focused == self.window, "the keyboard is elsewhere");
        Ok(())
    }

    /// Presses keys, as xdotool names them.
    ///
    /// # Errors
    /// xdotool is missing.
    pub async fn press(&self, keys: &[&str]) -> Result<()> {
        self.stage.xdotool(&[&["key", "--clearmodifiers"], keys].concat()).await?;
        Ok(())
    }

    /// Copies its sentence, as it can be selected: from its first button back to what stands before it.
    ///
    /// # Errors
    /// xdotool is missing.
    pub async fn copy_sentence(&self) -> Result<()> {
        self.press(&["shift+Tab", "ctrl+c", "Tab"]).await
    }

    /// Waits until it is gone.
    ///
    /// # Errors
    /// It stays, for a minute.
    pub async fn gone(&self) -> Result<()> {
        eventually(&format!("the end of {:?}", self.title), async || {
            let left = self.stage.windows(&self.title).await?;
            ensure!(left.is_empty(), "it is there");
            Ok(())
        })
        .await
    }
}
