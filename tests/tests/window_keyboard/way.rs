//! From screen to screen: out of a dialog, by the words at the side, through the lock, and what lies ready from elsewhere.

use anyhow::{Context, Result};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::PASSPHRASE;
use serde_json::json;
use thirtyfour::{By, Key};

use crate::keys::Keys;

impl Keys {
    /// Escape closes the dialog, and the focus is where it was opened from.
    pub(crate) async fn escapes_to(&self, opener: &str) -> Result<()> {
        self.stage.press(Key::Escape).await?;
        self.has_no_dialog().await?;
        self.shows(opener).await.context("a dialog that is closed gives the focus back")
    }

    pub(crate) async fn has_no_dialog(&self) -> Result<()> {
        let gone = eventually(PATIENCE, async || {
            let open = self.stage.window.find_all(By::Css("dialog[open]")).await.ok()?;
            open.is_empty().then_some(())
        });
        gone.await.context("a dialog stays")
    }

    /// To a screen by its words at the side; through the lock screen, where the record closed itself meanwhile.
    pub(crate) async fn goes(&self, words: &str, screen: &str) -> Result<()> {
        self.is_here().await?;
        self.press_in("nav.rail", words).await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Unlocks, if nobody was here for five minutes: the field has the focus.
    pub(crate) async fn is_here(&self) -> Result<()> {
        self.stage.see("#unlock, [data-nav]").await?;
        if self.stage.window.find_all(By::Id("unlock")).await?.is_empty() {
            return Ok(());
        }
        self.stage.has_focus("unlock").await?;
        self.shows("Passphrase").await?;
        self.stage.type_text(PASSPHRASE).await?;
        self.stage.press(Key::Enter).await?;
        self.stage.see("[data-nav]").await
    }

    /// A block of the present time is known.
    pub(crate) async fn is_fresh(&self) -> Result<()> {
        let fresh = eventually(PATIENCE, async || {
            let members = self.stage.ask("get_members", json!({})).await.ok()?;
            (members["out_of_date"] == false && members["age_seconds"].as_u64()? < 20).then_some(())
        });
        fresh.await.context("no new block")
    }

    /// What is in the field with this id.
    pub(crate) async fn value_of(&self, id: &str) -> Result<String> {
        Ok(self.stage.window.find(By::Id(id)).await?.prop("value").await?.unwrap_or_default())
    }

    /// Somebody sent a text, and it lies ready to be pasted. It comes from outside the page, as a letter would: the one thing here for
    /// which the person presses no key.
    pub(crate) async fn was_sent(&self, text: &str) -> Result<()> {
        self.stage.copy(text).await
    }
}
