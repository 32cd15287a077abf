//! Somebody who helps in the family: the first thing is a code for whom they will help.

use anyhow::{Result, ensure};
use salus_tests::stage::refused;
use salus_wire::view::Role;

use crate::first_run::{self, Newcomer};
use crate::keys::Keys;

const LEILA: Newcomer = Newcomer {
    name: "Leila Keller",
    role: ("Helping somebody in my family", "family"),
    theme: ("Light", "light"),
    opens: "Go to my family",
};

pub(crate) async fn begins(leila: &Keys) -> Result<()> {
    first_run::begins(leila, &LEILA).await?;
    leila.stage.see("#make-family-code").await?;
    leila.press("Make a code").await?;
    leila.stage.see("#family-digits").await?;
    let code = leila.value_of("family-code-text").await?;
    ensure!(!code.trim().is_empty(), "there is a code");
    leila.press("Copy").await?;
    leila.stage.reads("main .copy", "Copied.").await?;
    leila.look("first-run-code").await?;
    // Once there is a code, the step is done.
    leila.stage.see("#next").await?;
    leila.press("Next").await?;
    first_run::comes_home(leila, &LEILA).await?;
    // What her page may ask for is no patient's and no clinician's.
    refused::while_open(&leila.stage, Role::Family).await
}
