//! What a clinician will see of somebody whom this person helps as a steward, before anything is given: from the depots, as a steward
//! reads, and made by the functions of the clinician's screen. Nothing is given or opened by it, and no member hears of it.

use std::collections::BTreeSet;

use salus_chain::time::Epoch;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::circle::give::may_permit;
use salus_wire::command::{Command, ForeseeForRelative};
use salus_wire::view::{ClinicianView, ForeseenView};
use salus_wire::{Category, ErrorCode, Failure, Reading, UnixMillis};

use super::{give, read};
use crate::record::{self, given};
use crate::share::{code, minute};
use crate::{App, Run};

/// Width of the charts in CSS pixels, as in the patient's own preview.
const WIDTH: u16 = 640;

impl Run for ForeseeForRelative {
    async fn run(self, app: &App) -> Result<ForeseenView, Failure> {
        let now = app.now();
        let wanted = Wanted::check(&self, now)?;
        app.opening(Box::pin(foreseen(app, self, wanted, now))).await
    }
}

async fn foreseen(
    app: &App,
    asked: ForeseeForRelative,
    wanted: Wanted,
    now: UnixMillis,
) -> Result<ForeseenView, Failure> {
    let open = app.open().await?;
    let (word, estate) = read::keys(&open, asked.circle, now).await?;
    wanted.within(&word.allowed, read::first(&estate))?;
    let client = app.0.network.client()?;
    let (invitation, clinician) = code::prove(app, &client, &asked.code).await?;
    may_permit(&word, &invitation).map_err(|error| give::refused(error, &word))?;
    let span = given::span(wanted.window, WIDTH, now);
    let readings = read::gathered(app, &client, &estate, span, ForeseeForRelative::NAME).await?;
    // The permission tells of devices what the helper was told of them.
    Ok(wanted.view(clinician, word.person, readings, &estate.content.devices, now))
}

/// What is to be permitted, as far as it can be looked at now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    categories: BTreeSet<Category>,
    /// From the beginning of an epoch, as a permission is, up to now: what is still to be measured cannot be shown.
    window: (UnixMillis, UnixMillis),
}

impl Wanted {
    fn check(asked: &ForeseeForRelative, now: UnixMillis) -> Result<Self, Failure> {
        let categories: BTreeSet<Category> = asked.categories.iter().copied().collect();
        if categories.is_empty() || categories.len() != asked.categories.len() {
            return Err(Failure::with(ErrorCode::BadRequest, "categories"));
        }
        if !(0..=now).contains(&asked.data_from) {
            return Err(Failure::with(ErrorCode::BadRequest, "data_from"));
        }
        let window = (Epoch::at(asked.data_from).start(), now.saturating_add(1));
        record::span(window.0, window.1, WIDTH, now)?;
        Ok(Self { categories, window })
    }

    /// Refuses what is not theirs to permit, and what is of before the keys begin.
    fn within(&self, allowed: &BTreeSet<Category>, first: UnixMillis) -> Result<(), Failure> {
        if !self.categories.is_subset(allowed) {
            return Err(ErrorCode::BeyondPower.into());
        }
        if self.window.0 < first {
            return Err(ErrorCode::OutsideScope.into());
        }
        Ok(())
    }

    /// The screen of what was read: a helper can read more than is to be permitted.
    fn view(
        &self,
        clinician: ClinicianView,
        person: String,
        mut readings: Vec<(Category, Vec<Reading>)>,
        devices: &[ToldDevice],
        now: UnixMillis,
    ) -> ForeseenView {
        readings.retain(|(category, _)| self.categories.contains(category));
        let minute = minute::of_readings(&readings, self.window, devices, now);
        let span = given::span(self.window, WIDTH, now);
        let record = |(category, all)| given::readings(category, all, span, devices);
        ForeseenView { clinician, person, minute, records: readings.into_iter().map(record).collect() }
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{ClinicalSummary, ClinicalView, Outcome};
    use salus_wire::{CircleId, Component, Decimal, DeviceId, Quality, Quantity};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    const DAY: i64 = 86_400_000;
    const EPOCH: i64 = 4_096_000;
    const BP: Category = Category::BloodPressure;
    const HR: Category = Category::HeartRate;

    fn asked(categories: &[Category], data_from: UnixMillis) -> ForeseeForRelative {
        let categories = categories.to_vec();
        ForeseeForRelative { circle: CircleId([7; 32]), code: String::new(), categories, data_from }
    }

    fn reading(category: Category, at: UnixMillis, values: &[(Quantity, i64)]) -> Reading {
        let of =
            |(quantity, n): &(Quantity, i64)| Component { quantity: *quantity, value: Decimal::whole(*n) };
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category,
            components: values.iter().map(of).collect(),
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    }

    fn clinician() -> ClinicianView {
        ClinicianView {
            name: "Dr Example".into(),
            organisation: String::new(),
            attested_by: String::new(),
            proven_at_height: "1".into(),
            asks: None,
            on_duty: false,
        }
    }

    /// What of a pressure at each of these instants, and of a heart rate just now, is foreseen.
    fn seen(categories: &[Category], from: UnixMillis, pressures: &[UnixMillis]) -> ForeseenView {
        let pressure =
            |at: &UnixMillis| reading(BP, *at, &[(Quantity::Systolic, 141), (Quantity::Diastolic, 88)]);
        let rate = reading(HR, NOON - 60_000, &[(Quantity::HeartRate, 71)]);
        let all = vec![(HR, vec![rate]), (BP, pressures.iter().map(pressure).collect())];
        let wanted = Wanted::check(&asked(categories, from), NOON).unwrap();
        wanted.view(clinician(), "Maria".into(), all, &[], NOON)
    }

    #[test]
    fn of_all_that_a_helper_can_read_only_what_is_to_be_permitted_is_summed_up() {
        let both = seen(&[BP, HR], NOON - DAY, &[NOON - 7_200_000]);
        assert_eq!(
            both.records.iter().map(|r| (r.category, r.total)).collect::<Vec<_>>(),
            [(HR, 1), (BP, 1)]
        );
        assert_eq!(both.minute.glimpse.last, Some(NOON - 60_000));
        let vitals = |view: &ForeseenView| {
            let news = view.minute.news.as_ref().unwrap();
            news.vitals.iter().map(|vital| vital.quantity).collect::<BTreeSet<_>>()
        };
        assert!(vitals(&both).len() > 1, "{:?}", vitals(&both));

        let one = seen(&[BP], NOON - DAY, &[NOON - 7_200_000]);
        assert_eq!(one.records.iter().map(|r| (r.category, r.total)).collect::<Vec<_>>(), [(BP, 1)]);
        assert_eq!(one.minute.glimpse.last, Some(NOON - 7_200_000), "not the newer heart rate");
        assert_eq!(vitals(&one), BTreeSet::from([Quantity::Systolic]));
        let [ClinicalView { category: BP, summary, .. }] = &one.minute.clinical[..] else {
            panic!("{:?}", one.minute.clinical)
        };
        assert!(matches!(summary, ClinicalSummary::Pressure(Outcome::NotEnough(_))), "one is no week");
    }

    #[test]
    fn it_begins_with_a_whole_epoch_and_ends_now_as_the_permission_would() {
        let from = Epoch::at(NOON - DAY).start();
        let at = [from - 1, from, from + EPOCH / 2, NOON, NOON + 1];
        let view = seen(&[BP], from + EPOCH - 1, &at);
        assert_eq!((view.records[0].total, view.records[0].chart.from), (3, from));
        assert_eq!((view.minute.glimpse.last, view.minute.glimpse.opened), (Some(NOON), NOON));
    }

    #[test]
    fn what_is_not_theirs_to_permit_is_not_foreseen() {
        let checked = |categories: &[Category], from| Wanted::check(&asked(categories, from), NOON);
        for bad in
            [checked(&[], NOON), checked(&[BP, BP], NOON), checked(&[BP], -1), checked(&[BP], NOON + 1)]
        {
            assert_eq!(bad.unwrap_err().code, ErrorCode::BadRequest);
        }
        assert_eq!(checked(&[BP], NOON - 401 * DAY).unwrap_err().code, ErrorCode::BadRequest);
        let wanted = checked(&[BP, HR], NOON - DAY).unwrap();
        let first = Epoch::at(NOON - DAY).start();
        let code = |allowed: &[Category], first| {
            let allowed = allowed.iter().copied().collect();
            wanted.within(&allowed, first).err().map(|failure| failure.code)
        };
        assert_eq!(code(&[BP, HR], first), None);
        assert_eq!(code(&[BP], first), Some(ErrorCode::BeyondPower));
        assert_eq!(code(&[BP, HR], first + EPOCH), Some(ErrorCode::OutsideScope));
    }

    #[tokio::test]
    async fn nobody_looks_ahead_but_for_those_whom_they_help() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let refused = app.run(asked(&[BP], NOON - DAY)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotYours);
        app.close().await.unwrap();
    }
}
