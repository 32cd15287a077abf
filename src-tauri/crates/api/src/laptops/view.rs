//! The person's laptops as screens show them.

use salus_vault::Vault;
use salus_wire::view::{
    HolderView, LaptopHistoryView, LaptopPairingView, LaptopStep, LaptopView, LaptopsView,
};
use salus_wire::{Failure, UnixMillis};

use super::kept::{self, FIRST, Listed, Own, Peer};
use super::pair::{Meet, Side, can_join, can_join_again};
use super::told;
use crate::App;
use crate::lock::Open;
use crate::share::qr::square;

/// Everything of the screen.
pub(super) async fn of(app: &App, open: &Open) -> Result<LaptopsView, Failure> {
    let own = Own::load(&open.vault).await?;
    let history = own.joined.as_ref().and_then(|joined| {
        let peer = own.peers.first()?;
        Some(LaptopHistoryView { taken: peer.taken, left: peer.left, paused: joined.paused })
    });
    let in_hand = kept::powers(&open.vault).await?.blanks.len();
    Ok(LaptopsView {
        laptops: with_given(app, open, listed(&own)).await?,
        first: own.is_first(),
        can_join: can_join_again(&own) || can_join(open, &own).await?,
        pairing: match &*open.laptops.0.lock().await {
            Some(meet) => Some(pairing(app, meet)?),
            None => None,
        },
        history,
        can_give: (!own.is_first()).then(|| u8::try_from(in_hand).unwrap_or(u8::MAX)),
        removed: own.removed(),
    })
}

/// On the first laptop, what each of the others gave.
async fn with_given(app: &App, open: &Open, mut all: Vec<LaptopView>) -> Result<Vec<LaptopView>, Failure> {
    for laptop in all.iter_mut().filter(|laptop| !laptop.this && laptop.removed.is_none()) {
        let given = told::running_by(&open.vault, laptop.number, app.now()).await?;
        let holder = |one: told::Told| HolderView { name: one.clinician.name, ends: one.ends };
        laptop.gave = given.into_iter().map(holder).collect();
    }
    Ok(all)
}

fn pairing(app: &App, meet: &Meet) -> Result<LaptopPairingView, Failure> {
    let chain = app.0.network.genesis()?.chain_id();
    let (code, digits, person, agreed) = match &meet.side {
        Side::New { asking, agreed } => {
            let (words, person) = (meet.meeting.to_words(), asking.hello().map(|hello| hello.person.clone()));
            (Some(words), asking.digits(&chain), person, *agreed)
        }
        Side::Old { answering } => (None, answering.digits(&chain), None, false),
    };
    let over = meet.broken || app.now() >= meet.until;
    let step = match (over, agreed, &digits) {
        (true, ..) => LaptopStep::Broken,
        (_, true, _) => LaptopStep::Agreed,
        (_, _, Some(_)) => LaptopStep::Compare,
        (_, _, None) => LaptopStep::Waiting,
    };
    let drawn = || {
        let text = meet.meeting.to_text().map_err(|_| crate::failure::bug("a laptop's code has a text"))?;
        square(&text.replace(['-', '\n'], ""))
    };
    let square = code.is_some().then(drawn).transpose()?;
    let digits = digits.filter(|_| !over);
    Ok(LaptopPairingView { code, square, step, digits, person, until: meet.until })
}

fn listed(own: &Own) -> Vec<LaptopView> {
    let this = LaptopView {
        number: own.number,
        name: own.name.clone(),
        this: true,
        added: None,
        seen: None,
        removed: own.removed(),
        shut_out: own.removed().is_some(),
        gave: Vec::new(),
    };
    let Some(joined) = &own.joined else {
        return std::iter::once(this).chain(own.peers.iter().map(other)).collect();
    };
    if joined.laptops.is_empty() {
        // Nothing was heard yet: there are at least these two.
        let first = LaptopView {
            number: FIRST,
            name: String::new(),
            this: false,
            removed: None,
            shut_out: false,
            ..this.clone()
        };
        return vec![first, this];
    }
    joined.laptops.iter().map(|one| as_told(one, own)).collect()
}

fn other(peer: &Peer) -> LaptopView {
    LaptopView {
        number: peer.number,
        name: peer.name.clone(),
        this: false,
        added: Some(peer.added),
        seen: peer.seen,
        removed: peer.removed,
        shut_out: peer.gone,
        gave: Vec::new(),
    }
}

fn as_told(one: &Listed, own: &Own) -> LaptopView {
    let this = one.number == own.number;
    LaptopView {
        number: one.number,
        name: if this { own.name.clone() } else { one.name.clone() },
        this,
        added: (one.number != FIRST).then_some(one.added),
        seen: one.seen,
        removed: if this { own.removed() } else { one.removed },
        shut_out: one.removed.is_some(),
        gave: Vec::new(),
    }
}

/// The person's other laptops and when this one was removed, as far as is known here.
pub(crate) async fn known(vault: &Vault) -> Result<(Vec<LaptopView>, Option<UnixMillis>), Failure> {
    let own = Own::load(vault).await?;
    Ok((listed(&own).into_iter().filter(|laptop| !laptop.this).collect(), own.removed()))
}

/// The laptops that could be the lost one: those that were added here and not removed.
pub(crate) async fn lost(app: &App, open: &Open) -> Result<Vec<LaptopView>, Failure> {
    let own = Own::load(&open.vault).await?;
    let here = own.peers.iter().filter(|peer| own.is_first() && peer.removed.is_none());
    with_given(app, open, here.map(other).collect()).await
}
