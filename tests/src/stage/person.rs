//! One person at one window: to a screen and back, through the lock, into fields, and how a screen is looked at in every dress.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use super::{Dress, Stage};
use crate::network::{PATIENCE, eventually};

/// The passphrase of everybody at a window.
pub const PASSPHRASE: &str = "lantern otter velvet ninth";

/// A screen that everybody has, and that shows nothing of what others do.
const ASIDE: &str = "settings";

/// Somebody and their window.
#[derive(Debug)]
pub struct Person {
    /// The window.
    pub stage: Stage,
    who: &'static str,
    dresses: Vec<Dress>,
    in_the_dark: bool,
}

impl Person {
    /// Somebody at this window; `who` begins the names of the pictures, and screens are looked at in these dresses.
    #[must_use]
    pub fn at(stage: Stage, who: &'static str, dresses: Vec<Dress>) -> Self {
        Self { stage, who, dresses, in_the_dark: false }
    }

    /// Each look also in the dark, on the page as it is: for whom no dark dress begins it anew.
    #[must_use]
    pub fn also_in_the_dark(self) -> Self {
        Self { in_the_dark: true, ..self }
    }

    /// The dresses in which screens are looked at, the plain one last.
    #[must_use]
    pub fn dresses(&self) -> Vec<Dress> {
        self.dresses.clone()
    }

    /// To a screen by the words at the side; through the lock screen, where the record closed itself meanwhile.
    ///
    /// # Errors
    /// The screen does not come.
    pub async fn go(&self, screen: &str) -> Result<()> {
        self.stage.see("#unlock, [data-nav]").await?;
        self.wake().await?;
        let link = format!("[data-nav={screen}] a");
        self.stage.see(&link).await?;
        self.stage.window.find(By::Css(&link)).await?.click().await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Unlocks, if the record is locked. A page that begins anew just now has neither a lock screen nor anything else.
    ///
    /// # Errors
    /// It does not open.
    pub async fn wake(&self) -> Result<()> {
        let awake = eventually(PATIENCE, async || {
            let app = self.stage.ask("get_app", json!({})).await.ok()?;
            if app["locked"] == false {
                return Some(());
            }
            self.unlock().await.ok()
        });
        awake.await.context("the record does not open")?;
        self.stage.see("[data-nav]").await
    }

    async fn unlock(&self) -> Result<()> {
        let field = self.stage.window.find(By::Id("unlock")).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(PASSPHRASE).await?;
        self.stage.press(Key::Enter).await?;
        self.stage.see("[data-nav]").await
    }

    /// Waits until the record has closed itself, and unlocks it: the page is where it was.
    ///
    /// # Errors
    /// It stays open, or does not open again.
    pub async fn come_back(&self) -> Result<()> {
        self.stage.see("#unlock").await.context("the record closes itself")?;
        self.wake().await
    }

    /// A block of the present time is known.
    ///
    /// # Errors
    /// None comes for a minute.
    pub async fn is_fresh(&self) -> Result<()> {
        self.wake().await?;
        let fresh = eventually(PATIENCE, async || {
            let members = self.stage.ask("get_members", json!({})).await.ok()?;
            (members["out_of_date"] == false && members["age_seconds"].as_u64()? < 20).then_some(())
        });
        fresh.await.context("no new block")
    }

    /// Presses the button with this id, once it may be pressed: nothing is missing, and nothing works.
    ///
    /// # Errors
    /// It may not, for a minute.
    pub async fn press(&self, id: &str) -> Result<()> {
        self.click_on(&format!("#{id}:enabled:not([aria-disabled=true])")).await
    }

    /// Clicks the first thing that the selector finds, once it is shown: a choice, a link, the line that opens more.
    ///
    /// # Errors
    /// It is not shown for a minute.
    pub async fn click_on(&self, selector: &str) -> Result<()> {
        self.stage.see(selector).await?;
        self.stage.click_first(selector).await
    }

    /// Opens what is folded around the first thing that the selector finds.
    ///
    /// # Errors
    /// It is not there, or does not open.
    pub async fn unfold(&self, inside: &str) -> Result<()> {
        self.click_on(&format!("details:has({inside}) > summary")).await?;
        self.stage.see(&format!("details[open]:has({inside})")).await
    }

    /// Types a text over what is in the field with this id.
    ///
    /// # Errors
    /// There is no such field for a minute.
    pub async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        self.stage.see(&format!("#{id}")).await?;
        let field = self.stage.window.find(By::Id(id)).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// What is in a field.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn text_of(&self, id: &str) -> Result<String> {
        Ok(self.stage.window.find(By::Id(id)).await?.prop("value").await?.unwrap_or_default())
    }

    /// What is written in the first thing that the selector finds.
    ///
    /// # Errors
    /// It is not there.
    pub async fn words(&self, selector: &str) -> Result<String> {
        let script = format!("return document.querySelector({selector:?}).innerText.trim();");
        Ok(self.run(&script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// A script's answer.
    ///
    /// # Errors
    /// The script's.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.stage.window.execute(script, vec![]).await?.json().clone())
    }

    /// Presses a button that makes the desktop ask a question with this title, copies the question, and says yes. Gives its words.
    ///
    /// # Errors
    /// Nothing is asked, or the question stays.
    pub async fn agrees(&self, button: &str, title: &str, picture: &str) -> Result<String> {
        self.stage.copy("not from the question").await?;
        self.press(button).await?;
        let question = self.stage.native(title).await?;
        self.stage.photograph(&format!("{}-{picture}.png", self.who)).await?;
        question.copy_sentence().await?;
        question.press(&["Tab", "Return"]).await?;
        question.gone().await?;
        let words = self.stage.pasted().await?;
        ensure!(words != "not from the question", "{title:?} has no words that can be copied");
        Ok(words)
    }

    /// Nothing here is to be ashamed of; pictures of the top and of the end.
    ///
    /// # Errors
    /// What is; or words that are not known.
    pub async fn look(&self, name: &str, dress: Dress) -> Result<()> {
        let name = format!("{}-{name}-{}", self.who, dress.name);
        self.stage.is_fit_to_be_seen().await.with_context(|| name.clone())?;
        if self.in_the_dark {
            self.stage.is_fit_in_the_dark().await.with_context(|| name.clone())?;
        }
        let words = self.run("return document.body.innerText;").await?;
        // What no words are known for shows its name.
        let unknown = words.as_str().unwrap_or_default().contains("{$") || words == "";
        ensure!(!unknown, "{name}: {words}");
        self.stage.photograph(&format!("{name}.png")).await?;
        let end = "const end = [...document.querySelectorAll('dialog[open], main')].pop();
            const at = () => document.scrollingElement.scrollTop + (end?.scrollTop ?? 0), before = at();
            end?.scrollTo(0, end.scrollHeight); scrollTo(0, document.documentElement.scrollHeight);
            return at() > before + 40;";
        if self.run(end).await? == json!(true) {
            self.stage.photograph(&format!("{name}-end.png")).await?;
        }
        Ok(())
    }

    /// A screen that is reached by its words at the side, looked at in every dress once `there` is shown. Who has one dress wears it
    /// already: the page goes on, as a person's does.
    ///
    /// # Errors
    /// It is not shown, or is to be ashamed of.
    pub async fn look_at(&self, screen: &str, there: &str, name: &str) -> Result<()> {
        for dress in self.dresses() {
            self.go(screen).await?;
            if self.dresses.len() > 1 {
                self.stage.dress(dress).await?;
                self.wake().await?;
            }
            self.stage.see(there).await.with_context(|| format!("{} {name} {}", self.who, dress.name))?;
            self.look(name, dress).await?;
        }
        Ok(())
    }

    /// The same of what another way leads to. Each dress begins the page anew, so the way is gone in each.
    ///
    /// # Errors
    /// As [`Person::look_at`].
    pub async fn look_again(&self, name: &str, way: impl AsyncFn() -> Result<()>) -> Result<()> {
        for dress in self.dresses() {
            self.stage.dress(dress).await?;
            self.wake().await?;
            way().await.with_context(|| format!("{} {name} {}", self.who, dress.name))?;
            self.look(name, dress).await?;
        }
        Ok(())
    }

    /// As [`Person::look_again`], of what a page that goes on shows as well: who has one dress wears it already, and comes from another
    /// screen, so that this one is made anew.
    ///
    /// # Errors
    /// As [`Person::look_at`].
    pub async fn look_there(&self, name: &str, way: impl AsyncFn() -> Result<()>) -> Result<()> {
        let [dress] = self.dresses[..] else { return Box::pin(self.look_again(name, way)).await };
        self.go(ASIDE).await?;
        way().await.with_context(|| format!("{} {name} {}", self.who, dress.name))?;
        self.look(name, dress).await
    }
}
