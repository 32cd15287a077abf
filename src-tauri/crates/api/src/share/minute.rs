//! What a reader's screen makes of readings before any picture, of the own record and through a permission: the first look and the
//! conventions' summaries. The functions are those that make a clinician's screen of what was opened; only where the readings come
//! from differs. Nothing is opened by it, and no member hears of it.

use salus_insight::clinical::Material;
use salus_insight::compare::Sums;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::issue::Shares;
use salus_wire::command::SeeFirstMinute;
use salus_wire::view::{ClinicalView, FirstMinuteView, PermissionState, SeenOf};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::draft::Draft;
use super::seen;
use crate::clinical::{of_shared, wall};
use crate::devices::told;
use crate::lock::Open;
use crate::record::given;
use crate::{App, Run, inbox};

impl Run for SeeFirstMinute {
    async fn run(self, app: &App) -> Result<FirstMinuteView, Failure> {
        let now = app.now();
        let open = app.open().await?;
        match self.of {
            SeenOf::Given { id } => {
                let (permission, told) = seen::sought(app, &open, &id, now).await?;
                match permission.state {
                    PermissionState::Ended => return Err(ErrorCode::Ended.into()),
                    PermissionState::Stopped => return Err(ErrorCode::Stopped.into()),
                    PermissionState::Pending | PermissionState::NotYet | PermissionState::Active => {}
                }
                let window = (permission.data_from, permission.data_to);
                made(&open, &permission.categories, window, seen::shares(&permission), &told, now).await
            }
            SeenOf::Drafted { draft } => {
                // How long it may be is asked when it is given; nothing here depends on it.
                let draft = Draft::check(&draft, now, i64::MAX)?;
                let told = open.devices.told(&draft.categories, draft.data_from);
                let window = (draft.data_from, draft.data_to);
                made(&open, &draft.categories, window, draft.shares(), &told, now).await
            }
        }
    }
}

/// All of it, as of now.
async fn made(
    open: &Open,
    categories: &[Category],
    window: (UnixMillis, UnixMillis),
    shares: Shares,
    told: &[ToldDevice],
    now: UnixMillis,
) -> Result<FirstMinuteView, Failure> {
    let (from, to) = inbox::reached(window, now);
    let clock = wall(from, to);
    let mut material = Material::new(clock.clone());
    let (mut sums, mut damaged) = (Vec::new(), Vec::new());
    for category in categories.iter().copied() {
        match shares {
            Shares::Readings => {
                let mut sum = Sums::empty(category);
                let unreadable = given::by_day(open, category, (from, to), |readings| {
                    material.take(readings, |r| told::origin(told, r).name);
                    sum.take(readings, from, to);
                })
                .await?;
                damaged.push((category, unreadable));
                sums.push(sum);
            }
            Shares::Days { .. } => {
                let (rows, _) = given::day_rows(open, category, (from, to), now).await?;
                sums.push(Sums::of_days(category, &rows, from, to));
            }
        }
    }
    // Conventions need single readings.
    let single = shares == Shares::Readings;
    let pressure = if single { inbox::week(&material, to) } else { None };
    let glimpse = inbox::line(&sums, pressure, &clock, (from, to), now);
    let summed = |(category, damaged): &(Category, u32)| {
        Some(ClinicalView { damaged: *damaged, ..of_shared(&material, *category, to)? })
    };
    let clinical = damaged.iter().filter_map(summed).collect();
    Ok(FirstMinuteView { glimpse, clinical, news: single.then(|| material.news(None, now)) })
}
