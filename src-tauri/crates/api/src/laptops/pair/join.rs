//! What comes after the code, message by message, until the new laptop has the record's keys.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::laptop::code::What;
use salus_sharing::laptop::handover::HandoverError;
use salus_sharing::laptop::post::{find, leave};
use salus_sharing::laptop::{Handover, News};
use salus_vault::Vault;
use salus_wire::command::JoinLaptop;
use salus_wire::event::Event;
use salus_wire::view::LaptopsView;
use salus_wire::{ErrorCode, Failure};

use super::words::joining;
use super::{KEEP_MS, Side, can_join, can_join_again};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::laptops::kept::{self, FIRST, Joined, Own, Peer, SELF};
use crate::laptops::say::unsent;
use crate::laptops::{marks, view};
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::{App, Run};

impl Run for JoinLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let (person, digits, offer) = {
            let meet = open.laptops.0.lock().await;
            let meet = meet.as_ref().filter(|meet| meet.live(app.now())).ok_or(ErrorCode::NotCompared)?;
            let Side::New { asking, .. } = &meet.side else { return Err(ErrorCode::NotCompared.into()) };
            let digits = asking.digits(&client.chain_id()).ok_or(ErrorCode::NotCompared)?;
            let person = asking.hello().map(|hello| hello.person.clone()).unwrap_or_default();
            (person, digits, asking.offer.clone())
        };
        let sentence = joining(app.tongue(), &person, &digits);
        app.ask(Asked::LaptopJoined, &sentence).await?;
        // An offer takes one answer, so the digits of the same one are the same.
        if !open.laptops.0.lock().await.as_mut().is_some_and(|meet| meet.agree(&offer)) {
            return Err(ErrorCode::NotCompared.into());
        }
        go_on(app, &open, &client).await?;
        view::of(app, &open).await
    }
}

/// Takes the next message, if it came; true when something that screens show has changed.
pub(in crate::laptops) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut held = open.laptops.0.lock().await;
    let Some(meet) = held.as_mut().filter(|meet| meet.live(app.now())) else { return Ok(false) };
    let (chain, keys) = (client.chain_id(), kept::keys(&open.vault));
    match &mut meet.side {
        Side::Old { answering } => {
            if answering.digits(&chain).is_some() {
                return Ok(false);
            }
            let found = find(client, (&meet.meeting, What::Reveal), None).await.or_fail()?;
            Ok(found.iter().any(|octets| answering.take(octets, &chain).is_ok()))
        }
        Side::New { asking, agreed } => {
            let (known, mut said) = (asking.hello().is_some(), None);
            // Looked for again also when one came: a second, other one says that somebody else is there.
            for octets in find(client, (&meet.meeting, What::Hello), Some(&keys)).await.or_fail()? {
                match asking.take(&octets, &keys, &chain) {
                    Ok(reveal) => said = Some(reveal),
                    Err(salus_sharing::laptop::PairError::Two) => {
                        meet.broken = true;
                        return Ok(true);
                    }
                    // Anybody can leave something there.
                    Err(_) => {}
                }
            }
            if let Some(reveal) = said.filter(|_| !known) {
                let now = app.now();
                let at = (now.saturating_add(KEEP_MS), now);
                let what = (&meet.meeting, What::Reveal);
                leave(client, what, &reveal.encode(), None, at, &mut rng()).await.or_fail()?;
                return Ok(true);
            }
            if !*agreed {
                return Ok(false);
            }
            let Some(hello) = asking.hello().cloned() else { return Ok(false) };
            let (writer, now) = (open.vault.writer(), app.now());
            for octets in find(client, (&meet.meeting, What::Handover), Some(&keys)).await.or_fail()? {
                match Handover::accept(&octets, &keys, &writer, &hello.identity, now, &chain) {
                    Ok(handover) => {
                        match join(app, open, handover, &hello.laptop).await {
                            // Nothing of it changes by trying again.
                            Err(failure) if failure.code == ErrorCode::HoldsReadings => meet.broken = true,
                            joined => {
                                joined?;
                                *held = None;
                            }
                        }
                        return Ok(true);
                    }
                    Err(error @ (HandoverError::Signature(_) | HandoverError::OtherLaptop)) => {
                        tracing::warn!(%error, "what came is no handover to this laptop");
                        meet.broken = true;
                        return Ok(true);
                    }
                    Err(HandoverError::Codec(_)) => {}
                }
            }
            Ok(false)
        }
    }
}

/// Takes the record's keys, and from then on is one of its laptops: both in one transaction.
async fn join(
    app: &App,
    open: &Open,
    handover: Handover,
    first: &salus_chain::ids::ReaderKey,
) -> Result<(), Failure> {
    let _turn = open.sharing.take().await;
    let before = Own::load(&open.vault).await?;
    let again = can_join_again(&before);
    if !again && !can_join(open, &before).await? {
        return Err(ErrorCode::HoldsReadings.into());
    }
    let Some(writer) = handover.writers.first().copied() else { return Err(ErrorCode::PairingBroken.into()) };
    let now = app.now();
    let certificate = &handover.certificate;
    let mut peer = Peer::new((FIRST, String::new(), [0; 16]), *first, writer, handover.line, now);
    peer.seen = Some(now);
    // Keys for mandates are used once, also those of before.
    let next = before.joined.as_ref().map_or(0, |joined| joined.hand);
    let joined = Joined {
        identity: certificate.identity,
        certificate: certificate.encode(),
        person: handover.person.clone(),
        hand: next,
        base: next,
        removed: None,
        paused: false,
        laptops: Vec::new(),
        told_withdrawal: false,
    };
    let own = Own {
        number: certificate.number,
        name: handover.name.clone(),
        peers: vec![peer],
        joined: Some(joined),
        ..Own::default()
    };
    if again {
        come_back(&open.vault, &handover, &own).await?;
        app.tell(Event::MembersChanged);
        return Ok(());
    }
    let writers: Vec<u8> = handover.writers.iter().flat_map(|w| [&w.id.0[..], &w.key[..]].concat()).collect();
    let about =
        [(LAPTOPS, SELF.to_vec(), own.encode()?.to_vec()), (LAPTOPS, kept::WRITERS.to_vec(), writers)];
    open.vault.adopt(&handover.series, &about).await.or_fail()?;
    app.tell(Event::MembersChanged);
    Ok(())
}

/// Takes up with the record again: the newer keys, and nothing that a line of before said. Killed before its end, the laptop is out of
/// the record as before.
async fn come_back(vault: &Vault, handover: &Handover, own: &Own) -> Result<(), Failure> {
    vault.follow_generations(&handover.series, &[]).await.or_fail()?;
    // Whoever had the first laptop may have given this one other keys: what it seals under those must not go on.
    if !vault.agrees(&handover.series).or_fail()? {
        return Err(ErrorCode::HoldsReadings.into());
    }
    kept::save_powers(vault, &News::default()).await?;
    vault.cabinet().remove(LAPTOPS, &unsent(FIRST)).await.or_fail()?;
    kept::save_writers(vault, &handover.writers).await?;
    // What was measured meanwhile, and what the first laptop may not have read, is told anew.
    marks::begin_anew(vault).await?;
    own.save(vault).await
}
