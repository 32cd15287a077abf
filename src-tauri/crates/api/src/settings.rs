//! Settings that apply while locked. The file holds no health data.

use salus_wire::view::SettingsView;
use salus_wire::{ErrorCode, Failure, command::SetSettings};

use crate::failure::OrFail;
use crate::{App, Run, file};

/// In the directory of records: of the computer, not of a person.
pub(crate) const FILE: &str = "settings.json";
/// Longest language tag (RFC 5646 asks for room for 35 characters).
const MAX_LOCALE: usize = 35;

impl Run for SetSettings {
    async fn run(self, app: &App) -> Result<SettingsView, Failure> {
        check(&self.settings)?;
        let content = serde_json::to_vec_pretty(&self.settings).map_err(|_| ErrorCode::Internal)?;
        file::replace(&app.0.config.data_dir.join(FILE), &content).or_fail()?;
        *app.settings() = self.settings.clone();
        app.look_around();
        Ok(self.settings)
    }
}

/// The stored settings; defaults when there are none or they are not readable (they are a convenience).
pub(crate) fn load(path: &std::path::Path) -> SettingsView {
    let stored = file::read(path).ok().flatten();
    stored
        .and_then(|bytes| serde_json::from_slice::<SettingsView>(&bytes).ok())
        .filter(|s| check(s).is_ok())
        .unwrap_or_default()
}

fn check(s: &SettingsView) -> Result<(), Failure> {
    let tag = (2..=MAX_LOCALE).contains(&s.locale.len())
        && s.locale.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !tag {
        return Err(Failure::with(ErrorCode::BadRequest, "locale"));
    }
    if !(100..=200).contains(&s.text_size) {
        return Err(Failure::with(ErrorCode::BadRequest, "text_size"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_checked_and_a_damaged_file_means_defaults() {
        let ok = SettingsView::default();
        assert!(check(&ok).is_ok());
        for bad in [
            SettingsView { locale: "../../etc".into(), ..ok.clone() },
            SettingsView { locale: String::new(), ..ok.clone() },
            SettingsView { text_size: 99, ..ok.clone() },
            SettingsView { text_size: 201, ..ok.clone() },
        ] {
            assert!(check(&bad).is_err(), "{bad:?}");
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        std::fs::write(&path, b"{\"locale\":").unwrap();
        assert_eq!(load(&path), ok);
    }
}
