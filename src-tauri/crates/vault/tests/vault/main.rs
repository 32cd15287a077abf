//! The vault as its users see it: journeys, and one file per adversary.

mod canary;
mod cancel;
mod damage;
#[expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
mod disk;
mod doors;
mod journey;
mod kill;
mod share;
#[expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
mod support;
