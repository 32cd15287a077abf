//! The vault as its users see it: journeys, and one file per adversary.

mod canary;
mod cancel;
mod clock;
mod damage;
#[expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
mod disk;
mod doors;
mod journey;
mod kill;
#[path = "../shared/record.rs"]
#[expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
mod record;
mod rot;
#[path = "../shared/script.rs"]
#[expect(clippy::unwrap_used, reason = "a test that cannot read what it checks fails")]
mod script;
mod share;
#[expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
mod support;
