//! From screen to screen: out of a dialog, by the words at the side, through the lock, and what lies ready from elsewhere.

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::{By, Key};

use super::Keys;
use crate::network::{PATIENCE, eventually};
use crate::stage::PASSPHRASE;

impl Keys {
    /// Escape closes the dialog, and the focus is where it was opened from.
    ///
    /// # Errors
    /// It stays, or the focus is elsewhere.
    pub async fn escapes_to(&self, opener: &str) -> Result<()> {
        self.strike(Key::Escape).await?;
        self.has_no_dialog().await?;
        self.shows(opener).await.context("a dialog that is closed gives the focus back")
    }

    /// No question is over the page.
    ///
    /// # Errors
    /// A dialog stays.
    pub async fn has_no_dialog(&self) -> Result<()> {
        let gone = eventually(PATIENCE, async || {
            let open = self.stage.window.find_all(By::Css("dialog[open]")).await.ok()?;
            open.is_empty().then_some(())
        });
        gone.await.context("a dialog stays")
    }

    /// To a screen by its words at the side; through the lock screen, where the record closed itself meanwhile.
    ///
    /// # Errors
    /// The keyboard does not lead there.
    pub async fn goes(&self, words: &str, screen: &str) -> Result<()> {
        self.is_here().await?;
        self.press_in("nav.rail", words).await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Unlocks, if nobody was here for five minutes: the field has the focus.
    ///
    /// # Errors
    /// The record does not open.
    pub async fn is_here(&self) -> Result<()> {
        self.stage.see("#unlock, [data-nav]").await?;
        if self.stage.window.find_all(By::Id("unlock")).await?.is_empty() {
            return Ok(());
        }
        self.stage.has_focus("unlock").await?;
        self.shows("Passphrase").await?;
        self.write(PASSPHRASE).await?;
        self.strike(Key::Enter).await?;
        self.stage.see("[data-nav]").await
    }

    /// A block of the present time is known.
    ///
    /// # Errors
    /// No block comes.
    pub async fn is_fresh(&self) -> Result<()> {
        let fresh = eventually(PATIENCE, async || {
            let members = self.stage.ask("get_members", json!({})).await.ok()?;
            (members["out_of_date"] == false && members["age_seconds"].as_u64()? < 20).then_some(())
        });
        fresh.await.context("no new block")
    }

    /// What is in the field with this id.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn value_of(&self, id: &str) -> Result<String> {
        Ok(self.stage.window.find(By::Id(id)).await?.prop("value").await?.unwrap_or_default())
    }

    /// Somebody sent a text, and it lies ready to be pasted. It comes from outside the page, as a letter would: the one thing here for
    /// which the person presses no key.
    ///
    /// # Errors
    /// As [`Stage::copy`](crate::stage::Stage::copy).
    pub async fn was_sent(&self, text: &str) -> Result<()> {
        self.stage.copy(text).await
    }
}
