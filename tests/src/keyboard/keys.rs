//! A person with a keyboard and nothing else. What is typed or pressed is first looked for with Tab, by its name.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use thirtyfour::Key;

use super::focus::Focus;
use crate::network::eventually;
use crate::stage::Stage;

/// How many presses of Tab go once around the longest screen.
const AROUND: usize = 200;
/// So often Tab may stay on one thing: a field for a day and a time has six parts.
const STAYS: usize = 12;
/// More than any group has choices, there and back.
const CHOICES: usize = 24;
/// How long a screen may take to scroll to what has the focus, and a field to show what was typed.
const SHOWN: Duration = Duration::from_secs(10);

/// Somebody and their window.
#[derive(Debug)]
pub struct Keys {
    /// The window.
    pub stage: Stage,
    who: &'static str,
    pressed: AtomicUsize,
}

impl Keys {
    /// `who` begins the names of the pictures.
    #[must_use]
    pub fn at(stage: Stage, who: &'static str) -> Self {
        Self { stage, who, pressed: AtomicUsize::new(0) }
    }

    /// How many keys were pressed so far: Tab, arrows and Enter, and every letter.
    #[must_use]
    pub fn pressed(&self) -> usize {
        self.pressed.load(Ordering::Relaxed)
    }

    /// One key.
    pub(super) async fn strike(&self, key: Key) -> Result<()> {
        self.pressed.fetch_add(1, Ordering::Relaxed);
        self.stage.press(key).await
    }

    /// One key for each letter.
    pub(super) async fn write(&self, text: &str) -> Result<()> {
        self.pressed.fetch_add(text.chars().count(), Ordering::Relaxed);
        self.stage.type_text(text).await
    }

    /// A picture of the step.
    ///
    /// # Errors
    /// As [`Stage::photograph`].
    pub async fn look(&self, step: &str) -> Result<()> {
        self.stage.photograph(&format!("keyboard-{}-{step}.png", self.who)).await
    }

    async fn focus(&self) -> Result<Focus> {
        Focus::of(&self.stage, "").await
    }

    /// Presses Tab until what is wanted has the focus, inside the place. The error tells what Tab led over.
    async fn walk(&self, place: &str, wanted: &str, fits: impl Fn(&Focus) -> bool) -> Result<Focus> {
        let (mut passed, mut stays) = (Vec::new(), 0);
        for _ in 0..AROUND {
            let focus = Focus::of(&self.stage, place).await?;
            if focus.inside && fits(&focus) {
                return Ok(focus);
            }
            passed.push(focus.told());
            stays = if focus.moved { 0 } else { stays + 1 };
            ensure!(stays < STAYS, "Tab does not go on from {focus:?}; it led over {passed:#?}");
            self.strike(Key::Tab).await?;
        }
        bail!("{}: Tab does not lead to {wanted:?} in {place:?}; it led over {passed:#?}", self.who)
    }

    /// To what is named so, inside the place (a selector, or empty for anywhere); it has to be seen that it has the focus.
    ///
    /// # Errors
    /// They cannot be reached, or nobody sees that they have the focus.
    pub async fn tab_to(&self, place: &str, words: &str) -> Result<()> {
        self.walk(place, words, |focus| focus.says(words)).await?;
        self.shows(words).await
    }

    /// What has the focus is named so, has a line around it, and is in sight.
    ///
    /// # Errors
    /// Something else has the focus, or nobody sees that it has.
    pub async fn shows(&self, words: &str) -> Result<()> {
        let shown = eventually(SHOWN, async || {
            let focus = self.focus().await.ok()?;
            (focus.says(words) && focus.ring && focus.seen).then_some(())
        });
        if shown.await.is_none() {
            let focus = self.focus().await?;
            ensure!(focus.says(words), "the focus is not on {words:?}: {focus:?}");
            ensure!(focus.ring && focus.seen, "nobody sees that {words:?} has the focus: {focus:?}");
        }
        Ok(())
    }

    /// Enter on what is named so.
    ///
    /// # Errors
    /// As [`Keys::tab_to`].
    pub async fn press(&self, words: &str) -> Result<()> {
        self.press_in("", words).await
    }

    /// The same inside a place.
    ///
    /// # Errors
    /// As [`Keys::tab_to`].
    pub async fn press_in(&self, place: &str, words: &str) -> Result<()> {
        self.tab_to(place, words).await?;
        self.strike(Key::Enter).await
    }

    /// Types into the empty field with this label.
    ///
    /// # Errors
    /// As [`Keys::tab_to`], or the field does not hold it then.
    pub async fn types(&self, label: &str, text: &str) -> Result<()> {
        self.tab_to("", label).await?;
        self.write(text).await?;
        self.holds(label, text).await
    }

    /// Pastes into the empty field with this label what was copied last.
    ///
    /// # Errors
    /// As [`Keys::types`].
    pub async fn pastes(&self, label: &str, text: &str) -> Result<()> {
        self.tab_to("", label).await?;
        // Two keys at once.
        self.pressed.fetch_add(2, Ordering::Relaxed);
        self.stage.press_control('v').await?;
        self.holds(label, text).await
    }

    /// Tab to the list with this label, and the letters that the entry begins with, which is chosen then: by its value in the page.
    ///
    /// # Errors
    /// As [`Keys::types`].
    pub async fn picks(&self, label: &str, letters: &str, value: &str) -> Result<()> {
        self.tab_to("", label).await?;
        self.write(letters).await?;
        self.holds(label, value).await
    }

    async fn holds(&self, label: &str, text: &str) -> Result<()> {
        let held = eventually(SHOWN, async || {
            let focus = self.focus().await.ok()?;
            (focus.value == text).then_some(())
        });
        if held.await.is_none() {
            let focus = self.focus().await?;
            ensure!(focus.value == text, "{label:?} does not hold what was typed: {focus:?}");
        }
        Ok(())
    }

    /// Tab to a group of choices, and the arrow keys to the one that is named so.
    ///
    /// # Errors
    /// Tab does not lead to the group, or the arrow keys not to the choice.
    pub async fn chooses(&self, group: &str, words: &str) -> Result<()> {
        let mut focus = self.walk("", group, |focus| focus.group == group).await?;
        let (mut key, mut passed) = (Key::Down, Vec::new());
        for _ in 0..CHOICES {
            if focus.says(words) {
                // It is chosen once it is kept.
                let chosen = eventually(SHOWN, async || self.focus().await.ok()?.checked.then_some(()));
                ensure!(chosen.await.is_some(), "{words:?} is reached and not chosen: {focus:?}");
                return self.shows(words).await;
            }
            passed.push(focus.told());
            self.strike(key.clone()).await?;
            let next = self.focus().await?;
            ensure!(next.group == group, "the arrow keys lead out of {group:?} to {next:?}");
            // Below the last one there is none: the others are above.
            if next.name == focus.name {
                key = Key::Up;
            }
            focus = next;
        }
        bail!("the arrow keys do not lead to {words:?} in {group:?}; they led over {passed:#?}")
    }

    /// The space bar on the box that is named so.
    ///
    /// # Errors
    /// As [`Keys::tab_to`], or it is not ticked then.
    pub async fn ticks(&self, words: &str) -> Result<()> {
        self.tab_to("main", words).await?;
        self.write(" ").await?;
        let ticked = eventually(SHOWN, async || self.focus().await.ok()?.checked.then_some(()));
        ticked.await.with_context(|| format!("{words:?} is not ticked"))?;
        self.shows(words).await
    }
}
