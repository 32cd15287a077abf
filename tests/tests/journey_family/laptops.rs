//! Maria's first laptop is off, or lost, when two of those who can help her to get back say that another computer speaks for her. Her
//! other laptop hears of it from the members, with the deadline, and ends it: the false computer gets nothing. Once that laptop is
//! removed it has no word any more.

use salus_wire::view::{LaptopStep, LaptopsView, NoticeKind, WatchedView};

use super::*;

async fn laptops(app: &App, what: &str, as_asked: impl Fn(&LaptopsView) -> bool) -> LaptopsView {
    let found =
        eventually(PATIENCE, async || app.run(c::GetLaptops {}).await.ok().filter(|view| as_asked(view)));
    found.await.unwrap_or_else(|| panic!("{what} never came"))
}

/// The same person's second laptop joins the record of the first.
pub(super) async fn join(first: &App, second: &App) {
    for app in [first, second] {
        let enrolled = eventually(PATIENCE, async || app.run(c::GetMembers {}).await.ok()?.enrolled);
        assert!(enrolled.await.is_some(), "the members know the laptop");
    }
    let code = second.run(c::ShowLaptopCode {}).await.unwrap().pairing.unwrap().code.unwrap();
    first.run(c::ReadLaptopCode { code }).await.unwrap();
    let compared = |view: &LaptopsView| view.pairing.as_ref().is_some_and(|p| p.step == LaptopStep::Compare);
    laptops(second, "the digits of the new laptop", compared).await;
    laptops(first, "the digits of the first laptop", compared).await;
    first.run(c::ConfirmLaptop { name: "Kitchen".into(), passphrase: PASSPHRASE.into() }).await.unwrap();
    second.run(c::JoinLaptop {}).await.unwrap();
    laptops(second, "the record", |view| !view.first && view.pairing.is_none()).await;
}

/// What the added laptop watches, once it is as asked.
async fn watches(app: &App, what: &str, as_asked: impl Fn(&WatchedView) -> bool) -> WatchedView {
    let found = eventually(PATIENCE, async || {
        app.run(c::GetFamily {}).await.ok()?.watched.filter(|watched| as_asked(watched))
    });
    found.await.unwrap_or_else(|| panic!("{what} never came"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_added_laptop_hears_of_a_false_recovery_and_ends_it_while_the_first_is_off() {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start_with(1, &dir.path().join("members"), &Options::default()).await.unwrap();
    let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
    let person =
        async |home: &str, name: &str| app(&dir.path().join(home), &genesis, &off, name, Role::Patient).await;
    let (maria, nour, samir) =
        (person("maria", "Maria").await, person("nour", "Nour").await, person("samir", "Samir").await);
    let thief = person("thief", "Maria").await;
    let (kitchen, answers) =
        answering(&dir.path().join("kitchen"), &genesis, &off, "Maria", Role::Patient).await;
    join(&maria, &kitchen).await;
    assert_eq!(kitchen.run(c::GetFamily {}).await.unwrap().watched, None, "there is no circle yet");

    // A circle that is made after the laptop was added is told of, and the word to object in it comes.
    let codes = vec![family_code(&nour).await.code, family_code(&samir).await.code];
    let name = c::NameGuardians { codes, needed: 2, passphrase: PASSPHRASE.into() };
    let named = eventually(PATIENCE, async || match maria.run(name.clone()).await {
        Ok(view) => Some(view),
        Err(failure) if matches!(failure.code, ErrorCode::OutOfDate | ErrorCode::Offline) => None,
        Err(failure) => panic!("{failure}"),
    });
    let circle = named.await.unwrap().own.unwrap().circle;
    for app in [&nour, &samir] {
        helped(app, |helped| helped.guardian).await;
    }
    let watched = watches(&kitchen, "the word to object", |watched| watched.may_object).await;
    assert_eq!((watched.circle, watched.waiting, watched.speaks), (circle, None, true));
    assert_eq!(kitchen.run(c::GetFamily {}).await.unwrap().own, None, "it does not speak in it");
    laptops(&kitchen, "a mandate to give", |view| view.can_give.is_some_and(|n| n > 0)).await;

    // The first laptop is off. Two are led to believe that it is lost, and that another computer is hers.
    maria.lock().await.unwrap();
    let request = thief.run(c::MakeRecoveryRequest {}).await.unwrap().recovery.unwrap();
    let agree = || c::AgreeRecovery { circle, code: request.code.clone(), passphrase: PASSPHRASE.into() };
    nour.run(agree()).await.unwrap();
    let asked = samir.run(agree()).await.unwrap().helped.remove(0).waiting.unwrap();

    let of_key = |watched: &WatchedView| {
        watched.waiting.as_ref().is_some_and(|w| w.what == FamilyChange::NewKey && w.effective.is_some())
    };
    let waiting = watches(&kitchen, "the recovery", of_key).await.waiting.unwrap();
    assert_eq!((waiting.change, waiting.by.as_deref()), (asked.change, Some("Nour")));
    assert_eq!(waiting.effective, asked.effective);
    let new_key = NoticeKind::FamilyChange { person: None, change: FamilyChange::NewKey };
    let told = eventually(PATIENCE, async || {
        let all = kitchen.run(c::ListNotices {}).await.ok()?.notices;
        all.into_iter().find(|notice| notice.kind == new_key)
    });
    assert!(told.await.expect("it is among what happened").kind.is_urgent());

    // A day later and natively confirmed it ends.
    pass(&network, &off, &[&kitchen, &nour, &samir, &thief], 24 * HOUR).await;
    let object = c::ObjectChange { circle, change: waiting.change };
    answers.decline(true);
    assert_eq!(refused(&kitchen, object.clone()).await, ErrorCode::Declined);
    answers.decline(false);
    let ended = kitchen.run(object.clone()).await.unwrap().watched.unwrap();
    assert_eq!((ended.waiting, ended.speaks), (None, true));
    assert_eq!(refused(&kitchen, object.clone()).await, ErrorCode::NothingWaits);
    pass(&network, &off, &[&kitchen, &nour, &samir, &thief], 49 * HOUR).await;
    let guardian = helped(&nour, |helped| helped.waiting.is_none()).await;
    assert_eq!(guardian.back, None, "the members gave the circle no other key");
    assert_eq!(refused(&thief, c::TakeCircle { circle }).await, ErrorCode::NothingYet);
    assert!(thief.run(c::GetFamily {}).await.unwrap().recovery.unwrap().found.is_empty());
    assert!(watches(&kitchen, "the circle", |watched| watched.waiting.is_none()).await.speaks);

    // Maria's first laptop is on again and speaks. The other one, removed, says nothing more.
    pass(&network, &off, &[&maria, &kitchen, &nour, &samir, &thief], HOUR).await;
    let own = maria.run(c::GetFamily {}).await.unwrap().own.unwrap();
    assert!(own.speaks && own.waiting.is_none());
    let remove = c::RemoveLaptop { number: 1, keep: false, passphrase: PASSPHRASE.into() };
    maria.run(remove).await.unwrap();
    laptops(&maria, "the members' word", |view| view.laptops.iter().any(|laptop| laptop.shut_out)).await;
    laptops(&kitchen, "its removal", |view| view.removed.is_some()).await;
    assert_eq!(kitchen.run(c::GetFamily {}).await.unwrap().watched, None);
    nour.run(agree()).await.unwrap();
    let change = samir.run(agree()).await.unwrap().helped.remove(0).waiting.unwrap().change;
    assert_eq!(refused(&kitchen, c::ObjectChange { circle, change }).await, ErrorCode::NotYours);
    for app in [maria, kitchen, nour, samir, thief] {
        app.close().await.unwrap();
    }
}
