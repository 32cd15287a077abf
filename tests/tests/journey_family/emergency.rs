//! Maria's son is told of an emergency with her card by his own computer, while hers is locked: the announcement first, the opening
//! half an hour later, each proven; and so is her other laptop. Who helps no longer is told of nothing new.

use salus_wire::view::{EmergencyAct, EmergencyReason, NoticeKind, Verdict};

use super::*;

const MINUTE: i64 = 60_000;

/// Waits until it is among what happened, as a laptop tells it.
async fn notice(app: &App, of: impl Fn(&NoticeKind) -> bool) {
    let told = eventually(PATIENCE, async || {
        let all = app.run(c::ListNotices {}).await.ok()?.notices;
        all.into_iter().find(|notice| of(&notice.kind))
    });
    assert!(told.await.is_some(), "it is among what happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_is_told_of_an_emergency_while_the_persons_computer_is_off() {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start_with(1, &dir.path().join("members"), &Options::default()).await.unwrap();
    let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
    let make = async |home: &str, name: &str, role: Role| {
        app(&dir.path().join(home), &genesis, &off, name, role).await
    };
    let maria = make("maria", "Maria", Role::Patient).await;
    let son = make("son", "Karim", Role::Patient).await;
    let doctor = make("doctor", "Dr Ana Example, City Hospital", Role::Clinician).await;
    attested(&network, &doctor).await;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let typed = c::TypeReading { category: BP, values, at: off.now() - MINUTE, note: None };
    maria.run(typed).await.unwrap();
    let his = family_code(&son).await.code;
    add(&maria, &his, limits(off.now(), HelperRole::Approver, &[]), None, false).await;
    let quiet = helped(&son, |helped| helped.helpers.iter().any(|h| h.you)).await;
    assert!(quiet.emergencies.is_empty() && quiet.unseen == 0);
    let circle = quiet.circle;
    let kitchen = make("kitchen", "Maria", Role::Patient).await;
    super::laptops::join(&maria, &kitchen).await;

    // Her computer tells his which card it is, and is locked.
    let card = c::MakeCard {
        categories: vec![BP, Category::HeartRate],
        call: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    let made = eventually(PATIENCE, async || maria.run(card.clone()).await.ok());
    assert!(made.await.is_some());
    let text = maria.run(c::ShowCard {}).await.unwrap().text;
    let announce = c::AnnounceEmergency { card: text.clone(), reason: EmergencyReason::Unconscious };
    let read = eventually(PATIENCE, async || doctor.run(c::ReadCard { card: text.clone() }).await.ok());
    assert_eq!(read.await.unwrap().patient, "Maria");
    // What she has to tell him goes by letter, and takes a round of her computer's.
    let told = eventually(PATIENCE, async || {
        doctor.run(announce.clone()).await.ok()?;
        son.run(c::GetFamily {}).await.ok()?.helped.into_iter().find(|helped| helped.unseen == 1)
    });
    let told = told.await.unwrap();
    // And her other laptop, which hears of everything after that from the members.
    notice(&kitchen, |kind| matches!(kind, NoticeKind::EmergencyAnnounced { .. })).await;
    maria.run(c::Lock {}).await.unwrap();
    let [announced] = told.emergencies.as_slice() else { panic!("{told:?}") };
    assert_eq!(
        (announced.act, announced.reason),
        (EmergencyAct::Announced, Some(EmergencyReason::Unconscious))
    );
    assert!(!announced.proof.signed_by.is_empty());
    let seen = son.run(c::SeenEmergencies { circle }).await.unwrap().helped.remove(0);
    assert_eq!((seen.unseen, seen.emergencies.len()), (0, 1));

    // She is away: the opening reaches him all the same.
    pass(&network, &off, &[&son, &kitchen, &doctor], 31 * MINUTE).await;
    let open = c::OpenEmergency { card: text, reason: EmergencyReason::Unconscious, word: None, width: 400 };
    let opened = eventually(PATIENCE, async || doctor.run(open.clone()).await.ok());
    assert!(opened.await.is_some(), "half an hour after the announcement it opens");
    let told = helped(&son, |helped| helped.unseen == 1).await;
    assert_eq!(told.emergencies.len(), 2);
    let use_of = &told.emergencies[0];
    assert_eq!((use_of.act, use_of.attested_by.as_deref()), (EmergencyAct::Opened, Some("Member 1")));
    assert!(use_of.clinician_key.is_some());
    notice(&kitchen, |kind| matches!(kind, NoticeKind::EmergencyOpened { .. })).await;
    let there = kitchen.run(c::GetEmergency {}).await.unwrap();
    assert_eq!((there.card, there.makes, there.uses.len()), (None, false, 2));
    assert!(there.elsewhere.contains(&use_of.id), "what is said of it is said on the first laptop");
    let from_there = c::ReviewEmergency {
        permission: use_of.permission,
        id: use_of.id.clone(),
        verdict: Verdict::Objected,
    };
    assert_eq!(refused(&kitchen, from_there).await, ErrorCode::UnknownPermission);

    // She cannot speak; he objects for her and stops the card. It is his word, recorded once, and she sees whose it is.
    let review = c::ReviewForRelative { circle, id: use_of.id.clone(), verdict: Verdict::Stopped };
    let unknown = c::ReviewForRelative { id: "00".repeat(32), ..review.clone() };
    assert_eq!(refused(&son, unknown).await, ErrorCode::BadRequest);
    let said = son.run(review.clone()).await.unwrap().helped.remove(0).emergencies.remove(0);
    let [his] = said.helpers.as_slice() else { panic!("{said:?}") };
    assert!(his.you && his.verdict == Verdict::Stopped && said.verdict.is_none());
    assert_eq!(refused(&son, review).await, ErrorCode::NothingWaits, "once and for good");
    maria.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let seen = eventually(PATIENCE, async || {
        let view = maria.run(c::GetEmergency {}).await.ok()?;
        view.uses.into_iter().find(|one| !one.helpers.is_empty() && view.card.is_none())
    });
    let seen = seen.await.unwrap();
    assert_eq!((seen.id.as_str(), seen.helpers[0].name.as_str()), (said.id.as_str(), "Karim"));
    let stopped = eventually(PATIENCE, async || {
        doctor.run(open.clone()).await.err().filter(|failure| failure.code == ErrorCode::Stopped)
    });
    assert!(stopped.await.is_some());
}
