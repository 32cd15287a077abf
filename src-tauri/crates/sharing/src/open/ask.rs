//! One request: the receipt first, then the members, then the slots' outputs.

use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use rand_core::CryptoRng;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::KemPublicKey;
use salus_chain::tx::{AccessBody, Purpose, Second, StatedAccessBody, Tx, epk_hash};
use salus_keeper::Slot;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest, SlotRequest};
use salus_keeper::prf::{CombineError, SlotPrf};
use salus_keeper::reader::{BadReply, Combiner};
use salus_keeper::release::Refusal;
use salus_light::{Inclusion, LightError};

use super::{OpenError, Shared, Why};
use crate::members::Members;
use crate::network::Network;
use crate::reader::ReaderSecret;

/// A member that does not have the receipt's block yet is asked again so often, a moment apart: about 3 s.
const MAX_ROUNDS: u8 = 20;
const NO_RECEIPT: KeeperRefused = KeeperRefused::Release(Refusal::NoReceipt);

/// A request whose receipt is not signed yet: what a second person signs for.
#[derive(Debug)]
pub struct Unsigned {
    body: AccessBody,
    slots: SlotRequest,
    epk: KemPublicKey,
    key: KemSecretKey,
}

/// A request with its one-time key, which opens the answers to this request only.
#[derive(Debug)]
pub struct Request {
    tx: Tx,
    release: ReleaseRequest,
    key: KemSecretKey,
}

/// A member whose answer does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its index, from 1.
    pub member: u16,
    /// Why.
    pub why: Why,
}

/// One slot and its output.
pub type Asked = (Slot, SlotPrf);

/// What t members released together.
#[derive(Debug)]
pub struct Released {
    /// For each slot of the request.
    pub outputs: Vec<Asked>,
    /// Whose answers were used.
    pub by: Members,
    /// Whose were not, as far as they came.
    pub dropped: Vec<Dropped>,
}

impl Unsigned {
    /// Builds the request.
    ///
    /// # Errors
    /// [`OpenError::NothingYet`] for no slots.
    pub fn new(
        shared: &Shared,
        reader: &ReaderSecret,
        slots: Vec<Slot>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let slots = SlotRequest::new(slots, salt).map_err(|_| OpenError::NothingYet)?;
        Self::of(shared, reader, slots, rng)
    }

    /// Builds the request for slots that were fixed before.
    fn of(
        shared: &Shared,
        reader: &ReaderSecret,
        slots: SlotRequest,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let key = KemSecretKey::generate(rng);
        let epk = key.public_key().map_err(|_| OpenError::OtherReader)?;
        let body = AccessBody {
            grant_id: shared.grant(),
            reader_pk: reader.public(),
            path: shared.path.clone(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        };
        Ok(Self { body, slots, epk, key })
    }

    /// What the receipt will say.
    #[must_use]
    pub const fn body(&self) -> &AccessBody {
        &self.body
    }

    /// Signs a receipt that states nothing.
    #[must_use]
    pub fn plain(self, reader: &ReaderSecret, ctx: &ChainContext) -> Request {
        let tx = Tx::Access(self.body.clone().sign(&ctx.chain_id, reader.signing()));
        self.under(tx)
    }

    /// Signs a receipt with what `state` states about it.
    #[must_use]
    pub fn stated(
        self,
        reader: &ReaderSecret,
        ctx: &ChainContext,
        state: impl FnOnce(AccessBody) -> StatedAccessBody,
    ) -> Request {
        let body = state(self.body.clone());
        let tx = Tx::StatedAccess(Box::new(body.sign(&ctx.chain_id, reader.signing())));
        self.under(tx)
    }

    fn under(self, tx: Tx) -> Request {
        let release = ReleaseRequest { access_tx_hash: tx.hash(), slots: self.slots, epk: self.epk };
        Request { tx, release, key: self.key }
    }
}

impl Request {
    /// Builds the request and the signed receipt that it needs.
    ///
    /// # Errors
    /// [`OpenError::NothingYet`] for no slots.
    pub fn new(
        shared: &Shared,
        reader: &ReaderSecret,
        slots: Vec<Slot>,
        ctx: &ChainContext,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        Ok(Unsigned::new(shared, reader, slots, rng)?.plain(reader, ctx))
    }

    /// Builds the request for slots to which a second clinician agreed, and the signed receipt that says so.
    ///
    /// # Errors
    /// As [`Request::new`].
    pub fn seconded(
        shared: &Shared,
        reader: &ReaderSecret,
        slots: SlotRequest,
        second: Second,
        ctx: &ChainContext,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let state = |access| StatedAccessBody {
            access,
            purpose: Purpose::Treatment,
            reason: 0,
            second: Some(second),
            opener: None,
        };
        Ok(Unsigned::of(shared, reader, slots, rng)?.stated(reader, ctx, state))
    }

    /// The receipt: to be final before [`Request::ask`].
    #[must_use]
    pub const fn receipt(&self) -> &Tx {
        &self.tx
    }

    /// What every keeper is asked.
    #[must_use]
    pub fn message(&self) -> KeeperRequest {
        KeeperRequest::Release(self.release.clone())
    }

    /// Asks every member at once, takes the first t answers that verify, and names those that do not.
    ///
    /// # Errors
    /// [`OpenError::TooFew`] with every member's reason.
    pub async fn ask<N: Network>(
        self,
        network: &N,
        shared: &Shared,
        ctx: &ChainContext,
        receipt: Inclusion,
    ) -> Result<Released, OpenError> {
        let message = self.message();
        let ask = |member: u16, round: u8| {
            let message = message.clone();
            async move {
                if round > 0 {
                    network.pause().await;
                }
                (member, round, network.keeper(member, message).await)
            }
        };
        let mut answers: FuturesUnordered<_> = (1..=ctx.n()).map(|member| ask(member, 0)).collect();
        let Self { release, key, .. } = self;
        let mut combiner =
            Combiner::new(ctx, shared.grant(), &shared.commitments, &release, receipt.height, key);
        let (mut by, mut dropped) = (Members::default(), Vec::new());
        loop {
            let (have, need) = combiner.progress();
            // Enough: what is already here is still looked at, so that a bad answer is named; nobody is waited for.
            let next =
                if have >= need { answers.next().now_or_never().flatten() } else { answers.next().await };
            let Some((member, round, answer)) = next else { break };
            let behind = matches!(&answer, Err(LightError::Keeper { why: NO_RECEIPT, .. }));
            if behind && round < MAX_ROUNDS {
                answers.push(ask(member, round + 1));
                continue;
            }
            match judge(&mut combiner, member, answer) {
                Ok(()) => by.insert(member),
                Err(why) => {
                    tracing::debug!(member, %why, "answer dropped");
                    dropped.push(Dropped { member, why });
                }
            }
        }
        let slots = release.slots.slots().iter().copied();
        match combiner.combine() {
            Ok(outputs) => Ok(Released { outputs: slots.zip(outputs).collect(), by, dropped }),
            Err(CombineError::TooFew { have, need }) => Err(OpenError::TooFew { have, need, dropped }),
            // Verified values of distinct members always combine, unless the dealing's secret is zero.
            Err(CombineError::Index | CombineError::Slots | CombineError::Identity) => {
                Err(OpenError::OtherDealing)
            }
        }
    }
}

fn judge(
    combiner: &mut Combiner<'_>,
    member: u16,
    answer: Result<KeeperReply, LightError>,
) -> Result<(), Why> {
    match answer {
        Ok(KeeperReply::Released(reply)) => {
            combiner.add(member, &reply).map_err(|BadReply { fault, .. }| Why::Altered(fault))
        }
        Ok(_) => Err(Why::Light(LightError::BadAnswer { member })),
        Err(LightError::Keeper { why, .. }) => Err(Why::Refused(why)),
        Err(error) => Err(Why::Light(error)),
    }
}
