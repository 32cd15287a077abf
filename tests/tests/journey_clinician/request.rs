//! A clinician asks for readings: the patient sees the request as it was signed, gives less of it, or nothing, and nobody is told.

use salus_chain::text::{Kind, from_text, to_text};
use salus_wire::view::{AskedView, DraftKind, Purpose};

use super::*;

const DAY: i64 = 24 * HOUR;
/// A permission's readings are rounded to whole epochs.
const EPOCH: i64 = 4_096_000;
const WORDS: &str = "After your visit on Monday.";

fn asked() -> AskedView {
    AskedView {
        purpose: Purpose::FollowUp,
        words: WORDS.into(),
        categories: vec![Category::HeartRate, Category::BloodPressure],
        days_back: 30,
        days_ahead: 14,
        lasts_days: 14,
    }
}

async fn asks(clinician: &App, note: &str) -> String {
    let ask = c::AskForReadings { note: note.into(), asks: asked() };
    match clinician.run(ask).await.unwrap() {
        CodeView::Code { code, .. } => code,
        CodeView::Request { .. } => panic!("not attested"),
    }
}

async fn patient(network: &Network, home: &Path, off: &Arc<Off>) -> App {
    let patient = app(home, &network.genesis_path(), off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    patient
}

/// What the code asks for, once the members have proven who it is.
async fn checked(patient: &App, text: &str) -> Option<AskedView> {
    let checked =
        eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.to_owned() }).await.ok());
    checked.await.unwrap().asks
}

/// The same code with the first word of the request changed, and a checksum that fits.
fn altered(text: &str) -> String {
    let mut octets = from_text(Kind::Code, text).unwrap();
    let at = octets.windows(WORDS.len()).position(|part| part == WORDS.as_bytes()).unwrap();
    octets[at] = b'B';
    to_text(Kind::Code, &octets).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_for_and_narrowed_by_the_patient() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let off = hands();
    let (clinician, plain, _) = attested(&network, &dir.path().join("clinician"), &off).await;
    let long = "x".repeat(AskedView::MAX_WORDS + 1);
    for words in ["a\nb", "\u{202e}evil", long.as_str()] {
        let ask = c::AskForReadings { note: "M".into(), asks: AskedView { words: words.into(), ..asked() } };
        assert_eq!(code(&clinician, ask).await, Some(ErrorCode::BadRequest), "{words:?}");
    }
    let text = asks(&clinician, "Maria, asked").await;

    let patient = patient(&network, &dir.path().join("patient"), &off).await;
    assert_eq!(checked(&patient, &text).await, Some(asked()));
    assert_eq!(checked(&patient, &plain).await, None, "a code that asks for nothing");
    let bent = c::CheckCode { code: altered(&text) };
    assert_eq!(code(&patient, bent).await, Some(ErrorCode::ProofFailed));

    // Asked for: two series of 30 days, for two weeks. Given: one, of a week, for a day.
    let now = off.now();
    let draft = PermissionDraft {
        code: text,
        categories: vec![Category::BloodPressure],
        data_from: now - 7 * DAY,
        data_to: now,
        starts: now,
        ends: now + DAY,
        condition: Condition::Whenever,
    };
    let preview = patient.run(c::PreviewPermission { draft: draft.clone() }).await.unwrap();
    assert!(preview.sentence.contains(", to follow up after a visit."), "{}", preview.sentence);
    assert!(!preview.sentence.contains(WORDS), "words of their own are not signed: {}", preview.sentence);
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!((given.categories.as_slice(), given.ends), (&[Category::BloodPressure][..], now + DAY));
    let listed = patient.run(c::ListPermissions {}).await.unwrap();
    assert_eq!(listed[0].clinician.asks, Some(asked()), "the purpose is kept with the permission");

    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    let shared = arrived.await.unwrap();
    assert_eq!((shared.note.as_str(), &shared.asks), ("Maria, asked", &Some(asked())));
    assert_eq!((shared.categories.as_slice(), shared.ends), (&[Category::BloodPressure][..], now + DAY));
    assert!(shared.data_from > now - 7 * DAY - EPOCH && shared.data_to < now + EPOCH, "{shared:?}");
    let opened = clinician.run(c::OpenRecord { id: given.id, width: 400, second: None }).await.unwrap();
    let categories: Vec<_> = opened.records.iter().map(|record| record.category).collect();
    assert_eq!(categories, [Category::BloodPressure], "what was asked for opens nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_reaches_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = alone(&dir.path().join("members")).await;
    let off = hands();
    let (clinician, _, _) = attested(&network, &dir.path().join("clinician"), &off).await;
    let text = asks(&clinician, "Maria, asked").await;
    let patient = patient(&network, &dir.path().join("patient"), &off).await;
    assert_eq!(checked(&patient, &text).await, Some(asked()));
    let kind = DraftKind::Permission;
    patient.run(c::KeepDraft { kind, text: Some(text.clone()) }).await.unwrap();

    // With every member gone there is nobody to tell, and nothing that waits to be told.
    network.kill(0).unwrap();
    patient.run(c::KeepDraft { kind, text: None }).await.unwrap();
    assert_eq!(patient.run(c::GetDraft { kind }).await.unwrap().text, None);
    assert!(patient.run(c::ListPermissions {}).await.unwrap().is_empty());

    network.restart(0).unwrap();
    assert_eq!(checked(&patient, &text).await, Some(asked()), "the members are reached again");
    assert!(patient.run(c::ListPermissions {}).await.unwrap().is_empty());
    assert!(patient.run(c::ListActivity {}).await.unwrap().entries.is_empty());
    let inbox = clinician.run(c::ListInbox {}).await.unwrap();
    assert!(inbox.shared.is_empty(), "{inbox:?}");
    assert!(inbox.waiting.contains(&"Maria, asked".to_owned()), "as unanswered as before");
}
