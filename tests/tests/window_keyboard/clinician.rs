//! The clinician: the first thing is to be confirmed by a member, and a code for one patient.

use anyhow::{Context, Result, ensure};
use salus_tests::keyboard::Keys;
use salus_tests::network::{PATIENCE, eventually};

use crate::first_run::{self, Newcomer};
use crate::town::{MEMBER, Town};

/// As a member confirms them.
pub(crate) const NAME: &str = "Dr Ines Clarke";
pub(crate) const ORGANISATION: &str = "Heart Clinic";
/// On the patient's code.
pub(crate) const NOTE: &str = "M.K., since spring";

const INES: Newcomer = Newcomer {
    name: "Dr Ines Clarke, Heart Clinic",
    role: ("Seeing my patients' readings", "clinician"),
    theme: ("High contrast", "contrast"),
    opens: "Open my record",
};

/// Gives the code.
pub(crate) async fn begins(town: &Town, ines: &Keys) -> Result<String> {
    first_run::begins(ines, &INES).await?;
    is_confirmed(town, ines).await?;
    let code = makes_a_code(ines).await?;
    ines.press("Go on").await?;
    first_run::comes_home(ines, &INES).await?;
    ines.stage.reads("main .entries", NOTE).await?;
    Ok(code)
}

/// The request goes out, and what the member answers is taken in.
async fn is_confirmed(town: &Town, ines: &Keys) -> Result<()> {
    ines.stage.see("#make-code").await?;
    ines.press("Make a code").await?;
    ines.stage.see("#attestation").await?;
    let request = ines.value_of("copy-text").await?;
    ensure!(!request.trim().is_empty(), "there is a request");
    ines.press("Copy").await?;
    ines.stage.reads("main .copy", "Copied.").await?;
    ines.look("first-run-request").await?;
    let attestation = town.network.attest(0, &request)?;
    ines.was_sent(&attestation).await?;
    ines.pastes("The confirmation you received", &attestation).await?;
    ines.press("Use this confirmation").await?;
    ines.stage.reads("main section", MEMBER).await?;
    ines.stage.reads_no_more("main", "Your organisation must confirm you first").await
}

/// A fresh one, with a note.
async fn makes_a_code(ines: &Keys) -> Result<String> {
    let before = ines.value_of("copy-text").await?;
    ines.types("A note for yourself", NOTE).await?;
    ines.press("Make a code").await?;
    let made = eventually(PATIENCE, async || {
        let code = ines.value_of("copy-text").await.ok()?;
        (!code.trim().is_empty() && code != before).then_some(code)
    });
    let code = made.await.context("there is no fresh code")?;
    ines.look("first-run-code").await?;
    Ok(code)
}
