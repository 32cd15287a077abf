//! What a person lets the desktop do, and when it is quiet. In a file of the computer's, without health data.

use std::path::Path;

use salus_wire::command::{GetDesktop, SetDesktop};
use salus_wire::view::{DesktopView, MINUTES_A_DAY};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::failure::OrFail;
use crate::{App, Run, file};

const FILE: &str = "desktop.json";
/// A minute in milliseconds.
const MINUTE_MS: i64 = 60_000;

impl Run for GetDesktop {
    async fn run(self, app: &App) -> Result<DesktopView, Failure> {
        Ok(view(app))
    }
}

impl Run for SetDesktop {
    async fn run(self, app: &App) -> Result<DesktopView, Failure> {
        check(&self.desktop)?;
        let desktop = &app.0.config.desktop;
        // First what may fail for the desktop's reasons: then nothing is half chosen.
        match (self.desktop.at_start, desktop.begins_with_session()) {
            (Some(on), Some(now)) if on != now => desktop.begin_with_session(on).or_fail()?,
            // An entry of before may not say that it is one.
            (Some(true), Some(true)) if self.desktop.in_background && !app.desktop().in_background => {
                desktop.begin_with_session(true).or_fail()?;
            }
            (Some(_), None) => return Err(Failure::with(ErrorCode::BadRequest, "at_start")),
            _ => {}
        }
        // Whether it begins with the session only the desktop knows.
        let kept = DesktopView { at_start: None, ..self.desktop };
        let content = serde_json::to_vec_pretty(&kept).map_err(|_| ErrorCode::Internal)?;
        file::replace(&app.0.config.data_dir.join(FILE), &content).or_fail()?;
        *app.desktop() = kept;
        app.look_around();
        Ok(view(app))
    }
}

fn view(app: &App) -> DesktopView {
    DesktopView { at_start: app.0.config.desktop.begins_with_session(), ..*app.desktop() }
}

/// The stored choices; defaults when there are none or they are not readable (they are a convenience).
pub(crate) fn load(data_dir: &Path) -> DesktopView {
    let stored = file::read(&data_dir.join(FILE)).ok().flatten();
    stored
        .and_then(|bytes| serde_json::from_slice::<DesktopView>(&bytes).ok())
        .filter(|choices| check(choices).is_ok())
        .unwrap_or_default()
}

fn check(choices: &DesktopView) -> Result<(), Failure> {
    for (minute, name) in [(choices.quiet_from, "quiet_from"), (choices.quiet_to, "quiet_to")] {
        if minute >= MINUTES_A_DAY {
            return Err(Failure::with(ErrorCode::BadRequest, name));
        }
    }
    Ok(())
}

/// Whether only what is urgent is shown at an instant, by the person's own clock.
pub(crate) fn is_quiet(choices: &DesktopView, at: UnixMillis, utc_offset_minutes: i32) -> bool {
    let minute = at.div_euclid(MINUTE_MS).saturating_add(i64::from(utc_offset_minutes));
    let minute = minute.rem_euclid(i64::from(MINUTES_A_DAY));
    let (from, to) = (i64::from(choices.quiet_from), i64::from(choices.quiet_to));
    if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Hands, NOON, patient};

    #[test]
    fn the_night_is_quiet_by_the_persons_own_clock() {
        let choices = DesktopView::default();
        let quiet =
            |hour: i64, minute: i64, offset| is_quiet(&choices, (hour * 60 + minute) * MINUTE_MS, offset);
        for (hour, minute, is) in
            [(20, 59, false), (21, 0, true), (23, 59, true), (0, 0, true), (7, 59, true), (8, 0, false)]
        {
            assert_eq!(quiet(hour, minute, 0), is, "{hour}:{minute}");
        }
        assert!(quiet(20, 0, 60) && !quiet(21, 0, -120) && quiet(0, 0, -180), "by the own clock");
        assert!(is_quiet(&choices, -MINUTE_MS, 0), "also before 1970");
    }

    #[test]
    fn a_nap_is_quiet_and_an_empty_time_never_is() {
        let nap = DesktopView { quiet_from: 780, quiet_to: 840, ..DesktopView::default() };
        assert!(is_quiet(&nap, 800 * MINUTE_MS, 0) && !is_quiet(&nap, 840 * MINUTE_MS, 0));
        let never = DesktopView { quiet_from: 480, quiet_to: 480, ..nap };
        assert!((0..1440).all(|minute| !is_quiet(&never, minute * MINUTE_MS, 0)));
    }

    #[tokio::test]
    async fn choices_are_checked_and_kept_and_a_damaged_file_means_defaults() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let plain = app.run(GetDesktop {}).await.unwrap();
        assert_eq!(plain, DesktopView::default());
        let mine = DesktopView {
            notify: false,
            quiet_from: 0,
            quiet_to: 60,
            at_start: None,
            keep_receiving: true,
            in_background: true,
        };
        assert_eq!(app.run(SetDesktop { desktop: mine }).await.unwrap(), mine);
        for bad in [
            DesktopView { quiet_from: MINUTES_A_DAY, ..mine },
            DesktopView { quiet_to: u16::MAX, ..mine },
            // There is no desktop here.
            DesktopView { at_start: Some(true), ..mine },
        ] {
            let refused = app.run(SetDesktop { desktop: bad }).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::BadRequest, "{bad:?}");
        }
        assert_eq!(load(dir.path()), mine);
        app.close().await.unwrap();
        let before = br#"{ "notify": false, "quiet_from": 0, "quiet_to": 60, "at_start": null }"#;
        std::fs::write(dir.path().join(FILE), before).unwrap();
        assert_eq!(load(dir.path()), DesktopView { keep_receiving: false, in_background: false, ..mine });
        std::fs::write(dir.path().join(FILE), b"{\"notify\":").unwrap();
        assert_eq!(load(dir.path()), DesktopView::default());
    }
}
