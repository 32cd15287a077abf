//! What the clinician's page says of the devices: the same as the patient's, and nothing that names the patient's own one.

use anyhow::{bail, ensure};
use salus_wire::Category;
use salus_wire::command::ListDevices;
use salus_wire::view::{LinkView, OpenedView, ProvenanceView, ReadingView, RecordView};

use super::play::Stage;

/// Serial numbers and addresses of the simulated strap and cuff, in lower case.
const OWN: [&str; 6] =
    ["hrs-1-0001", "bpm-2-0001", "c0:5a:1c:00:01:01", "c0:5a:1c:00:02:01", "c05a1c000101", "c05a1c000201"];

/// Model, firmware and link.
type Device<'a> = (Option<&'a str>, Option<&'a str>, LinkView);

fn device(row: &ReadingView) -> anyhow::Result<Device<'_>> {
    let ProvenanceView::Measured(m) = &row.provenance else { bail!("not measured: {:?}", row.provenance) };
    Ok((m.model.as_deref(), m.firmware.as_deref(), m.link))
}

fn devices(rows: &[ReadingView]) -> anyhow::Result<Vec<Device<'_>>> {
    rows.iter().map(device).collect()
}

/// Compares the devices of a shared series, reading by reading, with the patient's own screen.
pub(super) fn same(shown: &RecordView, own: &RecordView) -> anyhow::Result<()> {
    let (told, known) = (devices(&shown.rows)?, devices(&own.rows)?);
    ensure!(told == known, "the devices of {:?} are not the patient's", shown.category);
    let model = match shown.category {
        Category::HeartRate => "Salus Simulation, HRS-1",
        _ => "Salus Simulation, BPM-2",
    };
    let simulated = |(said, firmware, _): &Device<'_>| *said == Some(model) && *firmware == Some("1.0");
    ensure!(!told.is_empty() && told.iter().all(simulated), "{:?} comes from {told:?}", shown.category);
    let called = shown.rows.iter().all(|row| row.device == model);
    ensure!(called, "a device of {:?} is not called by its model", shown.category);
    Ok(())
}

/// Looks for the patient's own names of the devices, their serial numbers and addresses in the whole view.
pub(super) async fn nothing_own(stage: &Stage, opened: &OpenedView) -> anyhow::Result<()> {
    let view = serde_json::to_string(opened)?.to_lowercase();
    let names: Vec<String> =
        stage.patient.ok(ListDevices {}).await?.iter().map(|d| d.name.to_lowercase()).collect();
    ensure!(!names.is_empty(), "the patient has no devices");
    for own in names.iter().map(String::as_str).chain(OWN) {
        ensure!(!own.is_empty() && !view.contains(own), "the clinician's page holds {own:?}");
    }
    Ok(())
}
