//! Getting back: who can help with it, a new computer, and the readings of a backup.

use salus_sharing::circle::{Code, Plea};

use super::arabic;
use crate::tongue::Tongue;

/// Naming who can help to get back.
pub(in crate::family) fn guardians(tongue: Tongue, codes: &[Code], needed: u8) -> String {
    if tongue == Tongue::Arabic {
        return arabic::guardians(codes, needed);
    }
    let one = |code: &Code| format!("{} ({})", code.relative().name, code.digits());
    let all: Vec<String> = codes.iter().map(one).collect();
    format!(
        "Any {needed} of these people together can say that a new computer speaks for you: {all}. You and everybody who \
         helps you then have 72 hours to object. They see none of your readings. Each of their computers holds a part of what \
         opens your backups: {needed} of them together with one of your backup files could read it, at any time. So keep your \
         backups where they cannot take them. Nobody confirms who they are: read the digits to each of them before you agree.",
        all = all.join(", "),
    )
}

/// Agreeing that a new computer speaks for somebody.
pub(in crate::family) fn recovery(tongue: Tongue, person: &str, plea: &Plea) -> String {
    if tongue == Tongue::Arabic {
        return arabic::recovery(person, plea);
    }
    let (name, digits) = (&plea.person().name, plea.digits());
    format!(
        "You say that {person} lost their computer, and that the new one, whose owner calls themselves {name}, speaks for \
         {person}. When enough others agree, it does 72 hours later, unless somebody objects. Nobody confirms who this is: \
         hear {person} read the digits {digits} to you before you agree."
    )
}

/// Taking the readings out of a backup with guardians' parts.
pub(in crate::family) fn regain(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::regain();
    }
    "The parts that came back open your backup, which you choose next. Your record is put beside this one, with this \
     computer's passphrase and a new recovery key: the old ones do not open it any more, and the people who helped you get new \
     parts. What you measured on this computer meanwhile stays in the record that is open now; it can be taken \
     over afterwards."
        .to_owned()
}

/// Going on without them.
pub(in crate::family) fn forgo(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::forgo();
    }
    "The parts that came back are forgotten here, and the people who helped you get parts for this record instead. Your backups \
     of before then open only with your old recovery key. This cannot be undone."
        .to_owned()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use salus_chain::ids::ChainId;
    use salus_sharing::circle::RelativeSecret;

    use super::super::tests::plain;
    use super::*;

    #[test]
    fn guardians_and_a_new_computer_are_named_with_digits() {
        let secret = |seed| RelativeSecret::generate(&mut StdRng::seed_from_u64(seed));
        let code = |seed, name| Code::make(&secret(seed), name, &ChainId([1; 32])).unwrap();
        let codes = [code(1, "Nour"), code(2, "Samir")];
        let [text, arabic] = Tongue::ALL.map(|tongue| guardians(tongue, &codes, 2));
        assert!(arabic.contains("أي اثنين من هؤلاء") && arabic.contains("72 ساعة للاعتراض"), "{arabic}");
        assert!(codes.iter().all(|code| arabic.contains(&code.digits())), "{arabic}");
        assert!(text.contains("Any 2 of these people") && text.contains("Samir"), "{text}");
        assert!(codes.iter().all(|code| text.contains(&code.digits())), "{text}");
        plain(&text);
        let plea = Plea::make(&secret(3), "Maria", &ChainId([1; 32])).unwrap();
        let [text, arabic] = Tongue::ALL.map(|tongue| recovery(tongue, "Maria K.", &plea));
        assert!(
            arabic.contains("\u{2068}Maria K.\u{2069} قد ضاع") && arabic.contains(&plea.digits()),
            "{arabic}"
        );
        assert!(text.contains("Maria K. lost their computer") && text.contains(&plea.digits()), "{text}");
        plain(&text);
    }
}
