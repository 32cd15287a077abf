//! The clinician's request to be attested, and codes for patients.

use salus_chain::attestation::{Attestation, AttestationError, AttestationRequest};
use salus_sharing::invitation::{Code, CodeError, ReaderSecret};
use salus_wire::command::{AddAttestation, AskForReadings, MakeCode};
use salus_wire::view::{AskedView, CodeView};
use salus_wire::{CodeId, ErrorCode, Failure};

use super::kept::{self, Invitation, Invited};
use crate::app::rng;
use crate::failure::{Fail, OrFail, bug};
use crate::lock::Open;
use crate::share::qr::handed;
use crate::{App, Run};

/// Longest note in characters.
const MAX_NOTE: usize = 200;
/// Stands for an organisation that the clinician did not name: the attesting member puts its own.
const NO_ORGANISATION: &str = "-";

impl Fail for AttestationError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the attestation does not hold");
        match self {
            AttestationError::Signature(_) => ErrorCode::ProofFailed.into(),
            _ => ErrorCode::BadCode.into(),
        }
    }
}

impl Run for MakeCode {
    async fn run(self, app: &App) -> Result<CodeView, Failure> {
        code(app, &self.note, None).await
    }
}

impl Run for AskForReadings {
    async fn run(self, app: &App) -> Result<CodeView, Failure> {
        self.asks.check().map_err(|field| Failure::with(ErrorCode::BadRequest, field))?;
        code(app, &self.note, Some(self.asks)).await
    }
}

async fn code(app: &App, note: &str, asks: Option<AskedView>) -> Result<CodeView, Failure> {
    let note = note.trim();
    if note.chars().count() > MAX_NOTE || note.chars().any(char::is_control) {
        return Err(Failure::with(ErrorCode::BadRequest, "note"));
    }
    let open = app.open().await?;
    match kept::attestation(&open.vault).await? {
        Some(attestation) => fresh(app, &open, attestation, note, asks).await,
        None => request(app, &open),
    }
}

impl Run for AddAttestation {
    async fn run(self, app: &App) -> Result<CodeView, Failure> {
        let genesis = app.0.network.genesis()?;
        let open = app.open().await?;
        let attestation = Attestation::from_text(&self.attestation).or_fail()?;
        if attestation.person.credential_pk != kept::credential(&open.vault).verifying_key() {
            return Err(ErrorCode::NotAttested.into());
        }
        let member = genesis.keeper(attestation.member_index).ok_or(ErrorCode::WrongGenesis)?;
        let signed = attestation.verify(&genesis.chain_id(), &member.keeper_pk);
        signed.map_err(|e| AttestationError::from(e).fail())?;
        kept::keep_attestation(&open.vault, &attestation).await?;
        fresh(app, &open, attestation, "", None).await
    }
}

fn request(app: &App, open: &Open) -> Result<CodeView, Failure> {
    let name = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
    // "Dr Ana Example, Heart Clinic" names both.
    let (person, organisation) = match name.split_once(", ") {
        Some((person, organisation)) => (person.trim(), organisation.trim()),
        None => (name.as_str(), NO_ORGANISATION),
    };
    let chain = app.0.network.genesis()?.chain_id();
    let signed = AttestationRequest::sign(person, organisation, &chain, &kept::credential(&open.vault));
    let request = signed.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
    Ok(CodeView::Request { request: request.to_text().map_err(|_| bug("a request has no text"))? })
}

/// A fresh code; its keys are on disk before anybody sees it.
async fn fresh(
    app: &App,
    open: &Open,
    attestation: Attestation,
    note: &str,
    asks: Option<AskedView>,
) -> Result<CodeView, Failure> {
    let chain = app.0.network.genesis()?.chain_id();
    let reader = ReaderSecret::generate(&mut rng());
    let attested_by = app.0.network.name_of(attestation.member_index);
    let credential = kept::credential(&open.vault);
    let code = match asks.clone() {
        None => Ok(Code::make(&reader, attestation, &chain, &credential)),
        Some(asks) => Code::asking(&reader, attestation, asks, &chain, &credential),
    };
    let code = code.map_err(|e| CodeError::from(e).fail())?;
    let code = code.to_text().map_err(|e| CodeError::from(e).fail())?;
    let id = CodeId(reader.public().signing().0);
    let facts = Invitation { note: note.to_owned(), made: app.now(), answered: false, asks };
    Invited::new(reader, facts).save(&open.vault).await?;
    Ok(CodeView::Code { id, square: handed(&code), code, attested_by })
}
