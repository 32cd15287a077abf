//! Gathering what the release rule looks at, and obeying it.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, Hash32, VerifyingKey};
use salus_chain::state::{
    ContractRecord, CredentialRecord, DutyGrantRecord, DutyRecord, EmergencyRecord, GrantRecord, Head,
    StateKey,
};
use salus_chain::time::UnixMillis;
use salus_chain::tx::Tx;
use salus_keeper::answer;
use salus_keeper::held::HeldShare;
use salus_keeper::message::{KeeperRefused, ReleaseReply, ReleaseRequest};
use salus_keeper::release::{
    ContractFacts, Credentials, DutyFacts, FinalAccess, Refusal, ReleaseFacts, decide,
};

use super::log::Log;
use super::shares::Shares;
use super::{erase, internal, unwritten};
use crate::NodeState;
use crate::state::ReadError;

/// Decides one request and, if the rule says yes and the log has it, answers.
pub(super) fn release(
    state: &NodeState,
    shares: &Shares,
    log: &mut Log,
    request: &ReleaseRequest,
) -> Result<ReleaseReply, KeeperRefused> {
    let mut known = Known::of(state, request).map_err(internal)?;
    let mut released = (0, 0);
    if let Some(grant) = &known.grant_id {
        let octets = shares.read(grant).map_err(internal)?;
        known.held = octets.map(|octets| HeldShare::decode(&octets).map_err(internal)).transpose()?;
        released = log.released_in_window(grant, known.clock_ms);
    }
    let facts = ReleaseFacts { released_in_window: released.1, ..known.facts(state, request) };
    let permit = decide(&facts).map_err(KeeperRefused::Release)?;
    // The rule counts slots; the member's own configuration may also bound requests.
    if released.0 >= state.config().keeper.releases_per_minute {
        return Err(KeeperRefused::Release(Refusal::RateLimit));
    }
    let permit = permit.log(|entry| log.append(entry)).map_err(unwritten)?;
    let held = known.held.as_ref().ok_or(KeeperRefused::Internal)?;
    let (chain, key) = (state.chain_id(), &state.keys().keeper);
    answer::release(&chain, permit, held, request, key, &mut crate::entropy::rng()).map_err(internal)
}

/// What this member knows of one request, all of it of one head, without a share.
pub(super) struct Known {
    head: Head,
    clock_ms: UnixMillis,
    grant_id: Option<GrantId>,
    access: Option<(Tx, u64)>,
    at_access: Option<GrantRecord>,
    at_head: Option<GrantRecord>,
    held: Option<HeldShare>,
    delegated: Option<(CircleGrantRecord, CircleRecord)>,
    people: People,
    consent: Option<Consent>,
    given: Option<DutyGrantRecord>,
    revoke_seen: bool,
}

impl Known {
    pub(super) fn of(state: &NodeState, request: &ReleaseRequest) -> Result<Self, ReadError> {
        // One head for everything: a block that comes meanwhile is the next request's.
        let head = state.head();
        let access = final_access(state, request)?;
        let grant_id = access.as_ref().and_then(|(tx, _)| tx.opening()).map(|body| body.grant_id);
        let (mut at_access, mut at_head, mut delegated, mut given) = (None, None, None, None);
        let mut people = People::default();
        if let (Some(grant), Some((tx, height))) = (&grant_id, &access) {
            at_access = record_at(state, &StateKey::Grant(*grant), *height)?;
            at_head = erase::record(state, grant)?;
            delegated = circle_of(state, grant, head.height)?;
            let circle = delegated.as_ref().map(|(given, _)| given);
            people = People::of(state, circle, tx, head.height)?;
            given = record_at(state, &StateKey::DutyGrant(*grant), head.height)?;
        }
        let consent = match &at_head {
            Some(grant) => Consent::of(state, grant, head.height)?,
            None => None,
        };
        Ok(Self {
            head: Head { height: head.height, time_ms: head.time_ms },
            clock_ms: state.clock().now(),
            grant_id,
            access,
            at_access,
            at_head,
            held: None,
            delegated,
            people,
            consent,
            given,
            revoke_seen: grant_id.is_some_and(|grant| state.mempool().seen_revocation(&grant)),
        })
    }

    /// Whom the permission was given to, if to those on duty.
    pub(super) fn given(&self) -> Option<&DutyGrantRecord> {
        self.given.as_ref()
    }

    /// What the rule looks at; nothing was released within the window yet.
    pub(super) fn facts<'a>(&'a self, state: &'a NodeState, request: &'a ReleaseRequest) -> ReleaseFacts<'a> {
        let duty = self.people.duty.as_ref();
        ReleaseFacts {
            ctx: state.context(),
            request,
            access: self.access.as_ref().map(|(tx, height)| FinalAccess { tx, height: *height }),
            grant_at_access: self.at_access.as_ref(),
            grant_at_head: self.at_head.as_ref(),
            head: self.head,
            clock_ms: self.clock_ms,
            revoke_seen: self.revoke_seen,
            held: self.held.as_ref(),
            released_in_window: 0,
            contract: self.consent.as_ref().map(Consent::facts),
            credentials: self.people.credentials(),
            circle: self.delegated.as_ref().map(|(given, circle)| (given, circle)),
            duty: self.given.as_ref().map(|given| DutyFacts { given, duty }),
        }
    }
}

/// The receipt that a request names, when it is in a block and had its effect.
fn final_access(state: &NodeState, request: &ReleaseRequest) -> Result<Option<(Tx, u64)>, ReadError> {
    let Some(found) = state.tx(&request.access_tx_hash)? else { return Ok(None) };
    match Tx::decode(&found.octets) {
        Ok(tx) if found.code == 0 && tx.opening().is_some() => Ok(Some((tx, found.height))),
        _ => Ok(None),
    }
}

/// What a height says of a delegated grant and its circle; `None` only when it says that there is nothing of the kind.
fn circle_of(
    state: &NodeState,
    grant: &GrantId,
    height: u64,
) -> Result<Option<(CircleGrantRecord, CircleRecord)>, ReadError> {
    let given: Option<CircleGrantRecord> = record_at(state, &StateKey::CircleGrant(*grant), height)?;
    let Some(given) = given else { return Ok(None) };
    let circle = record_at(state, &StateKey::Circle(given.circle_id), height)?;
    Ok(Some((given, circle.ok_or(ReadError::Damaged("circle"))?)))
}

/// What the contract of a permission is asked with, all of one height.
struct Consent {
    contract: ContractRecord,
    emergency: Option<EmergencyRecord>,
}

impl Consent {
    /// `None` for the plain permission, and for a contract that is not on this chain; the rule tells them apart.
    fn of(state: &NodeState, grant: &GrantRecord, height: u64) -> Result<Option<Self>, ReadError> {
        let hash = grant.terms.contract_hash;
        if hash == Hash32::ZERO {
            return Ok(None);
        }
        let Some(contract) = record_at(state, &StateKey::Contract(hash), height)? else { return Ok(None) };
        let emergency = record_at(state, &StateKey::Emergency(grant.terms.grant_id), height)?;
        Ok(Some(Self { contract, emergency }))
    }

    fn facts(&self) -> ContractFacts<'_> {
        ContractFacts { text: &self.contract.text, emergency: self.emergency.as_ref() }
    }
}

/// What a height says of the reader, of their duty, of who opens in an emergency, and of the second person.
#[derive(Default)]
struct People {
    reader: Option<CredentialRecord>,
    duty: Option<DutyRecord>,
    second: Option<CredentialRecord>,
    opener: Option<CredentialRecord>,
}

impl People {
    fn of(
        state: &NodeState,
        given: Option<&CircleGrantRecord>,
        receipt: &Tx,
        height: u64,
    ) -> Result<Self, ReadError> {
        let Some(opening) = receipt.opening() else { return Ok(Self::default()) };
        let answers = CircleGrantRecord::answering(given, &opening.reader_pk);
        let said = |pk: Option<VerifyingKey>| -> Result<Option<CredentialRecord>, ReadError> {
            match pk {
                Some(pk) => record_at(state, &StateKey::Credential(pk), height),
                None => Ok(None),
            }
        };
        let duty = record_at(state, &StateKey::Duty(opening.reader_pk.signing()), height)?;
        let (second, opener) = (said(receipt.second())?, said(receipt.opener())?);
        Ok(Self { reader: said(Some(answers))?, duty, second, opener })
    }

    fn credentials(&self) -> Credentials<'_> {
        Credentials {
            reader: self.reader.as_ref(),
            second: self.second.as_ref(),
            opener: self.opener.as_ref(),
        }
    }
}

pub(super) fn record_at<T: Record>(
    state: &NodeState,
    key: &StateKey,
    height: u64,
) -> Result<Option<T>, ReadError> {
    let octets = state.proven_value(key, height)?.and_then(|found| found.value);
    octets.map(|octets| T::decode(&octets).map_err(|_| ReadError::Damaged("state record"))).transpose()
}
