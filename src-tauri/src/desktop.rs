//! What the desktop needs: the window, its language, links, one workaround.

use std::path::{Path, PathBuf};

use salus_api::{App, Tongue};
use salus_wire::command::{GetApp, SetSettings};
use salus_wire::view::SettingsView;
use tauri::path::PathResolver;
use tauri::webview::DownloadEvent;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, Wry};

use crate::closing::{self, Beginning};
use crate::commands::WINDOW;
use crate::place;

/// WebKitGTK draws nothing with some graphics drivers unless this is set; a choice already made stays.
#[cfg(target_os = "linux")]
const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Sets [`DMABUF`], for this process and the web view's, unless the variable is set. The first thing that the program does: nobody may read
/// the environment meanwhile, and no other thread is there yet. Starting again with it, as a shell would, links a hundred and sixty
/// libraries a second time.
///
/// # Errors
/// When the system has no memory for it.
#[cfg(target_os = "linux")]
pub(crate) fn with_workaround() -> anyhow::Result<()> {
    use anyhow::Context;

    gtk::glib::setenv(DMABUF, "1", false).context("cannot set the graphics workaround")
}

/// Where the program keeps what is not the record and survives it: `$XDG_STATE_HOME/salus`, by default `~/.local/state/salus`.
///
/// # Source
/// XDG Base Directory Specification 0.8; elsewhere the place of configuration.
pub(crate) fn state_dir(path: &PathResolver<Wry>) -> tauri::Result<PathBuf> {
    if !cfg!(target_os = "linux") {
        return path.app_config_dir();
    }
    let given = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    let state = given.map_or_else(|| path.home_dir().map(|home| home.join(".local/state")), Ok)?;
    Ok(state.join("salus"))
}

/// Opens the one window; where it stood is kept in this file.
pub(crate) fn open_window(
    tauri: &tauri::App,
    stood: Option<PathBuf>,
    beginning: Beginning,
) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(tauri, WINDOW, WebviewUrl::default())
        .title("Salus")
        .inner_size(1180.0, 800.0)
        .min_inner_size(720.0, 560.0)
        .visible(beginning == Beginning::Shown)
        // Only the page itself: nothing can lead the window elsewhere.
        .on_navigation(|url| {
            matches!(url.scheme(), "tauri" | "blob") || url.host_str() == Some("tauri.localhost")
        })
        // Only what the page made itself, such as a clinician's code, goes to the downloads folder.
        .on_download(|_, event| match event {
            DownloadEvent::Requested { url, .. } => url.scheme() == "blob",
            _ => true,
        })
        .build()?;
    if let Some(file) = stood {
        place::keep(&window, file);
    }
    closing::watch(&window);
    Ok(())
}

/// Hands a link to the application that has the window.
#[cfg(target_os = "macos")]
pub(crate) fn follow(handle: &AppHandle, link: &str) {
    // Without one nothing was opened, and that is on the screen.
    if let Some(app) = handle.try_state::<App>() {
        app.follow(link);
    }
}

/// Brings the window to the front, also one that was hidden.
pub(crate) fn to_front(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(WINDOW) {
        if let Some(app) = handle.try_state::<App>() {
            app.window_shown();
        }
        // A window manager may say no; the window stays where it is then.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
}

/// Starts in the desktop's language until the person chooses one. The web view's own idea of it is unreliable.
pub(crate) async fn adopt_locale(app: &App) {
    let Ok(view) = app.run(GetApp {}).await else { return };
    if view.profile.is_some() || view.settings != SettingsView::default() {
        return;
    }
    if let Some(locale) = locale() {
        // Without it the page is in English: not worth failing for.
        let _ = app.run(SetSettings { settings: SettingsView { locale, ..view.settings } }).await;
    }
}

/// The language of the desktop, as a tag.
fn locale() -> Option<String> {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|v| std::env::var(v).ok())
        .find(|v| !v.is_empty());
    named.as_deref().and_then(tag_of)
}

/// The language to speak while there is no application: the one that was chosen in it, or the desktop's.
pub(crate) fn tongue(data_dir: Option<&Path>) -> Tongue {
    let chosen = data_dir.and_then(Tongue::chosen);
    chosen.unwrap_or_else(|| Tongue::of(&locale().unwrap_or_default()))
}

/// "ar-EG" of "ar_EG.UTF-8"; nothing of "C" and "POSIX".
fn tag_of(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next()?.replace('_', "-");
    let language = name.split('-').next()?;
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    ((2..=3).contains(&language.len()) && name.len() <= 35 && plain).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::tag_of;

    #[test]
    fn locales_become_tags() {
        assert_eq!(tag_of("ar_EG.UTF-8").as_deref(), Some("ar-EG"));
        assert_eq!(tag_of("en").as_deref(), Some("en"));
        for none in ["C", "C.UTF-8", "POSIX", "", "../..", "en/US"] {
            assert_eq!(tag_of(none), None, "{none}");
        }
    }
}
