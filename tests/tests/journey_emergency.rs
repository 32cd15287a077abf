//! A patient's emergency card against a real member: announced and opened by one clinician, agreed to by another, reviewed,
//! replaced, stopped.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Choice, Config, Confirm, Run};
use salus_chain::time::Clock;
use salus_light::clock::OffsetFileClock;
use salus_tests::fhir::Validator;
use salus_tests::network::{Network, Options, eventually};
use salus_wire::command as c;
use salus_wire::view::{
    CodeView, EmergencyAct, EmergencyReason, EmergencyView, ExportFormat, NoticeKind, NoticeView, OpenedView,
    PermissionState, Role, ValueView, Verdict,
};
use salus_wire::{Category, ErrorCode, Quantity};
use serde_json::{Value, json};

const PASSPHRASE: &str = "correct horse battery";
const PATIENCE: Duration = Duration::from_secs(90);
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const WHY: EmergencyReason = EmergencyReason::Unconscious;

/// Says yes, and chooses this file.
struct Says(PathBuf);

#[async_trait::async_trait]
impl Confirm for Says {
    async fn confirm(&self, question: salus_api::Question<'_>) -> bool {
        assert!(question.sentence.contains("cannot be taken back"), "the promise is confirmed");
        true
    }

    async fn choose(&self, _: Choice<'_>) -> Option<PathBuf> {
        Some(self.0.clone())
    }
}

/// What an application on a directory writes when it is asked for a file.
fn chosen(home: &Path) -> PathBuf {
    home.with_extension("json")
}

/// The member, and the clock that everybody here goes by.
struct Town {
    network: Network,
    clock: Arc<OffsetFileClock>,
    offset: i64,
}

impl Town {
    async fn app(&self, home: &Path, name: &str, role: Role) -> App {
        let alone = Config::new(home.to_owned(), self.clock.clone(), Arc::new(Says(chosen(home))));
        let config = Config { genesis: Some(self.network.genesis_path()), test_clock: true, ..alone };
        let app = App::new(config).await.unwrap();
        let create = c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() };
        app.run(create).await.unwrap();
        app
    }

    async fn clinician(&self, home: &Path, name: &str) -> App {
        let app = self.app(home, name, Role::Clinician).await;
        let made = app.run(c::MakeCode { note: String::new() }).await.unwrap();
        let CodeView::Request { request } = made else { panic!("a code before anybody attested") };
        let attestation = self.network.attest(0, &request).unwrap();
        app.run(c::AddAttestation { attestation }).await.unwrap();
        app
    }

    /// Lets time pass; nobody was there, so every record is locked then and opened again.
    async fn pass(&mut self, ms: i64, apps: &[&App]) {
        self.offset += ms;
        self.network.set_clock_offset(self.offset).unwrap();
        for app in apps {
            app.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        }
    }
}

async fn code<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|f| f.code)
}

/// Asks until the members' newest block is there and the answer is this one.
async fn refused<C: Run + Clone>(app: &App, command: C, expected: ErrorCode)
where
    C::Answer: Send,
{
    let same = async || (code(app, command.clone()).await == Some(expected)).then_some(());
    assert!(eventually(PATIENCE, same).await.is_some(), "{} is not refused with {expected}", C::NAME);
}

fn open(card: &str, word: Option<&str>) -> c::OpenEmergency {
    c::OpenEmergency { card: card.into(), reason: WHY, word: word.map(Into::into), width: 400 }
}

/// Somebody who began to open can leave it, as with any opening.
async fn is_stopped(app: &App, card: &str) {
    let stopped = async || {
        let (ended, told) = tokio::join!(app.run(open(card, None)), app.run(c::StopOpening {}));
        told.unwrap();
        (ended.err()?.code == ErrorCode::Cancelled).then_some(())
    };
    assert!(eventually(PATIENCE, stopped).await.is_some(), "an opening in an emergency cannot be stopped");
}

async fn opened(app: &App, command: c::OpenEmergency) -> OpenedView {
    let done = eventually(PATIENCE, async || app.run(command.clone()).await.ok());
    done.await.expect("it opens")
}

/// Makes a card and gives its text.
async fn card(patient: &App) -> (EmergencyView, String) {
    let make = c::MakeCard {
        categories: vec![Category::BloodPressure, Category::HeartRate],
        call: "Ana, 555 0101".into(),
        passphrase: PASSPHRASE.into(),
    };
    let made = eventually(PATIENCE, async || patient.run(make.clone()).await.ok());
    let view = made.await.expect("the card is made");
    let shown = patient.run(c::ShowCard {}).await.unwrap();
    assert_eq!((shown.name.as_str(), shown.call.as_str()), ("Maria Example", "Ana, 555 0101"));
    assert!(shown.text.starts_with("SE1-") && shown.picture.size == 49 && !shown.picture.path.is_empty());
    (view, shown.text)
}

/// One blood pressure, a minute old.
async fn typed(patient: &App, now: i64) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let typed = c::TypeReading { category: Category::BloodPressure, values, at: now - MINUTE, note: None };
    patient.run(typed).await.unwrap();
}

fn shows_the_pressure(view: &OpenedView) -> bool {
    view.records.iter().any(|r| r.category == Category::BloodPressure && r.total == 1)
}

/// What the patient is told of, in the list that holds everything.
async fn happened(patient: &App, kind: NoticeKind) -> NoticeView {
    let listed = eventually(PATIENCE, async || {
        let all = patient.run(c::ListNotices {}).await.ok()?.notices;
        all.into_iter().find(|n| n.kind == kind)
    });
    listed.await.unwrap()
}

/// In the bundle of FHIR who opened and who agreed are two, in the event and in where it comes from; and an outside validator finds
/// nothing wrong with it.
async fn each_stands_apart_in_fhir(patient: &App, home: &Path) {
    let view = patient.run(c::ExportRecord { format: ExportFormat::Fhir }).await.unwrap().sharing.unwrap();
    assert!(view.complete && view.openings >= 2, "{view:?}");
    let octets = std::fs::read(chosen(home)).unwrap();
    let bundle: Value = serde_json::from_slice(&octets).unwrap();
    let of = |kind: &str| {
        let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
        resources.filter(|resource| resource["resourceType"] == kind).collect::<Vec<_>>()
    };
    let events = of("AuditEvent");
    let opened: Vec<&Value> = events.iter().copied().filter(|event| event["action"] == "R").collect();
    let agents = |of: &Value| of["agent"].as_array().unwrap().len();
    let (alone, together): (Vec<&Value>, Vec<&Value>) =
        opened.iter().copied().partition(|event| agents(event) == 1);
    assert!(!alone.is_empty() && !together.is_empty(), "{opened:?}");
    let announced = events.iter().find(|event| event["action"] == "E").unwrap();
    let who = |of: &Value, place: usize| of["agent"][place]["who"]["reference"].as_str().unwrap().to_owned();
    for event in &together {
        assert_eq!(event["agent"][1]["who"]["display"], "a second attested clinician");
        let (opener, agreed) = (who(event, 0), who(event, 1));
        assert_ne!(opener, agreed, "two people");
        assert_eq!(opener, who(announced, 0), "the same clinician as before");
        assert!(alone.iter().all(|event| who(event, 0) == opener));
        let name = format!("urn:uuid:{}", event["id"].as_str().unwrap());
        let sources = of("Provenance");
        let source = sources.iter().find(|source| source["target"][0]["reference"] == name.as_str()).unwrap();
        assert_eq!((who(source, 0), who(source, 1)), (opener, agreed));
        let parts: Vec<&Value> =
            (0..2).map(|place| &source["agent"][place]["type"]["coding"][0]["code"]).collect();
        assert_eq!(parts, ["performer", "attester"]);
    }
    // What the patient said of the first opening, once.
    let reviews: Vec<&Value> =
        events.iter().copied().filter(|event| event["subtype"][0]["code"] == "attest").collect();
    let [review] = reviews.as_slice() else { panic!("{reviews:?}") };
    assert_eq!(review["agent"][0]["who"]["type"], "Patient");
    let details = review["entity"][2]["detail"].as_array().unwrap();
    let said =
        |kind: &str| details.iter().find(|detail| detail["type"] == kind).unwrap()["valueString"].clone();
    assert_eq!(said("said"), "objection");
    let about = said("of the event");
    let urn = |event: &Value| format!("urn:uuid:{}", event["id"].as_str().unwrap());
    assert!(alone.iter().any(|event| about == urn(event).as_str()), "{about}");
    let issuers = of("Practitioner");
    assert_eq!(issuers.len(), 2, "each once, by no name");
    assert!(issuers.iter().all(|p| p["qualification"][0]["issuer"]["display"] == "Member 1"));
    assert!(issuers.iter().all(|p| p.get("name").is_none()));
    let Some(validator) = Validator::find("announced_opened_objected_replaced_and_stopped") else { return };
    assert_eq!(validator.faults(&chosen(home)).unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn announced_opened_objected_replaced_and_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let members = dir.path().join("members");
    let network = Network::start_with(1, &members, &Options::default()).await.unwrap();
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    let mut town = Town { network, clock, offset: 0 };
    let doctor = town.clinician(&dir.path().join("doctor"), "Dr Ana Example, City Hospital").await;
    let other = town.clinician(&dir.path().join("other"), "Dr Bo Example, City Hospital").await;
    let stranger = town.app(&dir.path().join("stranger"), "Dr No Body", Role::Clinician).await;
    let patient = town.app(&dir.path().join("patient"), "Maria Example", Role::Patient).await;
    typed(&patient, town.clock.now()).await;

    let make = |categories: &[Category]| c::MakeCard {
        categories: categories.to_vec(),
        call: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    refused(&patient, make(&[]), ErrorCode::BadRequest).await;
    refused(&patient, make(&Category::ALL[..7]), ErrorCode::BadRequest).await;
    assert_eq!(code(&patient, c::ShowCard {}).await, Some(ErrorCode::UnknownPermission));
    let (made, text) = card(&patient).await;
    let first = made.card.unwrap();
    assert_eq!((first.state, first.used, made.uses.len()), (PermissionState::Active, false, 0));

    // What is no card of these members, and whom nobody attested.
    let read = |card: &str| c::ReadCard { card: card.into() };
    let long = "9".repeat(9_000);
    // As it would have been printed before a card named the key of its permission.
    let before = "SE100N02H870W3GE1R70W3G60R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60Y0MF4G6";
    assert_eq!(code(&doctor, read(before)).await, Some(ErrorCode::OldCard));
    for wrong in ["", "SE1-0", "hello", &text[..text.len() - 1], long.as_str()] {
        assert_eq!(code(&doctor, read(wrong)).await, Some(ErrorCode::BadCard), "{wrong:.20}");
    }
    let announce = |card: &str| c::AnnounceEmergency { card: card.into(), reason: WHY };
    refused(&stranger, announce(&text), ErrorCode::NotAttested).await;

    // Without a reason, and without delay or a second clinician.
    for reason in [json!(null), json!("curious"), json!(1)] {
        let request = json!({ "card": text, "reason": reason });
        let failure = doctor.call("announce_emergency", request).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::BadRequest);
    }
    let held = eventually(PATIENCE, async || doctor.run(read(&text)).await.ok()).await.unwrap();
    assert_eq!((held.patient.as_str(), held.state), ("Maria Example", PermissionState::Active));
    assert_eq!((held.announced, held.opened, held.id), (None, None, first.id));
    refused(&doctor, open(&text, None), ErrorCode::EmergencyWaits).await;
    let announced = eventually(PATIENCE, async || doctor.run(announce(&text)).await.ok()).await.unwrap();
    assert_eq!(announced.alone_from, announced.announced.map(|at| at + 30 * MINUTE));
    refused(&doctor, open(&text, None), ErrorCode::EmergencyWaits).await;
    // What one clinician announced serves no other.
    let others = eventually(PATIENCE, async || other.run(read(&text)).await.ok()).await.unwrap();
    assert_eq!((others.announced, others.alone_from), (None, None));

    // The patient is told, and could stop it.
    let told = eventually(PATIENCE, async || {
        let all = patient.run(c::ListPermissions {}).await.ok()?;
        all.into_iter().find(|p| p.emergency.is_some_and(|e| e.announced == announced.announced))
    });
    assert_eq!(told.await.unwrap().id, first.id);
    let at = announced.announced.unwrap();
    assert!(!happened(&patient, NoticeKind::EmergencyAnnounced { at }).await.read, "nobody looked yet");

    town.pass(31 * MINUTE, &[&doctor, &other, &patient]).await;
    is_stopped(&other, &text).await;
    refused(&other, open(&text, None), ErrorCode::EmergencyWaits).await;
    let view = opened(&doctor, open(&text, None)).await;
    assert!(shows_the_pressure(&view) && view.shared.patient == "Maria Example", "{view:?}");
    let urgent = eventually(PATIENCE, async || {
        let all = patient.run(c::ListNotices {}).await.ok()?.notices;
        all.into_iter().find(|n| matches!(n.kind, NoticeKind::EmergencyOpened { .. }))
    });
    assert!(urgent.await.unwrap().kind.is_urgent());

    let seen = eventually(PATIENCE, async || {
        let view = patient.run(c::GetEmergency {}).await.ok()?;
        (view.complete && view.uses.len() == 2).then_some(view)
    });
    let seen = seen.await.unwrap();
    assert!(seen.card.is_some_and(|card| card.used));
    let (use_of, notice) = (&seen.uses[0], &seen.uses[1]);
    assert_eq!((use_of.act, notice.act), (EmergencyAct::Opened, EmergencyAct::Announced));
    assert_eq!((use_of.reason, use_of.attested_by.as_deref()), (Some(WHY), Some("Member 1")));
    assert_eq!((notice.reason, notice.attested_by.as_deref()), (Some(WHY), Some("Member 1")));
    assert!(use_of.clinician_key.is_some() && use_of.clinician_key == notice.clinician_key);
    assert!(use_of.verdict.is_none() && use_of.second_by.is_none() && use_of.helpers.is_empty());
    let review = c::ReviewEmergency {
        permission: use_of.permission,
        id: use_of.id.clone(),
        verdict: Verdict::Objected,
    };
    for id in [String::new(), "00".repeat(32), format!("{}00", use_of.id)] {
        refused(&patient, c::ReviewEmergency { id, ..review.clone() }, ErrorCode::BadRequest).await;
    }
    eventually(PATIENCE, async || patient.run(review.clone()).await.ok()).await.unwrap();
    // It is final.
    let otherwise = c::ReviewEmergency { verdict: Verdict::Right, ..review.clone() };
    refused(&patient, otherwise, ErrorCode::NothingWaits).await;
    let listed: serde_json::Value = serde_json::from_str(&town.network.objections(0).unwrap()).unwrap();
    let said = &listed["objections"][0];
    assert_eq!((&listed["total"], &said["place"]), (&json!(1), &json!(0)));
    assert_eq!((&said["act"], &said["clinician"]), (&json!(use_of.id), &json!(use_of.clinician_key)));
    assert_eq!(
        (&said["opened"], &said["stopped"], &said["reason"]),
        (&json!(true), &json!(false), &json!(1))
    );
    let again = eventually(PATIENCE, async || {
        let view = patient.run(c::GetEmergency {}).await.ok()?;
        view.complete.then_some(view)
    });
    let again = again.await.unwrap();
    assert_eq!((again.uses[0].verdict, again.uses[1].verdict), (Some(Verdict::Objected), None));

    // Opened once more within the four hours, the patient is told once more.
    town.pass(10 * MINUTE, &[&doctor, &other, &patient]).await;
    opened(&doctor, open(&text, None)).await;
    let told = eventually(PATIENCE, async || {
        let all = patient.run(c::ListNotices {}).await.ok()?.notices;
        let times = all.into_iter().filter_map(|notice| match notice.kind {
            NoticeKind::EmergencyOpened { at } => Some(at),
            _ => None,
        });
        let times: BTreeSet<i64> = times.collect();
        (times.len() >= 2).then_some(())
    });
    assert!(told.await.is_some(), "of the second opening nobody is told");

    town.pass(4 * HOUR + MINUTE, &[&doctor, &other, &patient]).await;
    refused(&doctor, open(&text, None), ErrorCode::EmergencyOver).await;

    // A new card stops the old one, and opens at once when two clinicians agree.
    let (_, fresh) = card(&patient).await;
    assert_ne!(fresh, text);
    refused(&doctor, open(&text, None), ErrorCode::Stopped).await;
    refused(&doctor, announce(&text), ErrorCode::Stopped).await;
    let ask = c::AskEmergencySecond { card: fresh.clone(), reason: WHY };
    let asked = eventually(PATIENCE, async || doctor.run(ask.clone()).await.ok()).await.unwrap().text;
    let own = c::SecondEmergency { ask: asked.clone() };
    assert_eq!(code(&doctor, own.clone()).await, Some(ErrorCode::SecondIsYourself));
    let word = other.run(own).await.unwrap().text;
    for wrong in ["SY1-0", asked.as_str()] {
        assert_eq!(code(&doctor, open(&fresh, Some(wrong))).await, Some(ErrorCode::BadSecond));
    }
    let view = doctor.run(open(&fresh, Some(word.as_str()))).await.unwrap();
    assert!(shows_the_pressure(&view), "{view:?}");
    // The word was for that opening.
    assert_eq!(code(&doctor, open(&fresh, Some(word.as_str()))).await, Some(ErrorCode::BadSecond));

    // The patient objects, and stops the card with it.
    let now = patient.run(c::GetEmergency {}).await.unwrap().card.unwrap();
    let seen = eventually(PATIENCE, async || {
        let view = patient.run(c::GetEmergency {}).await.ok()?;
        view.uses.into_iter().find(|one| one.permission == now.id && view.complete)
    });
    let seen = seen.await.unwrap();
    assert_eq!((seen.act, seen.second_by.as_deref()), (EmergencyAct::Opened, Some("Member 1")));
    each_stands_apart_in_fhir(&patient, &dir.path().join("patient")).await;
    let stop = c::ReviewEmergency { permission: now.id, id: seen.id, verdict: Verdict::Stopped };
    let view = eventually(PATIENCE, async || patient.run(stop.clone()).await.ok()).await.unwrap();
    assert!(view.card.is_none());
    refused(&doctor, open(&fresh, None), ErrorCode::Stopped).await;
    for app in [doctor, other, stranger, patient] {
        app.lock().await.unwrap();
    }
}
