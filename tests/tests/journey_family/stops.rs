//! Maria lets her daughter see and stop what she permits herself. While Maria's computer is locked the daughter stops it and helps no
//! longer, so that new keys begin: what was stopped does not come again under them. What Maria permitted on her other laptop she stops too.

use std::collections::BTreeSet;

use salus_wire::view::NoticeKind;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_stops_what_the_person_gave_herself_where_she_lets_her() {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start_with(1, &dir.path().join("members"), &Options::default()).await.unwrap();
    let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
    let make = async |home: &str, name: &str, role: Role| {
        app(&dir.path().join(home), &genesis, &off, name, role).await
    };
    let maria = make("maria", "Maria", Role::Patient).await;
    let kitchen = make("kitchen", "Maria", Role::Patient).await;
    let daughter = make("daughter", "Leila", Role::Patient).await;
    let doctor = make("doctor", "Dr Ana Example, Heart Clinic", Role::Clinician).await;
    let code = attested(&network, &doctor).await;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let typed = c::TypeReading { category: BP, values, at: off.now() - 60_000, note: None };
    maria.run(typed).await.unwrap();
    super::laptops::join(&maria, &kitchen).await;
    assert_eq!(refused(&maria, c::LetHelpersStop { on: true }).await, ErrorCode::NothingYet, "nobody helps");
    let hers = family_code(&daughter).await.code;
    let rules = FamilyRules { ordinary: vec![BP], long_days: 5, approvals: 1, veto_hours: 1, objector: None };
    add(&maria, &hers, limits(off.now(), HelperRole::Steward, &[BP]), Some(rules), false).await;
    let quiet = helped(&daughter, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await;
    let circle = quiet.circle;

    let now = off.now();
    let draft = PermissionDraft {
        code: code.clone(),
        categories: vec![BP],
        data_from: now - 5 * DAY,
        data_to: now + DAY,
        starts: now,
        ends: now + DAY,
        condition: Condition::Whenever,
    };
    let issue = c::IssuePermission { draft, passphrase: PASSPHRASE.into() };
    let id = maria.run(issue.clone()).await.unwrap().id;
    let open = c::OpenRecord { id, width: 400, second: None };
    let opened = eventually(PATIENCE, async || {
        doctor.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == id)?;
        doctor.run(open.clone()).await.ok()
    });
    assert_eq!(opened.await.unwrap().records[0].total, 1);

    // Whom she goes to is hers to tell: as long as she does not, a helper neither sees it nor stops it.
    let stop = c::StopForRelative { circle, id };
    assert_eq!(refused(&daughter, stop.clone()).await, ErrorCode::NotAllowed);
    assert!(helped(&daughter, |_| true).await.own_given.is_empty());

    let own = maria.run(c::LetHelpersStop { on: true }).await.unwrap().own.unwrap();
    assert!(own.lets_stop);
    let told = helped(&daughter, |helped| helped.own_given.iter().any(|given| given.openings == 1)).await;
    let [given] = told.own_given.as_slice() else { panic!("{told:?}") };
    assert_eq!((given.id, given.name.as_str(), given.state), (id, "Dr Ana Example", PermissionState::Active));
    assert_eq!((given.organisation.as_str(), &given.categories), ("Heart Clinic", &vec![BP]));
    assert!(given.ends == now + DAY && !given.proof.signed_by.is_empty());

    // What was permitted on the other laptop Maria's first one tells of, once it heard of it; the stop is of that laptop's mandate.
    let can_give =
        eventually(PATIENCE, async || kitchen.run(c::GetLaptops {}).await.ok()?.can_give.filter(|n| *n > 0));
    assert!(can_give.await.is_some(), "the first laptop lets it give");
    let there = kitchen.run(issue).await.unwrap().id;
    let of = |helped: &HelpedView, id: GrantId| {
        helped.own_given.iter().find(|given| given.id == id).map(|given| given.state)
    };
    helped(&daughter, |helped| of(helped, there) == Some(PermissionState::Active)).await;
    let stopped = daughter.run(c::StopForRelative { circle, id: there }).await.unwrap().helped.remove(0);
    assert_eq!(of(&stopped, there), Some(PermissionState::Stopped));
    assert_eq!(of(&stopped, id), Some(PermissionState::Active));
    let known = eventually(PATIENCE, async || {
        let all = kitchen.run(c::ListPermissions {}).await.ok()?;
        all.into_iter().find(|one| one.id == there && one.state == PermissionState::Stopped)
    });
    assert!(known.await.is_some(), "the laptop that gave it hears of it from the members");

    // What the daughter permits for her is told on the other laptop too, which does not decide on it.
    let permit = RelativeDraft { data_from: now - HOUR, ..super::draft(off.now(), &code, &[BP], 2) };
    let given = daughter.run(super::issue(circle, permit)).await.unwrap().helped.remove(0).given.remove(0);
    let gave =
        NoticeKind::HelperGave { person: None, by: "Leila".into(), name: given.clinician.name.clone() };
    let told = eventually(PATIENCE, async || {
        let all = kitchen.run(c::ListNotices {}).await.ok()?.notices;
        all.into_iter().find(|notice| notice.kind == gave)
    });
    assert!(told.await.is_some(), "it is among what happened");
    let watched = kitchen.run(c::GetFamily {}).await.unwrap().watched.unwrap();
    let shown = only(&watched.given);
    assert_eq!((shown.id, &shown.categories, shown.by.as_str()), (given.id, &vec![BP], "Leila"));
    assert!(!shown.may_agree && !shown.may_stop && !shown.may_object);
    daughter.run(c::StopForRelative { circle, id: given.id }).await.unwrap();

    // She is away. One helper alone ends it, and goes.
    maria.run(c::Lock {}).await.unwrap();
    let stopped = daughter.run(stop).await.unwrap().helped.remove(0);
    assert_eq!(of(&stopped, id), Some(PermissionState::Stopped));
    assert_eq!(refused(&doctor, open).await, ErrorCode::Stopped);
    daughter.run(c::LayDown { circle }).await.unwrap();

    maria.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let renewed = eventually(PATIENCE, async || {
        let own = maria.run(c::GetFamily {}).await.ok()?.own?;
        own.new_keys.filter(|keys| keys.names == ["Leila"])
    });
    assert!(renewed.await.is_some(), "who helps no longer reads nothing new");
    let all = eventually(PATIENCE, async || {
        let all = maria.run(c::ListPermissions {}).await.ok()?;
        all.iter().all(|one| one.state == PermissionState::Stopped).then_some(all)
    });
    let all = all.await.unwrap();
    let ids: BTreeSet<GrantId> = all.iter().map(|one| one.id).collect();
    assert_eq!(ids, [id, there].into(), "what the family ended does not come again");
    let listed = acts(&maria, id, ActivityKind::Stopped).await;
    assert_eq!(listed.last(), Some(&(ActivityKind::Given, Some(ActivityBy::You))));
    assert!(listed.contains(&(ActivityKind::Stopped, Some(ActivityBy::Unknown))), "not she: {listed:?}");
    let own = maria.run(c::LetHelpersStop { on: false }).await.unwrap().own.unwrap();
    assert!(!own.lets_stop);

    // Somebody else, with the same doctor and the same member: a start takes longer than what else they share.
    Box::pin(springs::two_clinicians_let_it_begin(dir.path(), &network, &off, &doctor)).await;
}
