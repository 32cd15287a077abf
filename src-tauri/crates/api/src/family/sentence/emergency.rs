//! What a helper says of an emergency.

use salus_wire::view::Verdict;

use super::arabic;
use crate::tongue::Tongue;

/// Saying, as a helper, what to think of an emergency; for good.
pub(in crate::family) fn review(tongue: Tongue, person: &str, verdict: Verdict) -> String {
    if tongue == Tongue::Arabic {
        return arabic::review(person, verdict);
    }
    let (what, more) = match verdict {
        Verdict::Right => ("that this was right", ""),
        Verdict::Objected => ("that you object to this", " The card goes on working."),
        Verdict::Stopped => (
            "that you object to this, and the emergency card is stopped: nothing more can be opened with it",
            " What has already been opened cannot be taken back.",
        ),
    };
    format!(
        "You say for {person} {what}. It is recorded with the members as yours, beside what {person} says, and the organisation \
         that confirms the clinician sees an objection. It cannot be taken back or changed.{more}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_helper_says_of_an_emergency_is_theirs_and_for_good() {
        for verdict in [Verdict::Right, Verdict::Objected, Verdict::Stopped] {
            let [text, arabic] = Tongue::ALL.map(|tongue| review(tongue, "Maria K.", verdict));
            assert!(text.contains("You say for Maria K.") && text.contains("cannot be taken back"), "{text}");
            assert!(
                arabic.contains("\u{2068}Maria K.\u{2069}") && arabic.contains("لا يمكن استرجاعه ولا تغييره"),
                "{arabic}"
            );
        }
        let [text, arabic] = Tongue::ALL.map(|tongue| review(tongue, "Maria K.", Verdict::Stopped));
        assert!(text.contains("is stopped") && arabic.contains("تُوقَف بطاقة الطوارئ"), "{arabic}");
    }
}
