//! From the application's events to the page's one channel. Events carry no health values.

use salus_api::App;
use salus_wire::event::{CHANNEL, Event};
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::error::RecvError;

use crate::commands::WINDOW;

/// Forwards events to the window until the application ends.
pub(crate) fn forward(app: &App, handle: &AppHandle) {
    let (mut events, handle) = (app.subscribe(), handle.clone());
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => tell(&handle, &event),
                // The page missed some: everything may have changed.
                Err(RecvError::Lagged(_)) => {
                    let all = [
                        Event::ReadingsChanged,
                        Event::DevicesChanged,
                        Event::PermissionsChanged,
                        Event::MembersChanged,
                        Event::BackupsChanged,
                        Event::NoticesChanged,
                        Event::LinkArrived,
                        Event::DesktopChanged,
                    ];
                    all.iter().for_each(|event| tell(&handle, event));
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn tell(handle: &AppHandle, event: &Event) {
    // An error means that the window is gone.
    let _ = handle.emit_to(WINDOW, CHANNEL, event);
}
