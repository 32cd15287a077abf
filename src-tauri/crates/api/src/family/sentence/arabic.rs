//! The same in Arabic.

use salus_sharing::circle::power::SLACK_MS;
use salus_sharing::circle::{Code, Plea};
use salus_wire::UnixMillis;
use salus_wire::view::{
    BeforeView, BeforeWhom, ClinicianView, FamilyChange, GivenView, HelperLimits, HelperRole,
    PowerQuestionView, RelativeDraft, Verdict, WaitingView,
};

use crate::family::limits::DAY;
use crate::share::sentence::arabic::{condition, date, listed, of};
use crate::tongue::{apart, counted};

fn days(n: i64) -> String {
    counted(n.unsigned_abs(), ["يوم واحد", "يومان", "أيام", "يومًا", "يوم"])
}

/// Whom a steward lets see something.
fn whom(limits: &HelperLimits) -> String {
    if !limits.only_named {
        return "لأطباء مؤكَّدين".to_owned();
    }
    let one = |name: &str, organisation: &str| format!("{}{}", apart(name), of(organisation));
    let names: Vec<String> =
        limits.clinicians.iter().map(|named| one(&named.name, &named.organisation)).collect();
    format!("لهؤلاء الأطباء وحدهم ({})", names.join("، "))
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
            "الاطلاع على قراءاتك ({what})، المقيسة من {from} فصاعدًا، والسماح {whom} برؤيتها لمدة أقصاها {longest} في كل \
             مرة",
            whom = whom(limits),
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
            " يمكنك إنهاء ذلك في أي وقت، ومن ذلك الحين لا يستطيع {name} منح أي إذن. وما تقيسه يُقفل من جديد أمام {name} فور أن يعلم سالوس على \
             هذا الحاسوب بذلك، وبعد {ahead} على أبعد تقدير. أما ما قرأه {name}، أو كان يستطيع قراءته حتى ذلك الحين، فلا يمكن استرجاعه.",
            ahead = days(i64::from(limits.longest_days).saturating_add(SLACK_MS / DAY)),
        ),
        HelperRole::Approver => " يمكنك إنهاء ذلك في أي وقت.".to_owned(),
    };
    format!(
        "يستطيع {name} مساعدتك {start} وحتى {end}، وله: {may}.{after}{review}{undone} لا أحد يؤكد هوية هذا الشخص: اقرأ الأرقام {digits} على \
         {name} قبل أن توافق."
    )
}

pub(super) fn goes_on(name: &str, (rests, ends): (UnixMillis, UnixMillis), offset: i32) -> String {
    let name =
        if name.is_empty() { "شخص لا يُعرف اسمه هنا".to_owned() } else { apart(name) };
    let end = date(ends, offset);
    let until = if rests < ends {
        format!("حتى {}، ثم تتوقف حتى تراجعها من جديد. وتنتهي في {end}", date(rests, offset))
    } else {
        format!("حتى نهايتها في {end}")
    };
    format!(
        "تستمر مساعدة {name} لك، ضمن الحدود التي منحتها، {until}. يمكنك إنهاؤها في أي وقت. أما ما سبق فتحه فلا يمكن استرجاعه."
    )
}

pub(super) fn stops() -> String {
    "يُبلَّغ كل من تسري مساعدته بمن تسمح له برؤية قراءاتك، وبأيها، وحتى متى، ويستطيع كل واحد منهم إيقاف ذلك، حتى حين لا تستطيع أنت. ولا يرون \
     بذلك شيئًا من قراءاتك. يمكنك إنهاء هذا في أي وقت، لكن من أُبلغ بإذن يستطيع إيقافه حتى نهايته. ولا يرى أحد من منهم أوقفه. وما سبق فتحه \
     لا يمكن استرجاعه."
        .to_owned()
}

pub(super) fn guardians(codes: &[Code], needed: u8) -> String {
    let one = |code: &Code| format!("{} ({})", apart(&code.relative().name), apart(&code.digits()));
    let all: Vec<String> = codes.iter().map(one).collect();
    let who = counted(u64::from(needed), ["أي واحد", "أي اثنين", "أشخاص", "شخصًا", "شخص"]);
    format!(
        "يستطيع {who} من هؤلاء معًا القول إن حاسوبًا جديدًا يتحدث باسمك: {all}. وعندئذ تكون لك ولكل من يساعدك 72 ساعة للاعتراض. ولا يرون شيئًا \
         من قراءاتك. ويحتفظ حاسوب كل منهم بحصة مما يفتح نسخك الاحتياطية: يستطيع {who} منهم معًا، ومعهم أحد ملفات نسخك الاحتياطية، \
         قراءته في أي وقت. فاحفظ نسخك حيث لا يستطيعون أخذها. لا أحد يؤكد هويتهم: اقرأ الأرقام على كل واحد منهم قبل أن توافق.",
        all = all.join("، "),
    )
}

pub(super) fn regain() -> String {
    "الحصص التي عادت تفتح نسختك الاحتياطية، التي تختارها بعد ذلك. ويوضع سجلك إلى جانب هذا السجل، بعبارة مرور هذا الحاسوب ومفتاح \
     استرداد جديد: فلا تفتحه العبارة القديمة ولا المفتاح القديم بعد ذلك، ويحصل من ساعدوك على حصص جديدة. وما قسته على هذا الحاسوب \
     في أثناء ذلك يبقى في السجل المفتوح الآن، ويمكن نقله بعد ذلك."
        .to_owned()
}

pub(super) fn forgo() -> String {
    "تُنسى هنا الحصص التي عادت، ويحصل من ساعدوك على حصص لهذا السجل بدلًا منها. وعندئذ لا تُفتح نسخك الاحتياطية السابقة إلا بمفتاح \
     الاسترداد القديم. لا يمكن التراجع عن هذا."
        .to_owned()
}

pub(super) fn springs(power: &PowerQuestionView) -> String {
    let (helper, person) = (apart(&power.helper), apart(&power.person));
    let may = if power.reads {
        "الاطلاع على القراءات والسماح لأطباء مؤكَّدين برؤيتها، ضمن حدود وُضعت من قبل"
    } else {
        "الموافقة على ما يأذن به مساعدون آخرون، والاعتراض عليه، وإيقافه"
    };
    let asks =
        if power.by_helper { format!(" ومن يسألك هو {helper} بنفسه.") } else { String::new() };
    format!(
        "تؤكد أن الوقت قد حان ليتصرف {helper} باسم {person}: {may}. ويلزم لذلك عدد من الأطباء: {needed}. يُحفظ ما تقوله باسمك المؤكَّد ولا يمكن \
         استرجاعه. الاسمان هنا كما ذكرهما من يسأل: تأكد من أنك تعرف صاحبيهما.{asks}",
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

pub(super) fn veto(waiting: &WaitingView, offset: i32) -> String {
    let somebody =
        |name: &Option<String>| name.as_ref().filter(|name| !name.is_empty()).map(|name| apart(name));
    let about = somebody(&waiting.about).unwrap_or_else(|| "شخص ما".to_owned());
    let by = match &waiting.by {
        None => "على حاسوبك الأول".to_owned(),
        Some(_) => {
            format!("من جانب {}", somebody(&waiting.by).unwrap_or_else(|| "أحد أفراد دائرتك".to_owned()))
        }
    };
    let what = match waiting.what {
        FamilyChange::NewKey => "أن يتحدث حاسوب آخر باسمك".to_owned(),
        FamilyChange::Added => format!("أن يساعدك {about}"),
        FamilyChange::Raised => format!("أن يتسع ما يجوز لـ{about} فعله باسمك"),
        FamilyChange::Lowered => format!("أن يضيق ما يجوز لـ{about} فعله باسمك"),
        FamilyChange::Removed => format!("ألا يساعدك {about} بعد ذلك"),
        FamilyChange::Reviewed => format!("أن تستمر مساعدة {about}"),
        FamilyChange::Rules => "تغيير القواعد لمن يساعدونك".to_owned(),
        FamilyChange::Guardians => "تغيير من يستطيعون مساعدتك على العودة".to_owned(),
        FamilyChange::HandedOver => "تسليم القرار كله لأنك تبلغ سن الرشد".to_owned(),
    };
    let when = match waiting.effective {
        Some(at) => format!(" وإلا سرى ذلك في {}.", date(at, offset)),
        None => " ما زال على آخرين أن يوافقوا عليه.".to_owned(),
    };
    format!(
        "تعترض على ما طُلب {by}: {what}. ينتهي ذلك فورًا لدى الجميع.{when} ويستطيع من طلبه أن يطلبه من جديد. ويُسجَّل لدى الأعضاء أن أحد حواسيبك \
         اعترض."
    )
}

pub(super) fn handover(
    person: &str,
    plea: &Plea,
    helpers: usize,
    running: usize,
    stops: &[BeforeView],
) -> String {
    let (person, name, digits) = (apart(person), apart(&plea.person().name), apart(&plea.digits()));
    let several = |n: usize, words| counted(u64::try_from(n).unwrap_or(u64::MAX), words);
    let help = match helpers {
        0 => String::new(),
        n => {
            format!(
                " وتنتهي مساعدة {}. وما يُقاس بعد ذلك يُقفَل من جديد فلا يقرؤه من كان يساعد.",
                several(n, ["شخص واحد", "شخصين", "أشخاص", "شخصًا", "شخص"])
            )
        }
    };
    let rest = match running {
        0 => String::new(),
        n => format!(
            " وما منحوه متوقف ({}): لا يفتحه أحد حتى يؤكده {name}، كل إذن على حدة.",
            several(n, ["إذن واحد", "إذنان", "أذونات", "إذنًا", "إذن"])
        ),
    };
    let first = match stops.len() {
        0 => String::new(),
        n => format!(
            " أولًا يُوقَف نهائيًا ما منحه هذا السجل نفسه ({}): يمنحه {name} من جديد أو لا يمنحه.",
            several(n, ["إذن واحد", "إذنان", "أذونات", "إذنًا", "إذن"])
        ),
    };
    let card = if stops.iter().any(|one| one.whom == BeforeWhom::Card) {
        format!(" ومن بينها بطاقة الطوارئ، فلا تفتح شيئًا بعد ذلك: والأفضل أن يكون {name} قد أنشأ بطاقة جديدة.")
    } else {
        String::new()
    };
    format!(
        "يبلغ {person} سن الرشد.{first}{card} ثم لا يعين {person} أحد بعد الآن.{help}{rest} وبعد 72 ساعة يقرر الحاسوب الذي يسمّي صاحبه نفسه \
         {name} عن {person}، ولا يقرر هذا الحاسوب بعد ذلك. لا يمكن التراجع عن هذا. وتبقى القراءات في هذا السجل. لا أحد يؤكد الهوية \
         هنا: استمع إلى {person} يقرأ عليك الأرقام {digits} قبل أن توافق."
    )
}

pub(super) fn ask_handover(person: &str, approvals: u8) -> String {
    let person = apart(person);
    let others = ["مساعد آخر", "مساعدان آخران", "مساعدين آخرين", "مساعدًا آخر", "مساعد آخر"];
    format!(
        "يبلغ {person} سن الرشد: إذا وافق {others} ومضت 72 ساعة لم يعترض فيها أحد، فلا يساعد أحد {person} بعد ذلك، ولا أنت، ولا يفتح أحد ما \
         أذن به المساعدون حتى يؤكده {person}. وعندئذ لا يمكن التراجع عن ذلك.",
        others = counted(u64::from(approvals), others),
    )
}

pub(super) fn review(person: &str, verdict: Verdict) -> String {
    let (what, more) = match verdict {
        Verdict::Right => ("إن هذا كان صوابًا", ""),
        Verdict::Objected => ("إنك تعترض على هذا", " وتبقى البطاقة صالحة."),
        Verdict::Stopped => (
            "إنك تعترض على هذا، وتُوقَف بطاقة الطوارئ: لا يمكن فتح شيء آخر بها",
            " أما ما فُتح من قبل فلا يمكن استرجاعه.",
        ),
    };
    format!(
        "تقول عن {person} {what}. يُسجَّل ذلك لدى الأعضاء على أنه قولك أنت، إلى جانب ما يقوله {person}، وترى المؤسسة التي تؤكد هوية الطبيب أي \
         اعتراض. لا يمكن استرجاعه ولا تغييره.{more}",
        person = apart(person),
    )
}

pub(super) fn confirmed(given: &GivenView, offset: i32) -> String {
    let by = if given.by.is_empty() {
        "شخص لم يعد يساعد أحدًا".to_owned()
    } else {
        apart(&given.by)
    };
    format!(
        "تؤكد ما أذن به {by}: يُسمح لـ{name}{organisation} (بتأكيد من {member}) برؤية قراءاتك ({what})، المقيسة من {from} إلى {to}، حتى \
         {end}.{condition} بعد ذلك الوقت، أو خلال ساعة تقريبًا من إيقافه، لا يستطيع أحد فتح قراءات جديدة بهذا الإذن. أما ما فُتح من \
         قبل فلا يمكن استرجاعه.",
        name = apart(&given.clinician.name),
        organisation = of(&given.clinician.organisation),
        member = apart(&given.clinician.attested_by),
        what = listed(&given.categories),
        from = date(given.data_from, offset),
        to = date(given.data_to, offset),
        end = date(given.ends, offset),
        condition = given.condition.as_ref().map(|view| said(&view.policy, offset)).unwrap_or_default(),
    )
}

/// A condition as a sentence of its own, of somebody else's appointment.
fn said(policy: &str, offset: i32) -> String {
    let sentence = condition(policy, offset).map(|said| said.replace("موعدك", "الموعد"));
    sentence.map(|said| format!(" {said}")).unwrap_or_default()
}

pub(super) fn permission(
    person: &str,
    clinician: &ClinicianView,
    draft: &RelativeDraft,
    needs: u8,
    policy: &str,
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
        "يُسمح لـ{name}{organisation} (بتأكيد من {member}) برؤية قراءات {person} ({what})، المقيسة من {from} إلى {to}، حتى {end}.{condition}{others} تمنح هذا \
         الإذن عن {person}، ويُخبَر به {person} والمساعدون الآخرون. بعد ذلك الوقت، أو خلال ساعة تقريبًا من إيقافه، لا يستطيع أحد فتح \
         قراءات جديدة بهذا الإذن. أما ما فُتح من قبل فلا يمكن استرجاعه.",
        name = apart(&clinician.name),
        organisation = of(&clinician.organisation),
        member = apart(&clinician.attested_by),
        what = listed(&draft.categories),
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
        condition = said(policy, offset),
    )
}
