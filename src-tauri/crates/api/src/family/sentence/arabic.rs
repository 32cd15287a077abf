//! The same in Arabic.

use salus_sharing::circle::power::SLACK_MS;
use salus_sharing::circle::{Code, Plea};
use salus_wire::UnixMillis;
use salus_wire::view::{ClinicianView, HelperLimits, HelperRole, PowerQuestionView, RelativeDraft};

use super::DAY;
use crate::share::sentence::arabic::{date, listed, of};
use crate::tongue::{apart, counted};

fn days(n: i64) -> String {
    counted(n.unsigned_abs(), ["يوم واحد", "يومان", "أيام", "يومًا", "يوم"])
}

pub(super) fn helper(code: &Code, limits: &HelperLimits, now: UnixMillis, offset: i32) -> String {
    let (name, digits) = (apart(&code.relative().name), apart(&code.digits()));
    let start = if limits.begins <= now {
        "من الآن".to_owned()
    } else {
        format!("من {}", date(limits.begins, offset))
    };
    let after = if limits.after_clinicians {
        " ولا تبدأ المساعدة إلا بعد أن يقول طبيبان مؤكَّدان إنها يجوز أن تبدأ."
    } else {
        ""
    };
    let review = match limits.review {
        Some(at) => format!(" ومن {} تتوقف حتى تراجعها من جديد.", date(at, offset)),
        None => String::new(),
    };
    let end = date(limits.lapses, offset);
    let may = match limits.role {
        HelperRole::Steward => format!(
            "الاطلاع على قراءاتك ({what})، المقيسة من {from} فصاعدًا، والسماح لأطباء مؤكَّدين برؤيتها لمدة أقصاها {longest} في كل \
             مرة",
            what = listed(&limits.categories),
            from = date(limits.data_from, offset),
            longest = days(i64::from(limits.longest_days)),
        ),
        HelperRole::Approver => {
            "الموافقة على ما يأذن به مساعدوك الآخرون، والاعتراض عليه، وإيقافه؛ ولا يرى هذا الشخص شيئًا من \
                                 قراءاتك"
                .to_owned()
        }
    };
    let undone = match limits.role {
        HelperRole::Steward => format!(
            " يمكنك إنهاء ذلك في أي وقت، ومن ذلك الحين لا يستطيع {name} منح أي إذن. أما ما قرأه {name} فلا يمكن استرجاعه، وما يُقاس خلال \
             {ahead} من إنهائك لذلك قد يُقرأ أيضًا بما أُعطي {name}.",
            ahead = days(i64::from(limits.longest_days).saturating_add(SLACK_MS / DAY)),
        ),
        HelperRole::Approver => " يمكنك إنهاء ذلك في أي وقت.".to_owned(),
    };
    format!(
        "يستطيع {name} مساعدتك {start} وحتى {end}، وله: {may}.{after}{review}{undone} لا أحد يؤكد هوية هذا الشخص: اقرأ الأرقام {digits} على \
         {name} قبل أن توافق."
    )
}

pub(super) fn guardians(codes: &[Code], needed: u8) -> String {
    let one = |code: &Code| format!("{} ({})", apart(&code.relative().name), apart(&code.digits()));
    let all: Vec<String> = codes.iter().map(one).collect();
    let who = counted(u64::from(needed), ["أي واحد", "أي اثنين", "أشخاص", "شخصًا", "شخص"]);
    format!(
        "يستطيع {who} من هؤلاء معًا القول إن حاسوبًا جديدًا يتحدث باسمك: {all}. وعندئذ تكون لك ولكل من يساعدك 72 ساعة للاعتراض. ولا يرون شيئًا \
         من قراءاتك. لا أحد يؤكد هويتهم: اقرأ الأرقام على كل واحد منهم قبل أن توافق.",
        all = all.join("، "),
    )
}

pub(super) fn springs(power: &PowerQuestionView) -> String {
    let (helper, person) = (apart(&power.helper), apart(&power.person));
    let may = if power.reads {
        "الاطلاع على القراءات والسماح لأطباء مؤكَّدين برؤيتها، ضمن حدود وُضعت من قبل"
    } else {
        "الموافقة على ما يأذن به مساعدون آخرون، والاعتراض عليه، وإيقافه"
    };
    format!(
        "تؤكد أن الوقت قد حان ليتصرف {helper} باسم {person}: {may}. ويلزم لذلك عدد من الأطباء: {needed}. يُحفظ ما تقوله باسمك المؤكَّد ولا يمكن \
         استرجاعه. الاسمان هنا كما ذكرهما من يسأل: تأكد من أنك تعرف صاحبيهما.",
        needed = power.needed,
    )
}

pub(super) fn recovery(person: &str, plea: &Plea) -> String {
    let (person, name, digits) = (apart(person), apart(&plea.person().name), apart(&plea.digits()));
    format!(
        "تقول إن حاسوب {person} قد ضاع، وإن الحاسوب الجديد، الذي يسمّي صاحبه نفسه {name}، يتحدث باسم {person}. فإذا وافق عدد كافٍ من الآخرين صار \
         كذلك بعد 72 ساعة، ما لم يعترض أحد. لا أحد يؤكد الهوية هنا: استمع إلى {person} يقرأ عليك الأرقام {digits} قبل أن توافق."
    )
}

pub(super) fn permission(
    person: &str,
    clinician: &ClinicianView,
    draft: &RelativeDraft,
    needs: u8,
    offset: i32,
) -> String {
    let person = apart(person);
    let others = match needs {
        0 => String::new(),
        1 => " ويجب أن يوافق مساعد آخر قبل أن يمكن فتحها.".to_owned(),
        n => format!(
            " ويجب أن يوافق {} قبل أن يمكن فتحها.",
            counted(u64::from(n), ["مساعد آخر", "مساعدان آخران", "مساعدين آخرين", "مساعدًا آخر", "مساعد آخر"])
        ),
    };
    format!(
        "يُسمح لـ{name}{organisation} (بتأكيد من {member}) برؤية قراءات {person} ({what})، المقيسة من {from} إلى {to}، حتى {end}.{others} تمنح هذا \
         الإذن عن {person}، ويُخبَر به {person} والمساعدون الآخرون. بعد ذلك الوقت، أو خلال ساعة تقريبًا من إيقافه، لا يستطيع أحد فتح \
         قراءات جديدة بهذا الإذن. أما ما فُتح من قبل فلا يمكن استرجاعه.",
        name = apart(&clinician.name),
        organisation = of(&clinician.organisation),
        member = apart(&clinician.attested_by),
        what = listed(&draft.categories),
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
    )
}
