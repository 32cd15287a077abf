//! Stop, on the laptop that was added: what comes over from the first one waits, which is said with how much is here, until the person
//! goes on with it.

use anyhow::{Result, bail};
use salus_tests::stage::{Dress, Person};

use crate::acts::{answers, to_laptops};

/// One round may be over before anybody presses Stop, and what the program does by itself may be in its place: then it is begun again.
const TRIES: usize = 8;
const SYNC: &str = "#sync-laptops:not([aria-disabled=true])";
const HISTORY: &str = "main section:has(#sync-laptops)";
const SAID: &str = "You stopped it:";

pub(crate) async fn waits_until_the_person_goes_on(second: &Person) -> Result<()> {
    let stage = &second.stage;
    to_laptops(second).await?;
    for _ in 0..TRIES {
        stage.begins_and_stops(SYNC).await?;
        let cancelled = format!("{HISTORY} .notice[data-code=cancelled]");
        let known = format!("return document.querySelector({cancelled:?}) !== null;");
        if second.run(&known).await? != true {
            continue;
        }
        answers(second, "get_laptops", "that it waits", |view| view["history"]["paused"] == true).await?;
        stage.reads(HISTORY, "This was cancelled.").await?;
        second.look("laptops-stopped", Dress::PLAIN).await?;
        // Also for who comes back to it later.
        to_laptops(second).await?;
        stage.reads(HISTORY, SAID).await?;
        second.look("laptops-waits", Dress::PLAIN).await?;

        second.press("sync-laptops").await?;
        answers(second, "get_laptops", "that it goes on", |view| view["history"]["paused"] == false).await?;
        return stage.reads_no_more(HISTORY, SAID).await;
    }
    bail!("{TRIES} rounds were over before they could be stopped: {}", second.words(HISTORY).await?)
}
