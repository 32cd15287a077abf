//! Why Salus cannot start, in a sentence that says what to do, where the person sees it.

use std::io::Write;

use salus_wire::{ErrorCode as E, Failure};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// What happened and what to do.
pub(crate) fn sentence(failure: &Failure, dir: &str) -> String {
    match failure.code {
        E::InUse => format!("another Salus uses {dir}; use its window, or close it first"),
        E::Storage => format!("{dir} cannot be read or written; check its owner and its disk"),
        E::DiskFull => format!("the disk of {dir} is full; nothing was lost; make room and start again"),
        E::WrongGenesis => {
            "the members' list does not fit together: a part of it is of other members; ask a member for it again".into()
        }
        E::BadRequest => "the members' list cannot be read; ask a member for it again".into(),
        E::TooNew => format!("the record in {dir} was made by a newer Salus; update this one"),
        code => format!("the record in {dir} cannot be used ({code})"),
    }
}

/// Tells why no window opens, and ends the program: in a dialog of the desktop's, because who clicked an icon has no
/// terminal. When a test drives the window nobody could close the dialog, and the sentence on standard error is all.
pub(crate) fn tell(handle: &AppHandle, sentence: &str, automated: bool) {
    // A terminal that is gone is no reason to say nothing in the dialog.
    let _ = writeln!(std::io::stderr(), "Salus cannot start: {sentence}");
    if automated {
        handle.exit(1);
        return;
    }
    let ends = handle.clone();
    let dialog = handle.dialog().message(sentence).title("Salus cannot start").kind(MessageDialogKind::Error);
    dialog.show(move |_| ends.exit(1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_speaks_of_flags_to_who_clicked_an_icon() {
        for code in
            [E::InUse, E::Storage, E::DiskFull, E::WrongGenesis, E::BadRequest, E::TooNew, E::Internal]
        {
            let said = sentence(&Failure::new(code), "DIR");
            assert!(!said.contains("--") && !said.contains("genesis"), "{said}");
        }
    }
}
