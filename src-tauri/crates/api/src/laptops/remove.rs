//! A laptop is taken out of the record: newer keys, its mandates taken back, and what it gave given again from here.
//!
//! ```text
//! remove_laptop  record::renew: what is measured from now on is under keys that it does not have -> noted as removed
//! go_on          each mandate withdrawn, proven -> from that block on it gives and stops nothing
//!                what it gave and told of    given again from here where the person said so and a member confirms the clinician,
//!                                            and then stopped
//!                what it gave and kept to itself    stopped: nobody here knows what it is
//! notice         on the removed laptop: one of its mandates is withdrawn
//! retire         all of them at once, because the first laptop's keys retired: they come back once six digits were compared
//! ```
//!
//! In this order, because the keys need no member: without a network the laptop opens nothing new all the same.

mod asked;

use salus_chain::ids::GrantId as ChainGrant;
use salus_chain::state::TxRefused;
use salus_chain::tx::GrantTerms;
use salus_keeper::Scope;
use salus_light::{LightClient, LightError};
use salus_sharing::Network;
use salus_sharing::issue::Progress;
use salus_sharing::laptop::mandate::{stop_given, withdraw};
use salus_vault::Vault;
use salus_wire::command::RemoveLaptop;
use salus_wire::event::Event;
use salus_wire::view::{ClinicianView, LaptopsView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use self::asked::sentence;
use super::kept::{self, Own, Peer, SELF};
use super::told::Told;
use super::{power, told, veto, view};
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::record::renew::{About, Because, renew};
use crate::share::again::in_place_of;
use crate::share::code;
use crate::share::kept::{self as permissions, Facts};
use crate::{App, Run};

impl Run for RemoveLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let mut own = Own::load(&open.vault).await?;
        if !own.is_first() {
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        let name = own.peer(self.number)?.name.clone();
        let given = told::running_by(&open.vault, self.number, app.now()).await?;
        let sentence = sentence(app.tongue(), &name, &given, self.keep, app.now());
        app.ask(Asked::LaptopRemoved, &sentence).await?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?;
        // A kill in between leaves it listed, with keys that it may be told: removed once more, there are newer ones again.
        renew(app, &open, Because::Laptop(name)).await?;
        let peer = own.peer(self.number)?;
        // Exactly what the question named: what came or changed since is not among it.
        let seen = told::running_by(&open.vault, self.number, app.now()).await?;
        let chosen = given.iter().filter(|told| self.keep && seen.contains(told));
        (peer.removed, peer.keep) = (Some(app.now()), chosen.map(|told| told.id).collect());
        own.save(&open.vault).await?;
        // Without a network the rest follows by itself.
        if let Ok(client) = app.0.network.client()
            && let Err(failure) = go_on(app, &open, &client).await
        {
            tracing::info!(code = %failure.code, "the laptop's mandates are taken back later");
        }
        app.tell(Event::MembersChanged);
        view::of(app, &open).await
    }
}

/// Does what is still to be done for laptops that were removed.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<(), Failure> {
    let own = Own::load(&open.vault).await?;
    for peer in own.peers.iter().filter(|peer| peer.removed.is_some()) {
        shut_out(open, client, peer.number).await?;
        take_over(app, open, client, peer).await?;
    }
    Ok(())
}

/// Takes every mandate of a removed laptop back.
async fn shut_out(open: &Open, client: &LightClient, number: u8) -> Result<(), Failure> {
    let vault = &open.vault;
    let mut own = Own::load(vault).await?;
    let Some(peer) = own.peers.iter().find(|peer| peer.number == number && !peer.gone).cloned() else {
        return Ok(());
    };
    let (mut give, stop) = power::keys_of(vault, &own, &peer);
    give.extend(power::drawn_since(vault, client, &peer).await?);
    let object = veto::keys_of(vault, &peer).await?;
    for key in give.iter().chain(&stop).chain(&object) {
        withdraw(client, key).await.or_fail()?;
    }
    // Only after the last one was withdrawn is it certain that nothing more comes under any.
    for key in &give {
        if let Some(grant) = told::concealed(vault, client, &key.verifying_key()).await? {
            tracing::warn!("a permission that a removed laptop did not tell of is stopped");
            stop_given(client, grant, key).await.or_fail()?;
        }
    }
    // One that is only to be compared again goes on measuring: its enrolment as a gateway stays.
    if let Some(tx) = told::withdrawal(&peer.withdrawal).filter(|_| !peer.again) {
        match Network::record(client, &tx).await {
            Ok(_) | Err(LightError::Refused(TxRefused::EnrolmentWithdrawn | TxRefused::UnknownEnrolment)) => {
            }
            Err(error) => return Err(crate::failure::Fail::fail(error)),
        }
    }
    own.peers.iter_mut().filter(|one| one.number == number).for_each(|one| one.gone = true);
    own.save(vault).await
}

/// Gives again from here what a removed laptop gave, and stops its own once that is recorded.
async fn take_over(app: &App, open: &Open, client: &LightClient, peer: &Peer) -> Result<(), Failure> {
    let vault = &open.vault;
    if peer.keep.is_empty() {
        return Ok(());
    }
    let all = permissions::all(vault).await?;
    let running = told::running_by(vault, peer.number, app.now()).await?;
    for told in running.into_iter().filter(|told| peer.keep.contains(&told.id)) {
        match all.iter().find(|kept| kept.facts.replaces == Some(told.id)) {
            None => match given_here(app, open, client, &told).await {
                Ok(Some(given)) => {
                    given.save(vault).await?;
                    app.tell(Event::PermissionsChanged);
                }
                Ok(None) => {}
                Err(failure) => tracing::debug!(code = %failure.code, "a permission is not given again now"),
            },
            // Brought to the members as any other, by `share::keep_up`.
            Some(kept) if matches!(kept.permission.progress(), Progress::Pending) => {}
            Some(_) => {
                told::stop(app, open, client, told.id).await?;
                app.tell(Event::PermissionsChanged);
            }
        }
    }
    Ok(())
}

async fn given_here(
    app: &App,
    open: &Open,
    client: &LightClient,
    told: &Told,
) -> Result<Option<permissions::Kept>, Failure> {
    // Who it is for a member says, and not the laptop that was removed.
    let (invitation, clinician) = code::prove(app, client, &told.code).await?;
    if invitation.reader != told.reader || !is_whom(&told.clinician, &clinician) {
        return Ok(None);
    }
    let epoch = |at| salus_chain::time::Epoch::at(at).0;
    let Ok(scope) = Scope::new(epoch(told.data_from), epoch(told.data_to.saturating_sub(1))) else {
        return Ok(None);
    };
    let facts = Facts {
        clinician,
        categories: told.categories.clone(),
        data_from: told.data_from,
        data_to: told.data_to,
        starts: told.starts,
        ends: told.ends,
        card: None,
        sentence: String::new(),
        policy: told.policy.clone(),
        credential: Some(invitation.attestation.person.credential_pk.0),
        unconfirmed: None,
        nonce: [0; 16],
        identity: 0,
        proven: None,
        uploaded: Vec::new(),
        generations: Vec::new(),
        replaces: None,
        // An added laptop gives to no staff on duty.
        group: None,
        openers: Vec::new(),
        named: 0,
        void: false,
    };
    let scope = match salus_sharing::days::days(told.data_from, told.data_to) {
        // Of daily summaries the slots are those of the days.
        Some(days) if is_daily(told) => salus_sharing::days::scope(&days).unwrap_or(scope),
        _ => scope,
    };
    let given = in_place_of(app, open, client, &facts, (told.reader, scope, told.id)).await?;
    // The members say of the one before under which contract it is; under another one nothing is given in its place.
    let before = client.prove_grant(&ChainGrant(told.id.0)).await.or_fail()?.value;
    let same = |given: &permissions::Kept| {
        let of = |terms: &GrantTerms| {
            (terms.contract_hash, terms.reader_pk_root, terms.not_before_ms, terms.expires_ms)
        };
        before.as_ref().is_some_and(|before| of(&before.terms) == of(given.permission.terms()))
    };
    Ok(given.filter(same))
}

/// Whether a clinician, as a member confirms them, is whom the person was asked about: the removed laptop chose that name, and may
/// have given to somebody else under it.
fn is_whom(asked: &ClinicianView, proven: &ClinicianView) -> bool {
    asked.name == proven.name && asked.organisation == proven.organisation
}

/// What becomes of the other laptops when the first one's identity gives way to another, to be stored with it: their certificates,
/// mandates and lines are of the one of before, which somebody else may have, so that each is taken out until it was compared again,
/// and what it gave is given again from here. `None` where there are none.
pub(crate) async fn retire(vault: &Vault, now: UnixMillis) -> Result<Option<About>, Failure> {
    let mut own = Own::load(vault).await?;
    let present = own.present();
    if !own.is_first() || present.is_empty() {
        return Ok(None);
    }
    for number in present {
        let given = told::running_by(vault, number, now).await?;
        let peer = own.peer(number)?;
        peer.keep = given.into_iter().map(|told| told.id).collect();
        (peer.removed, peer.again) = (Some(now), true);
    }
    Ok(Some((LAPTOPS, SELF.to_vec(), own.encode()?.to_vec())))
}

/// The names of the laptops that are still to be compared again.
pub(crate) async fn to_compare(vault: &Vault) -> Result<Vec<String>, Failure> {
    let own = Own::load(vault).await?;
    // One that was compared again is there a second time, under another number.
    let newest = |peer: &&Peer| own.peers.iter().rev().find(|one| one.laptop == peer.laptop) == Some(*peer);
    let waits = own.peers.iter().filter(|peer| peer.again).filter(newest);
    Ok(waits.map(|peer| peer.name.clone()).collect())
}

/// The names of the laptops that would be.
pub(crate) async fn present(vault: &Vault) -> Result<Vec<String>, Failure> {
    let own = Own::load(vault).await?;
    let here = own.peers.iter().filter(|peer| own.is_first() && peer.removed.is_none());
    Ok(here.map(|peer| peer.name.clone()).collect())
}

fn is_daily(told: &Told) -> bool {
    salus_chain::contract::Ready::of(&told.policy).is_some_and(|ready| ready.gives_days())
}

/// On a laptop that was added: whether one of its mandates was taken back; true when it learns so now.
pub(super) async fn notice(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut own = Own::load(&open.vault).await?;
    let Some(joined) = own.joined.as_mut().filter(|joined| joined.removed.is_none()) else {
        return Ok(false);
    };
    let powers = kept::powers(&open.vault).await?;
    let blank = powers.blanks.first().map(|blank| blank.mandate.mandate_pk);
    let stop = powers.stops.first().map(|stop| stop.mandate.mandate_pk);
    let mut oldest: Vec<_> = blank.into_iter().chain(stop).collect();
    if oldest.is_empty() {
        oldest.extend(power::any_used(&open.vault, joined.base).await?);
    }
    // A removal takes all of them, and the oldest of each kind is enough: a first laptop that was restored may not know the newest.
    for one in oldest {
        let record = client.prove_enrolment(&one).await.or_fail()?.value;
        if let Some(withdrawn) = record.and_then(|record| record.withdrawn) {
            joined.removed = Some(withdrawn.time_ms);
            own.save(&open.vault).await?;
            app.tell(Event::MembersChanged);
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_given_again_to_somebody_else_than_the_question_named() {
        let clinician = |name: &str, organisation: &str, height: &str| ClinicianView {
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            attested_by: "Member".to_owned(),
            proven_at_height: height.to_owned(),
            asks: None,
            on_duty: false,
        };
        let asked = clinician("Dr. Adams", "Hill Hospital", "7");
        // When the member confirms it again the block is another one.
        assert!(is_whom(&asked, &clinician("Dr. Adams", "Hill Hospital", "99")));
        assert!(!is_whom(&asked, &clinician("Dr. Mallory", "Hill Hospital", "7")));
        assert!(!is_whom(&asked, &clinician("Dr. Adams", "Lake Hospital", "7")));
    }
}
