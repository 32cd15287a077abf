//! Where the window stood: its size, its place and whether it filled the screen, for the next time. Nothing else is remembered of it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow, WindowEvent};

/// Largest file looked at; one is about 80 octets.
const MAX: u64 = 1024;
/// Largest side, pixels.
const LARGEST: u32 = 16_384;
/// So much of the window has to be on a screen, pixels: enough to take hold of it.
const HOLD: i64 = 100;

/// Pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    width: u32,
    height: u32,
    x: i32,
    y: i32,
    maximized: bool,
}

impl Place {
    fn parse(octets: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(octets).ok()?;
        let side = |name: &str| {
            let side = value.get(name)?.as_u64().and_then(|side| u32::try_from(side).ok())?;
            (1..=LARGEST).contains(&side).then_some(side)
        };
        let at = |name: &str| value.get(name)?.as_i64().and_then(|at| i32::try_from(at).ok());
        Some(Self {
            width: side("width")?,
            height: side("height")?,
            x: at("x")?,
            y: at("y")?,
            maximized: value.get("maximized")?.as_bool()?,
        })
    }

    fn read(file: &Path) -> Option<Self> {
        let mut octets = Vec::new();
        fs::File::open(file).ok()?.take(MAX).read_to_end(&mut octets).ok()?;
        Self::parse(&octets)
    }

    fn text(self) -> String {
        let Self { width, height, x, y, maximized } = self;
        json!({ "width": width, "height": height, "x": x, "y": y, "maximized": maximized }).to_string()
    }

    /// Where a window is now; one that fills the screen keeps the size and place it had before.
    fn of(window: &WebviewWindow, before: Option<Self>) -> tauri::Result<Self> {
        let (size, at, maximized) = (window.inner_size()?, window.outer_position()?, window.is_maximized()?);
        let now = Self { width: size.width, height: size.height, x: at.x, y: at.y, maximized };
        Ok(if maximized { Self { maximized, ..before.unwrap_or(now) } } else { now })
    }

    /// Whether a person could take hold of it on a screen with this corner and these sides.
    fn is_on(self, (x, y): (i32, i32), (width, height): (u32, u32)) -> bool {
        let (left, top) = (i64::from(self.x) - i64::from(x), i64::from(self.y) - i64::from(y));
        let right = left + i64::from(self.width);
        left <= i64::from(width) - HOLD && right >= HOLD && (0..=i64::from(height) - HOLD).contains(&top)
    }
}

/// Puts the window where it stood the last time, as far as the screens of now allow, and remembers where it stands when it is closed.
pub(crate) fn keep(window: &WebviewWindow, file: PathBuf) {
    let before = Place::read(&file);
    if let Some(place) = before
        && let Err(error) = put(window, place)
    {
        tracing::debug!(%error, "the window stands where the desktop puts it");
    }
    let closing = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { .. } = event {
            match Place::of(&closing, before) {
                Ok(place) => store(&file, place),
                Err(error) => tracing::debug!(%error, "where the window stands is not known"),
            }
        }
    });
}

fn put(window: &WebviewWindow, place: Place) -> tauri::Result<()> {
    window.set_size(PhysicalSize::new(place.width, place.height))?;
    let seen = window.available_monitors()?.iter().any(|monitor| {
        let (at, size) = (monitor.position(), monitor.size());
        place.is_on((at.x, at.y), (size.width, size.height))
    });
    if seen {
        window.set_position(PhysicalPosition::new(place.x, place.y))?;
    }
    if place.maximized { window.maximize() } else { Ok(()) }
}

/// A convenience: one that is torn or missing means the usual size.
fn store(file: &Path, place: Place) {
    let stored =
        file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, place.text()));
    if let Err(error) = stored {
        tracing::debug!(kind = ?error.kind(), "where the window stands is not remembered");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { width: 1180, height: 800, x: 40, y: -3, maximized: false };

    #[test]
    fn what_is_stored_comes_back_and_nothing_else_is_believed() {
        assert_eq!(Place::parse(PLACE.text().as_bytes()), Some(PLACE));
        for bad in [
            "",
            "{}",
            "[1180,800,40,-3,false]",
            r#"{"width":0,"height":800,"x":40,"y":-3,"maximized":false}"#,
            r#"{"width":1180,"height":99999,"x":40,"y":-3,"maximized":false}"#,
            r#"{"width":1180,"height":800,"x":3000000000,"y":-3,"maximized":false}"#,
            r#"{"width":1180,"height":800,"x":40,"y":-3,"maximized":"no"}"#,
        ] {
            assert_eq!(Place::parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_window_whose_screen_is_gone_is_not_put_there() {
        let screen = ((0, 0), (1920, 1080));
        let is_on = |x, y| Place { x, y, ..PLACE }.is_on(screen.0, screen.1);
        assert!(is_on(0, 0) && is_on(1800, 900) && is_on(-1000, 10));
        assert!(!is_on(1900, 0) && !is_on(-1100, 0) && !is_on(0, -1) && !is_on(0, 1000));
        assert!(Place { x: -1900, ..PLACE }.is_on((-1920, -10), (1920, 1080)), "a screen to the left");
        assert!(!Place { x: i32::MIN, y: i32::MAX, ..PLACE }.is_on(screen.0, screen.1));
    }
}
