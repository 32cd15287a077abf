//! Mia comes of age. Her mother acted for her, and only with the doctor whom Mia's record names; her father watched over it. The
//! record hands over to a computer of Mia's own: what the record itself permitted is stopped, the emergency card with it, at once nobody
//! helps and what helpers permitted is frozen; 72 hours later she confirms one permission, leaves the other frozen, reads what was
//! permitted before, and the record that her parents hold decides nothing any more.

use salus_wire::view::{BeforeView, BeforeWhom, EmergencyReason, NamedClinician};

use super::*;

struct Home {
    network: Network,
    off: Arc<Off>,
    /// Mia's record, on her parents' computer.
    record: App,
    mother: App,
    father: App,
    /// Mia's own computer.
    mia: App,
    doctor: App,
    other: App,
}

impl Home {
    async fn new(dir: &Path) -> Self {
        let network = Network::start_with(1, &dir.join("members"), &Options::default()).await.unwrap();
        let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
        let make =
            async |home: &str, name: &str, role: Role| app(&dir.join(home), &genesis, &off, name, role).await;
        let record = make("record", "Mia", Role::Patient).await;
        let (mother, father) =
            (make("mother", "Leila", Role::Patient).await, make("father", "Karim", Role::Patient).await);
        let mia = make("mia", "Mia", Role::Patient).await;
        let doctor = make("doctor", "Dr Ana Example, Heart Clinic", Role::Clinician).await;
        let other = make("other", "Dr Bo Example, Night Clinic", Role::Clinician).await;
        Self { network, off, record, mother, father, mia, doctor, other }
    }

    async fn wait(&self, ms: i64) {
        let all = [&self.record, &self.mother, &self.father, &self.mia, &self.doctor, &self.other];
        pass(&self.network, &self.off, &all, ms).await;
    }
}

/// What an application's own circle shows, once it is as asked.
async fn own(app: &App, as_asked: impl Fn(&CircleView) -> bool) -> CircleView {
    let found =
        eventually(PATIENCE, async || app.run(c::GetFamily {}).await.ok()?.own.filter(|own| as_asked(own)));
    found.await.unwrap()
}

/// What the record itself permits.
fn own_draft(code: String, starts: i64, ends: i64) -> c::IssuePermission {
    let draft = PermissionDraft {
        code,
        categories: vec![BP],
        data_from: starts - 9 * DAY,
        data_to: ends,
        starts,
        ends,
        condition: Condition::Whenever,
    };
    c::IssuePermission { draft, passphrase: PASSPHRASE.into() }
}

/// Those that are told of, by what is stopped of whom.
fn said(before: &[BeforeView]) -> Vec<(GrantId, BeforeWhom, &str, bool)> {
    before.iter().map(|one| (one.id, one.whom, one.name.as_str(), one.stopped)).collect()
}

fn confirm(id: GrantId) -> c::ConfirmPermission {
    c::ConfirmPermission { id, passphrase: PASSPHRASE.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_comes_of_age_and_confirms_what_stays_permitted() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::new(dir.path()).await;
    let Home { record, mother, father, mia, doctor, other, .. } = &home;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "118"), value(Quantity::Diastolic, "74")];
    let at = home.off.now() - 60_000;
    record.run(c::TypeReading { category: BP, values, at, note: None }).await.unwrap();
    let code = attested(&home.network, doctor).await;
    let strange = attested(&home.network, other).await;

    // The mother permits this one doctor only. Her objection alone counts, besides Mia's.
    let known = eventually(PATIENCE, async || record.run(c::KnowClinician { code: code.clone() }).await.ok());
    let known = known.await.unwrap();
    assert_eq!(known, record.run(c::ListClinicians {}).await.unwrap());
    let [ana] = known.as_slice() else { panic!("{known:?}") };
    assert_eq!((ana.name.as_str(), ana.organisation.as_str()), ("Dr Ana Example", "Heart Clinic"));
    let now = home.off.now();
    let steward = limits(now, HelperRole::Steward, &[Category::HeartRate, BP]);
    let unknown = NamedClinician { key: "11".repeat(32), ..ana.clone() };
    let asked = |clinician: NamedClinician| HelperLimits {
        only_named: true,
        clinicians: vec![clinician],
        ..steward.clone()
    };
    let hers = family_code(mother).await.code;
    let add_unknown = c::AddDelegate {
        code: hers.clone(),
        limits: asked(unknown),
        rules: None,
        paper: false,
        passphrase: PASSPHRASE.into(),
    };
    assert_eq!(refused(record, add_unknown).await, ErrorCode::BadRequest, "nobody knows that key");
    let rules = FamilyRules {
        ordinary: vec![Category::HeartRate],
        long_days: 9,
        approvals: 1,
        veto_hours: 1,
        objector: Some(1),
    };
    // Whatever a page calls the key, it is who the code says.
    let renamed = NamedClinician { name: "Dr Somebody".into(), ..ana.clone() };
    let made = add(record, &hers, asked(renamed), Some(rules), false).await;
    assert_eq!(made.helpers[0].limits.clinicians, std::slice::from_ref(ana));
    let told = helped(mother, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await;
    let circle = told.circle;
    let look = c::OpenRelative { circle, from: at - HOUR, to: at + HOUR, width: 400 };
    let read = eventually(PATIENCE, async || {
        let view = mother.run(look.clone()).await.ok()?;
        view.records.into_iter().find(|record| record.category == BP && record.total == 1)
    });
    assert!(read.await.is_some(), "she reads it, so it is where a clinician finds it");
    assert!(told.helpers[0].limits.only_named && told.helpers[0].limits.clinicians == [ana.clone()]);
    let his = family_code(father).await.code;
    add(record, &his, limits(now, HelperRole::Approver, &[]), None, false).await;
    home.wait(73 * HOUR).await;
    let seen = helped(father, |helped| helped.helpers.len() == 2).await;
    let hers = seen.helpers.iter().find(|h| !h.you).unwrap();
    assert!(hers.limits.only_named && hers.limits.clinicians.is_empty(), "who it is, he is not told");

    let now = home.off.now();
    let heart = |code: &str, days| draft(now, code, &[Category::HeartRate], days);
    let elsewhere = mother.run(issue(circle, heart(&strange, 2))).await.unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::OtherClinician);
    assert_eq!(elsewhere.detail.as_deref(), Some("Dr Ana Example of Heart Clinic"));
    // Nor has she to fill in all of it to learn that: what he would see is refused in the same words.
    let ahead = c::ForeseeForRelative {
        circle,
        code: strange.clone(),
        categories: vec![Category::HeartRate],
        data_from: now - 4 * DAY,
    };
    assert_eq!(mother.run(ahead).await.unwrap_err(), elsewhere);
    mother.run(issue(circle, heart(&code, 8))).await.unwrap();
    let again = further_code(doctor).await;
    mother.run(issue(circle, draft(now, &again, &[BP], 8))).await.unwrap();
    let waits = |given: &GivenView| given.state == GivenState::AwaitsOthers;
    let seen = helped(father, |helped| helped.given.len() == 2 && helped.given.iter().any(waits)).await;
    let pressure = seen.given.iter().find(|given| waits(given)).unwrap();
    assert!(!pressure.may_object && pressure.may_stop && pressure.objector.as_deref() == Some("Leila"));
    let object = c::DecidePermission { circle, id: pressure.id, agree: false };
    assert_eq!(refused(father, object).await, ErrorCode::NotYours, "the members' rule as well");
    let hers = helped(mother, |helped| helped.given.iter().any(waits)).await;
    assert!(hers.given.iter().find(|given| waits(given)).unwrap().may_object);
    father.run(c::DecidePermission { circle, id: pressure.id, agree: true }).await.unwrap();
    home.wait(2 * HOUR).await;
    let active = |own: &CircleView| own.given.iter().filter(|g| g.state == GivenState::Active).count() == 2;
    let (kept, left) = {
        let given = own(record, active).await.given;
        let of = |category| given.iter().find(|given| given.categories == [category]).unwrap().id;
        (of(BP), of(Category::HeartRate))
    };

    // What the record itself gives: to another doctor, who opens it; to her from tomorrow on; and a card, whatever happens.
    let now = home.off.now();
    let runs = record.run(own_draft(strange.clone(), now, now + 5 * DAY)).await.unwrap().id;
    let later = own_draft(further_code(other).await, now + DAY, now + 4 * DAY);
    let later = record.run(later).await.unwrap().id;
    let card = c::MakeCard { categories: vec![BP], call: String::new(), passphrase: PASSPHRASE.into() };
    let card = record.run(card).await.unwrap().card.unwrap().id;
    let on_card = record.run(c::ShowCard {}).await.unwrap().text;
    let open = |id| c::OpenRecord { id, width: 400, second: None };
    let opened = eventually(PATIENCE, async || {
        other.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == runs)?;
        other.run(open(runs)).await.ok()
    });
    assert_eq!(opened.await.unwrap().records[0].total, 1);
    let bo = "Dr Bo Example";
    let listed = own(record, |own| own.before.len() == 3).await.before;
    let each = |stopped| {
        [
            (card, BeforeWhom::Card, "", stopped),
            (runs, BeforeWhom::Clinician, bo, stopped),
            (later, BeforeWhom::Clinician, bo, stopped),
        ]
    };
    assert_eq!(said(&listed), each(false), "shown before anybody agrees");

    // The handover: at once.
    let request = mia.run(c::MakeRecoveryRequest {}).await.unwrap().recovery.unwrap();
    let hand = c::HandOver { request: request.code.clone(), passphrase: PASSPHRASE.into() };
    assert_eq!(refused(mother, hand.clone()).await, ErrorCode::NothingYet, "she has no circle of her own");
    assert!(own(record, |_| true).await.before.iter().all(|one| !one.stopped), "nothing is stopped by that");
    let own_now = record.run(hand).await.unwrap().own.unwrap();
    assert_eq!(said(&own_now.before), each(true));
    // The members refuse it, and no app is asked for that: nothing but a stop was sent.
    assert_eq!(refused(other, open(runs)).await, ErrorCode::Stopped);
    let announce = c::AnnounceEmergency { card: on_card, reason: EmergencyReason::Unconscious };
    let held = eventually(PATIENCE, async || {
        other.run(announce.clone()).await.err().filter(|failure| failure.code == ErrorCode::Stopped)
    });
    assert!(held.await.is_some(), "the card announces nothing");
    assert_eq!(refused(record, c::ShowCard {}).await, ErrorCode::UnknownPermission);
    let all = record.run(c::ListPermissions {}).await.unwrap();
    assert!(all.len() == 3 && all.iter().all(|one| one.state == PermissionState::Stopped), "{all:?}");
    assert!(
        own_now.handed_over.is_some() && own_now.helpers.iter().all(|h| h.state == PowerState::HandedOver)
    );
    assert!(own_now.given.iter().all(|given| given.state == GivenState::Rests && !given.may_agree));
    // What is measured in the record from now on is under keys that her mother was never given.
    assert_eq!(own_now.new_keys.map(|renewal| renewal.names), Some(vec!["Leila".to_owned()]));
    assert!(own_now.still_hold.is_empty());
    let values = vec![value(Quantity::Systolic, "121"), value(Quantity::Diastolic, "76")];
    let then = home.off.now();
    record.run(c::TypeReading { category: BP, values, at: then, note: None }).await.unwrap();
    let handing = own_now.handing.unwrap();
    assert_eq!((handing.name.as_str(), &handing.digits), ("Mia", &None));
    assert!(handing.effective.unwrap() > home.off.now() + 71 * HOUR);
    let arrived = eventually(PATIENCE, async || {
        doctor.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == kept)
    });
    assert!(arrived.await.is_some());
    assert_eq!(refused(doctor, open(kept)).await, ErrorCode::NotAllowed);
    assert_eq!(refused(record, confirm(kept)).await, ErrorCode::NotYours, "not who handed over");
    let late = mother.run(issue(circle, heart(&code, 2))).await.unwrap_err();
    assert!(matches!(late.code, ErrorCode::PowerNotInForce | ErrorCode::OutsideScope), "{late}");
    helped(father, |helped| helped.handed_over.is_some()).await;
    assert_eq!(refused(mia, c::TakeCircle { circle }).await, ErrorCode::NothingYet);

    // 72 hours later Mia's key speaks; she compares the digits with her parents.
    home.wait(73 * HOUR).await;
    let all = c::OpenRelative { circle, from: at - HOUR, to: home.off.now(), width: 400 };
    if let Ok(view) = mother.run(all).await {
        let of = view.records.iter().filter(|record| record.category == BP);
        assert!(of.map(|record| record.total).sum::<u32>() <= 1, "only what she could read before");
    }
    let digits =
        own(record, |own| own.handing.as_ref().is_some_and(|h| h.sent)).await.handing.unwrap().digits;
    let found = eventually(PATIENCE, async || {
        mia.run(c::GetFamily {}).await.ok()?.recovery?.found.into_iter().next()
    });
    let found = found.await.unwrap();
    assert!(found.handed_over && found.circle == circle && found.by.is_empty());
    assert_eq!(Some(&found.digits), digits.as_ref());
    mia.run(c::TakeCircle { circle }).await.unwrap();
    let waits = own(mia, |own| own.given.iter().filter(|given| given.may_agree).count() == 2).await;
    assert!(waits.speaks && waits.given.iter().all(|given| given.state == GivenState::Rests && !given.left));
    let names: Vec<&str> = waits.helpers.iter().map(|helper| helper.name.as_str()).collect();
    assert_eq!(names, ["Leila", "Karim"]);
    assert_eq!(said(&waits.before), each(true), "she reads what there was, as the members prove it");
    assert!(waits.before.iter().all(|one| one.categories == [BP]));
    let again = record.run(c::ListPermissions {}).await.unwrap();
    assert_eq!(again.len(), 3, "new keys began, and nothing of it was given again");

    // Each by itself, natively and with the passphrase: the short way of a helper's word is none.
    let short = c::DecidePermission { circle, id: kept, agree: true };
    assert_eq!(refused(mia, short).await, ErrorCode::NotAllowed);
    let wrong = c::ConfirmPermission { id: kept, passphrase: "another passphrase".into() };
    assert_eq!(refused(mia, wrong).await, ErrorCode::WrongPassphrase);
    let put = mia.run(c::LeaveAtRest { id: left }).await.unwrap().own.unwrap();
    assert!(put.given.iter().find(|given| given.id == left).unwrap().left);
    let done = mia.run(confirm(kept)).await.unwrap().own.unwrap();
    let state = |id| done.given.iter().find(|given| given.id == id).unwrap().state;
    assert_eq!((state(kept), state(left)), (GivenState::Active, GivenState::Rests));
    assert_eq!(refused(mia, confirm(kept)).await, ErrorCode::NothingWaits);
    assert_eq!(refused(doctor, open(left)).await, ErrorCode::NotAllowed);
    let opened = eventually(PATIENCE, async || match doctor.run(open(kept)).await {
        Ok(view) => Some(Ok(view.records[0].total)),
        Err(failure) if failure.code == ErrorCode::NotAllowed => None,
        Err(failure) => Some(Err(failure.code)),
    });
    assert_eq!(opened.await, Some(Ok(1)), "the members let it be opened again");
    assert_eq!(refused(record, c::RemoveDelegate { seat: 1 }).await, ErrorCode::NotYours);
}
