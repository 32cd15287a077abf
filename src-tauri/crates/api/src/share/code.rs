//! A clinician's code: who it stands for, as proven.

use salus_chain::text::MAX_TEXT;
use salus_light::LightClient;
use salus_sharing::invitation::{Code, CodeError, Invitation};
use salus_wire::command::CheckCode;
use salus_wire::view::ClinicianView;
use salus_wire::{ErrorCode, Failure};

use super::recipient;
use crate::failure::{Fail, OrFail};
use crate::{App, Run};

impl Fail for CodeError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the code does not hold");
        Failure::new(self.code())
    }
}

impl Run for CheckCode {
    async fn run(self, app: &App) -> Result<ClinicianView, Failure> {
        let client = app.0.network.client()?;
        Ok(recipient::prove(app, &client, &self.code).await?.1)
    }
}

/// Reads a code, checks its signatures, and proves that the attestation is in force.
pub(crate) async fn prove(
    app: &App,
    client: &LightClient,
    text: &str,
) -> Result<(Invitation, ClinicianView), Failure> {
    if text.len() > MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    let invitation = Code::from_text(text).or_fail()?.verify(client.genesis()).or_fail()?;
    let view = in_force(app, client, &invitation).await?;
    Ok((invitation, view))
}

/// Proves that the attestation of a code is in force, and says who it is.
pub(crate) async fn in_force(
    app: &App,
    client: &LightClient,
    invitation: &Invitation,
) -> Result<ClinicianView, Failure> {
    let person = &invitation.attestation.person;
    let proven =
        client.prove_credential(&person.credential_pk).await.map_err(|e| app.0.network.failure(&e))?;
    invitation.in_force(proven.value.as_ref(), app.now()).or_fail()?;
    Ok(ClinicianView {
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        attested_by: invitation.member.clone(),
        proven_at_height: proven.head.height.to_string(),
        asks: invitation.request.clone(),
        on_duty: false,
    })
}
