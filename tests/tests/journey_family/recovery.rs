//! Maria names three who can help her to get back, tries whether it would work, ends a recovery that she did not ask for, and
//! gets her circle back on a new computer by two of the three, 72 hours later and no earlier; and with their parts and a backup
//! her readings.

use std::path::PathBuf;

use salus_tests::fhir::Validator;
use salus_wire::view::{ExportFormat, FamilyView, GivenPart, PartState};
use serde_json::Value;

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
    /// What Maria's computers are given when they ask for a file or a folder.
    chooses: [Arc<Answers>; 2],
}

impl Circle {
    async fn new(dir: &Path) -> Self {
        let network = Network::start_with(1, &dir.join("members"), &Options::default()).await.unwrap();
        let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
        let person =
            async |home: &str, name: &str| app(&dir.join(home), &genesis, &off, name, Role::Patient).await;
        let marias =
            async |home: &str| answering(&dir.join(home), &genesis, &off, "Maria", Role::Patient).await;
        let ((maria, old), (fresh, new)) = (marias("maria").await, marias("fresh").await);
        let (nour, samir) = (person("nour", "Nour").await, person("samir", "Samir").await);
        let laila = person("laila", "Laila").await;
        Self { network, off, maria, nour, samir, laila, fresh, chooses: [old, new] }
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

/// What comes of it, once no backup that is made in the background is in the way.
async fn outcome<C: Run + Clone>(app: &App, command: C) -> Result<C::Answer, ErrorCode>
where
    C::Answer: Send,
{
    let done = eventually(PATIENCE, async || match app.run(command.clone()).await {
        Err(failure) if failure.code == ErrorCode::Busy => None,
        done => Some(done.map_err(|failure| failure.code)),
    });
    done.await.unwrap()
}

fn agree(circle: CircleId, code: &str) -> c::AgreeRecovery {
    c::AgreeRecovery { circle, code: code.to_owned(), passphrase: PASSPHRASE.into() }
}

/// When and what, of every blood pressure.
type Pressures = Vec<(i64, Vec<ValueView>)>;

async fn pressures(app: &App, off: &Off) -> Pressures {
    let (from, to) = (off.now() - 30 * DAY, off.now() + HOUR);
    let rows = app.run(c::GetRecord { category: BP, from, to, width: 400 }).await.unwrap().rows;
    rows.into_iter().map(|row| (row.at, row.values)).collect()
}

async fn type_pressure(app: &App, off: &Off, systolic: &str, minutes_ago: i64) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, "88")];
    let at = off.now() - minutes_ago * 60_000;
    app.run(c::TypeReading { category: BP, values, at, note: None }).await.unwrap();
}

/// The newest backup in a folder.
fn newest(folder: &Path) -> PathBuf {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|e| e == "age")).max().unwrap()
}

/// Asks a guardian until their answer shows the right part: the letter with it may be on its way.
async fn holds_the_part(app: &App, guardian: &App) -> FamilyView {
    let question = app.run(c::AskRehearsal {}).await.unwrap().text;
    let shown = eventually(PATIENCE, async || {
        let answer = guardian.run(c::AnswerRehearsal { code: question.clone() }).await.ok()?.text;
        let view = app.run(c::AddRehearsalAnswer { code: answer }).await.ok()?;
        let own = view.own.as_ref()?;
        let right = own.recovery.guardians.iter().any(|guardian| guardian.part == PartState::Right);
        right.then_some(view)
    });
    shown.await.unwrap()
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
    // Their computers hold parts now, and a backup goes to a disk that the laptop does not take along.
    let disk = dir.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    for (systolic, ago) in [("151", 3), ("139", 2), ("144", 1)] {
        type_pressure(maria, &family.off, systolic, ago).await;
    }
    let own = family.own(|view| view.own.as_ref().is_some_and(|own| own.recovery.parts)).await.own.unwrap();
    assert!(!own.recovery.elsewhere, "the backups lie on this computer only");
    family.chooses[0].choose(Some(&disk));
    let chosen = outcome(maria, c::ChooseBackupFolder { own: false }).await.unwrap();
    assert_eq!((chosen.failure, chosen.backups.len()), (None, 1));
    let before = pressures(maria, &family.off).await;
    assert_eq!(before.len(), 3);
    let view = holds_the_part(maria, nour).await.own.unwrap();
    assert!(view.recovery.elsewhere && view.waiting.is_none());
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
    what_was_ended_is_in_fhir(&family, dir.path()).await;
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
    readings_come_back(&family, &disk, &dir.path().join("nour"), circle, &before).await;
}

/// An export says who can help to get back, who asked for another key and agreed, that Maria objected, and what the rehearsal showed;
/// an outside validator takes it.
async fn what_was_ended_is_in_fhir(family: &Circle, dir: &Path) {
    let file = dir.join("maria.fhir.json");
    family.chooses[0].choose(Some(&file));
    outcome(&family.maria, c::ExportRecord { format: ExportFormat::Fhir }).await.unwrap();
    let bundle: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let all: Vec<&Value> = resources.collect();
    let guardians =
        all.iter().find(|one| one["category"][0]["text"] == "people who can help the patient to get back");
    let actors = guardians.unwrap()["provision"]["provision"][0]["actor"].as_array().unwrap();
    let names: Vec<&Value> = actors.iter().map(|actor| &actor["reference"]["display"]).collect();
    assert_eq!(names, ["Nour", "Samir", "Laila"]);
    let told = |what: &str, how_far: &str, by: &str| {
        let is = |one: &&&Value| {
            let details: Vec<&Value> = one["entity"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|e| e["detail"].as_array())
                .flatten()
                .collect();
            let has = |words: &str| details.iter().any(|detail| detail["valueString"] == words);
            has(what) && has(how_far) && one["agent"][0]["who"]["display"] == by
        };
        all.iter().filter(is).count()
    };
    let key = "another key for the patient";
    assert_eq!(told(key, "objected to; does not happen", "Maria"), 1, "{bundle}");
    assert_eq!(told("an answer whether what was entrusted is still held", "done", "Nour"), 1, "{bundle}");
    assert_eq!(told("who can help the patient to get back", "done", "Maria"), 1, "{bundle}");
    assert_eq!(told("somebody may help the patient", "done", "Maria"), 1, "{bundle}");
    let Some(validator) =
        Validator::find("two_of_three_give_a_circle_back_and_a_false_recovery_ends_with_a_word")
    else {
        return;
    };
    assert_eq!(validator.faults(&file).unwrap(), Vec::<String>::new());
}

/// With two parts and the backup the record is there again, beside the one of the meantime; and the guardians get new parts.
async fn readings_come_back(
    family: &Circle,
    disk: &Path,
    nours: &Path,
    circle: CircleId,
    before: &Pressures,
) {
    let Circle { nour, fresh, .. } = family;
    let enough = eventually(PATIENCE, async || {
        fresh.run(c::GetFamily {}).await.ok()?.parts.filter(|parts| parts.enough)
    });
    let parts = enough.await.unwrap();
    assert!(parts.needed == 2 && parts.given.iter().all(|given| given.part == GivenPart::Fits));
    let doors = fresh.run(c::GetDoors {}).await.unwrap();
    assert_eq!(doors.guardians, None, "as long as parts may come back, nobody gets new ones");
    assert!(pressures(fresh, &family.off).await.is_empty());
    type_pressure(fresh, &family.off, "160", 0).await;
    let meanwhile = pressures(fresh, &family.off).await;

    let regain = |passphrase: &str| c::RegainReadings { passphrase: passphrase.into() };
    let refused = async |passphrase: &str| outcome(fresh, regain(passphrase)).await.unwrap_err();
    assert_eq!(refused("another passphrase").await, ErrorCode::WrongPassphrase);
    family.chooses[1].choose(None);
    assert_eq!(refused(PASSPHRASE).await, ErrorCode::Cancelled);
    outcome(nour, c::MakeBackup {}).await.unwrap();
    family.chooses[1].choose(Some(&newest(&nours.join("backups"))));
    assert_eq!(refused(PASSPHRASE).await, ErrorCode::PartsOtherBackup);
    let others = fresh.run(c::ListProfiles {}).await.unwrap();
    assert_eq!(others.len(), 1, "nothing is left of what did not open");
    family.chooses[1].choose(Some(&newest(disk)));
    let regained = outcome(fresh, regain(PASSPHRASE)).await.unwrap();
    assert_eq!((regained.readings, regained.key.groups.len()), (3, 9));
    let here = fresh.run(c::GetFamily {}).await.unwrap();
    assert!(here.own.is_none() && here.parts.is_none(), "the circle went over");

    fresh.run(c::ChooseProfile { id: regained.id }).await.unwrap();
    fresh.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(pressures(fresh, &family.off).await, *before);
    let doors = fresh.run(c::GetDoors {}).await.unwrap();
    assert!(doors.recovery_key && !doors.written, "a new key, which nobody typed yet");
    fresh.run(c::TryRecoveryKey { key: regained.key.groups.join(" ") }).await.unwrap();
    let lost = fresh.run(c::GetLost {}).await.unwrap();
    assert!(
        lost.new_keys.is_some() && lost.retired.is_some(),
        "the lost record's identity acts for nobody: {lost:?}"
    );
    // It speaks in the circle, with helper and guardians, and these hold new parts.
    let speaks = eventually(PATIENCE, async || {
        let own = fresh.run(c::GetFamily {}).await.ok()?.own?;
        Some(own).filter(|own| own.speaks && own.recovery.parts)
    });
    let own = speaks.await.unwrap();
    assert_eq!((own.circle, own.recovery.guardians.len(), own.given_back), (circle, 3, None));
    assert!(own.helpers.iter().any(|helper| helper.name == "Laila" && helper.limits.categories == [BP]));
    holds_the_part(fresh, nour).await;
    what_was_measured_meanwhile_comes_once(family, before, &meanwhile).await;
}

/// It comes with the passphrase of the record of the meantime, a second time adds nothing, and that record keeps it.
async fn what_was_measured_meanwhile_comes_once(family: &Circle, before: &Pressures, meanwhile: &Pressures) {
    let fresh = &family.fresh;
    let take = |passphrase: &str| c::TakeOverMeantime { passphrase: passphrase.into() };
    let waits = fresh.run(c::GetFamily {}).await.unwrap().meantime.unwrap();
    assert_eq!((waits.taken, waits.readings), (None, 0));
    let wrong = outcome(fresh, take("another passphrase")).await.unwrap_err();
    assert_eq!(wrong, ErrorCode::WrongPassphrase);
    let mut both: Pressures = before.iter().chain(meanwhile).cloned().collect();
    both.sort_by_key(|(at, _)| *at);
    for _ in 0..2 {
        let taken = outcome(fresh, take(PASSPHRASE)).await.unwrap().meantime.unwrap();
        assert!(taken.taken.is_some() && taken.readings == 1 && !taken.waits, "{taken:?}");
        let mut all = pressures(fresh, &family.off).await;
        all.sort_by_key(|(at, _)| *at);
        assert_eq!(all, both);
    }
    let profiles = fresh.run(c::ListProfiles {}).await.unwrap();
    let meantime = profiles.into_iter().find(|entry| !entry.current).unwrap();
    fresh.run(c::ChooseProfile { id: meantime.id }).await.unwrap();
    fresh.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(pressures(fresh, &family.off).await, *meanwhile);
}

fn waiting_still(helped: &HelpedView) -> bool {
    helped.waiting.as_ref().is_some_and(|waiting| waiting.what == FamilyChange::NewKey)
}
