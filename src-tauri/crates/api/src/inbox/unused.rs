//! A clinician's codes that no patient has answered.

use futures::FutureExt;
use salus_vault::Vault;
use salus_wire::view::{CodeFor, GivenCodeView};
use salus_wire::{CodeId, ErrorCode, Failure};

use super::find;
use super::kept::Invitation;
use crate::App;
use crate::codes::PATIENCE;
use crate::lock::Open;

/// Those codes, in no order.
pub(crate) async fn listed(vault: &Vault) -> Result<Vec<GivenCodeView>, Failure> {
    let waiting = Invitation::all(vault).await?.into_iter().filter(|(_, facts)| !facts.answered);
    let view = |(id, facts): (CodeId, Invitation)| GivenCodeView {
        id,
        whom: CodeFor::Patient,
        note: facts.note,
        made: facts.made,
    };
    Ok(waiting.map(view).collect())
}

/// Takes one back, if it is one of them. The caller has the turn.
pub(crate) async fn take_back(app: &App, open: &Open, id: &CodeId) -> Result<(), Failure> {
    if known(&open.vault, id).await?.is_none() {
        return Ok(());
    }
    // Somebody may have answered it since.
    if let Ok(Err(failure)) = tokio::time::timeout(PATIENCE, find::look(app, open).boxed()).await {
        tracing::debug!(code = %failure.code, "a code is taken back by what is known already");
    }
    match known(&open.vault, id).await? {
        Some(facts) if facts.answered => Err(ErrorCode::CodeUsed.into()),
        Some(_) => Invitation::forget(&open.vault, id).await,
        None => Ok(()),
    }
}

async fn known(vault: &Vault, id: &CodeId) -> Result<Option<Invitation>, Failure> {
    Ok(Invitation::all(vault).await?.into_iter().find(|(one, _)| one == id).map(|(_, facts)| facts))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use salus_sharing::invitation::ReaderSecret;
    use salus_wire::command::{CreateProfile, ListGivenCodes, ListInbox, TakeBackCode};
    use salus_wire::view::Role;

    use super::super::kept::Invited;
    use super::*;
    use crate::app::rng;
    use crate::testing::{self, Hands, NOON, PASSPHRASE};
    use crate::{MemoryHeads, namespace};

    async fn given(app: &App, note: &str, made: i64, answered: bool) -> CodeId {
        let open = app.open().await.unwrap();
        let reader = ReaderSecret::generate(&mut rng());
        let id = CodeId(reader.public().signing().0);
        let facts = Invitation { note: note.into(), made, answered, asks: None };
        Invited::new(reader, facts).save(&open.vault).await.unwrap();
        id
    }

    #[tokio::test]
    async fn an_unanswered_code_is_taken_back_with_its_keys_and_an_answered_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let app = testing::open(dir.path(), &Hands::at(NOON), Arc::new(MemoryHeads::default())).await;
        let create =
            CreateProfile { name: "Dr Ana".into(), role: Role::Clinician, passphrase: PASSPHRASE.into() };
        app.run(create).await.unwrap();
        let first = given(&app, "M.K.", NOON, false).await;
        let used = given(&app, "J.S.", NOON + 1, true).await;
        let second = given(&app, "", NOON + 2, false).await;

        let listed = app.run(ListGivenCodes {}).await.unwrap();
        assert_eq!(listed.iter().map(|code| code.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!((listed[1].note.as_str(), listed[1].whom), ("M.K.", CodeFor::Patient));

        let refused = app.run(TakeBackCode { id: used }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CodeUsed);
        let left = app.run(TakeBackCode { id: first }).await.unwrap();
        assert_eq!(left.iter().map(|code| code.id).collect::<Vec<_>>(), [second]);
        assert!(app.run(ListInbox {}).await.unwrap().waiting.is_empty(), "nobody waits for it");
        // Again, and one that never was: nothing changes.
        for id in [first, CodeId([7; 32])] {
            assert_eq!(app.run(TakeBackCode { id }).await.unwrap(), left);
        }
        let open = app.open().await.unwrap();
        for kept in [namespace::INVITATIONS, namespace::INVITATION_SECRETS] {
            let names = open.vault.cabinet().list(kept).await.unwrap();
            assert_eq!(names.len(), 2, "{kept}");
            assert!(names.iter().all(|(name, _)| !name.starts_with(&first.0)), "{kept}");
        }
        drop(open);
        app.close().await.unwrap();
    }
}
