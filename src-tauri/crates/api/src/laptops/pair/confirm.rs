//! The old laptop's side: the person says that the digits are the same, and the new one is given the record's keys.

use rand::Rng;
use salus_chain::codec::Record;
use salus_sharing::laptop::certificate::name_commitment;
use salus_sharing::laptop::code::What;
use salus_sharing::laptop::post::leave;
use salus_sharing::laptop::{Certificate, Handover, MAX_LAPTOPS};
use salus_wire::command::ConfirmLaptop;
use salus_wire::event::Event;
use salus_wire::view::LaptopsView;
use salus_wire::{ErrorCode, Failure};

use super::words::adding;
use super::{DAY_MS, Side, newest};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::{OrFail, bug};
use crate::laptops::kept::{self, Own, Peer};
use crate::laptops::{marks, name, view};
use crate::{App, Run, outbox};

impl Run for ConfirmLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let laptop_name = name::checked(&self.name)?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let chain = client.chain_id();
        let (meeting, offer, digits) = {
            let meet = open.laptops.0.lock().await;
            let meet = meet.as_ref().filter(|meet| meet.live(app.now())).ok_or(ErrorCode::NotCompared)?;
            let Side::Old { answering } = &meet.side else { return Err(ErrorCode::NotCompared.into()) };
            let digits = answering.digits(&chain).ok_or(ErrorCode::NotCompared)?;
            (meet.meeting.clone(), answering.offer.clone(), digits)
        };
        let sentence = adding(app.tongue(), &laptop_name, &digits);
        app.ask(Asked::LaptopAdded, &sentence).await?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?;
        let (now, person) = (app.now(), app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default());
        // Confirmed before, and not handed over because no member answered: the same laptop is not two.
        let again = own.peers.iter().position(|peer| peer.laptop == offer.laptop && peer.removed.is_none());
        let (number, salt, line) = match again.and_then(|at| own.peers.get(at)) {
            Some(peer) => (peer.number, peer.salt, *peer.line()),
            None if own.next >= MAX_LAPTOPS => return Err(ErrorCode::LaptopTaken.into()),
            None => {
                let (mut salt, mut line) = ([0; 16], [0; 32]);
                rng().fill_bytes(&mut salt);
                rng().fill_bytes(&mut line);
                (own.next, salt, line)
            }
        };
        let commitment = name_commitment(&chain, &salt, &laptop_name);
        let (to, identity) = ((offer.laptop, offer.writer), kept::identity(&open.vault));
        let certificate = Certificate::sign(number, to, commitment, now, &chain, &identity);
        let certificate = certificate.map_err(|_| bug("the next laptop has a number"))?;
        let handover = Handover {
            certificate,
            line,
            person,
            name: laptop_name.clone(),
            salt,
            series: open.vault.series_keys().await.or_fail()?,
            writers: open.vault.writers().to_vec(),
        };
        // Known of before it is sent: nobody holds keys that are not shown here.
        if again.is_none() {
            let named = (number, String::new(), salt);
            own.peers.push(Peer::new(named, offer.laptop, offer.writer, line, now));
        }
        let peer = own.peer(number)?;
        peer.name = laptop_name;
        peer.identity = open.vault.identity().0;
        peer.generation = newest(&open);
        own.next = own.next.max(number.saturating_add(1));
        own.save(&open.vault).await?;
        marks::begin_anew(&open.vault).await?;
        let octets = zeroize::Zeroizing::new(handover.encode());
        // Kept for a month: it is sealed to the new laptop's own key, which may be switched off before it has read it.
        let at = (now.saturating_add(30 * DAY_MS), now);
        let (what, to) = ((&meeting, What::Handover), Some(&offer.laptop));
        let left = leave(&client, what, &octets, to, at, &mut rng()).await.or_fail()?;
        outbox::keep(&open.vault, client.genesis().n(), &left).await;
        *open.laptops.0.lock().await = None;
        app.tell(Event::MembersChanged);
        view::of(app, &open).await
    }
}
