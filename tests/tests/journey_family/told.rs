//! What a steward reads she takes along on paper, with a code that can be checked. What a clinician writes about the permission that she
//! gave reaches Maria, by Maria's own word, and her; once she helps no longer, Maria alone.

use salus_report::attached;
use salus_report::content::Body;
use salus_wire::view::{
    MayReply, ReplyView, ReportKind, ReportLanguage, ReportStanding, SentRepliesView, Through,
};

use super::*;

const LANGUAGE: ReportLanguage = ReportLanguage::English;

async fn notes(app: &App, n: usize) -> Vec<ReplyView> {
    let all = eventually(PATIENCE, async || {
        let all = app.run(c::ListReplies {}).await.ok()?;
        (all.len() == n).then_some(all)
    });
    all.await.unwrap()
}

/// What the clinician sent, once it is as asked.
async fn sent(doctor: &App, id: GrantId, as_asked: impl Fn(&SentRepliesView) -> bool) -> SentRepliesView {
    let view = eventually(PATIENCE, async || {
        let view = doctor.run(c::GetSentReplies { id }).await.ok()?;
        as_asked(&view).then_some(view)
    });
    view.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_has_a_page_of_what_she_read_and_notes_about_what_she_gave_reach_both() {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start_with(1, &dir.path().join("members"), &Options::default()).await.unwrap();
    let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
    let make = async |home: &str, name: &str, role: Role| {
        answering(&dir.path().join(home), &genesis, &off, name, role).await
    };
    let (maria, of_maria) = make("maria", "Maria", Role::Patient).await;
    // She has no record of her own.
    let (daughter, of_daughter) = make("daughter", "Leila", Role::Family).await;
    let (doctor, _) = make("doctor", "Dr Ana Example, Heart Clinic", Role::Clinician).await;
    let code = attested(&network, &doctor).await;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "151"), value(Quantity::Diastolic, "88")];
    let at = off.now() - 60_000;
    maria
        .run(c::TypeReading { category: BP, values, at, note: Some("for nobody else".into()) })
        .await
        .unwrap();
    let hers = family_code(&daughter).await.code;
    let rules = FamilyRules { ordinary: vec![BP], long_days: 5, approvals: 1, veto_hours: 1, objector: None };
    add(&maria, &hers, limits(off.now(), HelperRole::Steward, &[BP]), Some(rules), false).await;
    let circle =
        helped(&daughter, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await.circle;

    // On paper: of what she was shown, and of nothing before she was shown anything.
    let file = dir.path().join("page.pdf");
    of_daughter.choose(Some(&file));
    let page = |report| c::MakeRelativeReport { circle, report, language: LANGUAGE };
    assert_eq!(refused(&daughter, page(ReportKind::Visit)).await, ErrorCode::NothingYet);
    let look = c::OpenRelative { circle, from: at - DAY, to: at + HOUR, width: 400 };
    let read = eventually(PATIENCE, async || {
        let view = daughter.run(look.clone()).await.ok()?;
        view.records.into_iter().find(|record| record.category == BP && record.total == 1)
    });
    read.await.unwrap();
    assert_eq!(refused(&daughter, page(ReportKind::Glucose)).await, ErrorCode::OutsideScope);
    daughter.run(page(ReportKind::Diary)).await.unwrap();
    let made = daughter.run(page(ReportKind::Visit)).await.unwrap();
    assert_eq!(made.person, "Maria");
    let octets = std::fs::read(&file).unwrap();
    let found = attached::find(&octets).unwrap();
    assert_eq!((found.report.person.as_str(), found.report.author.as_deref()), ("Maria", Some("Leila")));
    assert_eq!(found.report.helper.as_ref().unwrap().categories, [BP]);
    let Body::Visit(visit) = &found.report.body else { panic!("a page for a visit") };
    assert_eq!(visit.parts.iter().map(|part| (part.category, part.total)).collect::<Vec<_>>(), [(BP, 1)]);
    let said = salus_report::lines(&found.report, LANGUAGE).join("\n");
    assert!(said.contains("by Leila for Maria") && said.contains("151"), "{said}");
    assert!(!said.contains("for nobody else"), "her notes are hers");

    // Its code is hers to check, and anybody's who has the file.
    let check = c::CheckReport { code: Some(made.code.clone()), language: LANGUAGE };
    let proven = eventually(PATIENCE, async || {
        let view = daughter.run(check.clone()).await.ok()?;
        (view.standing == ReportStanding::Proven).then_some(view)
    });
    assert_eq!(proven.await.unwrap().code, made.code);
    of_maria.choose(Some(&file));
    let by_file = maria.run(c::CheckReport { code: None, language: LANGUAGE }).await.unwrap();
    assert_eq!((by_file.standing, by_file.made), (ReportStanding::Elsewhere, None));

    // She permits, the clinician opens and writes: Maria has the note by an inbox of her own, and the daughter by hers.
    // She was given keys of a day before she began to help, and of nothing earlier.
    let permit = RelativeDraft { data_from: at - HOUR, ..draft(off.now(), &code, &[BP], 2) };
    let view = daughter.run(issue(circle, permit)).await.unwrap();
    let given = only(&view.helped[0].given).clone();
    assert_eq!(given.state, GivenState::Active);
    let id = given.id;
    let opened = eventually(PATIENCE, async || {
        doctor.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == id)?;
        doctor.run(c::OpenRecord { id, width: 400, second: None }).await.ok()
    });
    assert!(opened.await.unwrap().shared.by_helper);
    sent(&doctor, id, |view| matches!(view.may, MayReply::Yes { .. })).await;
    let write = |text: &str| c::SendReply { id, text: text.into(), takes_back: None };
    doctor.run(write("Please measure in the evening too.")).await.unwrap();
    sent(&doctor, id, |view| view.sent[0].sent && view.sent[0].helper).await;
    let hers = notes(&maria, 1).await.remove(0);
    assert_eq!((hers.text.as_str(), hers.permission), ("Please measure in the evening too.", id));
    assert_eq!((hers.name.as_str(), hers.unconfirmed, hers.after), ("Dr Ana Example", None, None));
    assert_eq!(hers.through, Some(Through::Helper { name: "Leila".into() }));
    let about = notes(&daughter, 1).await.remove(0);
    assert_eq!((&about.text, about.relative()), (&hers.text, Some(circle)));
    assert_eq!(about.through, Some(Through::Relative { circle, person: "Maria".into() }));
    let read = daughter.run(c::ReadReply { permission: id, number: 1 }).await.unwrap();
    assert!(read[0].read && !notes(&maria, 1).await[0].read, "each reads for themselves");

    // Once she helps no longer no page is made, and what is written then is Maria's alone.
    maria.run(c::RemoveDelegate { seat: 1 }).await.unwrap();
    helped(&daughter, |helped| helped.helpers.iter().all(|h| !h.you)).await;
    assert_eq!(refused(&daughter, page(ReportKind::Visit)).await, ErrorCode::NotYours);
    doctor.run(write("And twice in the morning.")).await.unwrap();
    let both = notes(&maria, 2).await;
    assert_eq!(both[0].text, "And twice in the morning.");
    let after = sent(&doctor, id, |view| view.sent[0].sent).await;
    assert_eq!(after.sent.iter().map(|one| one.helper).collect::<Vec<_>>(), [false, true]);
    assert_eq!(daughter.run(c::ListReplies {}).await.unwrap().len(), 1);
}
