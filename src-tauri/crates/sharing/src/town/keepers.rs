//! A keeper: accepts a dealing, answers a release by the rule.

use std::collections::BTreeMap;

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::ids::{GrantId, VerifyingKey};
use salus_chain::state::{ContractRecord, CredentialRecord, EmergencyRecord, GrantRecord, Head, StateKey};
use salus_chain::tx::{ErasureAckBody, Tx};
use salus_keeper::answer;
use salus_keeper::deal::accept;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::held::HeldShare;
use salus_keeper::message::{KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest};
use salus_keeper::release::{ContractFacts, Credentials, FinalAccess, Refusal, ReleaseFacts, decide};

use super::Town;

pub(crate) struct Keeper {
    index: u16,
    kem: KemSecretKey,
    shares: BTreeMap<GrantId, HeldShare>,
    released: u32,
}

impl Keeper {
    pub(super) fn new(index: u16, kem: KemSecretKey) -> Self {
        Self { index, kem, shares: BTreeMap::new(), released: 0 }
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
    }
}

fn release(town: &Town, place: usize, request: &ReleaseRequest) -> KeeperReply {
    let mut inside = town.inside();
    inside.log.push("release");
    if let Some(less) = inside.lag.checked_sub(1) {
        inside.lag = less;
        return KeeperReply::Refused(KeeperRefused::Release(Refusal::NoReceipt));
    }
    let access = inside.accesses.get(&request.access_tx_hash).cloned();
    let opening = access.as_ref().and_then(|(tx, _, _)| tx.opening()).cloned();
    let grant_id = opening.as_ref().map(|body| body.grant_id);
    let at_head: Option<GrantRecord> = grant_id.and_then(|id| inside.get(&StateKey::Grant(id)));
    let contract = at_head.as_ref().map(|grant| StateKey::Contract(grant.terms.contract_hash));
    let contract: Option<ContractRecord> = contract.and_then(|key| inside.get(&key));
    let emergency: Option<EmergencyRecord> = grant_id.and_then(|id| inside.get(&StateKey::Emergency(id)));
    let held = grant_id.and_then(|id| inside.keepers[place].shares.get(&id).cloned());
    let given: Option<CircleGrantRecord> = grant_id.and_then(|id| inside.get(&StateKey::CircleGrant(id)));
    // Every delegated grant has a circle: none here is none there.
    let circle: Option<CircleRecord> =
        given.as_ref().map(|given| inside.get(&StateKey::Circle(given.circle_id)).unwrap());
    let answers = opening.map(|body| CircleGrantRecord::answering(given.as_ref(), &body.reader_pk));
    let credential: Option<CredentialRecord> =
        answers.and_then(|answers| inside.get(&StateKey::Credential(answers)));
    let said = |pk: Option<VerifyingKey>| -> Option<CredentialRecord> {
        pk.and_then(|pk| inside.get(&StateKey::Credential(pk)))
    };
    let second = said(access.as_ref().and_then(|(tx, _, _)| tx.second()));
    let opener = said(access.as_ref().and_then(|(tx, _, _)| tx.opener()));
    let access_final = access.as_ref().map(|(tx, height, _)| FinalAccess { tx, height: *height });
    let facts = ReleaseFacts {
        ctx: &town.ctx,
        request,
        access: access_final,
        grant_at_access: access.as_ref().and_then(|(_, _, grant)| grant.as_ref()),
        grant_at_head: at_head.as_ref(),
        head: Head { height: inside.height, time_ms: inside.times[&inside.height] },
        clock_ms: inside.now,
        revoke_seen: false,
        held: held.as_ref(),
        released_in_window: inside.keepers[place].released,
        contract: contract
            .as_ref()
            .map(|contract| ContractFacts { text: &contract.text, emergency: emergency.as_ref() }),
        credentials: Credentials {
            reader: credential.as_ref(),
            second: second.as_ref(),
            opener: opener.as_ref(),
        },
        circle: given.as_ref().zip(circle.as_ref()),
    };
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
