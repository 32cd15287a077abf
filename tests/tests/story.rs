//! The whole story as a test: on the personal chain of one member, and with four, of which one and then two are killed.
//!
//! It needs the programs `salus-node`, `salus-host` and `salus-sim-bluez` beside it, as `cargo xtask test` builds them.
//! The story's budget of time is held by `salus-story` (`cargo xtask demo --headless`): a test shares its machine.

use clap::Parser;
use salus_tests::story::{Options, play};

async fn holds_with(members: &str) -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    let options = Options::parse_from(["salus-story", "--members", members]);
    play(&options, dir.path()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_readings_whole_journey_holds_with_one_member() -> anyhow::Result<()> {
    holds_with("1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_readings_whole_journey_holds_with_four_members_and_one_killed() -> anyhow::Result<()> {
    holds_with("4").await
}
