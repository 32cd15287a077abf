//! A link of `salus:` as somebody could put it anywhere.

use anyhow::{Context, Result, ensure};
use salus_chain::text::{Kind, to_text};
use thirtyfour::By;

use super::Stage;
use crate::network::{PATIENCE, eventually};

/// A clinician's code that nobody signed: it can be read, and proves nothing.
///
/// # Errors
/// It cannot be written.
pub fn code() -> Result<String> {
    Ok(to_text(Kind::Code, &[7; 60])?.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// The link that holds it.
///
/// # Errors
/// As [`code`].
pub fn link() -> Result<String> {
    Ok(format!("salus://open/{}", code()?))
}

/// The code is in the field for codes, and nothing else was done with it.
///
/// # Errors
/// It is not.
pub async fn is_only_filled_in(stage: &Stage) -> Result<()> {
    stage.see("#code").await?;
    let code = code()?;
    let filled = eventually(PATIENCE, async || {
        let field = stage.window.find(By::Id("code")).await.ok()?;
        field.prop("value").await.ok()?.filter(|text| *text == code)
    });
    filled.await.context("the field is not filled in")?;
    ensure!(
        stage.window.find_all(By::Css("main .notice, #link-note")).await?.is_empty(),
        "something was done"
    );
    Ok(())
}
