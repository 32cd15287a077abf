//! The question before anything is signed, in a dialog of the desktop's own.

use salus_api::Confirm;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tokio::sync::oneshot;

use crate::commands::WINDOW;

/// Asks in a native dialog; a page cannot see or answer it.
pub(crate) struct Native(AppHandle);

impl Native {
    /// Over the application's window.
    pub(crate) const fn new(handle: AppHandle) -> Self {
        Self(handle)
    }
}

#[async_trait::async_trait]
impl Confirm for Native {
    async fn confirm(&self, sentence: &str) -> bool {
        let (answer, answered) = oneshot::channel();
        let buttons = MessageDialogButtons::OkCancelCustom("Sign".into(), "Do not sign".into());
        let dialog =
            self.0.dialog().message(sentence).title("Salus: sign this?").kind(MessageDialogKind::Info);
        let mut dialog = dialog.buttons(buttons);
        if let Some(window) = self.0.get_webview_window(WINDOW) {
            dialog = dialog.parent(&window);
        }
        dialog.show(move |yes| {
            let _ = answer.send(yes);
        });
        // A dialog that went away without an answer is a no.
        answered.await.unwrap_or(false)
    }
}
