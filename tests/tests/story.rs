//! The whole story as a test, on the personal chain: one member. `cargo xtask demo --headless` plays it with four.
//!
//! It needs the programs `salus-node`, `salus-host` and `salus-sim-bluez` beside it, as `cargo xtask test` builds them.

use clap::Parser;
use salus_tests::story::{Options, play};

#[tokio::test(flavor = "multi_thread")]
async fn one_readings_whole_journey_holds_with_one_member() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options::parse_from(["salus-story", "--members", "1"]);
    play(&options, dir.path()).await.unwrap();
}
