//! What the desktop shows. Whoever stands beside the screen can read it: it names nobody and says nothing of health.

use crate::Note;
use crate::tongue::Tongue;

/// The notification.
pub(super) const fn note(tongue: Tongue, is_urgent: bool) -> Note {
    let (title, text) = match (tongue, is_urgent) {
        (Tongue::English, true) => {
            ("Salus: please look now", "Something urgent happened. Open Salus to see what it is.")
        }
        (Tongue::English, false) => ("Salus: something happened", "Open Salus to see what it is."),
        (Tongue::Arabic, true) => ("سالوس: يرجى الاطلاع الآن", "حدث أمر عاجل. افتح سالوس لتعرف ما هو."),
        (Tongue::Arabic, false) => ("سالوس: حدث شيء", "افتح سالوس لتعرف ما هو."),
    };
    Note { title, text, is_urgent }
}
