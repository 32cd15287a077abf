//! Looking after the record, in the real window: looking at it over time, readings from a file, notes, quiet hours, backups and the test
//! with the paper, what a lost laptop could open, deleting, verifying, keys and passphrases, a second person's record, an older copy, a
//! wrong overview, a disk that fails; and Stop, in the middle of an import, of a backup and of its test.
//! Each screen is reached by a person's means, and nothing on it may be cut off, outside, or too small to hit; with `SALUS_PICTURES=DIR` each is
//! photographed in every dress.

#[path = "window_record/damage.rs"]
mod damage;
#[path = "window_record/imports.rs"]
mod imports;
#[path = "window_record/mouse.rs"]
mod mouse;
#[path = "window_record/notes.rs"]
mod notes;
#[path = "window_record/over_time.rs"]
mod over_time;
#[path = "window_record/overviews.rs"]
mod overviews;
#[path = "window_record/quiet.rs"]
mod quiet;
#[path = "window_record/stopped.rs"]
mod stopped;

use anyhow::{Context, Result};
use salus_light::clock::SystemClock;
use salus_tests::folder::copy;
use salus_tests::stage::{Dress, PICTURES, Stage};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

const PASSPHRASE: &str = "lantern otter velvet ninth";
const HOUR: i64 = 3_600_000;

struct Acts {
    stage: Stage,
    key: String,
}

impl Acts {
    /// To a screen by its address, from the beginning of a page.
    async fn go(&self, screen: &str, there: &str) -> Result<()> {
        let script = "location.hash = arguments[0];";
        self.stage.window.execute(script, vec![format!("#/{screen}").into()]).await?;
        self.stage.see(there).await.with_context(|| format!("{screen} shows {there}"))
    }

    async fn press_button(&self, id: &str) -> Result<()> {
        self.stage.see(&format!("#{id}")).await?;
        self.stage.window.find(By::Id(id)).await?.click().await?;
        Ok(())
    }

    /// Presses what closes the record: the page is loaded again, and what is there before that is not looked at.
    async fn press_and_begin_anew(&self, id: &str) -> Result<()> {
        self.stage.window.execute("window.before = true;", vec![]).await?;
        self.press_button(id).await?;
        self.stage.is_new_page("before").await
    }

    async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        self.stage.see(&format!("#{id}")).await?;
        let field = self.stage.window.find(By::Id(id)).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Nothing here is to be ashamed of; pictures of the top and of the end.
    async fn look(&self, name: &str) -> Result<()> {
        self.stage.is_fit_to_be_seen().await.with_context(|| name.to_owned())?;
        self.stage.photograph(&format!("record-{name}.png")).await?;
        let script = "const end = [...document.querySelectorAll('dialog[open], main')].pop();
            const before = document.scrollingElement.scrollTop + (end?.scrollTop ?? 0);
            end?.scrollTo(0, end.scrollHeight); scrollTo(0, document.documentElement.scrollHeight);
            return document.scrollingElement.scrollTop + (end?.scrollTop ?? 0) > before + 40;";
        let more = self.stage.window.execute(script, vec![]).await?;
        if more.json() == &json!(true) {
            self.stage.photograph(&format!("record-{name}-end.png")).await?;
        }
        Ok(())
    }

    /// The whole walk, once in each dress.
    async fn walk(&self, dress: Dress) -> Result<()> {
        self.stage.dress(dress).await?;
        let name = |screen: &str| format!("{screen}-{}", dress.name);
        self.go("backups", "#make-backup").await?;
        self.look(&name("backups")).await?;
        self.type_into("rehearse-key", &self.key).await?;
        self.press_button("rehearse").await?;
        self.stage.see(".proven[role=status]").await?;
        self.look(&name("rehearsed")).await?;
        self.go("lost", "main .entries").await?;
        self.stage.window.execute("document.querySelector('details').open = true;", vec![]).await?;
        self.look(&name("lost")).await?;
        self.go("readings", ".series").await?;
        self.look(&name("readings")).await?;
        self.delete(&name("delete")).await?;
        self.go("settings", "#verify-start").await?;
        self.press_button("verify-start").await?;
        self.stage.see("[data-verified=whole]").await?;
        self.look(&name("settings")).await?;
        for (button, field) in
            [("change-passphrase", "old-passphrase"), ("try-key", "key-tried"), ("new-key", "key-passphrase")]
        {
            self.press_button(button).await?;
            self.stage.see(&format!("#{field}")).await?;
            self.look(&name(button)).await?;
            self.press_button("doors-close").await?;
        }
        Ok(())
    }

    /// What would go is shown; Escape keeps it.
    async fn delete(&self, name: &str) -> Result<()> {
        self.stage.see("[data-delete]").await?;
        self.stage.window.find(By::Css("[data-delete]")).await?.click().await?;
        self.press_button("delete-look").await?;
        self.stage.see("#delete-passphrase").await?;
        self.look(name).await?;
        self.stage.press(Key::Escape).await
    }

    async fn lock(&self) -> Result<()> {
        self.press_and_begin_anew("lock").await?;
        self.stage.see("#unlock").await
    }

    async fn unlock(&self) -> Result<()> {
        self.type_into("unlock", PASSPHRASE).await?;
        self.stage.press(Key::Enter).await?;
        // Where the page was before it began anew.
        self.stage.see("[data-nav].here").await
    }
}

async fn weigh(stage: &Stage, value: &str, at: i64) -> Result<()> {
    let values = json!([{ "quantity": "body_weight", "value": value }]);
    let reading =
        json!({ "category": "body_weight", "values": values, "at": at, "note": "before breakfast" });
    stage.ask("type_reading", reading).await.map(drop)
}

fn groups(answer: &Value) -> String {
    let groups = answer["groups"].as_array().into_iter().flatten();
    groups.filter_map(Value::as_str).collect::<Vec<_>>().join("-")
}

#[tokio::test]
async fn a_person_looks_after_the_record() -> Result<()> {
    // Noon, whatever the hour is: a day that has just begun has no hour that is over.
    let clock = tempfile::tempdir()?;
    let file = clock.path().join("clock");
    let past_midnight = salus_chain::time::Clock::now(&SystemClock).rem_euclid(24 * HOUR);
    std::fs::write(&file, (12 * HOUR - past_midnight).to_string())?;
    let stage = Stage::set_with(None, &["--insecure-test-clock", &file.display().to_string()]).await?;
    let mut acts = Acts { stage, key: String::new() };
    let outcome = play(&mut acts).await;
    acts.stage.end(outcome, "record-failed.png").await
}

async fn play(acts: &mut Acts) -> Result<()> {
    acts.stage.see("input[name=theme]").await?;
    let dresses: &[Dress] = if std::env::var_os(PICTURES).is_some() { &Dress::OTHERS } else { &[] };
    for dress in dresses.iter().chain([&Dress::PLAIN]) {
        acts.stage.dress(*dress).await?;
        acts.press_button("have-backup").await?;
        acts.stage.see("#restore-key").await?;
        acts.look(&format!("restore-{}", dress.name)).await?;
    }
    let profile = json!({ "name": "Maria Keller", "role": "patient", "passphrase": PASSPHRASE });
    acts.key = groups(&acts.stage.ask("create_profile", profile).await?);
    let now = acts.stage.ask("get_app", json!({})).await?["now"].as_i64().context("the time")?;
    // The older ones of hours that are over.
    for (value, ago) in [("70.8", 3), ("70.6", 2), ("70.5", 0)] {
        weigh(&acts.stage, value, now - ago * HOUR).await?;
    }
    acts.stage.ask("make_backup", json!({})).await?;
    for dress in dresses.iter().chain([&Dress::PLAIN]) {
        acts.walk(*dress).await.with_context(|| dress.name)?;
    }

    over_time::moves(acts).await?;
    imports::are_kept_and_taken_out(acts, now).await.context("readings from a file")?;
    notes::are_written(acts).await.context("notes")?;
    quiet::hours_are_chosen(acts).await.context("quiet hours")?;

    // A second person's record, and the way back to the first.
    acts.go("settings", "#add-person").await?;
    acts.stage.reads("main", "after five minutes in which nobody uses Salus").await?;
    acts.press_and_begin_anew("add-person").await?;
    acts.stage.see("input[name=theme]").await?;
    let profile =
        json!({ "name": "Josef Keller", "role": "patient", "passphrase": "quiet harbour lamp seven" });
    let key = groups(&acts.stage.ask("create_profile", profile).await?);
    acts.stage.dress(Dress::PLAIN).await?;
    // The second person's record is empty, and nothing is looked for in it afterwards.
    Box::pin(stopped::from_the_screen(acts, &key, now)).await.context("Stop")?;
    acts.lock().await?;
    acts.stage.reads("main", "Maria Keller").await?;
    acts.look("locked-two").await?;
    acts.stage.click("Turn to Maria Keller").await?;
    acts.stage.reads("h1", "Maria Keller").await?;
    acts.unlock().await?;

    // Somebody puts an older copy in its place.
    let record = acts.stage.record().join("record");
    let older = tempfile::tempdir()?;
    acts.lock().await?;
    copy(&record, older.path())?;
    acts.unlock().await?;
    weigh(&acts.stage, "70.4", now - 60_000).await?;
    acts.lock().await?;
    copy(older.path(), &record)?;
    acts.unlock().await?;
    acts.stage.see("#older-record").await?;
    for dress in dresses.iter().chain([&Dress::PLAIN]) {
        acts.stage.dress(*dress).await?;
        acts.stage.see("#older-record").await?;
        acts.look(&format!("older-{}", dress.name)).await?;
        acts.press_button("accept-record").await?;
        acts.stage.see("#accept-yes").await?;
        acts.look(&format!("older-question-{}", dress.name)).await?;
        acts.stage.press(Key::Escape).await?;
    }
    acts.press_button("accept-record").await?;
    acts.press_button("accept-yes").await?;
    acts.stage.reads_no_more("main", "This is an older copy").await?;

    let all: Vec<Dress> = dresses.iter().copied().chain([Dress::PLAIN]).collect();
    overviews::one_is_wrong_and_made_anew(acts, &all, now).await?;
    damage::its_folder_cannot_be_written(acts, &all).await?;
    damage::parts_of_it_rot(acts, &all, now).await
}
