//! Somebody who helps in the family, whose first run is cut off and undone: the first thing is a code for whom they will help.

use anyhow::{Result, ensure};
use salus_tests::keyboard::Keys;
use salus_tests::stage::refused;
use salus_wire::view::Role;
use serde_json::json;

use crate::first_run::{self, Newcomer};

const LEILA: Newcomer = Newcomer {
    name: "Leila Keller",
    role: ("Helping somebody in my family", "family"),
    theme: ("Light", "light"),
    opens: "Go to my family",
};

/// As far as the recovery key, which nobody has written down yet.
pub(crate) async fn makes_a_record(leila: &Keys) -> Result<()> {
    first_run::chooses_how_it_looks(leila, LEILA.theme).await?;
    first_run::makes_a_record(leila, &LEILA).await
}

/// Her computer lost its power there: she goes on where she was, takes the record away, and makes another one.
pub(crate) async fn begins_again(leila: &Keys) -> Result<()> {
    first_run::goes_on_at_the_key(leila, &LEILA).await?;
    first_run::is_undone(leila).await?;
    first_run::makes_a_record(leila, &LEILA).await?;
    first_run::types_the_key_back(leila).await?;
    leila.stage.see("#make-family-code").await?;
    leila.press("Make a code").await?;
    leila.stage.see("#family-digits").await?;
    let code = leila.value_of("family-code-text").await?;
    ensure!(!code.trim().is_empty(), "there is a code");
    leila.press("Copy").await?;
    leila.stage.reads("main .copy", "Copied.").await?;
    leila.look("first-run-code").await?;
    takes_it_back(leila).await?;
    leila.press("Make a code").await?;
    leila.stage.see("#family-digits").await?;
    let next = leila.value_of("family-code-text").await?;
    ensure!(!next.trim().is_empty() && next != code, "another code is made");
    // Once there is a code, the step is done.
    leila.stage.see("#next").await?;
    leila.press("Next").await?;
    first_run::comes_home(leila, &LEILA).await?;
    // What her page may ask for is no patient's and no clinician's.
    refused::while_open(&leila.stage, Role::Family).await
}

/// As somebody does who gave it to the wrong person: it is gone from the screen, and the step is not done any more.
async fn takes_it_back(leila: &Keys) -> Result<()> {
    leila.press_in("[data-given-codes]", "Take back").await?;
    leila.stage.see("dialog[open]").await?;
    leila.shows("Keep the code").await?;
    leila.look("first-run-code-taken-back").await?;
    leila.press_in("dialog[open]", "Take the code back").await?;
    leila.has_no_dialog().await?;
    leila.stage.reads("main [role=status].stack", "The code is taken back.").await?;
    leila.stage.see("#make-family-code").await?;
    let given = leila.stage.ask("list_given_codes", json!({})).await?;
    ensure!(given.as_array().is_some_and(Vec::is_empty), "{given}");
    Ok(())
}
