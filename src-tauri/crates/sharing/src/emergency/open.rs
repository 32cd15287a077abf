//! Opening with a card: alone, half an hour after the announcement, or at once with a second clinician's word.

use rand_core::CryptoRng;
use salus_chain::ids::{ChainId, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::CredentialRecord;
use salus_chain::tx::{AccessBody, Opener, Purpose, Second, StatedAccessBody};
use salus_keeper::Slot;
use salus_keeper::release::MAX_SLOTS;
use salus_light::Head;
use salus_wire::UnixMillis;

use super::second::{Ask, SecondError, Word};
use super::standing::{Found, Standing, check_reason, standing};
use super::{Card, EmergencyError, SET_MS};
use crate::gaps::to_ask_of;
use crate::network::Network;
use crate::open::{self, Opened, Shared, Step, Unsigned};
use crate::reader::ReaderSecret;

/// An opening that is ready but for the clinicians' signatures.
#[derive(Debug)]
pub struct Prepared {
    unsigned: Unsigned,
    reason: u8,
    older: usize,
    from: UnixMillis,
}

impl Prepared {
    /// Asks for the newest slots of the emergency set.
    ///
    /// # Errors
    /// [`EmergencyError::NoReason`]; [`open::OpenError::NothingYet`].
    pub fn new(
        shared: &Shared,
        reader: &ReaderSecret,
        reason: u8,
        at: UnixMillis,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, EmergencyError> {
        check_reason(reason)?;
        let from = at.saturating_sub(SET_MS);
        let slots = to_ask_of(&shared.wrapped(), shared.scope(), at);
        // Whole slots: what is older than the set and comes with the first of them is dropped when it is read.
        let mut slots: Vec<Slot> = slots.into_iter().filter(|slot| slot.end_ms() > from).collect();
        slots.sort_by_key(|slot| core::cmp::Reverse(slot.end_ms()));
        let older = slots.len().saturating_sub(MAX_SLOTS);
        slots.truncate(MAX_SLOTS);
        let unsigned = Unsigned::new(shared, reader, slots, rng)?;
        Ok(Self { unsigned, reason, older, from })
    }

    /// What a second clinician is asked to sign for; `by` is the attested key of the one who asks.
    #[must_use]
    pub const fn ask(&self, by: VerifyingKey) -> Ask {
        let access = self.unsigned.body();
        let (grant, reader, request_hash) = (access.grant_id, access.reader_pk, access.request_hash);
        Ask { grant, reader, request_hash, reason: self.reason, by }
    }

    /// Whether a word is for this very opening by the clinician with the attested key `own`.
    ///
    /// # Errors
    /// [`SecondError::OtherOpening`].
    pub fn check(&self, word: &Word, chain: &ChainId, own: &SigningKey) -> Result<(), SecondError> {
        let body = self.stated(self.unsigned.body().clone(), Some(word.0), chain, own);
        body.second_signed(chain).map_err(|_| SecondError::OtherOpening)
    }

    fn stated(
        &self,
        access: AccessBody,
        second: Option<Second>,
        chain: &ChainId,
        own: &SigningKey,
    ) -> StatedAccessBody {
        let opener = Some(Opener::sign(&access, self.reason, chain, own));
        StatedAccessBody { access, purpose: Purpose::Emergency, reason: self.reason, second, opener }
    }
}

/// Opens without a second clinician, half an hour after the announcement. `own` is the attested key of the clinician who opens
/// and answers for it.
///
/// # Errors
/// [`EmergencyError`].
#[expect(clippy::too_many_arguments, reason = "each is one fact of the opening")]
pub async fn alone<N: Network>(
    network: &N,
    found: &Found,
    card: &Card,
    reason: u8,
    own: &SigningKey,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, EmergencyError> {
    check_reason(reason)?;
    let (head, emergency) = may_open(network, &found.shared, &own.verifying_key(), now).await?;
    let until = emergency.alone_from().ok_or(EmergencyError::NotAnnounced)?;
    if emergency.head.time_ms < until {
        return Err(EmergencyError::Waits { until });
    }
    if attested(network, &own.verifying_key(), now).await?.is_none() {
        return Err(EmergencyError::NotAttested);
    }
    let reader = card.reader();
    let prepared = Prepared::new(&found.shared, &reader, reason, now.min(head.time_ms), rng)?;
    through(network, &found.shared, &reader, prepared, None, own, head, progress).await
}

/// Opens at once, with another clinician's word for this very opening. `own` is the attested key of the clinician who asked, who
/// answers for it.
///
/// # Errors
/// [`EmergencyError`].
#[expect(clippy::too_many_arguments, reason = "each is one fact of the opening")]
pub async fn seconded<N: Network>(
    network: &N,
    found: &Found,
    card: &Card,
    prepared: Prepared,
    word: Word,
    own: &SigningKey,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, EmergencyError> {
    let Word(second) = word;
    let own_pk = own.verifying_key();
    if second.pk == own_pk {
        return Err(SecondError::SamePerson.into());
    }
    let (head, _) = may_open(network, &found.shared, &own_pk, now).await?;
    let opener = attested(network, &own_pk, now).await?.ok_or(EmergencyError::NotAttested)?;
    let other = attested(network, &second.pk, now).await?.ok_or(SecondError::NotAttested)?;
    if !other.another_person(&opener) {
        return Err(SecondError::SamePerson.into());
    }
    through(network, &found.shared, &card.reader(), prepared, Some(second), own, head, progress).await
}

/// The permission is in force, and its four hours are not over.
async fn may_open<N: Network>(
    network: &N,
    shared: &Shared,
    own: &VerifyingKey,
    now: UnixMillis,
) -> Result<(Head, Standing), EmergencyError> {
    let record = network.grant(&shared.grant()).await?;
    let head = shared.standing(&record, now.min(record.head.time_ms))?;
    let emergency = standing(network, &shared.grant(), Some(own)).await?;
    match emergency.until() {
        Some(until) if emergency.head.time_ms > until => Err(EmergencyError::Over),
        _ => Ok((head, emergency)),
    }
}

/// What a member says of a clinician, when it is in force.
async fn attested<N: Network>(
    network: &N,
    key: &VerifyingKey,
    now: UnixMillis,
) -> Result<Option<CredentialRecord>, EmergencyError> {
    let proven = network.credential(key).await?;
    let at = now.max(proven.head.time_ms);
    Ok(proven.value.filter(|credential| credential.in_force(at)))
}

#[expect(clippy::too_many_arguments, reason = "each is one fact of the opening")]
async fn through<N: Network>(
    network: &N,
    shared: &Shared,
    reader: &ReaderSecret,
    prepared: Prepared,
    second: Option<Second>,
    own: &SigningKey,
    head: Head,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, EmergencyError> {
    let (from, older) = (prepared.from, prepared.older);
    let ctx = network.genesis().context();
    // A word for another opening is refused here, before the members see it.
    if let Some(second) = second {
        prepared.check(&Word(second), &ctx.chain_id, own)?;
    }
    let body = prepared.stated(prepared.unsigned.body().clone(), second, &ctx.chain_id, own);
    let request = prepared.unsigned.stated(reader, &ctx, |_| body);
    let mut opened = open::carry_out(network, shared, &ctx, head, vec![request], older, progress).await?;
    for (_, readings) in &mut opened.readings {
        readings.retain(|reading| reading.at >= from);
    }
    Ok(opened)
}
