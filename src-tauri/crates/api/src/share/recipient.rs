//! Whom a permission is for: a clinician by their code, or the staff on duty of one organisation.
//!
//! A group is chosen from what the members' desks offer; its text stands where a clinician's code does. Nothing is signed in it:
//! that the organisation has such a group says its own desk, and who is of it the members judge at each opening.

use std::time::Duration;

use futures::future::join_all;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::ReaderKey;
use salus_light::{LightClient, LightError};
use salus_sharing::duty::{self, offered};
use salus_sharing::invitation::Invitation;
use salus_sharing::issue::{Advanced, IssueError, Permission, Plan, Step, prepare};
use salus_wire::command::ListGroups;
use salus_wire::view::{ClinicianView, GroupView};
use salus_wire::{ErrorCode, Failure};

use super::code;
use super::kept::{GroupFact, Kept};
use crate::app::rng;
use crate::lock::Open;
use crate::{App, Run, laptops};

/// How long a member may take to say what it offers: others are shown without it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whom.
pub(super) enum Recipient {
    /// The key of a clinician's code.
    Clinician(Box<Invitation>),
    /// Those who are on duty.
    Group(DutyGroup),
}

impl Recipient {
    /// The group, where it is one.
    pub(super) const fn group(&self) -> Option<&DutyGroup> {
        match self {
            Self::Clinician(_) => None,
            Self::Group(group) => Some(group),
        }
    }

    /// The key that a plan is for; a group's is put in when it is prepared.
    pub(super) fn reader(&self) -> ReaderKey {
        match self {
            Self::Clinician(invitation) => invitation.reader,
            Self::Group(_) => ReaderKey([0; ReaderKey::LEN]),
        }
    }

    /// The clinician's attested key, where it is one clinician.
    pub(super) fn credential(&self) -> Option<[u8; 32]> {
        match self {
            Self::Clinician(invitation) => Some(invitation.attestation.person.credential_pk.0),
            Self::Group(_) => None,
        }
    }

    /// Deals, wraps and seals for it.
    pub(super) fn prepare(
        &self,
        plan: Plan,
        client: &LightClient,
        now: i64,
    ) -> Result<Permission, IssueError> {
        match self {
            Self::Clinician(_) => prepare(&plan, client.genesis(), now, &mut rng()),
            Self::Group(group) => duty::prepare(plan, group, client.genesis(), now, &mut rng()),
        }
    }
}

/// Reads a code or a group's text, and proves who it is as far as anybody can.
pub(super) async fn prove(
    app: &App,
    client: &LightClient,
    text: &str,
) -> Result<(Recipient, ClinicianView), Failure> {
    if text.len() > salus_chain::text::MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    let Ok(group) = DutyGroup::from_text(text) else {
        let (invitation, view) = code::prove(app, client, text).await?;
        return Ok((Recipient::Clinician(Box::new(invitation)), view));
    };
    if client.genesis().keeper(group.member()).is_none() {
        return Err(ErrorCode::BadCode.into());
    }
    let there = offered(client, group.member()).await.map_err(|e| app.0.network.failure(&e))?;
    if !there.contains(&group) {
        return Err(ErrorCode::BadCode.into());
    }
    let head = client.fresh_head().await.map_err(|e| app.0.network.failure(&e))?;
    let view = ClinicianView {
        name: name_of(app, &group),
        organisation: String::new(),
        attested_by: app.0.network.name_of(group.member()),
        proven_at_height: head.height.to_string(),
        asks: None,
        on_duty: true,
    };
    Ok((Recipient::Group(group), view))
}

/// A group as sentences name it: its role and its organisation.
pub(crate) fn name_of(app: &App, group: &DutyGroup) -> String {
    format!("{}, {}", group.role(), app.0.network.name_of(group.member()))
}

impl Run for ListGroups {
    async fn run(self, app: &App) -> Result<Vec<GroupView>, Failure> {
        let client = app.0.network.client()?;
        let asked = (1..=client.genesis().n()).map(|member| {
            let client = client.clone();
            async move { tokio::time::timeout(PATIENCE, offered(&client, member)).await }
        });
        let mut groups = Vec::new();
        // A member that does not answer offers nothing now.
        for group in join_all(asked).await.into_iter().flatten().flatten().flatten() {
            groups.push(GroupView {
                code: group.to_text().map_err(|_| crate::failure::bug("a group has no text"))?,
                organisation: app.0.network.name_of(group.member()),
                role: group.role().to_owned(),
            });
        }
        Ok(groups)
    }
}

/// Brings a permission on, whomever it is for.
pub(super) async fn go_on(
    client: &LightClient,
    kept: &mut Kept,
    open: &Open,
    now: i64,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Result<Advanced, IssueError>, Failure> {
    let key = kept.own_key(&open.vault);
    let permission = &mut kept.permission;
    match kept.facts.group.as_ref().map(GroupFact::group) {
        None => {
            let signs = (&kept.facts.nonce, &key);
            laptops::bring(client, &open.vault, permission, signs, now, progress).await
        }
        // What the record keeps of a group was made from one.
        Some(None) => Ok(Err(IssueError::OtherChain)),
        Some(Some(group)) => Ok(duty::advance(client, permission, &group, &key, now, progress).await),
    }
}

/// Asks the organisation who opened, where somebody did whom it has not named yet. Whom it does not name now is asked about again.
async fn name_openers(app: &App, open: &Open, client: &LightClient, kept: &mut Kept) -> Result<(), Failure> {
    let Some(group) = kept.facts.group.as_ref().and_then(GroupFact::group) else { return Ok(()) };
    let openings = kept.facts.proven.as_ref().map_or(0, |proven| proven.openings);
    if openings == kept.facts.named {
        return Ok(());
    }
    let log = client.grant_log(&kept.permission.id()).await.map_err(|e| app.0.network.failure(&e))?;
    let receipts = log.value.map(|(_, receipts)| receipts).unwrap_or_default();
    let key = kept.own_key(&open.vault);
    let mut silent: Vec<[u8; 32]> = Vec::new();
    for receipt in &receipts {
        let signer = receipt.reader_pk.signing().0;
        if silent.contains(&signer) || kept.facts.openers.iter().any(|opener| opener.key == signer) {
            continue;
        }
        match duty::who(client, &group, receipt.tx_hash, &receipt.reader_pk, &key).await {
            Ok(attestation) => kept.facts.named_as(signer, &attestation.person),
            Err(LightError::Keeper { .. }) => silent.push(signer),
            Err(error) => return Err(app.0.network.failure(&error)),
        }
    }
    if silent.is_empty() {
        kept.facts.named = u32::try_from(receipts.len()).unwrap_or(u32::MAX);
    }
    Ok(())
}

/// A failure to name is told nowhere but in the log: the entries say that the organisation has not said it yet.
pub(super) async fn try_to_name(app: &App, open: &Open, client: &LightClient, kept: &mut Kept) {
    if let Err(failure) = name_openers(app, open, client, kept).await {
        tracing::debug!(code = %failure.code, "who opened is asked again later");
    }
}
