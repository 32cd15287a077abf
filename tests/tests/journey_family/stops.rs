//! Maria lets her daughter see and stop what she permits herself. While Maria's computer is locked the daughter stops it and helps no
//! longer, so that new keys begin: what was stopped does not come again under them.

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
    let daughter = make("daughter", "Leila", Role::Patient).await;
    let doctor = make("doctor", "Dr Ana Example, Heart Clinic", Role::Clinician).await;
    let code = attested(&network, &doctor).await;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let typed = c::TypeReading { category: BP, values, at: off.now() - 60_000, note: None };
    maria.run(typed).await.unwrap();
    assert_eq!(refused(&maria, c::LetHelpersStop { on: true }).await, ErrorCode::NothingYet, "nobody helps");
    let hers = family_code(&daughter).await.code;
    add(&maria, &hers, limits(off.now(), HelperRole::Steward, &[BP]), None, false).await;
    let quiet = helped(&daughter, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await;
    let circle = quiet.circle;

    let now = off.now();
    let draft = PermissionDraft {
        code,
        categories: vec![BP],
        data_from: now - 5 * DAY,
        data_to: now + DAY,
        starts: now,
        ends: now + DAY,
        condition: Condition::Whenever,
    };
    let issue = c::IssuePermission { draft, passphrase: PASSPHRASE.into() };
    let id = maria.run(issue).await.unwrap().id;
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

    // She is away. One helper alone ends it, and goes.
    maria.run(c::Lock {}).await.unwrap();
    let stopped = daughter.run(stop).await.unwrap().helped.remove(0);
    assert_eq!(stopped.own_given[0].state, PermissionState::Stopped);
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
    let ids: Vec<GrantId> = all.iter().map(|one| one.id).collect();
    assert_eq!(ids, [id], "what the family ended does not come again");
    let listed = acts(&maria, id, ActivityKind::Stopped).await;
    assert_eq!(listed.last(), Some(&(ActivityKind::Given, Some(ActivityBy::You))));
    assert!(listed.contains(&(ActivityKind::Stopped, Some(ActivityBy::Unknown))), "not she: {listed:?}");
    let own = maria.run(c::LetHelpersStop { on: false }).await.unwrap().own.unwrap();
    assert!(!own.lets_stop);

    // Somebody else, with the same doctor and the same member: a start takes longer than what else they share.
    Box::pin(springs::two_clinicians_let_it_begin(dir.path(), &network, &off, &doctor)).await;
}
