//! Why Salus cannot start, in a sentence that says what to do, where the person sees it.

use std::io::Write;

use salus_api::Tongue;
use salus_wire::{ErrorCode as E, Failure};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// What happened and what to do.
pub(crate) fn sentence(tongue: Tongue, failure: &Failure, dir: &str) -> String {
    match tongue {
        Tongue::English => english(failure, dir),
        Tongue::Arabic => arabic(failure, dir),
    }
}

fn english(failure: &Failure, dir: &str) -> String {
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

fn arabic(failure: &Failure, dir: &str) -> String {
    // A path reads from left to right, whatever is around it.
    let dir = format!("\u{2066}{dir}\u{2069}");
    match failure.code {
        E::InUse => format!("يستخدم برنامج سالوس آخر المجلد {dir}؛ استخدم نافذته أو أغلقه أولًا"),
        E::Storage => format!("لا يمكن قراءة {dir} أو الكتابة فيه؛ تحقق من مالكه ومن قرصه"),
        E::DiskFull => format!("القرص الذي فيه {dir} ممتلئ؛ لم يضع شيء؛ أفرغ مكانًا ثم شغّل سالوس من جديد"),
        E::WrongGenesis => {
            "قائمة الأعضاء غير متسقة: جزء منها لأعضاء آخرين؛ اطلبها من أحد الأعضاء من جديد".into()
        }
        E::BadRequest => "لا يمكن قراءة قائمة الأعضاء؛ اطلبها من أحد الأعضاء من جديد".into(),
        E::TooNew => format!("السجل الذي في {dir} أنشأه إصدار أحدث من سالوس؛ حدّث هذا البرنامج"),
        code => format!("لا يمكن استخدام السجل الذي في {dir} \u{2066}({code})\u{2069}"),
    }
}

/// The computer names no folder for a program's files.
pub(crate) const fn no_place(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "this computer names no place for its files; ask whoever looks after it",
        Tongue::Arabic => "لا يحدد هذا الحاسوب مكانًا لملفاته؛ اسأل من يتولى أمره",
    }
}

const fn title(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "Salus cannot start",
        Tongue::Arabic => "تعذّر تشغيل سالوس",
    }
}

/// Tells why no window opens, and ends the program: in a dialog of the desktop's, because who clicked an icon has no
/// terminal. When a test drives the window nobody could close the dialog, and the sentence on standard error is all.
pub(crate) fn tell(handle: &AppHandle, tongue: Tongue, sentence: &str, automated: bool) {
    // A terminal that is gone is no reason to say nothing in the dialog.
    let title = title(tongue);
    let _ = writeln!(std::io::stderr(), "{title}: {sentence}");
    if automated {
        handle.exit(1);
        return;
    }
    let ends = handle.clone();
    let dialog = handle.dialog().message(sentence).title(title).kind(MessageDialogKind::Error);
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
            for tongue in Tongue::ALL {
                let said = sentence(tongue, &Failure::new(code), "DIR");
                assert!(!said.contains("--") && !said.contains("genesis"), "{said}");
                let arabic = said.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c));
                assert_eq!(arabic, tongue == Tongue::Arabic, "{said}");
            }
        }
    }
}
