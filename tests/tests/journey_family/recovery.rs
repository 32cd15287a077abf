//! Maria names three who can help her to get back, tries whether it would work, ends a recovery that she did not ask for, and
//! gets her circle back on a new computer by two of the three, 72 hours later and no earlier.

use salus_wire::view::FamilyView;

use super::*;

struct Circle {
    network: Network,
    off: Arc<Off>,
    maria: App,
    nour: App,
    samir: App,
    laila: App,
    /// The computer after the lost one.
    fresh: App,
}

impl Circle {
    async fn new(dir: &Path) -> Self {
        let network = Network::start_with(1, &dir.join("members"), &Options::default()).await.unwrap();
        let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
        let person =
            async |home: &str, name: &str| app(&dir.join(home), &genesis, &off, name, Role::Patient).await;
        let maria = person("maria", "Maria").await;
        let (nour, samir) = (person("nour", "Nour").await, person("samir", "Samir").await);
        let (laila, fresh) = (person("laila", "Laila").await, person("fresh", "Maria").await);
        Self { network, off, maria, nour, samir, laila, fresh }
    }

    async fn wait(&self, ms: i64) {
        let all = [&self.maria, &self.nour, &self.samir, &self.laila, &self.fresh];
        pass(&self.network, &self.off, &all, ms).await;
    }

    /// What Maria's first computer shows, once it is as asked.
    async fn own(&self, as_asked: impl Fn(&FamilyView) -> bool) -> FamilyView {
        let found = eventually(PATIENCE, async || {
            self.maria.run(c::GetFamily {}).await.ok().filter(|view| as_asked(view))
        });
        found.await.unwrap()
    }
}

fn agree(circle: CircleId, code: &str) -> c::AgreeRecovery {
    c::AgreeRecovery { circle, code: code.to_owned(), passphrase: PASSPHRASE.into() }
}

fn waits_for_new_key(view: &FamilyView) -> bool {
    let waiting = view.own.as_ref().and_then(|own| own.waiting.as_ref());
    waiting.is_some_and(|waiting| waiting.what == FamilyChange::NewKey)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_of_three_give_a_circle_back_and_a_false_recovery_ends_with_a_word() {
    let dir = tempfile::tempdir().unwrap();
    let family = Circle::new(dir.path()).await;
    let Circle { maria, nour, samir, laila, fresh, .. } = &family;

    // Three of whom it takes two; one alone is refused.
    let mut codes = Vec::new();
    for app in [nour, samir, laila] {
        codes.push(family_code(app).await.code);
    }
    let name = |needed: u8| c::NameGuardians { codes: codes.clone(), needed, passphrase: PASSPHRASE.into() };
    assert_eq!(refused(maria, name(1)).await, ErrorCode::BadRequest);
    assert_eq!(refused(maria, name(4)).await, ErrorCode::BadRequest);
    let named = eventually(PATIENCE, async || match maria.run(name(2)).await {
        Ok(view) => Some(view),
        Err(failure) if matches!(failure.code, ErrorCode::OutOfDate | ErrorCode::Offline) => None,
        Err(failure) => panic!("{failure}"),
    });
    let own = named.await.unwrap().own.unwrap();
    assert_eq!((own.recovery.needed, own.recovery.guardians.len(), own.waiting), (2, 3, None));
    let circle = own.circle;
    for app in [nour, samir, laila] {
        let told = helped(app, |helped| helped.guardian).await;
        assert_eq!((told.person.as_str(), told.circle, told.back), ("Maria", circle, None));
    }
    // Laila helps as well, by another code; that waits for 72 hours.
    let steward = limits(family.off.now(), HelperRole::Steward, &[BP]);
    let add = c::AddDelegate {
        code: family_code(laila).await.code,
        limits: steward,
        rules: None,
        paper: false,
        passphrase: PASSPHRASE.into(),
    };
    maria.run(add).await.unwrap();
    family.wait(73 * HOUR).await;
    helped(laila, |helped| !helped.guardian && helped.helpers.iter().any(|h| h.you)).await;
    for app in [nour, samir] {
        helped(app, |helped| helped.helpers.iter().any(|h| h.name == "Laila")).await;
    }
    // Guardians read nothing.
    let now = family.off.now();
    let look = c::OpenRelative { circle, from: now - DAY, to: now, width: 400 };
    assert_eq!(refused(nour, look).await, ErrorCode::NotYours);

    // The rehearsal changes nothing, and says who answered.
    let question = maria.run(c::AskRehearsal {}).await.unwrap().text;
    let answer = nour.run(c::AnswerRehearsal { code: question.clone() }).await.unwrap().text;
    assert_eq!(refused(maria, c::AnswerRehearsal { code: question }).await, ErrorCode::NotYours);
    let own = maria.run(c::AddRehearsalAnswer { code: answer.clone() }).await.unwrap().own.unwrap();
    let held: Vec<bool> = own.recovery.guardians.iter().map(|guardian| guardian.held.is_some()).collect();
    assert_eq!((held, own.waiting), (vec![true, false, false], None));
    maria.run(c::AskRehearsal {}).await.unwrap();
    let old = refused(maria, c::AddRehearsalAnswer { code: answer.clone() }).await;
    assert_eq!(old, ErrorCode::NothingWaits, "an answer to the question before");
    assert_eq!(refused(nour, c::AnswerRehearsal { code: answer }).await, ErrorCode::BadRecoveryText);

    // A new computer asks; two agree; Maria, who still has hers, sees it and ends it.
    let request = fresh.run(c::MakeRecoveryRequest {}).await.unwrap().recovery.unwrap();
    let read = nour.run(c::CheckRecoveryRequest { code: request.code.clone() }).await.unwrap();
    assert_eq!((read.name.as_str(), &read.digits), ("Maria", &request.digits));
    assert_eq!(refused(maria, agree(circle, &request.code)).await, ErrorCode::NotYours);
    assert_eq!(refused(nour, agree(circle, &codes[0])).await, ErrorCode::BadRecoveryText);
    let both = async || {
        nour.run(agree(circle, &request.code)).await.unwrap();
        samir.run(agree(circle, &request.code)).await.unwrap().helped.remove(0).waiting.unwrap()
    };
    let waiting = both().await;
    assert_eq!((waiting.what, waiting.by.as_deref()), (FamilyChange::NewKey, Some("Nour")));
    assert!(waiting.effective.unwrap() > family.off.now() + 71 * HOUR && !waiting.may_agree);
    let seen = family.own(waits_for_new_key).await.own.unwrap().waiting.unwrap();
    assert_eq!((seen.change, seen.by.as_deref()), (waiting.change, Some("Nour")));
    let ended = maria.run(c::ObjectChange { circle, change: seen.change }).await.unwrap();
    assert_eq!(ended.own.unwrap().waiting, None);
    let asked_again = laila.run(c::ObjectChange { circle, change: seen.change }).await;
    assert_eq!(asked_again.unwrap_err().code, ErrorCode::NothingWaits);

    // The second time the laptop is really lost. Nothing comes back before the 72 hours are over.
    both().await;
    family.wait(71 * HOUR).await;
    helped(laila, waiting_still).await;
    let early = fresh.run(c::GetFamily {}).await.unwrap().recovery.unwrap();
    assert_eq!((early.found.len(), &early.digits), (0, &request.digits));
    assert_eq!(refused(fresh, c::TakeCircle { circle }).await, ErrorCode::NothingYet);
    family.wait(2 * HOUR).await;
    let back = helped(nour, |helped| helped.back.is_some()).await.back;
    let found = eventually(PATIENCE, async || {
        fresh.run(c::GetFamily {}).await.ok()?.recovery?.found.into_iter().next()
    });
    let found = found.await.unwrap();
    assert_eq!((found.circle, found.person.as_str(), Some(&found.digits)), (circle, "Maria", back.as_ref()));
    assert!(found.by.iter().all(|name| name == "Nour" || name == "Samir"));
    let taken = fresh.run(c::TakeCircle { circle }).await.unwrap();
    let own = taken.own.unwrap();
    assert!(own.given_back.is_some() && own.speaks && taken.recovery.is_none());
    let names: Vec<&str> = own.recovery.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    assert_eq!((own.circle, names), (circle, vec!["Nour", "Samir", "Laila"]));
    // Laila's computer recalls what it was told of her limits, which the members hold as a hash.
    assert_eq!(own.helpers.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(), ["Laila"]);
    let recalled = eventually(PATIENCE, async || {
        let own = fresh.run(c::GetFamily {}).await.ok()?.own?;
        own.helpers.into_iter().find(|helper| helper.limits.categories == [BP])
    });
    assert_eq!(recalled.await.unwrap().keys_until, None, "this computer gave no keys");
    // The new computer speaks; the lost one is nobody.
    fresh.run(c::AskRehearsal {}).await.unwrap();
    assert_eq!(refused(maria, name(2)).await, ErrorCode::NotYours);
    family.own(|view| view.own.as_ref().is_some_and(|own| !own.speaks)).await;
}

fn waiting_still(helped: &HelpedView) -> bool {
    helped.waiting.as_ref().is_some_and(|waiting| waiting.what == FamilyChange::NewKey)
}
