//! Conditions over a real member, on a clock that is moved: a permission for certain hours, one that two clinicians open, and one
//! that gives summaries of days and no readings.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config, Run};
use salus_chain::time::Clock;
use salus_light::clock::OffsetFileClock;
use salus_sharing::days::opens_at;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, Options, eventually};
use salus_wire::command as c;
use salus_wire::view::{
    ActivityKind, CodeView, Condition, PermissionDraft, PermissionView, Role, SecondView, SharedView,
    ValueView,
};
use salus_wire::{Category, ErrorCode, Failure, GrantId, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const PATIENCE: Duration = Duration::from_secs(90);

struct Scene {
    network: Network,
    clock: Arc<OffsetFileClock>,
    patient: App,
    ana: App,
    bea: App,
    _dir: tempfile::TempDir,
}

async fn person(network: &Network, home: &Path, name: &str, role: Role) -> App {
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    let alone = Config::new(home.to_owned(), clock, Arc::new(Answers::default()));
    let config = Config { genesis: Some(network.genesis_path()), test_clock: true, ..alone };
    let app = App::new(config).await.unwrap();
    app.run(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await.unwrap();
    app
}

async fn clinician(network: &Network, home: &Path, name: &str) -> App {
    let app = person(network, home, name, Role::Clinician).await;
    let asked = app.run(c::MakeCode { note: String::new() }).await.unwrap();
    let CodeView::Request { request } = asked else { panic!("a code before anybody attested") };
    let attestation = network.attest(0, &request).unwrap();
    app.run(c::AddAttestation { attestation }).await.unwrap();
    app
}

async fn code_of<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|failure| failure.code)
}

impl Scene {
    async fn begin() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let members = dir.path().join("members");
        let network = Network::start_with(1, &members, &Options::default()).await.unwrap();
        let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
        let ana = clinician(&network, &dir.path().join("ana"), "Dr Ana Example, Heart Clinic").await;
        let bea = clinician(&network, &dir.path().join("bea"), "Dr Bea Example, Heart Clinic").await;
        let patient = person(&network, &dir.path().join("patient"), "Maria Example", Role::Patient).await;
        let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
        let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
        let (category, at) = (Category::BloodPressure, clock.now() - 60_000);
        patient.run(c::TypeReading { category, values, at, note: None }).await.unwrap();
        Self { network, clock, patient, ana, bea, _dir: dir }
    }

    /// Puts every clock so far ahead of the machine's, opens the records that closed themselves meanwhile, and waits for a
    /// block of that time.
    async fn later(&self, ms: i64) {
        self.network.set_clock_offset(ms).unwrap();
        for app in [&self.patient, &self.ana, &self.bea] {
            app.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        }
        let there = async || {
            let status = self.network.status(0).await.ok()?;
            (status.fresh && (status.time_ms - self.clock.now()).abs() < HOUR / 60).then_some(())
        };
        eventually(PATIENCE, there).await.unwrap();
    }

    fn draft(&self, code: String, condition: Condition) -> PermissionDraft {
        let now = self.clock.now();
        let back = if condition.is_daily() { 2 * DAY } else { HOUR };
        PermissionDraft {
            code,
            categories: vec![Category::BloodPressure],
            data_from: now - back,
            data_to: now + HOUR,
            starts: now,
            ends: now + 3 * DAY,
            condition,
        }
    }

    /// A permission for Ana under a condition, as she has it in her inbox.
    async fn given(&self, condition: Condition) -> (PermissionView, SharedView) {
        let made = self.ana.run(c::MakeCode { note: "Maria".into() }).await.unwrap();
        let CodeView::Code { code, .. } = made else { panic!("not attested") };
        let check = async || self.patient.run(c::CheckCode { code: code.clone() }).await.ok();
        eventually(PATIENCE, check).await.unwrap();
        let draft = self.draft(code, condition);
        let preview = self.patient.run(c::PreviewPermission { draft: draft.clone() }).await.unwrap();
        assert_eq!(preview.condition.as_ref().map(|view| view.condition), Some(condition));
        // One reading is there, or one day that can be seen.
        assert_eq!(preview.readings, [(Category::BloodPressure, 1)]);
        let given = c::IssuePermission { draft, passphrase: PASSPHRASE.into() };
        let given = self.patient.run(given).await.unwrap();
        assert_eq!(given.condition, preview.condition);
        let arrived = async || {
            let inbox = self.ana.run(c::ListInbox {}).await.ok()?;
            inbox.shared.into_iter().find(|shared| shared.id == given.id)
        };
        let shared = eventually(PATIENCE, arrived).await.unwrap();
        assert_eq!(shared.condition, given.condition, "as proven, and not as told");
        (given, shared)
    }

    /// Opens it with whatever the second clinician answered, until the one reading is seen.
    async fn opens(&self, id: GrantId, second: Option<String>) {
        let open = async || {
            let command = c::OpenRecord { id, width: 400, second: second.clone() };
            let view = self.ana.run(command).await.ok()?;
            (view.records[0].total == 1).then_some(())
        };
        eventually(PATIENCE, open).await.unwrap();
    }

    /// What opens of daily summaries: the beginning of each day, and how many values it had; newest first. Never a reading.
    async fn days(&self, id: GrantId) -> Vec<(i64, u32)> {
        let open = async || match self.ana.run(c::OpenRecord { id, width: 400, second: None }).await {
            Ok(view) => {
                let record = &view.records[0];
                assert!(record.rows.is_empty() && record.latest.is_none() && view.provenance.is_empty());
                let days = record.days.iter().filter(|day| day.quantity == Quantity::Systolic);
                Some(days.map(|day| (day.start, day.count)).collect())
            }
            Err(failure) if failure.code == ErrorCode::NothingYet => Some(Vec::new()),
            Err(_) => None,
        };
        eventually(PATIENCE, open).await.unwrap()
    }

    /// Waits until exactly these days are seen.
    async fn sees(&self, id: GrantId, expected: &[(i64, u32)]) {
        let seen = async || (self.days(id).await == expected).then_some(());
        eventually(PATIENCE, seen).await.unwrap();
    }

    /// Why it is not opened, once the members can be asked.
    async fn refused(&self, id: GrantId, expected: ErrorCode) -> Failure {
        let open = async || {
            let command = c::OpenRecord { id, width: 400, second: None };
            self.ana.run(command).await.err().filter(|failure| failure.code == expected)
        };
        eventually(PATIENCE, open).await.unwrap()
    }

    /// Who seconded the openings of a permission, newest first.
    async fn seconds(&self, id: GrantId) -> Vec<Option<SecondView>> {
        let proven = async || {
            let activity = self.patient.run(c::ListActivity {}).await.ok()?;
            activity.complete.then_some(activity.entries)
        };
        let entries = eventually(PATIENCE, proven).await.unwrap().into_iter();
        let openings = entries.filter(|e| e.permission == id && e.kind == ActivityKind::Opened);
        openings.map(|entry| entry.second).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_hold_until_they_begin_again() {
    let scene = Scene::begin().await;
    let minute = u16::try_from(scene.clock.now().rem_euclid(DAY) / 60_000).unwrap();
    // From an hour ago to an hour from now, each day.
    let (from, to) = ((minute + 1380) % 1440, (minute + 60) % 1440);
    let (given, _) = scene.given(Condition::Hours { from, to, utc_offset_minutes: 0 }).await;
    scene.opens(given.id, None).await;
    let before = scene.seconds(given.id).await;
    assert!(!before.is_empty() && before.iter().all(Option::is_none));

    scene.later(2 * HOUR).await;
    let outside = scene.refused(given.id, ErrorCode::OutsideHours).await;
    let again = outside.detail.unwrap();
    assert!(again.len() == 5 && again.is_char_boundary(2) && &again[2..3] == ":", "{again}");
    assert_eq!(scene.seconds(given.id).await, before, "what was refused left no receipt");

    scene.later(DAY).await;
    scene.opens(given.id, None).await;
    assert!(scene.seconds(given.id).await.len() > before.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clinicians_open_what_one_cannot() {
    let scene = Scene::begin().await;
    let (given, _) = scene.given(Condition::TwoPersons).await;
    scene.refused(given.id, ErrorCode::NeedsSecond).await;

    let question = scene.ana.run(c::AskSecond { id: given.id }).await.unwrap().text;
    // Nobody is their own second, and a code is no question.
    let own = c::CheckSecond { question: question.clone() };
    assert_eq!(code_of(&scene.ana, own).await, Some(ErrorCode::SecondIsYourself));
    let CodeView::Code { code, .. } = scene.ana.run(c::MakeCode { note: "x".into() }).await.unwrap() else {
        panic!("not attested")
    };
    assert_eq!(code_of(&scene.bea, c::CheckSecond { question: code }).await, Some(ErrorCode::BadSecond));

    let asked = scene.bea.run(c::CheckSecond { question: question.clone() }).await.unwrap();
    assert_eq!((asked.asker.name.as_str(), asked.ends), ("Dr Ana Example", given.ends));
    assert_eq!(asked.condition, given.condition);
    // The member's word about her may be a block away.
    let agree = async || {
        scene.bea.run(c::SecondOpening { question: question.clone() }).await.ok().map(|view| view.text)
    };
    let answer = eventually(PATIENCE, agree).await.unwrap();

    let wrong = c::OpenRecord { id: given.id, width: 400, second: Some(question) };
    assert_eq!(code_of(&scene.ana, wrong).await, Some(ErrorCode::BadSecond));
    scene.opens(given.id, Some(answer)).await;
    let bea = Some(SecondView { attested_by: "Member 1".into(), themselves: false });
    let seconds = scene.seconds(given.id).await;
    assert!(!seconds.is_empty() && seconds.iter().all(|second| *second == bea), "{seconds:?}");
    // Once is not for ever.
    scene.refused(given.id, ErrorCode::NeedsSecond).await;

    // The same text is recorded already: another permission under it is given as before.
    let (another, shared) = scene.given(Condition::TwoPersons).await;
    assert_eq!((another.condition, shared.new), (given.condition, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_seen_once_it_is_over_and_readings_are_not() {
    let scene = Scene::begin().await;
    let machine = scene.clock.now();
    let (category, width) = (Category::BloodPressure, 400);
    let record = c::GetRecord { category, from: machine - 2 * HOUR, to: machine + HOUR, width };
    let at = scene.patient.run(record).await.unwrap().rows[0].at;
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "119"), value(Quantity::Diastolic, "74")];
    scene.patient.run(c::TypeReading { category, values, at: at - DAY, note: None }).await.unwrap();
    let today = u32::try_from(at.div_euclid(DAY)).unwrap();
    let starts = [i64::from(today) * DAY, i64::from(today - 1) * DAY];

    // Yesterday can be seen, today is not over: whatever the hour at which this runs.
    let yesterday_opens = opens_at(today - 1) + HOUR / 6;
    if machine < yesterday_opens {
        scene.later(yesterday_opens - machine).await;
    }
    let (given, shared) = scene.given(Condition::DailySummaries).await;
    assert!(given.data_from % DAY == 0 && given.data_to % DAY == 0, "whole days");
    assert_eq!((shared.data_from, shared.data_to), (given.data_from, given.data_to));
    scene.sees(given.id, &[(starts[1], 1)]).await;
    // Also when everything that is sent has been sent.
    assert_eq!(scene.days(given.id).await, [(starts[1], 1)]);

    scene.later(opens_at(today) + HOUR / 6 - machine).await;
    scene.sees(given.id, &[(starts[0], 1), (starts[1], 1)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_seen_only_together_with_a_second_clinician_and_readings_are_not() {
    let scene = Scene::begin().await;
    let machine = scene.clock.now();
    let (category, yesterday) = (Category::BloodPressure, machine - DAY);
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "119"), value(Quantity::Diastolic, "74")];
    scene.patient.run(c::TypeReading { category, values, at: yesterday, note: None }).await.unwrap();
    let day = u32::try_from(yesterday.div_euclid(DAY)).unwrap();
    let opens = opens_at(day) + HOUR / 6;
    if machine < opens {
        scene.later(opens - machine).await;
    }
    let (given, _) = scene.given(Condition::DailyTwoPersons).await;
    scene.refused(given.id, ErrorCode::NeedsSecond).await;
    // What the second agreed to is one opening; the day may be sent after it, so until it is there another one is asked for.
    let seen = eventually(PATIENCE, async || {
        let question = scene.ana.run(c::AskSecond { id: given.id }).await.ok()?.text;
        let answer = scene.bea.run(c::SecondOpening { question }).await.ok()?.text;
        let open = c::OpenRecord { id: given.id, width: 400, second: Some(answer) };
        let view = scene.ana.run(open).await.ok()?;
        let record = view.records.into_iter().next()?;
        assert!(record.rows.is_empty() && record.latest.is_none() && view.provenance.is_empty());
        let days = record.days.iter().filter(|day| day.quantity == Quantity::Systolic);
        let days: Vec<(i64, u32)> = days.map(|day| (day.start, day.count)).collect();
        (!days.is_empty()).then_some(days)
    });
    assert_eq!(seen.await.unwrap(), [(i64::from(day) * DAY, 1)]);
    scene.refused(given.id, ErrorCode::NeedsSecond).await;
    let seconds = scene.seconds(given.id).await;
    assert!(!seconds.is_empty() && seconds.iter().all(Option::is_some), "{seconds:?}");
}
