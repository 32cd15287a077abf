//! The canonical sentence in Arabic. Each says what the English one says, and no more.

use chrono::{Datelike, Timelike};
use salus_chain::contract::Ready;
use salus_wire::view::{ClinicianView, Purpose};
use salus_wire::{Category, UnixMillis};

use super::{Draft, local, minute, zone};
use crate::tongue::apart;

/// The promise at the end of every permission.
const PROMISE: &str = "بعد ذلك الوقت، أو خلال ساعة تقريبًا من إيقافك للإذن، لا يستطيع أحد فتح قراءات جديدة بهذا الإذن. أما ما \
                                  فُتح من قبل فلا يمكن استرجاعه.";

/// The sentence of a permission.
pub(super) fn canonical(clinician: &ClinicianView, draft: &Draft, now: UnixMillis, offset: i32) -> String {
    let daily = draft.contract.is_some_and(|ready| ready.gives_days());
    let start = if draft.starts <= now {
        "من الآن".to_owned()
    } else {
        format!("من {}", date(draft.starts, offset))
    };
    let name = apart(&clinician.name);
    let to_whom = if clinician.on_duty {
        format!("لمن يكون عندئذ مناوبًا لدى {name}")
    } else {
        format!("لـ{name}")
    };
    format!(
        "يُسمح {to_whom}{organisation} (بتأكيد من {member}) برؤية {what} ({listed})، المقيسة من {from} إلى {to}، {start} \
         وحتى {end}{purpose}.{condition} {PROMISE}",
        organisation = of(&clinician.organisation),
        member = apart(&clinician.attested_by),
        what = if daily { "الملخصات اليومية لقراءاتك" } else { "قراءاتك" },
        listed = listed(&draft.categories),
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
        purpose = clinician.asks.as_ref().map_or("", |asked| purpose(asked.purpose)),
        condition = draft.contract.as_ref().map(|ready| when(ready, offset)).unwrap_or_default(),
    )
}

const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Treatment => "، للعلاج",
        Purpose::FollowUp => "، للمتابعة بعد زيارة",
        Purpose::MedicationReview => "، لمراجعة الأدوية",
        Purpose::SecondOpinion => "، لرأي طبي ثانٍ",
    }
}

/// What the contract adds to it; a sentence of its own.
fn when(contract: &Ready, offset: i32) -> String {
    match *contract {
        Ready::Hours { from, to, utc_offset_minutes } => format!(
            " لا يمكن فتحها إلا بين الساعة {} والساعة {} من كل يوم، بتوقيت {}؛ ولا يغيّر التوقيت الصيفي ذلك.",
            minute(from),
            minute(to),
            apart(&zone(utc_offset_minutes)),
        ),
        Ready::Appointment { at_ms } => {
            format!(" لا يمكن فتحها إلا من ساعتين قبل موعدك في {} إلى ساعتين بعده.", date(at_ms, offset))
        }
        Ready::TwoPersons => " لا يمكن فتحها إلا مع طبيب ثانٍ مؤكَّد يوافق على كل مرة تُفتح فيها.".to_owned(),
        Ready::SummariesOnly => " لا تظهر القراءات نفسها، بل لكل يوم بتوقيت UTC عدد القيم وأدناها وأعلاها ومتوسطها والجزء الذي فيه \
                                  قيم من اليوم؛ وإن كانت في اليوم قيمة واحدة ظهرت تلك القيمة. ولا يمكن رؤية يوم إلا بعد انتهائه، \
                                  خلال نحو 18 ساعة على الأكثر."
            .to_owned(),
        Ready::SummariesHours { from, to, utc_offset_minutes } => {
            let hours = Ready::Hours { from, to, utc_offset_minutes };
            [when(&Ready::SummariesOnly, offset), when(&hours, offset)].concat()
        }
        Ready::SummariesTwoPersons => {
            [when(&Ready::SummariesOnly, offset), when(&Ready::TwoPersons, offset)].concat()
        }
        Ready::BreakGlass => " لا يمكن فتحها إلا في حالة طارئة ولسبب مذكور: فورًا إذا وافق طبيب مؤكَّد آخر، أو بعد نصف ساعة من \
                              الإعلان عنها؛ ولمدة أربع ساعات من أول فتح."
            .to_owned(),
        Ready::OnDuty { .. } => " لا يمكن أن يفتحها إلا من يكون مناوبًا لدى تلك المؤسسة في تلك اللحظة، وتُبلَّغ بمن كان؛ والمؤسسة هي التي \
                                 تقرر من يناوب لديها. ويظهر اسمك وما تشاركه للمناوبين قبل أن يفتحوا أي شيء."
            .to_owned(),
        // Not offered: a draft never has one.
        Ready::Plain => " يحكم الأعضاء في كل مرة تُفتح فيها بالنص الذي عُرض عليك.".to_owned(),
    }
}

/// What a recorded contract asks of each opening; `None` where there is no sentence for it.
pub(crate) fn condition(policy: &str, offset: i32) -> Option<String> {
    match Ready::of(policy)? {
        Ready::Plain => None,
        ready => Some(when(&ready, offset).trim_start().to_owned()),
    }
}

/// The sentence of an emergency card.
pub(super) fn of_card(draft: &Draft, offset: i32) -> String {
    format!(
        "من يحمل هذه البطاقة يستطيع رؤية قراءاتك ({what}) للأيام الثلاثين السابقة لحالة طارئة، حتى {end}: فورًا إذا وافق طبيبان، أو بعد \
         نصف ساعة من إعلان يمكنك الرد عليه بإيقاف البطاقة، ولمدة أربع ساعات. ومن يجد البطاقة يستطيع الإعلان أيضًا. وتُوقَف أي \
         بطاقة طوارئ أنشأتها من قبل. وبعد وقت الانتهاء، أو خلال ساعة تقريبًا من إيقافك لها، لا يستطيع أحد فتح قراءات جديدة بهذه \
         البطاقة. أما ما فُتح من قبل فلا يمكن استرجاعه.",
        what = listed(&draft.categories),
        end = date(draft.ends, offset),
    )
}

/// " من Heart Clinic"; nothing where the attestation names no organisation ("-").
pub(crate) fn of(organisation: &str) -> String {
    if organisation.chars().any(char::is_alphanumeric) {
        format!(" من {}", apart(organisation))
    } else {
        String::new()
    }
}

/// Categories in a sentence.
pub(crate) fn listed(categories: &[Category]) -> String {
    let words: Vec<_> = categories.iter().map(|c| word(*c)).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} و{last}", rest.join("، ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// A category in a sentence.
pub(crate) const fn word(category: Category) -> &'static str {
    match category {
        Category::HeartRate => "نبض القلب",
        Category::BloodPressure => "ضغط الدم",
        Category::OxygenSaturation => "تشبّع الدم بالأكسجين",
        Category::BodyTemperature => "درجة الحرارة",
        Category::BodyWeight => "الوزن وتركيب الجسم",
        Category::Glucose => "سكر الدم",
        Category::Activity => "الحركة",
        Category::Electrocardiogram => "تخطيط القلب",
        Category::Respiration => "معدل التنفّس",
        Category::Surroundings => "الهواء المحيط",
    }
}

/// Day and minute in the person's own time: "14 ديسمبر 2026 الساعة 17:00".
pub(crate) fn date(at: UnixMillis, offset_minutes: i32) -> String {
    let Some(t) = local(at, offset_minutes) else { return at.to_string() };
    let month = match t.month() {
        1 => "يناير",
        2 => "فبراير",
        3 => "مارس",
        4 => "أبريل",
        5 => "مايو",
        6 => "يونيو",
        7 => "يوليو",
        8 => "أغسطس",
        9 => "سبتمبر",
        10 => "أكتوبر",
        11 => "نوفمبر",
        _ => "ديسمبر",
    };
    format!("{} {month} {} الساعة {:02}:{:02}", t.day(), t.year(), t.hour(), t.minute())
}
