//! Permissions and openings as a file that other programs read: the button, the desktop's own question where to, and the result.

use std::cell::Cell;

use anyhow::{Context, Result, ensure};
use salus_tests::stage::Person;
use serde_json::Value;

use crate::town::Town;

/// Saved once in each dress, each time in a folder of its own.
pub(crate) async fn is_saved(town: &Town, josef: &Person) -> Result<()> {
    let turn = Cell::new(0);
    let folder = || town.dir.path().join(format!("saved-{}", turn.get()));
    josef
        .look_there("fhir", async || {
            turn.set(turn.get() + 1);
            std::fs::create_dir(folder())?;
            josef.go("settings").await?;
            josef.click_on("main a[href$='/backups']").await?;
            josef.stage.see("#export-fhir:not([aria-disabled=true])").await?;
            let file = folder().join("permissions.json");
            josef.stage.saves_as(&file, async || josef.press("export-fhir").await).await?;
            josef.stage.see("main section:has(#export-fhir) .proven[role=status]").await
        })
        .await?;
    let text =
        std::fs::read_to_string(folder().join("permissions.json")).context("the file that was named")?;
    let bundle: Value = serde_json::from_str(&text).context("it is JSON")?;
    ensure!(bundle["resourceType"] == "Bundle", "it is a {}", bundle["resourceType"]);
    let resources = bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
    let consents = resources.filter(|resource| resource["resourceType"] == "Consent").count();
    // A permission of his own, and the card.
    ensure!(consents == 2, "the file holds {consents} permissions");
    let said = format!("The file holds your {consents} permissions. Openings in it:");
    josef.stage.reads("main section:has(#export-fhir) .proven[role=status]", &said).await
}
