//! The question before a laptop is removed.

use salus_wire::UnixMillis;

use crate::app::utc_offset_minutes;
use crate::laptops::told::Told;
use crate::share::sentence::{arabic, date, word};
use crate::tongue::{Tongue, apart};

/// What the person confirms outside the page, as of a permission. It names what is given again, as this laptop
/// understands it: whoever has the other one says what it gave.
pub(super) fn sentence(tongue: Tongue, name: &str, given: &[Told], keep: bool, now: UnixMillis) -> String {
    let offset = utc_offset_minutes(now);
    match tongue {
        Tongue::English => english(name, given, keep, offset),
        Tongue::Arabic => in_arabic(name, given, keep, offset),
    }
}

fn english(name: &str, given: &[Told], keep: bool, offset: i32) -> String {
    let line = |told: &Told| {
        let what: Vec<&str> = told.categories.iter().map(|category| word(*category)).collect();
        let (from, to) = (date(told.data_from, offset), date(told.data_to, offset));
        let (who, end) = (&told.clinician.name, date(told.ends, offset));
        format!("{who} may see your {}, measured from {from} to {to}, until {end}", what.join(", "))
    };
    let lines: Vec<String> = given.iter().map(line).collect();
    let after = match (lines.is_empty(), keep) {
        (true, _) => String::new(),
        (false, true) => format!(
            " This was given on it and is given again from this laptop, to clinicians whom a member confirms: {}.",
            lines.join("; ")
        ),
        (false, false) => " What was given on it opens no new readings any more.".to_owned(),
    };
    format!(
        "Remove the laptop “{name}” from your record? It cannot open what you measure on this laptop from now on, nor what you measure \
         on your other laptops once Salus was open on them again. What was measured before stays readable on it, also what it does not \
         show yet. As soon as the members have recorded the removal, it gives and stops no permission any more. It can only come back by \
         being added anew.{after}"
    )
}

fn in_arabic(name: &str, given: &[Told], keep: bool, offset: i32) -> String {
    let line = |told: &Told| {
        format!(
            "يستطيع {who} رؤية قراءاتك ({what})، المقيسة من {from} إلى {to}، حتى {end}",
            who = apart(&told.clinician.name),
            what = arabic::listed(&told.categories),
            from = arabic::date(told.data_from, offset),
            to = arabic::date(told.data_to, offset),
            end = arabic::date(told.ends, offset),
        )
    };
    let lines: Vec<String> = given.iter().map(line).collect();
    let after = match (lines.is_empty(), keep) {
        (true, _) => String::new(),
        (false, true) => format!(
            " مُنح ما يلي عليه، ويُمنح من جديد من هذا الحاسوب، لأطباء يؤكدهم أحد الأعضاء: {}.",
            lines.join("؛ ")
        ),
        (false, false) => " وما مُنح عليه لا يفتح أي قراءات جديدة بعد ذلك.".to_owned(),
    };
    format!(
        "هل تزيل الحاسوب {name} من سجلك؟ لا يستطيع فتح ما تقيسه على هذا الحاسوب من الآن، ولا ما تقيسه على حواسيبك الأخرى بعد أن يُفتح Salus \
         عليها من جديد. وما قيس من قبل يبقى مقروءًا عليه، حتى ما لا يعرضه بعد. ومتى سجّل الأعضاء إزالته فلا يمنح إذنًا ولا يوقفه. ولا يعود \
         إلا بإضافته من جديد.{after}",
        name = apart(name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confirmed_says_what_it_opens_no_more_what_it_keeps_and_from_when() {
        let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, "Kitchen", &[], false, 0));
        for part in [
            "cannot open what you measure on this laptop from now on",
            "on your other laptops once Salus was open on them again",
            "What was measured before stays readable on it, also what it does not show yet",
            "As soon as the members have recorded the removal, it gives and stops no permission",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        for part in
            ["من الآن", "حواسيبك الأخرى", "يبقى مقروءًا عليه، حتى ما لا يعرضه بعد", "ومتى سجّل الأعضاء إزالته"]
        {
            assert!(arabic.contains(part), "{part}: {arabic}");
        }
    }
}
