//! The patient stops the permission, and the clinician's window says that it is over.

use anyhow::Result;
use salus_tests::keyboard::Keys;
use thirtyfour::Key;

use crate::clinician::NAME;
use crate::patient::PATIENT;

const STOP: &str = "Stop this permission";
const LEAVE: &str = "Leave it open";

/// Escape leaves it open, Enter without reading as well; either gives the focus back.
pub(crate) async fn stops(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    maria.goes("Who can see what", "permissions").await?;
    stage.see("[data-state=Active] .stop").await?;
    stage.reads("main .entries", "Opened").await?;
    maria.look("permissions").await?;
    for leaves in [Key::Escape, Key::Enter] {
        maria.press(STOP).await?;
        stage.reads("dialog[open]", "What has already been opened cannot be taken back.").await?;
        maria.shows(LEAVE).await?;
        stage.press(leaves).await?;
        maria.has_no_dialog().await?;
        maria.shows(STOP).await?;
    }
    maria.press(STOP).await?;
    stage.see("dialog[open] #stop-yes").await?;
    maria.look("stop").await?;
    maria.press_in("dialog[open]", &format!("Stop {NAME}'s permission")).await?;
    stage.see("[data-state=Stopped]").await?;
    stage.reads("main h1", "Nobody has your permission").await?;
    maria.has_no_dialog().await?;
    maria.look("stopped").await
}

/// On the record that is open; on one that closed itself meanwhile and is opened again, a refusal; and in the inbox.
pub(crate) async fn sees_that_it_is_over(ines: &Keys) -> Result<()> {
    let stage = &ines.stage;
    ines.is_here().await?;
    let refused = "main .ended[data-code=stopped]";
    let told = "main .opened-page > .caution[role=status]";
    stage.see(&format!("{refused}, {told}")).await?;
    ines.look("over").await?;
    ines.press("Back to the inbox").await?;
    stage.reads_under("main [data-state=Stopped]", PATIENT, "Stopped").await?;
    stage.reads_no_more("main", &format!("Open {PATIENT}'s readings")).await?;
    ines.look("inbox-stopped").await
}
