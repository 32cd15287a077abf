//! What a person had not finished when the record was locked: kept sealed in it, one of each kind, as the page wrote it.

use salus_wire::command::{GetDraft, KeepDraft};
use salus_wire::view::{DraftKind, DraftView};
use salus_wire::{ErrorCode, Failure};

use crate::failure::OrFail;
use crate::{App, Run};

const NAMESPACE: &str = crate::namespace::DRAFTS;
/// Longest draft: a clinician's code of 64 KiB, and what stands around it.
const LONGEST: usize = 96 << 10;

const fn name(kind: DraftKind) -> &'static [u8] {
    match kind {
        DraftKind::Reading => b"reading",
        DraftKind::Permission => b"permission",
    }
}

impl Run for GetDraft {
    async fn run(self, app: &App) -> Result<DraftView, Failure> {
        let open = app.open().await?;
        let kept = open.vault.cabinet().get(NAMESPACE, name(self.kind)).await.or_fail()?;
        let text = kept.map(|octets| String::from_utf8(octets.to_vec()));
        // Text went in.
        Ok(DraftView { text: text.transpose().map_err(|_| ErrorCode::Damaged)? })
    }
}

impl Run for KeepDraft {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let open = app.open().await?;
        let cabinet = open.vault.cabinet();
        match self.text {
            Some(text) if text.len() > LONGEST => Err(ErrorCode::TooLarge.into()),
            Some(text) => cabinet.put(NAMESPACE, name(self.kind), text.as_bytes()).await.or_fail(),
            None => cabinet.remove(NAMESPACE, name(self.kind)).await.or_fail().map(drop),
        }
    }
}
