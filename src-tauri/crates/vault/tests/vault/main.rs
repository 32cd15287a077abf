//! The vault as its users see it: journeys, and one file per adversary.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
#![expect(clippy::print_stderr, reason = "a test says its seed and what it counted")]

mod adopt;
mod backup;
mod canary;
mod cancel;
mod clock;
mod compact;
mod damage;
mod disk;
mod doors;
mod full;
mod guardians;
mod identity;
mod inbox;
mod journey;
mod keyring;
mod kill;
mod lost;
mod mend;
mod migrate;
mod planted;
mod process;
mod pyramid;
#[path = "../shared/record.rs"]
mod record;
mod renew;
mod rollback;
mod roots;
mod rot;
#[path = "../shared/script.rs"]
mod script;
mod share;
mod shred;
mod slots;
mod summed;
mod support;
mod take_out;
mod together;
mod verify;
mod verify_inbox;
mod verify_prints;
mod verify_summed;
mod zeroed;
