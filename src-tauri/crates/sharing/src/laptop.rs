//! Several laptops of one person, one record.
//!
//! ```text
//! new     code::Meeting -- QR, or twelve words typed --> old
//! new     Offer (keys, commitment to a nonce) --+
//! old     Hello (keys, nonce)                 <-+--> letters through the depots, at addresses that the code gives
//! new     Reveal (the nonce)                  --+
//! both    six digits of all three; two persons, or one with two screens, compare them
//! old     Certificate by the identity key, Handover (series keys, writers, the line's secret) --> new
//! either  News (what was sealed, what was given, what is asked for) -- post: a letter a number --> the other
//! old     mandate: EnrolTx per act that the new laptop may do --> MandatedGrantTx, MandatedRevokeTx, or WithdrawTx
//! old     veto: the person's word in their circle, and an EnrolTx --> MandatedObjectTx against what waits there
//! ```
//!
//! One laptop of a record has the identity key: the one that the record was made or restored on. It certifies the others, draws
//! their mandates and takes them back. The others have a vault, a master key, a log and a writer's key of their own, and of the
//! record the series' keys: so what a removed laptop holds opens what was measured before, and nothing of the generation that
//! begins with its removal.
//!
//! Guarantees: a certificate counts under the identity key that the compared digits covered; whoever stands between the two
//! laptops has one chance in a million for each try, because each side is bound before it learns what the digits depend on; a
//! letter counts once, in its turn, from the laptop that it is said to be from; whatever a removed laptop signs with a key of
//! a mandate the members refuse.
//!
//! Non-guarantees:
//! - Members know no persons. A removed laptop can give a *plain* permission under a key that nobody knows, as anybody can: it
//!   opens what that laptop could open anyway, and nothing newer. It is none of the person's permissions, no screen of theirs
//!   shows it, and what the removed laptop's key signs after its removal is shown as withdrawn to whoever reads it.
//! - The laptop with the identity key cannot be removed by another: a lost one is replaced by restoring a backup, where the identity
//!   gives way to a fresh one. Until then whoever opens the lost one speaks to the others as it did, also of newer keys; from then on
//!   they hear it no more, and each is compared again before it hears the new one.
//! - Who has a laptop's disk and passphrase has that laptop.
//!
//! # Source
//! Commit before reveal, and a short number that people compare: Bluetooth Core 5.4, Vol 3, Part H, 2.3.5.6.2 (numeric
//! comparison); ZRTP, RFC 6189, section 4.4.1.1.

pub mod certificate;
pub mod code;
pub mod handover;
pub mod mandate;
pub mod news;
pub mod pair;
pub mod post;
pub mod read;
pub mod veto;
mod words;

#[cfg(test)]
mod tests;

pub use certificate::Certificate;
pub use code::{CodeError, Meeting};
pub use handover::Handover;
pub use mandate::{Blank, StopMandate};
pub use news::{Changed, News};
pub use pair::{Answering, Asking, PairError};
pub use veto::Veto;

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_vault::{Writer as Computer, WriterId};

/// Laptops of a record at most, the one with the identity key among them; also the places of a permission's stop mandates.
pub const MAX_LAPTOPS: u8 = 8;

fn write_computer(out: &mut Writer, computer: &Computer) {
    out.fixed(computer.id.0);
    out.fixed(computer.key);
}

fn read_computer(input: &mut Reader<'_>) -> Result<Computer, CodecError> {
    Ok(Computer { id: WriterId(input.array()?), key: input.array()? })
}
