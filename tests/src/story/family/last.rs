//! Steps 10 and 11: Maria undoes her daughter, and exports everything as FHIR.

use std::path::Path;

use anyhow::{Context, ensure};
use salus_chain::ids::GrantId;
use salus_chain::state::TxRefused;
use salus_wire::command as c;
use salus_wire::view::{ExportFormat, HelpedView};
use salus_wire::{Category, ErrorCode};
use serde_json::Value;

use super::Stage;
use super::beyond::Modified;
use super::given::{Given, issue};
use super::person::soon;

/// Step 10.
pub(super) async fn undo(
    stage: &mut Stage,
    given: &Given,
    modified: &mut Modified,
) -> anyhow::Result<((), String)> {
    let family = stage.maria.ok(c::GetFamily {}).await?;
    let own = family.own.context("Maria has no circle")?;
    let leila = own.helpers.iter().find(|helper| helper.name == "Leila").context("Leila does not help")?;
    let until = leila.keys_until.context("nobody says until when Leila holds keys")?;
    let begun = stage.now();
    ensure!(until > begun, "Leila's keys ended at {until}");
    ensure!(own.new_keys.is_none(), "the keys are new already: {:?}", own.new_keys);

    stage.maria.ok_soon(c::RemoveDelegate { seat: leila.seat }).await?;
    let alone = async || {
        let own = stage.maria.app.run(c::GetFamily {}).await.ok()?.own?;
        let names: Vec<&str> = own.helpers.iter().map(|helper| helper.name.as_str()).collect();
        let alone = names == ["Karim"];
        let renewal = own.new_keys?;
        alone.then_some((own.proof.height, renewal, own.still_hold))
    };
    let (height, renewal, still_hold) = soon("Karim alone helps, and the keys are new", alone).await?;
    ensure!(renewal.names == ["Leila"] && (begun..=stage.now()).contains(&renewal.at), "{renewal:?}");
    let within = (renewal.at - begun).div_euclid(1000);
    ensure!(still_hold.is_empty(), "{still_hold:?}");
    let again = issue(stage, given.circle, &given.code, Category::HeartRate, 1);
    let page = stage.leila.refused(again, ErrorCode::NotYours).await?;
    let nobody = |helped: &HelpedView| helped.helpers.iter().all(|helper| !helper.you);
    stage.leila.helped("Leila is told that she does not help any more", nobody).await?;
    // Every member has the block, so that each refuses for that reason.
    stage.network.reach(height.parse()?).await?;
    let why = TxRefused::CircleSigner;
    let members = modified.tries(stage, given, (Category::HeartRate, 1), why).await?;
    let detail = format!(
        "Maria ends Leila's help at once; her application: {page}; a modified one with her keys: {members} of {members} \
         members refuse (\"{why}\"). New readings are under new keys, within {within} s of it, as Maria's screen says; what Leila \
         could read before she may still have"
    );
    Ok(((), detail))
}

/// Step 11.
pub(super) async fn export(
    stage: &Stage,
    given: &Given,
    card: &GrantId,
    dir: &Path,
) -> anyhow::Result<((), String)> {
    let file = dir.join("maria.fhir.json");
    stage.maria.answers.choose(Some(&file));
    let exported = async || {
        let view = stage.maria.app.run(c::ExportRecord { format: ExportFormat::Fhir }).await.ok()?;
        view.sharing.filter(|sharing| sharing.complete)
    };
    let sharing = soon("everything is proven and exported", exported).await?;
    let bundle: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    let consents = of(&bundle, "Consent")?;
    let named = |id: &str| consents.iter().filter(|consent| consent["identifier"][0]["value"] == id).count();
    let own = named(&salus_wire::GrantId(card.0).to_string());
    ensure!(own == 1, "{own} Consents are of Maria's card");
    let leilas: Vec<&&Value> =
        consents.iter().filter(|consent| consent["performer"][0]["type"] == "RelatedPerson").collect();
    let given_by = leilas.first().and_then(|consent| consent["performer"][0]["display"].as_str());
    ensure!(
        named(&given.id.to_string()) == 1 && !leilas.is_empty(),
        "the permission that Leila gave is not in it: {consents:?}"
    );
    // Leila helps no longer, so Karim's is the only power.
    let powers: Vec<&&Value> = consents
        .iter()
        .filter(|one| one["category"][0]["text"] == "power that the patient gave a helper")
        .collect();
    let [power] = powers.as_slice() else { anyhow::bail!("the powers are {powers:?}") };
    let actor = &power["provision"]["provision"][0]["actor"][0]["reference"]["display"];
    ensure!(*actor == "Karim" && power["status"] == "active", "the power is {power:?}");
    let agreed = of(&bundle, "Provenance")?;
    let agreed = agreed.iter().find(|one| one["activity"]["text"] == "agreed to by other helpers");
    let agreed = agreed.context("no Provenance names who agreed")?;
    ensure!(agreed["agent"][0]["who"]["display"] == "Karim", "it was agreed to by {agreed:?}");
    let said = of(&bundle, "AuditEvent")?;
    let said = said.iter().filter(|one| one["subtype"][0]["code"] == "attest").count();
    ensure!(said == 1, "{said} AuditEvents are of what Maria said of the emergency");
    let delegates = of(&bundle, "Provenance")?;
    let delegates = delegates.iter().filter(|one| !one["agent"][0]["onBehalfOf"].is_null()).count();
    ensure!(delegates >= 1, "no Provenance names who gave it for Maria");
    let events = of(&bundle, "AuditEvent")?;
    // What became of those who help: from what Maria's computer saw of it.
    let became = |what: &str| {
        let told = |event: &&&Value| event["entity"][1]["detail"][0]["valueString"] == what;
        events.iter().filter(told).count()
    };
    let (came, went) = ("somebody may help the patient", "somebody helps the patient no longer");
    let (came, went) = (became(came), became(went));
    ensure!(came >= 1 && went == 1, "{came} came to help and {went} went: {events:?}");
    let renewed = |event: &&&Value| {
        let mut details = event["entity"][0]["detail"].as_array().into_iter().flatten();
        details.any(|detail| detail["valueString"] == "helps no longer: Leila")
    };
    ensure!(events.iter().filter(renewed).count() == 1, "that keys began anew is not in it: {events:?}");
    let broken = events.iter().filter(|one| one["purposeOfEvent"][0]["coding"][0]["code"] == "ETREAT");
    let emergency = broken.count();
    ensure!(
        emergency > 0 && sharing.openings > 0,
        "no AuditEvent says that there was an emergency: {events:?}"
    );
    let detail = format!(
        "{} Consents, {} AuditEvents, of which {emergency} are of an emergency, and {} Provenances, all proven; of the \
         permission that a helper ({}) gave the export holds {} Consents, and {delegates} Provenances name the helpers; Karim's \
         power, his agreement and Maria's objection are in it",
        consents.len(),
        events.len(),
        of(&bundle, "Provenance")?.len(),
        given_by.unwrap_or("whose name is not known"),
        named(&given.id.to_string())
    );
    Ok(((), detail))
}

/// The resources of one kind.
fn of<'a>(bundle: &'a Value, kind: &str) -> anyhow::Result<Vec<&'a Value>> {
    let entries = bundle["entry"].as_array().context("no bundle")?;
    let resources = entries.iter().map(|entry| &entry["resource"]);
    Ok(resources.filter(|resource| resource["resourceType"] == kind).collect())
}
