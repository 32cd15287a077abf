//! Who is shut out, of what, by what is kept and the circle that was proven last. With members: `tests/tests/journey_family`.

use salus_chain::circle::{Change, Guardians, Pending, Seated, Signer};
use salus_chain::ids::{ChainId, Hash32, ReaderKey, VerifyingKey};
use salus_sharing::circle::power::categories_root;
use salus_wire::view::{HelperLimits, HelperRole, ProofView};

use super::*;
use crate::app::OpenGuard;
use crate::family::kept::Known;
use crate::family::limits;
use crate::testing::{Hands, NOON, patient};

const DAY: i64 = 86_400_000;
const HEART: Category = Category::HeartRate;
const PRESSURE: Category = Category::BloodPressure;

/// A helper who was given the first keys of two categories.
fn leila() -> Helper {
    let pk = VerifyingKey([9; 32]);
    Helper {
        relative: Known { pk, inbox: ReaderKey([1; ReaderKey::LEN]), name: "Leila".into() },
        limits: HelperLimits {
            role: HelperRole::Steward,
            categories: vec![HEART, PRESSURE],
            data_from: NOON - DAY,
            longest_days: 10,
            begins: NOON,
            lapses: NOON + 60 * DAY,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
        },
        told: None,
        keys_until: Some(NOON + 18 * DAY),
        generations: vec![(HEART, 0), (PRESSURE, 0)],
        narrows: None,
        from_before: false,
        watches: None,
        stops: None,
    }
}

fn circle(vault: &Vault, own: &Own, helper: &Helper) -> CircleRecord {
    let power = limits::power(&helper.limits, Hash32::ZERO, 366 * DAY, NOON).unwrap();
    let delegate = power.delegate(helper.relative.pk, &own.salts(vault));
    CircleRecord {
        circle_id: own.circle,
        patient_pk: own.key(vault).verifying_key(),
        patient_since_ms: NOON,
        revision: 0,
        next_seat: 2,
        delegates: vec![Seated { seat: 1, delegate, attested: Vec::new() }],
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: limits::rules(&own.rules).unwrap().policy(&own.salts(vault)),
        pending: None,
        handover_ms: None,
        retired_ms: None,
        height: 1,
    }
}

fn root(vault: &Vault, own: &Own, categories: &[Category]) -> Hash32 {
    categories_root(&own.salts(vault), &categories.iter().copied().collect())
}

fn proof() -> ProofView {
    ProofView { height: "1".into(), time: NOON, signed_by: Vec::new(), block: String::new() }
}

async fn open(dir: &std::path::Path) -> (App, OpenGuard, Own) {
    let app = patient(dir, &Hands::at(NOON)).await;
    let open = app.open().await.unwrap();
    let mut own = Own::new(&open.vault, &ChainId([1; 32]), [7; 16], limits::usual());
    own.helpers.push(leila());
    own.save(&open.vault).await.unwrap();
    (app, open, own)
}

async fn seen(open: &Open, own: &Own, circle: &CircleRecord) {
    Seen::new(circle, proof(), Vec::new()).save(&open.vault, &own.circle).await.unwrap();
}

fn generations(open: &Open) -> (u32, u32, u32) {
    let of = |category| open.vault.series(category).generation;
    (of(HEART), of(PRESSURE), of(Category::BodyWeight))
}

#[tokio::test]
async fn new_keys_begin_for_what_a_helper_may_read_no_longer_and_for_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let (app, open, mut own) = open(dir.path()).await;
    let proven = circle(&open.vault, &own, &own.helpers[0]);
    seen(&open, &own, &proven).await;
    assert!(!shut_out(&app, &open).await.unwrap(), "she may read all of it");
    // Before the members know.
    own.helpers[0].narrows = Some(vec![HEART]);
    own.save(&open.vault).await.unwrap();
    assert_eq!(shown(&open.vault, &own, &proven, NOON).len(), 1);
    assert!(shut_out(&app, &open).await.unwrap());
    assert_eq!(generations(&open), (0, 1, 0));
    let told = last(&open.vault).await.unwrap().unwrap();
    assert_eq!(
        (told.names.as_slice(), told.categories.as_slice()),
        (&["Leila".to_owned()][..], &[PRESSURE][..])
    );
    assert!(!shut_out(&app, &open).await.unwrap(), "once");
    let told = reach::within(&open.vault, &own, &proven, &own.helpers[0]);
    assert_eq!((told.limits.categories.as_slice(), told.generations.len()), (&[HEART][..], 2));
    assert!(own.helpers[0].was_given(PRESSURE), "what she was given stays known");
    drop(open);
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_of_before_finds_by_the_members_hash_what_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let (app, open, own) = open(dir.path()).await;
    let mut proven = circle(&open.vault, &own, &own.helpers[0]);
    let lost = |circle: &CircleRecord| {
        let all = who(&open.vault, &own, circle, NOON);
        all.into_iter().map(|one| (one.categories, one.wholly)).collect::<Vec<_>>()
    };
    proven.delegates[0].delegate.categories_root = root(&open.vault, &own, &[PRESSURE]);
    assert_eq!(lost(&proven), [(vec![HEART], false)]);
    // Over nothing yet, and what is left waits.
    let to = proven.delegates[0].delegate;
    proven.delegates[0].delegate.categories_root = Hash32::ZERO;
    let waits = |proposer| Pending {
        change: Change::RaiseDelegate(1, to),
        subject: Hash32([3; 32]),
        proposer,
        approvals: Vec::new(),
        needs: 0,
        effective_ms: Some(NOON + DAY),
    };
    proven.pending = Some(waits(Signer::Patient));
    assert_eq!(lost(&proven), [(vec![HEART], false)]);
    // Somebody else's wish gives nothing before it holds; and after an objection nothing is left.
    proven.pending = Some(waits(Signer::Delegate(2)));
    assert_eq!(lost(&proven), [(vec![HEART, PRESSURE], true)]);
    proven.pending = None;
    assert_eq!(lost(&proven), [(vec![HEART, PRESSURE], true)]);
    // Of a hash that is of no categories by these numbers nothing is known to be lost.
    proven.delegates[0].delegate.categories_root = Hash32([5; 32]);
    assert!(lost(&proven).is_empty());
    drop(open);
    app.close().await.unwrap();
}

#[tokio::test]
async fn who_helped_in_a_circle_that_was_handed_over_reads_nothing_that_is_sealed_from_then_on() {
    let dir = tempfile::tempdir().unwrap();
    let (app, open, own) = open(dir.path()).await;
    let mut proven = circle(&open.vault, &own, &own.helpers[0]);
    proven.handover_ms = Some(NOON);
    seen(&open, &own, &proven).await;
    assert!(shut_out(&app, &open).await.unwrap());
    assert_eq!(generations(&open), (1, 1, 1));
    let told = last(&open.vault).await.unwrap().unwrap();
    assert_eq!((told.names.as_slice(), told.categories.len()), (&["Leila".to_owned()][..], 0));
    assert!(!shut_out(&app, &open).await.unwrap());
    assert!(shown(&open.vault, &own, &proven, NOON).is_empty());
    drop(open);
    app.close().await.unwrap();
}
