//! Changes that wait in a circle, and an objection to one.

use salus_wire::view::{FamilyChange, WaitingView};

use super::arabic;
use crate::share::sentence::date;
use crate::tongue::Tongue;

/// Objecting, on a laptop that was added, to what waits in the person's circle.
pub(in crate::family) fn veto(tongue: Tongue, waiting: &WaitingView, offset: i32) -> String {
    if tongue == Tongue::Arabic {
        return arabic::veto(waiting, offset);
    }
    let somebody = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    let about = somebody(&waiting.about).unwrap_or_else(|| "somebody".to_owned());
    let by = match &waiting.by {
        None => "on your first laptop".to_owned(),
        Some(_) => format!("by {}", somebody(&waiting.by).unwrap_or_else(|| "one of your circle".to_owned())),
    };
    let what = match waiting.what {
        FamilyChange::NewKey => "that another computer speaks for you".to_owned(),
        FamilyChange::Added => format!("that {about} helps you"),
        FamilyChange::Raised => format!("that {about} may do more for you"),
        FamilyChange::Lowered => format!("that {about} may do less for you"),
        FamilyChange::Removed => format!("that {about} helps you no longer"),
        FamilyChange::Reviewed => format!("that the help of {about} goes on"),
        FamilyChange::Rules => "other rules for those who help you".to_owned(),
        FamilyChange::Guardians => "other people who can help you to get back in".to_owned(),
        FamilyChange::HandedOver => "that everything is handed over, because you come of age".to_owned(),
    };
    let when = match waiting.effective {
        Some(at) => format!(" Otherwise it takes effect on {}.", date(at, offset)),
        None => " Others still have to agree to it.".to_owned(),
    };
    format!(
        "You object to what was asked for {by}: {what}. It ends at once, for everybody.{when} Whoever asked can ask again. It is \
         recorded with the members that one of your laptops objected."
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, plain};
    use super::*;

    #[test]
    fn an_objection_says_to_what_by_whom_and_until_when() {
        let waiting = WaitingView {
            change: salus_wire::ChangeId([1; 32]),
            what: FamilyChange::NewKey,
            about: None,
            by: Some("Nour".into()),
            effective: Some(NOW),
            agreed: 1,
            needs: 1,
            may_agree: false,
        };
        let [text, arabic] = Tongue::ALL.map(|tongue| veto(tongue, &waiting, 0));
        assert!(text.contains("by Nour: that another computer speaks for you"), "{text}");
        assert!(text.contains(&date(NOW, 0)) && text.contains("It ends at once"), "{text}");
        assert!(
            arabic.contains("\u{2068}Nour\u{2069}") && arabic.contains("أن يتحدث حاسوب آخر باسمك"),
            "{arabic}"
        );
        plain(&text);
        let own = WaitingView { what: FamilyChange::Guardians, by: None, effective: None, ..waiting };
        let [text, arabic] = Tongue::ALL.map(|tongue| veto(tongue, &own, 0));
        assert!(
            text.contains("on your first laptop") && text.contains("Others still have to agree"),
            "{text}"
        );
        assert!(arabic.contains("على حاسوبك الأول") && arabic.contains("ما زال على آخرين"), "{arabic}");
        plain(&text);
    }
}
