//! The word by which an added laptop objects in the person's circle: the first laptop draws one for each and tells it which circle to
//! look at; the other one uses it.
//!
//! One word for each laptop, circle and key of the person: where another key speaks, by guardians or by a retirement, the words of the
//! one before say nothing, and the laptop with the new key draws others by itself.

use salus_chain::ids::{CircleId, Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_light::{LightClient, LightError};
use salus_sharing::laptop::mandate::withdraw;
use salus_sharing::laptop::{News, Veto, veto};
use salus_vault::Vault;
use salus_wire::{ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Own, Peer};
use super::power;
use crate::failure::{Fail, OrFail};
use crate::family;

/// Words that an added laptop keeps at most: those of keys that speak no more make way.
const MOST: usize = 16;
/// The last turn: each place that an older copy of this record had used takes one.
const LAST_TURN: u8 = 31;

/// A word that was drawn, or is about to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Drawn {
    circle: CircleId,
    /// The person's key of it.
    person: VerifyingKey,
    turn: u8,
    /// For which of the laptop's keys.
    hand: u32,
    hand_pk: VerifyingKey,
    /// It is among what the laptop is told.
    told: bool,
}

impl Drawn {
    fn is_of(&self, circle: &CircleId, person: &VerifyingKey) -> bool {
        (&self.circle, &self.person) == (circle, person)
    }
}

/// On the first laptop: draws a laptop's word, when this record speaks in a circle and the laptop has none of the key that it speaks
/// with. True when one was drawn.
pub(super) async fn draw(
    vault: &Vault,
    client: &LightClient,
    number: u8,
    now: UnixMillis,
) -> Result<bool, Failure> {
    let Some((circle, key)) = family::speaking(vault, now).await? else { return Ok(false) };
    let person = key.verifying_key();
    let mut own = Own::load(vault).await?;
    let peer = own.peer(number)?;
    let known = peer.vetoes.iter().find(|drawn| drawn.is_of(&circle, &person)).copied();
    let drawn = match known {
        Some(drawn) if drawn.told => return Ok(false),
        Some(drawn) => drawn,
        None => {
            let Some((hand, hand_pk)) = peer.hands.first().copied() else { return Ok(false) };
            peer.hands.remove(0);
            let drawn = Drawn { circle, person, turn: 0, hand, hand_pk, told: false };
            // On disk before it is recorded: what was drawn can be taken back.
            peer.vetoes.push(drawn);
            own.save(vault).await?;
            drawn
        }
    };
    let place = (number, drawn.turn);
    match veto::draw(client, &key, &circle, place, (drawn.hand, drawn.hand_pk)).await {
        Ok(word) => {
            let told = Drawn { told: true, ..drawn };
            note(vault, number, told, |news| news.vetoes.push(word)).await?;
            Ok(true)
        }
        Err(LightError::Refused(TxRefused::Mandate)) => {
            // For a key that this copy of the record does not know: nobody is to object by it who is not shown here.
            let (other, _) = veto::mandate_key(&key, &circle, number, drawn.turn);
            withdraw(client, &other).await.or_fail()?;
            next_turn(vault, number, drawn).await
        }
        Err(LightError::Refused(TxRefused::EnrolmentWithdrawn)) => next_turn(vault, number, drawn).await,
        Err(error) => Err(error.fail()),
    }
}

/// The place was used: the next one is tried in the next round.
async fn next_turn(vault: &Vault, number: u8, drawn: Drawn) -> Result<bool, Failure> {
    if drawn.turn < LAST_TURN {
        let next = Drawn { turn: drawn.turn.saturating_add(1), ..drawn };
        note(vault, number, next, |_| {}).await?;
    }
    Ok(false)
}

/// Keeps where a word stands, and what the laptop is told of it, both at once.
async fn note(
    vault: &Vault,
    number: u8,
    drawn: Drawn,
    tell: impl FnOnce(&mut News) + Send,
) -> Result<(), Failure> {
    let mut own = Own::load(vault).await?;
    let peer = own.peer(number)?;
    peer.vetoes.iter_mut().filter(|of| of.is_of(&drawn.circle, &drawn.person)).for_each(|of| *of = drawn);
    let mut news = peer.owes()?;
    tell(&mut news);
    peer.owe(&news);
    own.save(vault).await
}

/// Every key that has to be withdrawn so that a laptop objects no more. Words of keys that speak no more are void by themselves.
pub(super) async fn keys_of(vault: &Vault, peer: &Peer) -> Result<Vec<SigningKey>, Failure> {
    let Some((circle, key)) = family::voice(vault).await? else { return Ok(Vec::new()) };
    let person = key.verifying_key();
    let turns = peer.vetoes.iter().filter(|drawn| drawn.is_of(&circle, &person)).map(|drawn| drawn.turn);
    // The first also when none is known: a newer copy of this record may have drawn it.
    let last = turns.max().unwrap_or(0);
    Ok((0..=last).map(|turn| veto::mandate_key(&key, &circle, peer.number, turn).0).collect())
}

/// On an added laptop: takes the words that came.
pub(super) fn take(powers: &mut News, news: &News) {
    for new in &news.vetoes {
        if !powers.vetoes.contains(new) {
            powers.vetoes.push(*new);
        }
    }
    let extra = powers.vetoes.len().saturating_sub(MOST);
    powers.vetoes.drain(..extra);
}

/// Whether this laptop was let object in a circle where this key speaks for the person.
pub(crate) async fn may_object(
    vault: &Vault,
    circle: &CircleId,
    person: &VerifyingKey,
) -> Result<bool, Failure> {
    let own = Own::load(vault).await?;
    let of = |veto: &Veto| veto.circle == *circle && veto.may.person_pk == *person;
    Ok(own.removed().is_none() && kept::powers(vault).await?.vetoes.iter().any(of))
}

/// Objects, as an added laptop, to a change that waits in the person's circle.
///
/// # Errors
/// [`ErrorCode::LaptopRemoved`]; [`ErrorCode::NeedsOtherLaptop`] when the first laptop has not let it yet.
pub(crate) async fn object(
    vault: &Vault,
    client: &LightClient,
    circle: &CircleId,
    change: Hash32,
) -> Result<(), Failure> {
    if Own::load(vault).await?.removed().is_some() {
        return Err(ErrorCode::LaptopRemoved.into());
    }
    // The newest is by the key that speaks.
    let word = kept::powers(vault).await?.vetoes.into_iter().rfind(|veto| veto.circle == *circle);
    let word = word.ok_or(ErrorCode::NeedsOtherLaptop)?;
    veto::object(client, &word, change, &power::hand(vault, word.hand)).await.map(drop).or_fail()
}

#[cfg(test)]
mod tests {
    use salus_chain::tx::{Mandate, MayObject};

    use super::*;

    fn word(seed: u8) -> Veto {
        let person_pk = SigningKey::from_bytes(&[seed; 32]).verifying_key();
        let mandate = Mandate { mandate_pk: person_pk, salt: [seed; 32] };
        let signature = salus_chain::ids::Signature([seed; 64]);
        let may = MayObject { person_pk, mandate, signature };
        Veto { circle: CircleId([1; 32]), hand: u32::from(seed), may }
    }

    #[test]
    fn words_that_come_are_kept_once_and_the_newest_stay() {
        let mut powers = News::default();
        for seed in 1..=20 {
            let came = News { vetoes: vec![word(seed)], ..News::default() };
            take(&mut powers, &came);
            // The same letter again, after a kill.
            take(&mut powers, &came);
        }
        let kept: Vec<u32> = powers.vetoes.iter().map(|word| word.hand).collect();
        assert_eq!(kept, (5..=20).collect::<Vec<u32>>());
    }
}
