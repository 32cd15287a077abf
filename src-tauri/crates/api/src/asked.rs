//! Every question that is asked outside the page: its title and its two buttons, in each language. A question is made here and nowhere
//! else, so that none is asked in a language that the person did not choose.

use salus_wire::{ErrorCode, Failure};

use crate::tongue::Tongue;
use crate::{App, Question};

/// Which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Give a permission, for oneself or as a helper.
    Permission,
    /// Make an emergency card.
    Card,
    /// Let somebody help.
    Helper,
    /// Let somebody's help go on, once it was looked at again.
    ReviewPassed,
    /// Let those who help stop what the person permits.
    Stops,
    /// Name guardians.
    Guardians,
    /// Agree, as a guardian, that a computer speaks for somebody.
    Recovery,
    /// Object, on a laptop that was added, to what waits in the person's circle.
    Veto,
    /// Say, as a clinician, that a helper's power may begin.
    Power,
    /// Agree as the second clinician.
    Second,
    /// Agree as the second clinician in an emergency.
    EmergencySecond,
    /// Sign a note to a patient and send it.
    Reply,
    /// Say what to think of an emergency, for oneself or as a helper.
    Review,
    /// Hand a circle over to its person, who came of age.
    Handover,
    /// Ask for that, as a helper.
    HandoverRequest,
    /// Confirm what a helper permitted.
    Confirmation,
    /// Take the readings out of a backup with guardians' parts.
    Regain,
    /// Go on without them.
    Forgo,
    /// Add another laptop.
    LaptopAdded,
    /// Become another laptop of a record.
    LaptopJoined,
    /// Take a laptop out of the record.
    LaptopRemoved,
    /// Begin new keys because a laptop is lost, where that takes something out.
    NewKeys,
    /// Delete readings for ever.
    Deletion,
}

/// What stands around a sentence.
struct Words {
    title: &'static str,
    yes: &'static str,
    no: &'static str,
}

impl Asked {
    /// Every question.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 23] = [
        Self::Permission,
        Self::Card,
        Self::Helper,
        Self::ReviewPassed,
        Self::Stops,
        Self::Guardians,
        Self::Recovery,
        Self::Veto,
        Self::Power,
        Self::Second,
        Self::EmergencySecond,
        Self::Reply,
        Self::Review,
        Self::Handover,
        Self::HandoverRequest,
        Self::Confirmation,
        Self::Regain,
        Self::Forgo,
        Self::LaptopAdded,
        Self::LaptopJoined,
        Self::LaptopRemoved,
        Self::NewKeys,
        Self::Deletion,
    ];

    /// The question about a sentence.
    pub(crate) const fn about(self, tongue: Tongue, sentence: &str) -> Question<'_> {
        let Words { title, yes, no } = self.words(tongue);
        Question { sentence, title, yes, no, is_final: self.is_final() }
    }

    /// Nobody brings back what was deleted, forgotten or removed, or takes back what they said or handed over.
    const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Deletion
                | Self::Power
                | Self::Reply
                | Self::Review
                | Self::Handover
                | Self::Forgo
                | Self::LaptopRemoved
        )
    }

    const fn words(self, tongue: Tongue) -> Words {
        match tongue {
            Tongue::English => self.english(),
            Tongue::Arabic => self.arabic(),
        }
    }

    const fn english(self) -> Words {
        let (title, yes, no) = match self {
            Self::Permission => ("Salus: give this permission?", "Give the permission", "Do not give it"),
            Self::Card => ("Salus: make this emergency card?", "Make the card", "Do not make it"),
            Self::Helper => ("Salus: let this person help you?", "Let them help", "Do not"),
            Self::ReviewPassed => ("Salus: does this help go on?", "It goes on", "Not now"),
            Self::Stops => ("Salus: let those who help you stop what you permit?", "Let them", "Do not"),
            Self::Guardians => ("Salus: let these people help you to get back in?", "Let them", "Do not"),
            Self::Recovery => ("Salus: does this computer speak for them?", "I agree", "I do not"),
            Self::Veto => ("Salus: object to this?", "Object", "Do not object"),
            Self::Power => ("Salus: may this help begin?", "It may begin", "It may not"),
            Self::Second => ("Salus: agree as the second clinician?", "Agree", "Do not agree"),
            Self::EmergencySecond => ("Salus: agree to an emergency opening?", "Agree", "Do not agree"),
            Self::Reply => ("Salus: sign this note?", "Sign and send", "Do not send it"),
            Self::Review => ("Salus: say this about the emergency?", "Say it", "Say nothing"),
            Self::Handover => ("Salus: hand this over?", "Hand it over", "Do not"),
            Self::HandoverRequest => ("Salus: ask for the handover?", "Ask for it", "Do not"),
            Self::Confirmation => ("Salus: confirm this permission?", "Confirm it", "Do not"),
            Self::Regain => ("Salus: get your readings back?", "Get them back", "Not now"),
            Self::Forgo => {
                ("Salus: go on without the readings of before?", "Go on without them", "Keep the parts")
            }
            Self::LaptopAdded => ("Salus: add this laptop?", "Add the laptop", "Do not add it"),
            Self::LaptopJoined => ("Salus: join this record?", "Join the record", "Do not join it"),
            Self::LaptopRemoved => ("Salus: remove this laptop?", "Remove the laptop", "Keep the laptop"),
            Self::NewKeys => ("Salus: begin new keys?", "Begin new keys", "Not now"),
            Self::Deletion => ("Salus: delete for ever?", "Delete for ever", "Keep them"),
        };
        Words { title, yes, no }
    }

    const fn arabic(self) -> Words {
        let (title, yes, no) = match self {
            Self::Permission => ("سالوس: هل تمنح هذا الإذن؟", "منح الإذن", "عدم منحه"),
            Self::Card => ("سالوس: هل تنشئ بطاقة الطوارئ هذه؟", "إنشاء البطاقة", "عدم إنشائها"),
            Self::Helper => ("سالوس: هل تسمح لهذا الشخص بمساعدتك؟", "السماح له بالمساعدة", "عدم السماح"),
            Self::ReviewPassed => ("سالوس: هل تستمر هذه المساعدة؟", "تستمر", "ليس الآن"),
            Self::Stops => ("سالوس: هل تسمح لمن يساعدونك بإيقاف ما تأذن به؟", "السماح لهم", "عدم السماح"),
            Self::Guardians => ("سالوس: هل تسمح لهؤلاء بمساعدتك على العودة؟", "السماح لهم", "عدم السماح"),
            Self::Recovery => ("سالوس: هل يتحدث هذا الحاسوب باسم صاحبه؟", "أوافق", "لا أوافق"),
            Self::Veto => ("سالوس: هل تعترض على هذا؟", "أعترض", "لا أعترض"),
            Self::Power => ("سالوس: هل يجوز أن تبدأ هذه المساعدة؟", "يجوز أن تبدأ", "لا يجوز"),
            Self::Second => ("سالوس: هل توافق بصفتك الطبيب الثاني؟", "أوافق", "لا أوافق"),
            Self::EmergencySecond => ("سالوس: هل توافق على فتح طارئ؟", "أوافق", "لا أوافق"),
            Self::Reply => ("سالوس: هل توقّع هذه الرسالة؟", "التوقيع والإرسال", "عدم الإرسال"),
            Self::Review => ("سالوس: هل تقول هذا عن الحالة الطارئة؟", "قول ذلك", "عدم قول شيء"),
            Self::Handover => ("سالوس: هل تسلّم القرار؟", "تسليم القرار", "عدم تسليمه"),
            Self::HandoverRequest => ("سالوس: هل تطلب تسليم القرار؟", "طلب ذلك", "عدم الطلب"),
            Self::Confirmation => ("سالوس: هل تؤكد هذا الإذن؟", "تأكيد الإذن", "عدم تأكيده"),
            Self::Regain => ("سالوس: هل تستعيد قراءاتك؟", "استعادتها", "ليس الآن"),
            Self::Forgo => {
                ("سالوس: هل تتابع من دون القراءات السابقة؟", "المتابعة من دونها", "الإبقاء على الحصص")
            }
            Self::LaptopAdded => ("سالوس: هل تضيف هذا الحاسوب؟", "إضافة الحاسوب", "عدم إضافته"),
            Self::LaptopJoined => ("سالوس: هل تنضم إلى هذا السجل؟", "الانضمام إلى السجل", "عدم الانضمام"),
            Self::LaptopRemoved => ("سالوس: هل تزيل هذا الحاسوب؟", "إزالة الحاسوب", "الإبقاء عليه"),
            Self::NewKeys => ("سالوس: هل تبدأ مفاتيح جديدة؟", "بدء مفاتيح جديدة", "ليس الآن"),
            Self::Deletion => ("سالوس: هل تحذف القراءات إلى الأبد؟", "الحذف إلى الأبد", "الإبقاء عليها"),
        };
        Words { title, yes, no }
    }
}

impl App {
    /// Asks the person outside the page, in their language.
    ///
    /// # Errors
    /// [`ErrorCode::Declined`] when they say no.
    pub(crate) async fn ask(&self, asked: Asked, sentence: &str) -> Result<(), Failure> {
        let question = asked.about(self.tongue(), sentence);
        if self.0.config.confirm.confirm(question).await { Ok(()) } else { Err(ErrorCode::Declined.into()) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn is_arabic(text: &str) -> bool {
        text.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c))
    }

    #[test]
    fn every_question_has_both_languages() {
        for tongue in Tongue::ALL {
            let mut titles = BTreeSet::new();
            for asked in Asked::ALL {
                let question = asked.about(tongue, "sentence");
                let words = [question.title, question.yes, question.no];
                assert!(
                    words.iter().all(|w| is_arabic(w) == (tongue == Tongue::Arabic)),
                    "{asked:?}: {words:?}"
                );
                assert_ne!(question.yes, question.no, "{asked:?}");
                assert!(question.title.ends_with(['?', '؟']), "{asked:?}");
                titles.insert(question.title);
            }
            assert_eq!(titles.len(), Asked::ALL.len(), "each is known by its title");
        }
    }

    #[test]
    fn no_question_is_made_elsewhere() {
        fn walk(dir: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, found);
                } else if std::fs::read_to_string(&path).unwrap().contains("is_final:") {
                    found.push(path.display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        // Where it is when the test runs; clones share what they compile.
        let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        walk(&Path::new(&own).join("src"), &mut found);
        found.retain(|file| !file.ends_with("asked.rs") && !file.ends_with("config.rs"));
        assert_eq!(found, Vec::<String>::new(), "a question of its own has one language only");
    }
}
