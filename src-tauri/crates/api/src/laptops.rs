//! Several laptops of one person, one record.
//!
//! ```text
//! new laptop   show_laptop_code -> code and QR          digits -> join_laptop -> the record's keys, then its readings
//! old laptop   read_laptop_code -> digits -> confirm_laptop (passphrase, native confirmation)
//!              rename_laptop, remove_laptop (passphrase, native confirmation)
//! either       sync_laptops, and by itself: keep_up
//!                pair     the next message of two laptops that get to know each other
//!                hear     the other's news: readings into the journal, permissions, mandates, newer keys
//!                send     sealed epochs into the depots
//!                power    (identity laptop) mandates for the others
//!                veto     (identity laptop) the word by which each objects in the person's circle
//!                say      what is new, in one letter
//!                beside   (added laptop) what came of the first one's emergency cards, and what helpers permitted
//! ```
//!
//! One laptop has the identity key and is number 0; the others talk to it only, and it passes on what they say. What each may
//! do the members hold it to ([`salus_sharing::laptop`]).

mod beside;
mod hear;
mod keep_up;
mod kept;
mod marks;
mod name;
mod pair;
mod power;
mod remove;
mod say;
mod send;
mod sync;
mod told;
mod veto;
mod view;

use salus_chain::ids::ReaderKey;
use salus_chain::sign::SigningKey;
use salus_light::LightClient;
use salus_sharing::issue::{Advanced, IssueError, Permission, Step, advance, advance_under};
use salus_vault::{Epoch, Identity, Vault};
use salus_wire::{Category, Failure, UnixMillis};

pub(crate) use beside::emergencies;
pub(crate) use keep_up::start;
pub(crate) use pair::Pairing;
pub(crate) use remove::{present, retire, to_compare};
pub(crate) use told::{Elsewhere, behind, elsewhere, stop, views};
pub(crate) use veto::{may_object, object};
pub(crate) use view::{known, lost};

use crate::failure::Fail;

impl Fail for salus_sharing::laptop::PairError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "two laptops did not get to know each other");
        Failure::new(self.code())
    }
}

impl Fail for salus_sharing::laptop::CodeError {
    fn fail(self) -> Failure {
        // Not the error's own words: they may say what was typed.
        let (code, fact) = self.code();
        tracing::debug!(%code, "no code of another laptop");
        Failure { code, detail: fact.map(|fact| fact.to_string()) }
    }
}

/// Whether this laptop may begin new keys: two that did would have two different ones. An added one takes those of the first.
pub(crate) async fn may_renew(vault: &Vault) -> Result<bool, Failure> {
    Ok(kept::Own::load(vault).await?.is_first())
}

/// Whether this laptop may give to the staff on duty of an organisation: only the first one, because members hold no mandate
/// against such a permission.
pub(crate) async fn may_give_to_staff(vault: &Vault) -> Result<bool, Failure> {
    Ok(kept::Own::load(vault).await?.is_first())
}

/// Whether this laptop may make an emergency card: only the first one, because it names the cards to those who help, so that they are
/// told of an emergency, and the others do not tell it of theirs.
pub(crate) async fn may_make_cards(vault: &Vault) -> Result<bool, Failure> {
    Ok(kept::Own::load(vault).await?.is_first())
}

/// Whether this laptop was added to the record and not removed from it.
pub(crate) async fn is_added(vault: &Vault) -> Result<bool, Failure> {
    let own = kept::Own::load(vault).await?;
    Ok(!own.is_first() && own.removed().is_none())
}

/// Whether the record is on other laptops too: what is deleted here they keep.
pub(crate) async fn are_others(vault: &Vault) -> Result<bool, Failure> {
    Ok(!kept::Own::load(vault).await?.present().is_empty())
}

/// Whether a permission is this laptop's to give again. One that it gave under a mandate that was taken back, because the first laptop's
/// identity gave way to another, is given again there.
pub(crate) async fn may_give_again(vault: &Vault, nonce: &[u8; 16]) -> Result<bool, Failure> {
    let base = kept::Own::load(vault).await?.joined.map_or(0, |joined| joined.base);
    Ok(power::hand_of(vault, nonce).await?.is_none_or(|hand| hand >= base))
}

/// What a permission's key is derived from: fresh, and on a laptop that was added one that a mandate is for.
///
/// # Errors
/// [`salus_wire::ErrorCode::NeedsOtherLaptop`] when this laptop has no mandate left, and
/// [`salus_wire::ErrorCode::LaptopRemoved`] when it was removed.
pub(crate) async fn nonce(vault: &Vault) -> Result<[u8; 16], Failure> {
    power::nonce(vault).await
}

/// Readings were taken out of these epochs: the other laptops keep theirs, and are told of what comes into them later.
pub(crate) async fn taken_out(vault: &Vault, epochs: &[(Category, Epoch)]) -> Result<(), Failure> {
    marks::forget(vault, epochs).await
}

/// Keeps the code of the clinician for whom a permission was given on a laptop that was added: the first laptop proves with it who
/// that is, when it gives the permission again.
pub(crate) async fn remember(vault: &Vault, reader: &ReaderKey, code: &str) -> Result<(), Failure> {
    if kept::Own::load(vault).await?.is_first() {
        return Ok(());
    }
    told::keep_code(vault, reader, code).await
}

/// Lets the person's other laptops stop a permission too, those of now and those that are added later.
pub(crate) async fn let_stop(
    vault: &Vault,
    of: (Identity, &[u8; 16]),
    permission: &mut Permission,
) -> Result<(), Failure> {
    permission.let_stop(power::stops_root(vault, of).await?);
    Ok(())
}

/// [`advance`], on a laptop that was added under the mandate that the permission's key is for.
pub(crate) async fn bring(
    client: &LightClient,
    vault: &Vault,
    permission: &mut Permission,
    (nonce, key): (&[u8; 16], &SigningKey),
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Result<Advanced, IssueError>, Failure> {
    Ok(match power::mandate(vault, nonce).await? {
        Some(mandate) => advance_under(client, permission, &mandate, key, now, progress).await,
        None => advance(client, permission, key, now, progress).await,
    })
}
