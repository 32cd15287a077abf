//! Two laptops of one person get to know each other: the new one shows a code, the old one reads it, both show six digits.

mod confirm;
mod join;
mod words;

use salus_chain::codec::Record;
use salus_sharing::laptop::code::What;
use salus_sharing::laptop::pair::Offer;
use salus_sharing::laptop::post::{find, leave};
use salus_sharing::laptop::{Answering, Asking, MAX_LAPTOPS, Meeting};
use salus_vault::Epoch;
use salus_wire::command::{CancelLaptop, ReadLaptopCode, ShowLaptopCode};
use salus_wire::view::LaptopsView;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};
use tokio::sync::Mutex;

pub(super) use join::go_on;

use super::kept::{self, Own};
use super::view;
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// A code is good for ten minutes.
const CODE_MS: i64 = 10 * 60_000;
/// What lies at a meeting is kept a little longer, so that a slow clock finds it.
const KEEP_MS: i64 = 60 * 60_000;
/// Codes that may be read within a day: each is one chance in a million for somebody in between.
const TRIES: usize = 5;
const DAY_MS: i64 = 86_400_000;
/// Longest code text looked at.
const MAX_TEXT: usize = 1024;

/// Two laptops that get to know each other right now; in memory only, so that locking ends it.
#[derive(Default)]
pub(crate) struct Pairing(pub(super) Mutex<Option<Meet>>);

/// Where it stands.
pub(super) struct Meet {
    pub(super) meeting: Meeting,
    pub(super) until: UnixMillis,
    pub(super) broken: bool,
    pub(super) side: Side,
}

/// Which of the two this is.
pub(super) enum Side {
    /// The new one: it shows the code.
    New {
        asking: Asking,
        /// A person said that the digits are the same.
        agreed: bool,
    },
    /// The old one: it read the code.
    Old { answering: Answering },
}

impl Meet {
    /// Whether it is still going on.
    fn live(&self, now: UnixMillis) -> bool {
        !self.broken && now < self.until
    }

    /// Takes the person's word that the digits are the same, for the pairing whose digits they were asked about; false for one that
    /// began while the question was open, whose digits nobody compared.
    fn agree(&mut self, compared: &Offer) -> bool {
        match &mut self.side {
            Side::New { asking, agreed } if asking.offer == *compared => {
                *agreed = true;
                true
            }
            Side::New { .. } | Side::Old { .. } => false,
        }
    }
}

/// True while nothing is in this record that another one's keys would not open, and it is on one laptop.
pub(super) async fn can_join(open: &Open, own: &Own) -> Result<bool, Failure> {
    if !own.is_first() || !own.peers.is_empty() {
        return Ok(false);
    }
    let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
    for category in Category::ALL {
        if !open.vault.epochs(*category, everything.clone()).await.or_fail()?.is_empty() {
            return Ok(false);
        }
    }
    Ok(crate::share::kept::all(&open.vault).await?.is_empty())
}

/// True on a laptop that was taken out of the record, also because the first laptop's keys retired: it keeps what it has, and belongs to
/// the record again once both people, or one with two screens, compared the digits anew.
pub(super) fn can_join_again(own: &Own) -> bool {
    own.removed().is_some()
}

impl Run for ShowLaptopCode {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let own = Own::load(&open.vault).await?;
        if !can_join_again(&own) && !can_join(&open, &own).await? {
            let why = if own.is_first() { ErrorCode::HoldsReadings } else { ErrorCode::LaptopTaken };
            return Err(why.into());
        }
        let now = app.now();
        let meeting = Meeting::random(&mut rng());
        let keys = kept::keys(&open.vault);
        let asking = Asking::begin(&keys, open.vault.writer(), &client.chain_id(), &mut rng());
        let (octets, at) = (asking.offer.encode(), (now.saturating_add(KEEP_MS), now));
        leave(&client, (&meeting, What::Offer), &octets, None, at, &mut rng()).await.or_fail()?;
        let side = Side::New { asking, agreed: false };
        let until = now.saturating_add(CODE_MS);
        *open.laptops.0.lock().await = Some(Meet { meeting, until, broken: false, side });
        view::of(app, &open).await
    }
}

impl Run for ReadLaptopCode {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        if self.code.len() > MAX_TEXT {
            return Err(ErrorCode::TooLarge.into());
        }
        let meeting = Meeting::from_text(&self.code).or_fail()?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?;
        if !own.is_first() {
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        if own.next >= MAX_LAPTOPS {
            return Err(ErrorCode::LaptopTaken.into());
        }
        let (chain, now) = (client.chain_id(), app.now());
        let found = find(&client, (&meeting, What::Offer), None).await.or_fail()?;
        let mut offers = found.iter().filter_map(|octets| Offer::read_signed(octets, &chain).ok());
        let offer = match (offers.next(), offers.next()) {
            (Some(offer), None) => offer,
            // Nobody can say which of them is the one that shows the code.
            (Some(_), Some(_)) => return Err(ErrorCode::PairingBroken.into()),
            (None, _) => return Err(ErrorCode::NoLaptopThere.into()),
        };
        // On disk before the answer leaves: each answer is one try.
        own.tries.retain(|at| now.saturating_sub(*at) < DAY_MS && *at <= now);
        if own.tries.len() >= TRIES {
            return Err(ErrorCode::TooMany.into());
        }
        own.tries.push(now);
        own.save(&open.vault).await?;
        // Joining waits for the turn with the pairing in hand: nobody waits the other way round.
        drop(turn);
        let person = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
        let (keys, identity) = (kept::keys(&open.vault), kept::identity(&open.vault).verifying_key());
        let answering = Answering::answer(offer, &keys, identity, &person, &chain, &mut rng());
        let answering = answering.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        let (octets, to) = (answering.hello.encode(), answering.offer.laptop);
        let at = (now.saturating_add(KEEP_MS), now);
        leave(&client, (&meeting, What::Hello), &octets, Some(&to), at, &mut rng()).await.or_fail()?;
        let until = now.saturating_add(CODE_MS);
        let side = Side::Old { answering };
        *open.laptops.0.lock().await = Some(Meet { meeting, until, broken: false, side });
        view::of(app, &open).await
    }
}

impl Run for CancelLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        *open.laptops.0.lock().await = None;
        view::of(app, &open).await
    }
}

/// The newest generation of any series' keys.
pub(super) fn newest(open: &Open) -> u32 {
    Category::ALL.iter().map(|category| open.vault.series(*category).generation).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::ChainId;
    use salus_sharing::invitation::ReaderSecret;
    use salus_vault::{Writer, WriterId};

    use super::*;

    #[test]
    fn the_word_on_some_digits_is_none_on_a_pairing_that_began_meanwhile() {
        let own = ReaderSecret::from_bytes(&[7; 64]);
        let writer = Writer { id: WriterId([1; 16]), key: [2; 32] };
        let begin = || {
            let asking = Asking::begin(&own, writer, &ChainId([3; 32]), &mut rng());
            let side = Side::New { asking, agreed: false };
            Meet { meeting: Meeting::random(&mut rng()), until: CODE_MS, broken: false, side }
        };
        let agreed = |meet: &Meet| matches!(meet.side, Side::New { agreed: true, .. });
        let (mut asked, mut other) = (begin(), begin());
        let Side::New { asking, .. } = &asked.side else { panic!() };
        let compared = asking.offer.clone();
        assert!(!other.agree(&compared) && !agreed(&other));
        assert!(!agreed(&asked) && asked.agree(&compared) && agreed(&asked));
    }
}
