//! A permission: the clinician's code pasted, what and how long, what will be seen, the passphrase, and the question outside the page.

use anyhow::Result;
use salus_tests::keyboard::Keys;

use crate::clinician::{NAME, ORGANISATION};
use crate::town::MEMBER;

/// As the question outside the page is called.
const GIVE: &str = "Salus: give this permission?";

pub(crate) async fn gives_a_permission(maria: &Keys, code: &str) -> Result<()> {
    let stage = &maria.stage;
    maria.goes("Share", "share").await?;
    maria.is_fresh().await?;
    maria.was_sent(code).await?;
    maria.pastes("The clinician's code", code).await?;
    maria.look("share-code").await?;
    maria.press("Check who this is").await?;
    let proven = format!("{ORGANISATION} · Confirmed by {MEMBER}");
    stage.reads_under("main .proven", NAME, &proven).await?;
    chooses(maria).await?;
    signs(maria).await?;
    stage.reads("main h1", &format!("{NAME} has your permission")).await?;
    maria.look("share-done").await
}

async fn chooses(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    for category in ["Heart rate", "Blood pressure", "Oxygen", "Temperature", "Breathing"] {
        maria.ticks(category).await?;
    }
    maria.chooses("until", "For 30 days").await?;
    maria.look("share-choose").await?;
    maria.press(&format!("See what {NAME} will see")).await?;
    stage.see("main blockquote").await?;
    maria.press(&format!("Show it as {NAME} will see it")).await?;
    stage.see("details.preview .series[data-category=BloodPressure] svg.scene circle").await?;
    maria.look("share-preview").await
}

/// Closing the question is a no, and nothing is lost by it; then a yes.
async fn signs(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    maria.types("Your passphrase, to sign", salus_tests::stage::PASSPHRASE).await?;
    maria.look("share-confirm").await?;
    let give = format!("Give {NAME} this permission");
    for answer in [&["Escape"][..], &["Tab", "Return"]] {
        maria.press(&give).await?;
        let question = stage.native(GIVE).await?;
        maria.look("share-native").await?;
        question.press(answer).await?;
        question.gone().await?;
        stage.takes_keyboard().await?;
        if answer == ["Escape"] {
            stage.see(".notice[data-code=declined]").await?;
        }
    }
    Ok(())
}
