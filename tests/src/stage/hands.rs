//! What a person does at the window, and what a script in its page could.

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use thirtyfour::{By, Key, WebElement};

use super::{Stage, eventually};

/// Clicks it. The driver scrolls inside the page's own parts, and not a page that is itself longer than the window.
async fn at(it: &WebElement) -> anyhow::Result<()> {
    it.scroll_into_view().await?;
    Ok(it.click().await?)
}

impl Stage {
    /// Presses Tab until the element with this id has the focus.
    ///
    /// # Errors
    /// The keyboard does not reach it.
    pub async fn tab_to(&self, id: &str) -> anyhow::Result<()> {
        for _ in 0..60 {
            if self.focused().await? == id {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!("#{id} cannot be reached with the Tab key")
    }

    /// The id of what has the focus; empty without one.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn focused(&self) -> anyhow::Result<String> {
        let focused = "return document.activeElement ? document.activeElement.id : ''";
        let id = self.window.execute(focused, vec![]).await?;
        Ok(id.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the element with this id has the focus.
    ///
    /// # Errors
    /// It has not, for a minute.
    pub async fn has_focus(&self, id: &str) -> anyhow::Result<()> {
        eventually(&format!("the focus on #{id}"), async || {
            let focused = self.focused().await?;
            ensure!(focused == id, "it is on #{focused}");
            Ok(())
        })
        .await
    }

    /// Presses a key.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn press(&self, key: Key) -> anyhow::Result<()> {
        Ok(self.window.action_chain().send_keys(key).perform().await?)
    }

    /// Types.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        Ok(self.window.action_chain().send_keys(text).perform().await?)
    }

    /// Clicks the button, link or choice whose words these are, once it is there and may be clicked.
    ///
    /// # Errors
    /// There is none for a minute.
    pub async fn click(&self, words: &str) -> anyhow::Result<()> {
        eventually(words, async || at(&self.that_says("button, a, label", words).await?).await).await
    }

    /// Clicks the first thing that the selector finds.
    ///
    /// # Errors
    /// It is not there, or cannot be clicked, for a minute.
    pub async fn click_first(&self, selector: &str) -> anyhow::Result<()> {
        eventually(selector, async || at(&self.window.find(By::Css(selector)).await?).await).await
    }

    /// Calls a command as a script in the page could, and returns the answer or the refusal as text.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn invoke(&self, name: &str, request: Value) -> anyhow::Result<String> {
        let script = "const [name, request, done] = arguments;
            const read = (it) => it instanceof ArrayBuffer ? new TextDecoder().decode(it) : JSON.stringify(it);
            window.__TAURI_INTERNALS__.invoke(name, { request }).then(
                (answer) => done('answered: ' + read(answer)),
                (refusal) => done(typeof refusal === 'object' ? JSON.stringify(refusal) : 'refused: ' + refusal));";
        let answer = self.window.execute_async(script, vec![name.into(), request]).await?;
        Ok(answer.json().as_str().unwrap_or_default().to_owned())
    }

    /// As [`Stage::invoke`], of many commands at once, each with an empty request: every name with what came of it.
    ///
    /// # Errors
    /// The window is gone, or one is never answered.
    pub async fn invoke_each(&self, names: &[String]) -> anyhow::Result<Vec<(String, String)>> {
        let script = "const [names, done] = arguments;
            const read = (it) => it instanceof ArrayBuffer ? new TextDecoder().decode(it) : JSON.stringify(it);
            const tell = (name) => window.__TAURI_INTERNALS__.invoke(name, { request: {} }).then(
                (answer) => 'answered: ' + read(answer),
                (refusal) => typeof refusal === 'object' ? JSON.stringify(refusal) : 'refused: ' + refusal);
            Promise.all(names.map(tell)).then(done);";
        let answers = self.window.execute_async(script, vec![names.into()]).await?;
        let answers: Vec<String> = answers.convert()?;
        ensure!(answers.len() == names.len(), "{} answers to {} questions", answers.len(), names.len());
        Ok(names.iter().cloned().zip(answers).collect())
    }

    /// Presses a letter while Control is held, wherever the focus is.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn press_control(&self, letter: char) -> anyhow::Result<()> {
        let chain = self.window.action_chain().key_down(Key::Control).key_down(letter).key_up(letter);
        Ok(chain.key_up(Key::Control).perform().await?)
    }

    /// As [`Stage::invoke`], of a command that must be answered.
    ///
    /// # Errors
    /// It is refused.
    pub async fn ask(&self, name: &str, request: Value) -> anyhow::Result<Value> {
        let said = self.invoke(name, request).await?;
        let answer = said.strip_prefix("answered: ").with_context(|| format!("{name}: {said}"))?;
        Ok(serde_json::from_str(answer)?)
    }
}
