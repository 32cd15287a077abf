//! The question outside the page: its words are those of the sentence, No and closing it are a no, and so is Enter.

use anyhow::{Result, ensure};
use salus_tests::stage::Native;

use crate::acts::Acts;

/// As the window is called.
pub(crate) const TITLE: &str = "Salus: give this permission?";

/// Ways to say no.
#[derive(Clone, Copy)]
pub(crate) enum No {
    /// Closing it.
    Escape,
    /// Pressing Enter once more, without reading.
    Enter,
}

pub(crate) async fn says_no(acts: &Acts, sentence: &str, how: No) -> Result<()> {
    let dialog = asked(acts).await?;
    let key = match how {
        No::Escape => "Escape",
        No::Enter => "Return",
    };
    dialog.press(&[key]).await?;
    said(acts, &dialog, sentence).await
}

pub(crate) async fn says_yes(acts: &Acts, sentence: &str) -> Result<()> {
    let dialog = asked(acts).await?;
    dialog.press(&["Tab", "Return"]).await?;
    said(acts, &dialog, sentence).await
}

async fn asked(acts: &Acts) -> Result<Native<'_>> {
    let stage = &acts.patient.stage;
    let dialog = stage.native(TITLE).await?;
    stage.photograph("patient-native.png").await?;
    dialog.copy_sentence().await?;
    Ok(dialog)
}

/// It is gone, and what was copied from it is what the page showed.
async fn said(acts: &Acts, dialog: &Native<'_>, sentence: &str) -> Result<()> {
    dialog.gone().await?;
    let words = acts.patient.stage.pasted().await?;
    ensure!(words == sentence, "the dialog says {words:?}");
    Ok(())
}
