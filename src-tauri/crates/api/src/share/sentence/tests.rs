//! The sentence that is confirmed, in both languages.

use super::*;
use salus_keeper::Scope;
use salus_wire::view::AskedView;

fn said(contract: Option<Ready>) -> String {
    let clinician = ClinicianView {
        name: "Dr Ana Wójcik".into(),
        organisation: "Heart Clinic".into(),
        attested_by: "City Hospital".into(),
        proven_at_height: "7".into(),
        asks: None,
        on_duty: false,
    };
    let draft = Draft {
        categories: vec![Category::HeartRate, Category::BloodPressure],
        scope: Scope::new(1, 2).unwrap(),
        data_from: 1_793_491_200_000,
        data_to: 1_796_083_200_000,
        starts: 0,
        ends: 1_797_264_000_000,
        contract,
    };
    let text = canonical(Tongue::English, &clinician, &draft, 1, 60);
    let words = "Whoever reads this may see everything".into();
    let categories = draft.categories.clone();
    let (days_back, days_ahead, lasts_days) = (30, 0, 14);
    let asked =
        AskedView { purpose: Purpose::FollowUp, words, categories, days_back, days_ahead, lasts_days };
    let asks = ClinicianView { asks: Some(asked), ..clinician };
    in_arabic(&asks, &draft);
    let said = canonical(Tongue::English, &asks, &draft, 1, 60);
    assert_eq!(said.replacen(", to follow up after a visit", "", 1), text, "and nothing of their own words");
    for word in ["chain", "block", "grant", "key", "epoch", "ledger", "token"] {
        assert!(!text.to_lowercase().contains(word), "{word}");
        assert!(!of_card(Tongue::English, &draft, 60).to_lowercase().contains(word), "{word}");
    }
    let card = of_card(Tongue::English, &draft, 60);
    assert!(card.contains("your heart rate and blood pressure of the 30 days"));
    text
}

/// The same persons, series, windows and promise.
fn in_arabic(clinician: &ClinicianView, draft: &Draft) {
    let text = canonical(Tongue::Arabic, clinician, draft, 1, 60);
    for part in [
        "\u{2068}Dr Ana Wójcik\u{2069} من \u{2068}Heart Clinic\u{2069} (بتأكيد من \u{2068}City Hospital\u{2069})",
        "(نبض القلب وضغط الدم)",
        "من 1 نوفمبر 2026 الساعة",
        "من الآن وحتى 14 ديسمبر 2026 الساعة 17:00، للمتابعة بعد زيارة.",
        "خلال ساعة تقريبًا من إيقافك للإذن، لا يستطيع أحد فتح قراءات جديدة بهذا الإذن. أما ما فُتح من قبل فلا يمكن استرجاعه.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("everything"), "nothing of their own words: {text}");
    assert!(!text.contains("  "), "{text}");
    let card = of_card(Tongue::Arabic, draft, 60);
    assert!(
        card.contains("(نبض القلب وضغط الدم) للأيام الثلاثين") && card.contains("14 ديسمبر 2026"),
        "{card}"
    );
    let daily = draft.contract.is_some_and(|ready| ready.gives_days());
    assert_eq!(text.contains("الملخصات اليومية لقراءاتك (نبض القلب"), daily, "{text}");
    assert_eq!(
        text.contains(". لا "),
        draft.contract.is_some(),
        "the condition is a sentence of its own: {text}"
    );
}

#[test]
fn the_sentence_names_person_series_windows_and_promise_and_no_machinery() {
    let text = said(None);
    assert!(text.starts_with("Dr Ana Wójcik of Heart Clinic (confirmed by City Hospital) may see your heart rate and blood pressure, measured from 1 November 2026"), "{text}");
    assert!(text.contains("from now until 14 December 2026, 17:00. After that time"), "{text}");
}

#[test]
fn the_sentence_says_the_condition() {
    let mornings = Ready::Hours { from: 8 * 60, to: 12 * 60 + 30, utc_offset_minutes: -210 };
    let text = said(Some(mornings));
    let hours = "14 December 2026, 17:00. They may open it only between 08:00 and 12:30 of each day, by the clock of UTC-03:30; summer time does not change this. After that time";
    assert!(text.contains(hours), "{text}");
    let text = said(Some(Ready::Appointment { at_ms: 1_797_264_000_000 }));
    let around =
        "from two hours before to two hours after your appointment on 14 December 2026, 17:00. After";
    assert!(text.contains(around), "{text}");
    assert!(said(Some(Ready::TwoPersons)).contains("only together with a second confirmed clinician"));
    let daily = said(Some(Ready::SummariesOnly));
    assert!(
        daily.contains("may see daily summaries of your heart rate and blood pressure, measured from"),
        "{daily}"
    );
    assert!(
        daily.contains("They see no readings, but for each day of UTC how many values there are"),
        "{daily}"
    );
    let appointment = Ready::Appointment { at_ms: 1_797_264_000_000 };
    let days = Ready::SummariesHours { from: 8 * 60, to: 12 * 60 + 30, utc_offset_minutes: -210 };
    let both = said(Some(days));
    assert!(both.contains("may see daily summaries of your heart rate"), "{both}");
    assert!(both.contains("18 hours later. They may open it only between 08:00 and 12:30"), "{both}");
    let two = said(Some(Ready::SummariesTwoPersons));
    assert!(two.contains("18 hours later. They may open it only together with a second"), "{two}");
    let two = Ready::SummariesTwoPersons;
    for ready in [mornings, appointment, Ready::TwoPersons, Ready::SummariesOnly, days, two] {
        let alone = condition(&ready.text().unwrap(), 60).unwrap();
        assert!(said(Some(ready)).contains(&format!(". {alone} After that time")), "{alone}");
    }
    let emergency = condition(&Ready::BreakGlass.text().unwrap(), 60).unwrap();
    assert!(emergency.starts_with("It may be opened only in an emergency"), "{emergency}");
    assert_eq!(condition("", 60), None);
    let on_duty = condition(&Ready::OnDuty { member: 1 }.text().unwrap(), 60).unwrap();
    assert!(on_duty.starts_with("Only somebody whom that organisation has on duty"), "{on_duty}");
    assert!(said(Some(Ready::OnDuty { member: 1 })).contains(&format!(". {on_duty} After that time")));
}

#[test]
fn the_sentence_of_a_group_names_nobody_and_the_organisation() {
    let clinician = ClinicianView {
        name: "Night, City Hospital".into(),
        organisation: String::new(),
        attested_by: "City Hospital".into(),
        proven_at_height: "7".into(),
        asks: None,
        on_duty: true,
    };
    let draft = Draft {
        categories: vec![Category::HeartRate],
        scope: Scope::new(1, 2).unwrap(),
        data_from: 1_793_491_200_000,
        data_to: 1_796_083_200_000,
        starts: 0,
        ends: 1_797_264_000_000,
        contract: Some(Ready::OnDuty { member: 1 }),
    };
    let text = canonical(Tongue::English, &clinician, &draft, 1, 60);
    let who = "Whoever is then on duty for Night, City Hospital (confirmed by City Hospital) may see your heart rate";
    assert!(text.starts_with(who), "{text}");
    let arabic = canonical(Tongue::Arabic, &clinician, &draft, 1, 60);
    let who = "يُسمح لمن يكون عندئذ مناوبًا لدى \u{2068}Night, City Hospital\u{2069} (بتأكيد من \u{2068}City Hospital\u{2069})";
    assert!(arabic.starts_with(who), "{arabic}");
}
