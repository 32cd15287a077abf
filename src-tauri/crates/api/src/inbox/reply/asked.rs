//! What a clinician is asked before a note is signed.

use crate::share::sentence;
use crate::tongue::{Tongue, apart};

/// What the clinician confirms, in their language; shown by the desktop's own dialog.
pub(super) fn asked_for(
    tongue: Tongue,
    (name, organisation): (&str, &str),
    (patient, by_helper): (&str, bool),
    text: &str,
) -> String {
    if tongue == Tongue::Arabic {
        let read = if by_helper {
            format!("وسيقرؤها مع اسمك {patient} ومن أعطاك هذا الإذن ممن يساعدونه.", patient = apart(patient))
        } else {
            format!("وسيقرؤها {patient} مع اسمك.", patient = apart(patient))
        };
        return format!(
            "توقّع هذه الرسالة باسم {name}{organisation}. {read} ولا يمكن استرجاعها، لكن يمكن لرسالة لاحقة أن تقول إنها لم تعد \
             صالحة.\n\n{text}",
            name = apart(name),
            organisation = sentence::arabic::of(organisation),
        );
    }
    let readers = if by_helper {
        format!("{patient}, and the helper who gave you this permission, will read it with your name.")
    } else {
        format!("{patient} will read it with your name.")
    };
    format!(
        "You sign this note as {name}{organisation}. {readers} It cannot be taken back; a later note can say that it does not \
         hold.\n\n{text}",
        organisation = sentence::of(organisation),
    )
}
