//! Who the members are, as both see it; a patient's computer is enrolled with them, a clinician's is not.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::acts::{Acts, MEMBER};

pub(crate) async fn are_seen_by_both(acts: &Acts) -> Result<()> {
    for person in [&acts.patient, &acts.clinician] {
        person.look_at("members", "main .entries .tag.on", "members").await?;
        person.stage.reads_under("main .entries > li", MEMBER, "Answers").await?;
        person.stage.reads("main", "1 organisation keeps").await?;
        person.stage.reads("main", "Newest confirmation").await?;
    }
    acts.patient.stage.reads("[data-gateway=enrolled]", "enrolled with the members since").await?;
    let gateway = acts.clinician.run("return document.querySelector('[data-gateway]') === null;").await?;
    ensure!(gateway == json!(true), "a clinician's computer is no gateway");
    Ok(())
}
