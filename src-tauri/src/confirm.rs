//! The question before anything is signed, and the choice of a file or folder, in dialogs of the desktop's own.

#[cfg(target_os = "linux")]
mod dialog;

use std::path::PathBuf;

use salus_api::{Choice, Confirm, Question};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};
#[cfg(not(target_os = "linux"))]
use tauri_plugin_dialog::{MessageDialogButtons, MessageDialogKind};
use tokio::sync::oneshot;

use crate::commands::WINDOW;

/// Asks in a native dialog; a page cannot see or answer it.
pub(crate) struct Native(AppHandle);

impl Native {
    /// Over the application's window.
    pub(crate) const fn new(handle: AppHandle) -> Self {
        Self(handle)
    }

    #[cfg(target_os = "linux")]
    fn ask(&self, question: Question<'_>, answer: oneshot::Sender<bool>) {
        let (handle, words) = (self.0.clone(), dialog::Words::of(question));
        let shown = self.0.run_on_main_thread(move || {
            let window = handle.get_webview_window(WINDOW).and_then(|window| window.gtk_window().ok());
            dialog::ask(window.as_ref(), &words, move |yes| {
                // Whoever asked may have been cut off: then nothing is done.
                let _ = answer.send(yes);
            });
        });
        if let Err(error) = shown {
            tracing::error!(%error, "the question could not be shown, which is a no");
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn ask(&self, question: Question<'_>, answer: oneshot::Sender<bool>) {
        let buttons = MessageDialogButtons::OkCancelCustom(question.yes.into(), question.no.into());
        let kind = if question.is_final { MessageDialogKind::Warning } else { MessageDialogKind::Info };
        let dialog = self.0.dialog().message(question.sentence).title(question.title).kind(kind);
        let mut dialog = dialog.buttons(buttons);
        if let Some(window) = self.0.get_webview_window(WINDOW) {
            dialog = dialog.parent(&window);
        }
        dialog.show(move |yes| {
            let _ = answer.send(yes);
        });
    }
}

#[async_trait::async_trait]
impl Confirm for Native {
    async fn confirm(&self, question: Question<'_>) -> bool {
        let (answer, answered) = oneshot::channel();
        self.ask(question, answer);
        // A dialog that went away without an answer is a no.
        answered.await.unwrap_or(false)
    }

    async fn choose(&self, what: Choice<'_>) -> Option<PathBuf> {
        let (answer, answered) = oneshot::channel();
        let mut dialog = self.0.dialog().file().set_title("Salus");
        if let Some(window) = self.0.get_webview_window(WINDOW) {
            dialog = dialog.set_parent(&window);
        }
        let tell = move |path: Option<FilePath>| {
            let _ = answer.send(path);
        };
        match what {
            Choice::Folder => dialog.pick_folder(tell),
            Choice::Backup => dialog.add_filter("Salus", &["age"]).pick_file(tell),
            Choice::Paper => dialog.pick_file(tell),
            Choice::Readings => dialog.add_filter("Salus", salus_api::IMPORTED).pick_file(tell),
            Choice::Report => dialog.add_filter("PDF", &["pdf"]).pick_file(tell),
            Choice::Picture => dialog.add_filter("PNG, JPEG", salus_api::PICTURES).pick_file(tell),
            Choice::NewFile(name) => dialog.set_file_name(name).save_file(tell),
        }
        // A dialog that went away without an answer chose nothing.
        answered.await.ok().flatten()?.into_path().ok()
    }
}
