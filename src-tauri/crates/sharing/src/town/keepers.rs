//! A keeper: accepts a dealing, answers a release by the rule.

use std::collections::BTreeMap;

use salus_chain::attestation::Attestation;
use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::genesis::ChainContext;
use salus_chain::ids::{GrantId, VerifyingKey};
use salus_chain::state::{
    ContractRecord, CredentialRecord, DutyGrantRecord, DutyRecord, EmergencyRecord, GrantRecord, Head,
    StateKey,
};
use salus_chain::tx::{ErasureAckBody, Tx};
use salus_keeper::answer;
use salus_keeper::deal::accept;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::held::HeldShare;
use salus_keeper::message::{DutyNote, KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest};
use salus_keeper::release::{
    ContractFacts, Credentials, DutyFacts, FinalAccess, Refusal, ReleaseFacts, decide,
};
use salus_wire::UnixMillis;

use super::{Inside, Town};

mod desk;

pub(crate) struct Keeper {
    index: u16,
    kem: KemSecretKey,
    shares: BTreeMap<GrantId, HeldShare>,
    released: u32,
    notes: BTreeMap<GrantId, DutyNote>,
    people: BTreeMap<VerifyingKey, Attestation>,
}

impl Keeper {
    pub(super) fn new(index: u16, kem: KemSecretKey) -> Self {
        Self {
            index,
            kem,
            shares: BTreeMap::new(),
            released: 0,
            notes: BTreeMap::new(),
            people: BTreeMap::new(),
        }
    }
}

pub(super) fn answer(town: &Town, member: u16, request: KeeperRequest) -> KeeperReply {
    let place = usize::from(member) - 1;
    match request {
        KeeperRequest::Deal(message) => {
            let mut inside = town.inside();
            let keeper = &mut inside.keepers[place];
            match accept(&town.ctx, member, &keeper.kem, &town.signing[place], &message) {
                Ok((held, ack)) => {
                    keeper.shares.insert(held.grant_id, held);
                    KeeperReply::Ack(ack)
                }
                Err(why) => KeeperReply::Refused(KeeperRefused::Deal(why)),
            }
        }
        KeeperRequest::Release(request) => release(town, place, &request),
        KeeperRequest::EraseStatus(_) => KeeperReply::Refused(KeeperRefused::Internal),
        KeeperRequest::Note(note) => desk::note(town, member, &note),
        KeeperRequest::OnDuty(ask) => desk::on_duty(town, member, &ask),
        KeeperRequest::Secret(request) => desk::secret(town, member, &request),
        KeeperRequest::Who(request) => desk::who(town, member, &request),
        KeeperRequest::Roles => KeeperReply::Roles(vec!["Night".into(), "bad\nrole".into()]),
    }
}

/// What the rule looks at, besides the request and the share.
struct Known {
    access: Option<(Tx, u64, Option<GrantRecord>)>,
    grant_id: Option<GrantId>,
    at_head: Option<GrantRecord>,
    contract: Option<ContractRecord>,
    emergency: Option<EmergencyRecord>,
    given: Option<CircleGrantRecord>,
    circle: Option<CircleRecord>,
    credential: Option<CredentialRecord>,
    second: Option<CredentialRecord>,
    opener: Option<CredentialRecord>,
    group: Option<DutyGrantRecord>,
    duty: Option<DutyRecord>,
    head: Head,
    clock_ms: UnixMillis,
}

impl Known {
    fn of(inside: &Inside, request: &ReleaseRequest) -> Self {
        let access = inside.accesses.get(&request.access_tx_hash).cloned();
        let opening = access.as_ref().and_then(|(tx, _, _)| tx.opening()).cloned();
        let grant_id = opening.as_ref().map(|body| body.grant_id);
        let at_head: Option<GrantRecord> = grant_id.and_then(|id| inside.get(&StateKey::Grant(id)));
        let contract = at_head.as_ref().map(|grant| StateKey::Contract(grant.terms.contract_hash));
        let given: Option<CircleGrantRecord> = grant_id.and_then(|id| inside.get(&StateKey::CircleGrant(id)));
        let answers =
            opening.as_ref().map(|body| CircleGrantRecord::answering(given.as_ref(), &body.reader_pk));
        let signer = opening.map(|body| body.reader_pk.signing());
        let said = |pk: Option<VerifyingKey>| -> Option<CredentialRecord> {
            pk.and_then(|pk| inside.get(&StateKey::Credential(pk)))
        };
        Self {
            grant_id,
            contract: contract.and_then(|key| inside.get(&key)),
            emergency: grant_id.and_then(|id| inside.get(&StateKey::Emergency(id))),
            // Every delegated grant has a circle: none here is none there.
            circle: given.as_ref().map(|given| inside.get(&StateKey::Circle(given.circle_id)).unwrap()),
            credential: said(answers),
            second: said(access.as_ref().and_then(|(tx, _, _)| tx.second())),
            opener: said(access.as_ref().and_then(|(tx, _, _)| tx.opener())),
            group: grant_id.and_then(|id| inside.get(&StateKey::DutyGrant(id))),
            duty: signer.and_then(|pk| inside.get(&StateKey::Duty(pk))),
            head: Head { height: inside.height, time_ms: inside.times[&inside.height] },
            clock_ms: inside.now,
            given,
            at_head,
            access,
        }
    }

    fn facts<'a>(
        &'a self,
        ctx: &'a ChainContext,
        request: &'a ReleaseRequest,
        held: Option<&'a HeldShare>,
        released_in_window: u32,
    ) -> ReleaseFacts<'a> {
        let emergency = self.emergency.as_ref();
        let contract = self.contract.as_ref();
        ReleaseFacts {
            ctx,
            request,
            access: self.access.as_ref().map(|(tx, height, _)| FinalAccess { tx, height: *height }),
            grant_at_access: self.access.as_ref().and_then(|(_, _, grant)| grant.as_ref()),
            grant_at_head: self.at_head.as_ref(),
            head: self.head,
            clock_ms: self.clock_ms,
            revoke_seen: false,
            held,
            released_in_window,
            contract: contract.map(|contract| ContractFacts { text: &contract.text, emergency }),
            credentials: Credentials {
                reader: self.credential.as_ref(),
                second: self.second.as_ref(),
                opener: self.opener.as_ref(),
            },
            circle: self.given.as_ref().zip(self.circle.as_ref()),
            duty: self.group.as_ref().map(|given| DutyFacts { given, duty: self.duty.as_ref() }),
        }
    }
}

fn release(town: &Town, place: usize, request: &ReleaseRequest) -> KeeperReply {
    let mut inside = town.inside();
    inside.log.push("release");
    if let Some(less) = inside.lag.checked_sub(1) {
        inside.lag = less;
        return KeeperReply::Refused(KeeperRefused::Release(Refusal::NoReceipt));
    }
    let known = Known::of(&inside, request);
    let held = known.grant_id.and_then(|id| inside.keepers[place].shares.get(&id).cloned());
    let facts = known.facts(&town.ctx, request, held.as_ref(), inside.keepers[place].released);
    let permit = match decide(&facts) {
        Ok(permit) => permit,
        Err(why) => return KeeperReply::Refused(KeeperRefused::Release(why)),
    };
    let slots = permit.entry().slots.len();
    let permit = permit.log(|_| Ok::<(), ()>(())).unwrap();
    let (held, key) = (held.unwrap(), &town.signing[place]);
    let reply = answer::release(&town.ctx.chain_id, permit, &held, request, key, &mut inside.rng).unwrap();
    inside.keepers[place].released += u32::try_from(slots).unwrap();
    KeeperReply::Released(Box::new(reply))
}

impl Town {
    /// A minute passes for the rate limit.
    pub(crate) fn forget_rate(&self) {
        self.inside().keepers.iter_mut().for_each(|k| k.released = 0);
    }

    /// Every keeper erases its share of an ended grant and says so on the chain.
    pub(crate) fn erase(&self, grant: GrantId) {
        let keepers: Vec<u16> = self.inside().keepers.iter().map(|k| k.index).collect();
        for keeper in keepers {
            self.inside().keepers[usize::from(keeper) - 1].shares.remove(&grant);
            let body = ErasureAckBody { grant_id: grant, keeper };
            let tx = body.sign(&self.ctx.chain_id, &self.signing[usize::from(keeper) - 1]);
            self.block(Some(&Tx::ErasureAck(tx))).unwrap();
        }
    }
}
