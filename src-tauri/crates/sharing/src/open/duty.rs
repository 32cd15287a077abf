//! For those on duty: what was given to their group, and opening it.
//!
//! ```text
//! on_duty          what the chain says of somebody's duty now
//! list_for_group   the notes that the member's desk keeps for the group
//! open_for_group   capsule is the one on the chain -> receipt final -> c_g from the desk -> t keepers -> readings
//! ```
//!
//! Which slots there are says the capsule, and it opens only after the receipt. So the first receipt is for the newest slots of
//! what the note covers; what the capsule has besides, as around something that was deleted, is asked for with a second one.

use rand_core::CryptoRng;
use salus_chain::codec::Record;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::{GrantId, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_keeper::Slot;
use salus_keeper::desk::open_page;
use salus_keeper::envelope::{Envelope, KemSecretKey};
use salus_keeper::message::{DutyAsk, KeeperReply, KeeperRequest};
use salus_keeper::release::MAX_SLOTS;
use salus_light::{LightError, Proven};
use salus_wire::UnixMillis;

use super::shared::{accept_handed, of_group};
use super::{Gathered, MAX_REQUESTS, OpenError, Opened, Shared, Step, Unsigned, active, fetch};
use crate::capsule::Pointer;
use crate::cover::to_ask;
use crate::duty::Note;
use crate::gaps::requests_of;
use crate::network::Network;

/// Pages of a desk at most: some hundred permissions, and a desk that never ends is not followed.
const MAX_PAGES: usize = 256;

/// Somebody's duty as proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Where and as what.
    pub group: DutyGroup,
    /// Until when, if it is not ended before.
    pub until: UnixMillis,
}

/// What a desk tells those on duty of one permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForGroup {
    /// The permission.
    pub grant: GrantId,
    /// To whom it was given.
    pub group: DutyGroup,
    /// What it is; not proven.
    pub note: Note,
}

/// Whether the clinician with this attested key is on duty at an instant, by the proven head too; `None` when not, also when the
/// attestation is out of force.
///
/// # Errors
/// [`LightError`].
pub async fn on_duty<N: Network>(
    network: &N,
    key: &VerifyingKey,
    now: UnixMillis,
) -> Result<Option<OnDuty>, LightError> {
    let Proven { value: duty, head } = network.duty(key).await?;
    let Some(duty) = duty else { return Ok(None) };
    let person = network.credential(key).await?.value;
    let group = duty.body.group.clone();
    let holds = [now, head.time_ms].iter().all(|at| group.serves(person.as_ref(), Some(&duty), *at).is_ok());
    Ok(holds.then_some(OnDuty { group, until: duty.body.until_ms }))
}

/// Everything that the desk keeps for a group, by permission. Notes that are none are left out: a patient wrote them.
///
/// # Errors
/// [`LightError::Keeper`] when the desk refuses, [`LightError::BadAnswer`] for a page that does not open or goes back.
pub async fn list_for_group<N: Network>(
    network: &N,
    group: &DutyGroup,
    person: &SigningKey,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
) -> Result<Vec<ForGroup>, LightError> {
    let (chain, member) = (network.genesis().chain_id(), group.member());
    let bad = || LightError::BadAnswer { member };
    let (mut found, mut after) = (Vec::new(), GrantId([0; 32]));
    for _ in 0..MAX_PAGES {
        let key = KemSecretKey::generate(rng);
        let kem = key.public_key().map_err(|_| bad())?;
        let ask = DutyAsk::sign(kem, now, after, &chain, person);
        let KeeperReply::OnDuty(sealed) = network.keeper(member, KeeperRequest::OnDuty(ask.clone())).await?
        else {
            return Err(bad());
        };
        let page = open_page(&key, &ask, &chain, &sealed).map_err(|_| bad())?;
        let last = page.notes.last().map(|(grant, _)| *grant);
        if page.notes.first().is_some_and(|(grant, _)| *grant <= after) {
            return Err(bad());
        }
        for (grant, text) in page.notes {
            if let Ok(note) = Note::decode(&text) {
                found.push(ForGroup { grant, group: group.clone(), note });
            }
        }
        match last.filter(|_| page.more) {
            Some(last) => after = last,
            None => break,
        }
    }
    Ok(found)
}

/// Opens a permission to a group, signed with the attested key of somebody on duty: leaves the receipt, waits until it is final,
/// takes c_g from the desk, asks the members, fetches, verifies, decrypts.
///
/// # Errors
/// [`OpenError::OffDuty`] before anything is recorded; otherwise as [`super::open`].
pub async fn open_for_group<N: Network>(
    network: &N,
    found: &ForGroup,
    person: &SigningKey,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<(Shared, Opened), OpenError> {
    let (genesis, ctx) = (network.genesis(), network.genesis().context());
    let Proven { value, head } = network.grant(&found.grant).await?;
    let record = value.ok_or(OpenError::NotGranted)?;
    let at = now.min(head.time_ms);
    active(&record, at)?;
    let duty = on_duty(network, &person.verifying_key(), now).await?;
    duty.filter(|duty| duty.group == found.group).ok_or(OpenError::OffDuty)?;

    let pointer = Pointer { grant: found.grant, capsule: found.note.capsule };
    let capsule = of_group(&fetch(network, &pointer).await?, &record.terms, &found.group)?;
    let stand_in = found.group.reader(genesis).ok_or(OpenError::OtherReader)?;
    let sealed = capsule.sealed_for(&stand_in).ok_or(OpenError::OtherReader)?;
    let (enc, ciphertext) = sealed.split_first_chunk::<32>().ok_or(OpenError::OtherReader)?;
    let sealed = Envelope { enc: *enc, ciphertext: ciphertext.to_vec() };

    let covered = to_ask(found.note.scope, at);
    let newest = covered.rchunks(MAX_SLOTS).next().ok_or(OpenError::NothingYet)?.to_vec();
    let request = Unsigned::in_person(found.grant, person, newest.clone(), rng)?.signed(person, &ctx);
    let receipt = network.record(request.receipt()).await.map_err(refused)?;
    progress(Step::Receipt(receipt));
    let secret = request.secret(network, found.group.member(), capsule.header.hash(), &sealed).await?;
    let shared = accept_handed(&capsule, &secret, &record.terms, genesis)?;
    let mut gathered = Gathered::default();
    match gathered.ask(network, &shared, &ctx, request, receipt, progress).await {
        // Of none of these slots the capsule has a key: it has smaller ones, around what was deleted.
        Ok(()) | Err(OpenError::NoWrap) => {}
        Err(error) => return Err(error),
    }

    let (next, older) = rest(&shared, &newest, at);
    for slots in next {
        let request = Unsigned::in_person(found.grant, person, slots, rng)?.signed(person, &ctx);
        let receipt = network.record(request.receipt()).await.map_err(refused)?;
        progress(Step::Receipt(receipt));
        gathered.ask(network, &shared, &ctx, request, receipt, progress).await?;
    }
    if gathered.nodes.is_empty() {
        return Err(OpenError::NoWrap);
    }
    let opened = gathered.read(network, &shared, head, older, progress).await?;
    Ok((shared, opened))
}

/// Going off duty between the proof and the receipt reads as what it is.
fn refused(error: LightError) -> OpenError {
    match error {
        LightError::Refused(TxRefused::OffDuty) => OpenError::OffDuty,
        error => error.into(),
    }
}

/// What the capsule has besides the slots that were asked for, newest first: the requests that this opening still takes, and how
/// many slots it leaves for a later one.
fn rest(shared: &Shared, asked: &[Slot], at: UnixMillis) -> (Vec<Vec<Slot>>, usize) {
    let all = requests_of(&shared.wrapped(), shared.scope(), at).concat();
    let mut left: Vec<Slot> = all.into_iter().filter(|slot| !asked.contains(slot)).collect();
    left.sort_unstable_by_key(|slot| (slot.start(), slot.level()));
    let mut requests: Vec<Vec<Slot>> = left.rchunks(MAX_SLOTS).map(<[Slot]>::to_vec).collect();
    let older = requests.split_off(requests.len().min(MAX_REQUESTS - 1)).iter().map(Vec::len).sum();
    (requests, older)
}

#[cfg(test)]
pub(super) mod tests;
