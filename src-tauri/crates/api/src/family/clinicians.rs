//! Clinicians whom a steward may be limited to: those whom this record's person knows by a permission, by what helpers
//! permitted, or by a code that was read for this.

use std::collections::BTreeMap;

use salus_chain::ids::VerifyingKey;
use salus_sharing::circle::Salts;
use salus_sharing::circle::word::Recipient;
use salus_vault::Vault;
use salus_wire::command::{KnowClinician, ListClinicians};
use salus_wire::view::{HelperLimits, NamedClinician};
use salus_wire::{ErrorCode, Failure};

use super::kept::{self, Own};
use super::seen;
use crate::namespace::FAMILY;
use crate::share::code;
use crate::share::kept as permissions;
use crate::{App, Run};

const READ: &[u8] = b"clinicians";
/// Clinicians remembered by a code at most: the oldest goes.
const MOST_READ: usize = 64;

impl Run for ListClinicians {
    async fn run(self, app: &App) -> Result<Vec<NamedClinician>, Failure> {
        known(&app.open().await?.vault).await
    }
}

impl Run for KnowClinician {
    async fn run(self, app: &App) -> Result<Vec<NamedClinician>, Failure> {
        let client = app.0.network.client()?;
        let open = app.open().await?;
        let (invitation, view) = code::prove(app, &client, &self.code).await?;
        let key = invitation.attestation.person.credential_pk.to_string();
        let mut read = from_codes(&open.vault).await?;
        read.retain(|clinician| clinician.key != key);
        read.push(NamedClinician { key, name: view.name, organisation: view.organisation });
        read.drain(..read.len().saturating_sub(MOST_READ));
        kept::save(&open.vault, FAMILY, READ, &read).await?;
        known(&open.vault).await
    }
}

async fn from_codes(vault: &Vault) -> Result<Vec<NamedClinician>, Failure> {
    Ok(kept::load(vault, FAMILY, READ).await?.unwrap_or_default())
}

/// Every clinician who is known, each once, by name.
async fn known(vault: &Vault) -> Result<Vec<NamedClinician>, Failure> {
    let mut all = BTreeMap::new();
    let mut add = |key: String, name: &str, organisation: &str| {
        let (name, organisation) = (name.to_owned(), organisation.to_owned());
        all.insert(key.clone(), NamedClinician { key, name, organisation });
    };
    for permission in permissions::all(vault).await? {
        // A card is for nobody by name.
        if let (Some(key), None) = (permission.facts.credential, &permission.facts.card) {
            let clinician = &permission.facts.clinician;
            add(VerifyingKey(key).to_string(), &clinician.name, &clinician.organisation);
        }
    }
    if let Some(own) = Own::load(vault).await? {
        for notice in seen::notices(vault, &own.circle).await? {
            let person = &notice.attestation.person;
            add(person.credential_pk.to_string(), &person.name, &person.organisation);
        }
    }
    for clinician in from_codes(vault).await? {
        add(clinician.key, &clinician.name, &clinician.organisation);
    }
    let mut all: Vec<NamedClinician> = all.into_values().collect();
    all.sort_by(|one, other| (&one.name, &one.key).cmp(&(&other.name, &other.key)));
    Ok(all)
}

/// The limits with the clinicians as they are known here, whatever a page calls them.
///
/// # Errors
/// [`ErrorCode::BadRequest`] for one who is not known.
pub(super) async fn as_known(vault: &Vault, limits: &HelperLimits) -> Result<HelperLimits, Failure> {
    let mut limits = limits.clone();
    if limits.clinicians.is_empty() {
        return Ok(limits);
    }
    let known = known(vault).await?;
    for clinician in &mut limits.clinicians {
        let of = known.iter().find(|known| known.key == clinician.key);
        *clinician = of.ok_or_else(|| Failure::with(ErrorCode::BadRequest, "clinicians"))?.clone();
    }
    Ok(limits)
}

/// The clinicians of a power as its steward is told of them.
pub(super) fn recipients(
    limits: &HelperLimits,
    salts: &Salts,
) -> Result<BTreeMap<VerifyingKey, Recipient>, Failure> {
    let recipient = |clinician: &NamedClinician| -> Result<(VerifyingKey, Recipient), Failure> {
        let key: VerifyingKey = clinician.key.parse().map_err(|_| ErrorCode::Damaged)?;
        let (name, organisation) = (clinician.name.clone(), clinician.organisation.clone());
        Ok((key, Recipient { salt: salts.recipient(&key), name, organisation }))
    };
    limits.clinicians.iter().map(recipient).collect()
}

/// The clinicians of a word, for screens.
pub(super) fn named(recipients: &BTreeMap<VerifyingKey, Recipient>) -> Vec<NamedClinician> {
    let named = |(key, recipient): (&VerifyingKey, &Recipient)| NamedClinician {
        key: key.to_string(),
        name: recipient.name.clone(),
        organisation: recipient.organisation.clone(),
    };
    recipients.iter().map(named).collect()
}
