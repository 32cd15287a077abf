//! The patient: the first thing is a value that is typed; later a note from the clinician.

use anyhow::Result;
use salus_tests::keyboard::Keys;
use serde_json::{Value, json};

use crate::clinician::NAME;
use crate::first_run::{self, Newcomer};
use crate::opening::TEXT;
use crate::town::Town;

pub(crate) const PATIENT: &str = "Maria Keller";
const HOUR: i64 = 3_600_000;
/// The other vital signs of the early warning score, with the newest of those and with what she typed and her strap told since she began,
/// whichever of them have reached the members by then: category, what it is, and how much.
const VITALS: [(&str, &str, &str); 3] = [
    ("respiration", "respiratory_rate", "16"),
    ("oxygen_saturation", "oxygen_saturation", "97"),
    ("body_temperature", "body_temperature", "36.8"),
];
const ADD: &str = "Add a reading…";

/// Hours ago, upper and lower value: the oldest first.
pub(crate) const PRESSURES: [(i64, &str, &str); 4] =
    [(52, "128", "79"), (32, "134", "84"), (20, "131", "82"), (3, "126", "77")];
/// Hours ago, heart rate.
const RATES: [(i64, &str); 4] = [(51, "62"), (27, "71"), (4, "66"), (2, "88")];

const MARIA: Newcomer = Newcomer {
    name: PATIENT,
    role: ("My own health record", "patient"),
    theme: ("Dark", "dark"),
    opens: "Open my record",
};

pub(crate) async fn begins(maria: &Keys) -> Result<()> {
    first_run::begins(maria, &MARIA).await?;
    types_a_value(maria).await?;
    maria.press("Next").await?;
    first_run::comes_home(maria, &MARIA).await
}

/// Whoever looks at the form and leaves it is where they were; then each value in its field.
async fn types_a_value(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    stage.see("#way-typed").await?;
    for finishes in [false, true] {
        maria.press(ADD).await?;
        stage.see("dialog[open] .entry").await?;
        maria.chooses("kind", "Blood pressure…").await?;
        if !finishes {
            maria.escapes_to(ADD).await?;
        }
    }
    maria.types("Upper value…", "131").await?;
    maria.types("Lower value…", "82").await?;
    maria.look("first-run-value").await?;
    maria.press_in("dialog[open]", "Store this reading").await?;
    stage.reads(".said", "Stored: Blood pressure 131/82").await?;
    maria.has_no_dialog().await?;
    stage.reads("main", "Your record has a reading.").await?;
    stage.see("#next").await
}

/// What she measured on the days before, as it is in a record that is not new: members keep no reading of the running hour.
pub(crate) async fn measured_before(town: &Town, maria: &Keys) -> Result<()> {
    let now = town.now();
    for (ago, upper, lower) in PRESSURES {
        let values = json!([
            { "quantity": "systolic", "value": upper }, { "quantity": "diastolic", "value": lower },
        ]);
        stored(maria, "blood_pressure", values, now - ago * HOUR).await?;
    }
    for (ago, rate) in RATES {
        let values = json!([{ "quantity": "heart_rate", "value": rate }]);
        stored(maria, "heart_rate", values, now - ago * HOUR).await?;
    }
    for at in [now - 2 * HOUR, now] {
        for (category, quantity, value) in VITALS {
            let values = json!([{ "quantity": quantity, "value": value }]);
            stored(maria, category, values, at).await?;
        }
    }
    Ok(())
}

async fn stored(maria: &Keys, category: &str, values: Value, at: i64) -> Result<()> {
    let reading = json!({ "category": category, "values": values, "at": at, "note": null });
    maria.stage.ask("type_reading", reading).await.map(drop)
}

/// It is said where she is, and one button leads to it.
pub(crate) async fn reads_the_note(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    maria.goes("Today", "home").await?;
    stage.reads("#replies", &format!("{NAME} wrote you a note.")).await?;
    maria.look("note-arrived").await?;
    maria.press_in("#replies", "Read").await?;
    stage.reads("main .letter", TEXT).await?;
    maria.press(&format!("I have read {NAME}'s note")).await?;
    stage.see("main [data-read=true]").await?;
    maria.look("note-read").await
}
