//! A family's journey against real members: a grandmother lets her daughter act for her and her son watch over it; the
//! daughter permits a cardiologist within her limits, the son agrees, the cardiologist opens; beyond the limits nothing is
//! given; the son stops it; the grandmother undoes the daughter, and what she measures then is under new keys.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "journey_family/emergency.rs"]
mod emergency;
#[path = "journey_family/handover.rs"]
mod handover;
#[path = "journey_family/laptops.rs"]
mod laptops;
#[path = "journey_family/lowered.rs"]
mod lowered;
#[path = "journey_family/recovery.rs"]
mod recovery;
#[path = "journey_family/springs.rs"]
mod springs;
#[path = "journey_family/stops.rs"]
mod stops;
#[path = "journey_family/told.rs"]
mod told;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use salus_api::{App, Config, Run};
use salus_chain::time::Clock;
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, Options, eventually};
use salus_wire::command as c;
use salus_wire::view::{
    ActivityBy, ActivityKind, CircleView, CodeView, Condition, FamilyChange, FamilyCodeView, FamilyRules,
    GivenState, GivenView, HelpedView, HelperLimits, HelperRole, NewKeys, PermissionDraft, PermissionState,
    PermissionView, PowerState, RelativeDraft, Role, ValueView,
};
use salus_wire::{Category, CircleId, ErrorCode, GrantId, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const PATIENCE: Duration = Duration::from_secs(90);
const BP: Category = Category::BloodPressure;
/// The paper that gives the daughter her power.
const DEED: &str = "deed.pdf";

/// The machine's clock and what a test adds.
struct Off(AtomicI64);

impl Clock for Off {
    fn now(&self) -> i64 {
        SystemClock.now() + self.0.load(Ordering::Relaxed)
    }
}

struct Family {
    network: Network,
    off: Arc<Off>,
    grandmother: App,
    daughter: App,
    son: App,
    cardiologist: App,
}

async fn app(dir: &Path, genesis: &Path, off: &Arc<Off>, name: &str, role: Role) -> App {
    answering(dir, genesis, off, name, role).await.0
}

/// The same, with what is chosen when it asks for a file or a folder.
async fn answering(
    dir: &Path,
    genesis: &Path,
    off: &Arc<Off>,
    name: &str,
    role: Role,
) -> (App, Arc<Answers>) {
    let answers = Arc::new(Answers::default());
    answers.choose(Some(&dir.with_file_name(DEED)));
    let alone = Config::new(dir.to_owned(), off.clone(), answers.clone());
    let app =
        App::new(Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone }).await.unwrap();
    app.run(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await.unwrap();
    (app, answers)
}

async fn refused<C: Run>(app: &App, command: C) -> ErrorCode
where
    C::Answer: Send,
{
    match app.run(command).await {
        Ok(_) => panic!("{} was answered", C::NAME),
        Err(failure) => failure.code,
    }
}

impl Family {
    async fn new(dir: &Path) -> Self {
        let network = Network::start_with(1, &dir.join("members"), &Options::default()).await.unwrap();
        std::fs::write(dir.join(DEED), b"a deed").unwrap();
        let (genesis, off) = (network.genesis_path(), Arc::new(Off(AtomicI64::new(0))));
        let home = |name: &str| dir.join(name);
        let person = async |name: &str| app(&home(name), &genesis, &off, name, Role::Patient).await;
        let (grandmother, daughter, son) =
            (person("Maria").await, person("Leila").await, person("Karim").await);
        let name = "Dr Ana Example, Heart Clinic";
        let cardiologist = app(&home("clinic"), &genesis, &off, name, Role::Clinician).await;
        Self { network, off, grandmother, daughter, son, cardiologist }
    }

    async fn wait(&self, ms: i64) {
        let all = [&self.grandmother, &self.daughter, &self.son, &self.cardiologist];
        pass(&self.network, &self.off, &all, ms).await;
    }

    fn limits(&self, role: HelperRole, categories: &[Category]) -> HelperLimits {
        limits(self.off.now(), role, categories)
    }

    async fn add(&self, code: &str, limits: HelperLimits, rules: Option<FamilyRules>) {
        let paper = limits.role == HelperRole::Steward;
        add(&self.grandmother, code, limits, rules, paper).await;
    }

    async fn code_of_cardiologist(&self) -> String {
        attested(&self.network, &self.cardiologist).await
    }

    /// One by which the cardiologist sees what she measured and measures.
    async fn permission_of_the_grandmother(&self) -> PermissionView {
        let made = self.cardiologist.run(c::MakeCode { note: "Maria herself".into() }).await.unwrap();
        let CodeView::Code { code, .. } = made else { panic!("not attested") };
        let now = self.off.now();
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
        self.grandmother.run(issue).await.unwrap()
    }

    fn draft(&self, code: &str, categories: &[Category], days: i64) -> RelativeDraft {
        draft(self.off.now(), code, categories, days)
    }

    fn issue(&self, circle: CircleId, draft: RelativeDraft) -> c::IssueForRelative {
        issue(circle, draft)
    }
}

/// Time passes for everybody; what was open is locked by it, and unlocked again.
async fn pass(network: &Network, off: &Off, all: &[&App], ms: i64) {
    let offset = off.0.fetch_add(ms, Ordering::Relaxed) + ms;
    network.set_clock_offset(offset).unwrap();
    for app in all {
        app.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        let fresh = eventually(PATIENCE, async || {
            app.run(c::GetMembers {}).await.ok().filter(|view| !view.out_of_date)
        });
        assert!(fresh.await.is_some(), "the members go on after the clock moved");
    }
}

fn limits(now: i64, role: HelperRole, categories: &[Category]) -> HelperLimits {
    HelperLimits {
        role,
        categories: categories.to_vec(),
        data_from: now - DAY,
        longest_days: 10,
        begins: now,
        lapses: now + 60 * DAY,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: Vec::new(),
    }
}

async fn add(
    person: &App,
    code: &str,
    limits: HelperLimits,
    rules: Option<FamilyRules>,
    paper: bool,
) -> CircleView {
    let (code, passphrase) = (code.to_owned(), PASSPHRASE.to_owned());
    let add = c::AddDelegate { code, limits, rules, paper, passphrase };
    let added = eventually(PATIENCE, async || {
        // The first blocks may still be on their way.
        match person.run(add.clone()).await {
            Ok(view) => Some(view),
            Err(failure) if matches!(failure.code, ErrorCode::OutOfDate | ErrorCode::Offline) => None,
            Err(failure) => panic!("{failure}"),
        }
    });
    added.await.unwrap().own.unwrap()
}

/// A code of a clinician, whom the first member attests before.
async fn attested(network: &Network, clinician: &App) -> String {
    let made = clinician.run(c::MakeCode { note: String::new() }).await.unwrap();
    let CodeView::Request { request } = made else { panic!("a code before anybody attested") };
    let attestation = network.attest(0, &request).unwrap();
    clinician.run(c::AddAttestation { attestation }).await.unwrap();
    further_code(clinician).await
}

/// A further code of a clinician who is attested.
async fn further_code(clinician: &App) -> String {
    match clinician.run(c::MakeCode { note: "Maria".into() }).await.unwrap() {
        CodeView::Code { code, .. } => code,
        CodeView::Request { .. } => panic!("not attested"),
    }
}

fn draft(now: i64, code: &str, categories: &[Category], days: i64) -> RelativeDraft {
    let (code, categories) = (code.to_owned(), categories.to_vec());
    RelativeDraft {
        code,
        categories,
        data_from: now - 4 * DAY,
        data_to: now + DAY,
        ends: now + days * DAY,
        condition: Condition::Whenever,
    }
}

fn issue(circle: CircleId, draft: RelativeDraft) -> c::IssueForRelative {
    c::IssueForRelative { circle, draft, passphrase: PASSPHRASE.into() }
}

async fn family_code(app: &App) -> FamilyCodeView {
    app.run(c::MakeFamilyCode {}).await.unwrap()
}

/// The one whom this application's person helps, once it is as asked.
async fn helped(app: &App, as_asked: impl Fn(&HelpedView) -> bool) -> HelpedView {
    let found = eventually(PATIENCE, async || {
        let view = app.run(c::GetFamily {}).await.ok()?;
        view.helped.into_iter().find(|helped| as_asked(helped))
    });
    found.await.unwrap()
}

fn only(given: &[GivenView]) -> &GivenView {
    assert_eq!(given.len(), 1);
    &given[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daughter_permits_within_her_limits_and_the_family_has_the_last_word() {
    let dir = tempfile::tempdir().unwrap();
    let family = Family::new(dir.path()).await;
    let Family { grandmother, daughter, son, cardiologist, .. } = &family;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "151"), value(Quantity::Diastolic, "88")];
    let at = family.off.now() - 60_000;
    grandmother.run(c::TypeReading { category: BP, values, at, note: None }).await.unwrap();
    let code = family.code_of_cardiologist().await;

    // The daughter at once, the son after 72 hours: each by a code whose digits both have compared.
    let hers = family_code(daughter).await;
    let checked = grandmother.run(c::CheckFamilyCode { code: hers.code.clone() }).await.unwrap();
    assert_eq!((checked.name.as_str(), &checked.digits), ("Leila", &hers.digits));
    assert_eq!(
        refused(grandmother, c::CheckFamilyCode { code: code.clone() }).await,
        ErrorCode::BadFamilyCode,
        "a clinician is no relative"
    );
    let rules = FamilyRules {
        ordinary: vec![Category::HeartRate],
        long_days: 5,
        approvals: 1,
        veto_hours: 1,
        objector: None,
    };
    let steward = family.limits(HelperRole::Steward, &[Category::HeartRate, BP]);
    family.add(&hers.code, steward, Some(rules)).await;
    let told = helped(daughter, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await;
    let circle = told.circle;
    assert_eq!((told.person.as_str(), told.helpers[0].state), ("Maria", PowerState::InForce));
    assert_eq!(told.helpers[0].limits.categories, [Category::HeartRate, BP]);
    assert!(told.helpers[0].paper, "the power names the paper that gives it");

    let his = family_code(son).await;
    family.add(&his.code, family.limits(HelperRole::Approver, &[]), None).await;
    let own = grandmother.run(c::GetFamily {}).await.unwrap().own.unwrap();
    let waiting = own.waiting.unwrap();
    assert_eq!((waiting.what, waiting.about.as_deref()), (FamilyChange::Added, Some("Karim")));
    assert!(waiting.effective.unwrap() > family.off.now() + 71 * HOUR && own.helpers.len() == 1);
    family.wait(73 * HOUR).await;
    let both = helped(son, |helped| helped.helpers.len() == 2).await;
    assert!(both.helpers.iter().any(|h| h.you && h.name == "Karim") && both.circle == circle);
    helped(daughter, |helped| helped.helpers.iter().any(|h| h.name == "Karim")).await;

    // Stricter rules hold at once. Whose objection alone counts would be a looser one: it waits, and is taken back.
    let son_sits = both.helpers.iter().find(|h| h.you).unwrap().seat;
    let set = async |rules: FamilyRules| {
        let set = c::SetFamilyRules { rules, passphrase: PASSPHRASE.into() };
        grandmother.run(set).await.unwrap().own.unwrap()
    };
    let rules = grandmother.run(c::GetFamily {}).await.unwrap().own.unwrap().rules;
    let stricter = FamilyRules { long_days: 4, ..rules };
    let own = set(stricter.clone()).await;
    assert_eq!((&own.rules, own.waiting), (&stricter, None));
    let own = set(FamilyRules { objector: Some(son_sits), ..stricter.clone() }).await;
    let change = own.waiting.unwrap();
    assert_eq!((&own.rules, change.what), (&stricter, FamilyChange::Rules));
    let change = change.change;
    let own = grandmother.run(c::ObjectChange { circle, change }).await.unwrap().own.unwrap();
    assert_eq!((&own.rules, own.waiting), (&stricter, None));

    // She reads what was leased to her.
    let look = c::OpenRelative { circle, from: at - HOUR, to: at + HOUR, width: 400 };
    let read = eventually(PATIENCE, async || {
        let view = daughter.run(look.clone()).await.ok()?;
        view.records.into_iter().find(|record| record.category == BP && record.total == 1)
    });
    assert!(read.await.unwrap().rows[0].values.iter().any(|v| v.value == "151"));
    assert_eq!(refused(son, look).await, ErrorCode::NotYours);
    // And sees before she permits it what a clinician's screen makes of it.
    let data_from = family.draft(&code, &[BP], 2).data_from;
    let foresee = c::ForeseeForRelative { circle, code: code.clone(), categories: vec![BP], data_from };
    let foreseen = daughter.run(foresee.clone()).await.unwrap();
    assert_eq!(
        (foreseen.person.as_str(), foreseen.clinician.organisation.as_str()),
        ("Maria", "Heart Clinic")
    );
    assert_eq!((foreseen.records.len(), foreseen.minute.clinical.len()), (1, 1));
    let other = c::ForeseeForRelative { categories: vec![Category::OxygenSaturation], ..foresee.clone() };
    assert_eq!(refused(daughter, other).await, ErrorCode::BeyondPower);
    assert_eq!(refused(son, foresee).await, ErrorCode::NotYours);

    // Beyond the limits nothing is given: other measurements, or too long.
    let beyond = family.draft(&code, &[Category::OxygenSaturation], 2);
    assert_eq!(refused(daughter, family.issue(circle, beyond)).await, ErrorCode::BeyondPower);
    let long = family.draft(&code, &[BP], 11);
    assert_eq!(refused(daughter, family.issue(circle, long)).await, ErrorCode::BeyondPower);
    let within = family.draft(&code, &[BP], 2);
    assert_eq!(refused(son, family.issue(circle, within.clone())).await, ErrorCode::OutsideScope);

    // Within them, and not among what needs nobody else: the son has to agree.
    let view = daughter.run(family.issue(circle, within)).await.unwrap();
    let given = only(&view.helped[0].given).clone();
    assert_eq!((given.state, given.needs, given.by.as_str()), (GivenState::AwaitsOthers, 1, "Leila"));
    let id = given.id;
    let arrived = eventually(PATIENCE, async || {
        cardiologist.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == id)
    });
    assert_eq!(arrived.await.unwrap().patient, "Maria");
    let open = c::OpenRecord { id, width: 400, second: None };
    assert_eq!(refused(cardiologist, open.clone()).await, ErrorCode::NotAllowed);

    let seen = helped(son, |helped| helped.given.iter().any(|given| given.may_agree)).await;
    let shown = only(&seen.given);
    assert_eq!((shown.clinician.organisation.as_str(), &shown.categories), ("Heart Clinic", &vec![BP]));
    let agreed = son.run(c::DecidePermission { circle, id, agree: true }).await.unwrap();
    assert_eq!(only(&agreed.helped[0].given).state, GivenState::AwaitsTime);
    assert_eq!(refused(cardiologist, open.clone()).await, ErrorCode::NotAllowed, "the time for objections");
    family.wait(HOUR + 60_000).await;
    let opened = eventually(PATIENCE, async || cardiologist.run(open.clone()).await.ok());
    let opened = opened.await.unwrap();
    assert_eq!((opened.records.len(), opened.records[0].total), (1, 1));
    assert_eq!(opened.records[0].rows, foreseen.records[0].rows, "as it was foreseen");
    assert!(opened.shared.by_helper, "the clinician sees that not she gave it");
    // The grandmother was told of it, and sees that it was opened.
    let told = eventually(PATIENCE, async || {
        let own = grandmother.run(c::GetFamily {}).await.ok()?.own?;
        own.given.into_iter().find(|given| !given.opened.is_empty())
    });
    assert_eq!(told.await.unwrap().state, GivenState::Active);
    // "Who opened what" has it too, and does not say that she gave it.
    let listed = acts(grandmother, id, ActivityKind::Opened).await;
    assert_eq!(listed.last(), Some(&(ActivityKind::Given, Some(ActivityBy::Helper("Leila".into())))));

    let stopped = son.run(c::StopForRelative { circle, id }).await.unwrap();
    assert_eq!(only(&stopped.helped[0].given).state, GivenState::Stopped);
    let listed = acts(grandmother, id, ActivityKind::Stopped).await;
    assert!(listed.contains(&(ActivityKind::Stopped, Some(ActivityBy::Unknown))), "nor that she stopped it");
    assert_eq!(refused(cardiologist, open).await, ErrorCode::Stopped);

    // The grandmother undoes the daughter: at once, and whatever the daughter's computer still holds.
    let own = family.permission_of_the_grandmother().await;
    let left = grandmother.run(c::RemoveDelegate { seat: 1 }).await.unwrap().own.unwrap();
    assert_eq!(left.helpers.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(), ["Karim"]);
    let renewal = left.new_keys.unwrap();
    assert_eq!((renewal.names.as_slice(), left.still_hold.len()), (["Leila".to_owned()].as_slice(), 0));
    let again = family.draft(&code, &[Category::HeartRate], 1);
    assert_eq!(refused(daughter, family.issue(circle, again)).await, ErrorCode::NotYours);
    helped(daughter, |helped| helped.helpers.iter().all(|h| !h.you)).await;
    is_shut_out(&family, circle, &own, at).await;
}

/// What the list of openings has of a permission, the newest first, once this is among it.
async fn acts(app: &App, id: GrantId, kind: ActivityKind) -> Vec<(ActivityKind, Option<ActivityBy>)> {
    let found = eventually(PATIENCE, async || {
        let view = app.run(c::ListActivity {}).await.ok().filter(|view| view.complete)?;
        let of = view.entries.into_iter().filter(|entry| entry.permission == id);
        let of: Vec<_> = of.map(|entry| (entry.kind, entry.by)).collect();
        of.iter().any(|(known, _)| *known == kind).then_some(of)
    });
    found.await.unwrap()
}

/// What is measured once she helps no longer the daughter does not read, while the permission that runs goes on: the depots hold it,
/// sealed under keys that she never had.
async fn is_shut_out(family: &Family, circle: CircleId, own: &PermissionView, at: i64) {
    let Family { grandmother, daughter, cardiologist, .. } = family;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "143"), value(Quantity::Diastolic, "84")];
    let now = family.off.now();
    grandmother.run(c::TypeReading { category: BP, values, at: now, note: None }).await.unwrap();
    // Once its hour is over it is sealed and sent.
    family.wait(2 * HOUR).await;
    let again = eventually(PATIENCE, async || {
        let all = grandmother.run(c::ListPermissions {}).await.ok()?;
        let of = |keys: NewKeys| all.iter().find(|one| one.new_keys == keys).cloned();
        of(NewKeys::GivenAgain).filter(|one| one.state == PermissionState::Stopped).zip(of(NewKeys::InPlace))
    });
    let (before, after) = again.await.expect("her own permission is given again");
    assert_eq!((before.id, after.ends, after.state), (own.id, own.ends, PermissionState::Active));
    for (id, kind) in [(before.id, ActivityKind::Stopped), (after.id, ActivityKind::Given)] {
        let listed = acts(grandmother, id, kind).await;
        assert!(listed.contains(&(kind, Some(ActivityBy::Salus))), "Salus did, by itself: {listed:?}");
    }
    let opened = eventually(PATIENCE, async || {
        let open = c::OpenRecord { id: after.id, width: 400, second: None };
        cardiologist.run(open).await.ok().filter(|opened| opened.records[0].total == 2)
    });
    assert_eq!(opened.await.expect("the cardiologist sees both").records.len(), 1);
    let look = c::OpenRelative { circle, from: at - HOUR, to: family.off.now(), width: 400 };
    let read = daughter.run(look).await.unwrap();
    let totals: Vec<u32> =
        read.records.iter().filter(|record| record.category == BP).map(|record| record.total).collect();
    assert_eq!(totals, [1], "what she could read before, and nothing since");
}
