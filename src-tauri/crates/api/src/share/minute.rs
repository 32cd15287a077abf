//! What a reader's screen makes of readings before any picture, of the own record and through a permission: the first look and the
//! conventions' summaries. The functions are those that make a clinician's screen of what was opened; only where the readings come
//! from differs. A helper's look ahead at somebody else's readings is made here too ([`of_readings`]). Nothing is opened by it, and
//! no member hears of it.

use salus_insight::clinical::{Material, WallTime};
use salus_insight::compare::Sums;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::issue::Shares;
use salus_wire::command::SeeFirstMinute;
use salus_wire::view::{ClinicalView, FirstMinuteView, PermissionState, SeenOf};
use salus_wire::{Category, ErrorCode, Failure, Reading, UnixMillis};

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

/// All of it of the own record, as of now.
async fn made(
    open: &Open,
    categories: &[Category],
    window: (UnixMillis, UnixMillis),
    shares: Shares,
    told: &[ToldDevice],
    now: UnixMillis,
) -> Result<FirstMinuteView, Failure> {
    let mut minute = Minute::new(window, now);
    let reach = minute.reach;
    for category in categories.iter().copied() {
        match shares {
            Shares::Readings => {
                let mut sum = Sums::empty(category);
                let unreadable = given::by_day(open, category, reach, |readings| {
                    minute.take(&mut sum, readings, told);
                })
                .await?;
                minute.single(sum, unreadable);
            }
            Shares::Days { .. } => {
                let (rows, _) = given::day_rows(open, category, reach, now).await?;
                minute.sums.push(Sums::of_days(category, &rows, reach.0, reach.1));
            }
        }
    }
    Ok(minute.finish(shares == Shares::Readings))
}

/// All of it of readings in hand, by category and each in order of time: somebody else's, whom a helper reads. Of whole hours only what
/// lies in the window is taken in.
pub(crate) fn of_readings(
    all: &[(Category, Vec<Reading>)],
    window: (UnixMillis, UnixMillis),
    told: &[ToldDevice],
    now: UnixMillis,
) -> FirstMinuteView {
    let mut minute = Minute::new(window, now);
    let (from, to) = minute.reach;
    for (category, readings) in all {
        let inside = |r: &&Reading| r.category == *category && (from..to).contains(&r.at);
        let inside: Vec<Reading> = readings.iter().filter(inside).cloned().collect();
        let mut sum = Sums::empty(*category);
        minute.take(&mut sum, &inside, told);
        minute.single(sum, 0);
    }
    minute.finish(true)
}

/// What comes together while readings are taken in.
struct Minute {
    /// What of the permission's window there can be now.
    reach: (UnixMillis, UnixMillis),
    now: UnixMillis,
    clock: WallTime,
    material: Material,
    sums: Vec<Sums>,
    /// The categories of which there are single readings, and how many hours of each are damaged.
    single: Vec<(Category, u32)>,
}

impl Minute {
    fn new(window: (UnixMillis, UnixMillis), now: UnixMillis) -> Self {
        let reach = inbox::reached(window, now);
        let clock = wall(reach.0, reach.1);
        Self {
            reach,
            now,
            material: Material::new(clock.clone()),
            clock,
            sums: Vec::new(),
            single: Vec::new(),
        }
    }

    /// Takes in readings of one category, which lie within reach.
    fn take(&mut self, sum: &mut Sums, readings: &[Reading], told: &[ToldDevice]) {
        self.material.take(readings, |r| told::origin(told, r).name);
        sum.take(readings, self.reach.0, self.reach.1);
    }

    /// All of a category was taken in.
    fn single(&mut self, sum: Sums, damaged: u32) {
        self.single.push((sum.category(), damaged));
        self.sums.push(sum);
    }

    /// Conventions need single readings.
    fn finish(self, single: bool) -> FirstMinuteView {
        let Self { reach, now, clock, material, sums, single: of } = self;
        let pressure = if single { inbox::week(&material, reach.1) } else { None };
        let glimpse = inbox::line(&sums, pressure, &clock, reach, now);
        let summed = |(category, damaged): &(Category, u32)| {
            Some(ClinicalView { damaged: *damaged, ..of_shared(&material, *category, reach.1)? })
        };
        let clinical = of.iter().filter_map(summed).collect();
        FirstMinuteView { glimpse, clinical, news: single.then(|| material.news(None, now)) }
    }
}
