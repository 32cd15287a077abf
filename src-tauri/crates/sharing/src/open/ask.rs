//! One request: the receipt first, then the members, then the slots' outputs.

use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use rand_core::CryptoRng;
use salus_chain::duty::person_key;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{AccessBody, Opener, Purpose, Second, StatedAccessBody, Tx, epk_hash};
use salus_keeper::Slot;
use salus_keeper::desk::take_over;
use salus_keeper::envelope::{Envelope, KemSecretKey};
use salus_keeper::message::{
    KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest, SecretRequest, SlotRequest,
};
use salus_keeper::prf::{CombineError, SlotPrf};
use salus_keeper::reader::{BadReply, Combiner};
use salus_keeper::release::Refusal;
use salus_light::{Inclusion, LightError};
use zeroize::Zeroizing;

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
        Self::by(shared.grant(), reader.public(), shared.path.clone(), slots, rng)
    }

    /// Builds the request of somebody on duty, for a permission to their group.
    ///
    /// # Errors
    /// [`OpenError::NothingYet`] for no slots.
    pub fn in_person(
        grant: GrantId,
        person: &SigningKey,
        slots: Vec<Slot>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let slots = SlotRequest::new(slots, salt).map_err(|_| OpenError::NothingYet)?;
        Self::by(grant, person_key(person.verifying_key()), MerklePath::single(), slots, rng)
    }

    fn by(
        grant_id: GrantId,
        reader_pk: ReaderKey,
        path: MerklePath,
        slots: SlotRequest,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let key = KemSecretKey::generate(rng);
        let epk = key.public_key().map_err(|_| OpenError::OtherReader)?;
        let body =
            AccessBody { grant_id, reader_pk, path, request_hash: slots.hash(), epk_hash: epk_hash(&epk) };
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
        self.signed(reader.signing(), ctx)
    }

    /// Signs a receipt that states nothing, with the key that the receipt names.
    #[must_use]
    pub fn signed(self, key: &SigningKey, ctx: &ChainContext) -> Request {
        let tx = Tx::Access(self.body.clone().sign(&ctx.chain_id, key));
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

    /// Builds the request for slots to which a second clinician agreed, and the signed receipt that says so; `own` is the attested
    /// key of the clinician who opens.
    ///
    /// # Errors
    /// As [`Request::new`].
    pub fn seconded(
        shared: &Shared,
        reader: &ReaderSecret,
        own: &SigningKey,
        slots: SlotRequest,
        second: Second,
        ctx: &ChainContext,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, OpenError> {
        let state = |access: AccessBody| {
            let (purpose, reason) = (Purpose::Treatment, 0);
            let opener = Some(Opener::sign(&access, reason, &ctx.chain_id, own));
            StatedAccessBody { access, purpose, reason, second: Some(second), opener }
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

    /// Asks the desk of a member for c_g, which the capsule has sealed to it; the receipt has to be final. A desk that does not
    /// have the receipt's block yet is asked again.
    ///
    /// # Errors
    /// [`OpenError::Light`] with the desk's reason.
    pub(super) async fn secret<N: Network>(
        &self,
        network: &N,
        member: u16,
        header_hash: Hash32,
        sealed: &Envelope,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let body = self.tx.opening().ok_or(OpenError::NotGranted)?;
        let asked = SecretRequest { release: self.release.clone(), header_hash, sealed: sealed.clone() };
        let asked = KeeperRequest::Secret(Box::new(asked));
        let mut round = 0;
        let reply = loop {
            match network.keeper(member, asked.clone()).await {
                Err(LightError::Keeper { why: NO_RECEIPT, .. }) if round < MAX_ROUNDS => {
                    round += 1;
                    network.pause().await;
                }
                reply => break reply?,
            }
        };
        let KeeperReply::Secret(sealed) = reply else { return Err(LightError::BadAnswer { member }.into()) };
        let (chain, receipt) = (network.genesis().chain_id(), self.release.access_tx_hash);
        take_over(&self.key, &chain, &body.grant_id, &header_hash, &receipt, &sealed)
            .map_err(|_| LightError::BadAnswer { member }.into())
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
