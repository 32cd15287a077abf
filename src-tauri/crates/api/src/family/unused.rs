//! A relative's codes that nobody whom they would help has used.

use futures::FutureExt;
use salus_vault::Vault;
use salus_wire::view::{CodeFor, GivenCodeView};
use salus_wire::{CodeId, ErrorCode, Failure};

use super::kept::Facts;
use super::letters;
use crate::App;
use crate::codes::PATIENCE;
use crate::lock::Open;

/// Those codes, in no order.
pub(crate) async fn listed(vault: &Vault) -> Result<Vec<GivenCodeView>, Failure> {
    let unused = Facts::all(vault).await?.into_iter().filter(|(_, facts)| facts.circle.is_none());
    let view = |(id, facts): (CodeId, Facts)| GivenCodeView {
        id,
        whom: CodeFor::Relative,
        note: String::new(),
        made: facts.made,
    };
    Ok(unused.map(view).collect())
}

/// Takes one back, if it is one of them. The caller has the turn.
pub(crate) async fn take_back(app: &App, open: &Open, id: &CodeId) -> Result<(), Failure> {
    if known(&open.vault, id).await?.is_none() {
        return Ok(());
    }
    // Somebody may have used it since.
    if let Ok(client) = app.0.network.client() {
        let newest = letters::take(app, open, &client).boxed();
        if let Ok(Err(failure)) = tokio::time::timeout(PATIENCE, newest).await {
            tracing::debug!(code = %failure.code, "a code is taken back by what is known already");
        }
    }
    match known(&open.vault, id).await? {
        Some(facts) if facts.circle.is_some() => Err(ErrorCode::CodeUsed.into()),
        Some(_) => Facts::forget(&open.vault, id).await,
        None => Ok(()),
    }
}

async fn known(vault: &Vault, id: &CodeId) -> Result<Option<Facts>, Failure> {
    Ok(Facts::all(vault).await?.into_iter().find(|(one, _)| one == id).map(|(_, facts)| facts))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use salus_chain::ids;
    use salus_sharing::circle::RelativeSecret;
    use salus_wire::command::{
        CreateProfile, GetFamily, KeepFirstRun, ListGivenCodes, TakeBackCode, UndoProfile,
    };
    use salus_wire::view::{FirstRunStep, FirstRunView, Role};

    use super::super::kept::Coded;
    use super::*;
    use crate::MemoryHeads;
    use crate::app::rng;
    use crate::testing::{self, Hands, NOON, PASSPHRASE};

    async fn given(app: &App, circle: Option<ids::CircleId>) -> CodeId {
        let open = app.open().await.unwrap();
        let secret = RelativeSecret::generate(&mut rng());
        let facts = Facts { made: NOON, circle, number: 0, read: Vec::new(), guardian: false, agreed: None };
        let coded = Coded { facts, secret };
        coded.save(&open.vault).await.unwrap();
        CodeId(coded.pk().0)
    }

    #[tokio::test]
    async fn what_was_given_out_in_the_first_run_is_taken_back_and_then_the_record_is_undone() {
        let dir = tempfile::tempdir().unwrap();
        let app = testing::open(dir.path(), &Hands::at(NOON), Arc::new(MemoryHeads::default())).await;
        let at = FirstRunView { step: FirstRunStep::Passphrase, role: Role::Family, skipped: Vec::new() };
        app.run(KeepFirstRun { at: Some(at) }).await.unwrap();
        let create =
            CreateProfile { name: "Leila".into(), role: Role::Family, passphrase: PASSPHRASE.into() };
        app.run(create).await.unwrap();
        let code = given(&app, None).await;
        let listed = app.run(ListGivenCodes {}).await.unwrap();
        let [view] = listed.as_slice() else { panic!("{listed:?}") };
        assert_eq!((view.id, view.whom, view.made), (code, CodeFor::Relative, NOON));
        assert_eq!(app.run(UndoProfile {}).await.unwrap_err().code, ErrorCode::NotEmpty);

        assert!(app.run(TakeBackCode { id: code }).await.unwrap().is_empty());
        assert_eq!(app.run(GetFamily {}).await.unwrap().codes, 0);
        let undone = app.run(UndoProfile {}).await.unwrap();
        assert!(undone.profile.is_none(), "nothing of the code is left in the record");
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_code_by_which_somebody_is_helped_is_not_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let app = testing::patient(dir.path(), &Hands::at(NOON)).await;
        let used = given(&app, Some(ids::CircleId([3; 32]))).await;
        assert!(app.run(ListGivenCodes {}).await.unwrap().is_empty());
        let refused = app.run(TakeBackCode { id: used }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CodeUsed);
        let open = app.open().await.unwrap();
        assert_eq!(Facts::all(&open.vault).await.unwrap().len(), 1);
        drop(open);
        app.close().await.unwrap();
    }
}
