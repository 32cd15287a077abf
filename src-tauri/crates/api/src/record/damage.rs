//! A record of which the disk lost a part: the rest opens, is shown, and goes on.

use salus_vault::{Spoilt, Vault};
use salus_wire::Category;
use salus_wire::command::{
    GetDraft, GetOverview, GetRecord, KeepDraft, ListDevices, ListPermissions, MakeBackup,
};
use salus_wire::view::{DraftKind, RecordView};

use crate::App;
use crate::testing::{Hands, NOON, patient, unlock, weigh};

const HOUR: i64 = 3_600_000;

async fn weights(app: &App) -> RecordView {
    let (from, to) = (NOON - 48 * HOUR, NOON + HOUR);
    app.run(GetRecord { category: Category::BodyWeight, from, to, width: 600 }).await.unwrap()
}

async fn spoil(app: &App, what: Spoilt<'_>) {
    let open = app.open().await.unwrap();
    open.vault.spoil(what).await.unwrap();
}

async fn seal_what_is_over(app: &App) {
    let open = app.open().await.unwrap();
    let vault: &Vault = &open.vault;
    vault.close_epochs(NOON).await.unwrap();
}

#[tokio::test]
async fn a_damaged_hour_hides_no_other_and_takes_what_comes_for_it() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    for hours in [30, 20, 10, 0] {
        weigh(&app, NOON - hours * HOUR).await.unwrap();
    }
    seal_what_is_over(&app).await;
    let whole = weights(&app).await;
    assert_eq!((whole.total, whole.damaged), (4, 0));

    spoil(&app, Spoilt::Segment).await;
    app.lock().await.unwrap();
    let view = unlock(&app).await;
    assert!(!view.locked && !view.damaged, "an hour is told where it is shown");
    let rest = weights(&app).await;
    assert_eq!((rest.total, rest.damaged), (3, 1));
    assert_eq!(rest.latest, whole.latest);
    // A value for the damaged hour, and one beside it, are kept and shown.
    weigh(&app, NOON - 30 * HOUR + 60_000).await.unwrap();
    weigh(&app, NOON - 25 * HOUR).await.unwrap();
    let more = weights(&app).await;
    assert_eq!((more.total, more.damaged), (5, 1));
    app.lock().await.unwrap();
}

#[tokio::test]
async fn values_that_rot_cast_no_doubt_on_the_others() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    weigh(&app, NOON - HOUR).await.unwrap();
    app.run(KeepDraft { kind: DraftKind::Reading, text: Some("half a value".into()) }).await.unwrap();
    spoil(&app, Spoilt::Cabinet(crate::namespace::DRAFTS)).await;
    app.lock().await.unwrap();

    let view = unlock(&app).await;
    assert!(!view.locked && view.damaged, "it is said");
    assert_eq!(weights(&app).await.total, 1);
    assert_eq!(app.run(GetOverview {}).await.unwrap().len(), 1);
    assert!(app.run(ListPermissions {}).await.unwrap().is_empty());
    app.run(ListDevices {}).await.unwrap();
    app.run(MakeBackup {}).await.unwrap();
    weigh(&app, NOON).await.unwrap();
    // Only the draft itself is gone, and a new one takes its place.
    assert_eq!(
        app.run(GetDraft { kind: DraftKind::Reading }).await.unwrap_err().code,
        salus_wire::ErrorCode::Damaged
    );
    app.run(KeepDraft { kind: DraftKind::Reading, text: Some("another".into()) }).await.unwrap();
    app.lock().await.unwrap();
    assert!(!unlock(&app).await.damaged);
    app.lock().await.unwrap();
}
