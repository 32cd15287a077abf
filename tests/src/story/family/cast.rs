//! Step 2: everybody comes, two clinicians are attested, and Maria's record gets readings.

use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use futures::future::{try_join_all, try_join5};
use salus_light::{LightClient, MemoryStore};
use salus_wire::command as c;
use salus_wire::view::{RecordView, Role, ValueView};
use salus_wire::{Category, Quantity};

use super::super::hands::Hands;
use super::person::Person;
use super::{HOUR, MINUTE, Stage};
use crate::network::Network;
use crate::straight::Straight;

/// Systolic and diastolic pressures that Maria types, newest first.
const PRESSURES: [(&str, &str); 3] = [("151", "88"), ("147", "86"), ("139", "81")];
/// Heart rates, newest first.
const RATES: [&str; 2] = ["71", "68"];
/// What Maria's readings are of.
pub(super) const BOTH: [Category; 2] = [Category::HeartRate, Category::BloodPressure];

pub(super) async fn come(network: Network, hands: Hands, dir: &Path) -> anyhow::Result<(Stage, String)> {
    let (path, list) = (network.genesis_path(), network.genesis()?);
    let genesis = path.as_path();
    let person = |place: &str, name: &'static str, role: Role| {
        let (clock, place) = (hands.clock(), dir.join(place));
        async move { Person::new(&place, genesis, clock, name, role).await }
    };
    let (maria, leila, karim, cardiologist, doctor) = try_join5(
        person("maria", "Maria", Role::Patient),
        person("leila", "Leila", Role::Patient),
        person("karim", "Karim", Role::Patient),
        person("cardiologist", "Dr Ana W\u{f3}jcik, Heart Clinic", Role::Clinician),
        person("doctor", "Dr Bo Lind, Emergency Room", Role::Clinician),
    )
    .await?;
    // By different members, where there is more than one.
    let second = 1 % network.len();
    cardiologist.attested(&network, 0).await?;
    doctor.attested(&network, second).await?;

    let straight = Straight::to(&list)?;
    let light = LightClient::connect(list, Arc::new(MemoryStore::default()), hands.clock()).await?;
    let measured = measure(&maria, hands.now()).await?;
    let record = |category| c::GetRecord { category, from: measured.0, to: measured.1 + 1, width: 400 };
    let mut values = 0;
    for category in BOTH {
        values += equal(&maria.ok(record(category)).await?)?;
    }
    let detail = format!(
        "Maria typed {} blood pressures and {} heart rates, {values} values are shown as typed; two clinicians \
         attested, by member 1 and member {}",
        PRESSURES.len(),
        RATES.len(),
        second + 1
    );
    let stage =
        Stage { network, hands, light, straight, maria, leila, karim, cardiologist, doctor, measured };
    Ok((stage, detail))
}

/// Types everything, a minute apart; when the first and the last was measured.
async fn measure(maria: &Person, now: i64) -> anyhow::Result<(i64, i64)> {
    let mut first = now;
    for category in BOTH {
        for (place, values) in (1_i64..).zip(typed(category)) {
            let at = now - place * MINUTE;
            first = first.min(at);
            maria.ok(c::TypeReading { category, values, at, note: None }).await?;
        }
    }
    Ok((first, now - MINUTE))
}

/// What Maria typed of a category, newest first.
fn typed(category: Category) -> Vec<Vec<ValueView>> {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    match category {
        Category::BloodPressure => PRESSURES
            .iter()
            .map(|(high, low)| vec![value(Quantity::Systolic, high), value(Quantity::Diastolic, low)])
            .collect(),
        Category::HeartRate => RATES.iter().map(|rate| vec![value(Quantity::HeartRate, rate)]).collect(),
        _ => Vec::new(),
    }
}

/// Compares what a screen shows of a category, newest first, with what Maria typed; the number of equal values.
pub(super) fn equal(view: &RecordView) -> anyhow::Result<usize> {
    let typed = typed(view.category);
    let (shown, category) = (view.rows.len(), view.category);
    ensure!(shown == typed.len(), "{} readings of {category:?} were typed, {shown} are shown", typed.len());
    let mut compared = 0;
    for (row, values) in view.rows.iter().zip(&typed) {
        for value in values {
            ensure!(row.values.contains(value), "{value:?} was typed, the screen shows {:?}", row.values);
            compared += 1;
        }
    }
    Ok(compared)
}

/// Compares several categories, each of which must be there.
pub(super) fn all_equal(views: &[RecordView], wanted: &[Category]) -> anyhow::Result<usize> {
    let mut shown: Vec<Category> = views.iter().map(|view| view.category).collect();
    let mut wanted = wanted.to_vec();
    shown.sort_unstable();
    wanted.sort_unstable();
    ensure!(shown == wanted, "shown are {shown:?}");
    views.iter().map(equal).sum()
}

impl Stage {
    pub(super) fn now(&self) -> i64 {
        self.hands.now()
    }

    /// A span around everything that Maria typed.
    pub(super) fn span(&self) -> (i64, i64) {
        (self.measured.0 - HOUR, self.measured.1 + HOUR)
    }

    /// Time passes for everybody; what was open has closed itself.
    pub(super) fn pass(&mut self, ms: i64) -> anyhow::Result<()> {
        self.hands.advance(&self.network, ms)
    }
}

/// Opens again what closed itself.
pub(super) async fn wake(people: &[&Person]) -> anyhow::Result<()> {
    try_join_all(people.iter().map(|person| person.wake())).await.map(drop)
}
