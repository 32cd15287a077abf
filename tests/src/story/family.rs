//! The family's story: twelve steps with real members, and an application of their own for each of five people.
//!
//! ```text
//! n x salus-node (processes)
//!   -- QUIC --> applications in this process: Maria (grandmother), Leila (daughter, steward), Karim (son, approver),
//!               a cardiologist, an emergency doctor
//!   -- QUIC --> what modified applications send, straight to each member (story and `salus_tests::straight`)
//!   -- QUIC --> a light client of the story's own, which proves what happened
//! ```
//!
//! Time is one file that all of them read; the story moves it across 72 hours, the time for objections and the four hours of an
//! emergency.

mod beyond;
mod card;
mod cast;
mod circle;
mod given;
mod last;
mod person;
mod proofs;

use std::path::Path;

use salus_chain::ids::GrantId;
use salus_light::LightClient;
use salus_wire::CircleId;

use self::person::Person;
use super::hands::Hands;
use super::play::{Options, begin};
use super::report::Report;
use crate::network::Network;
use crate::straight::Straight;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Everybody who is there.
struct Stage {
    network: Network,
    hands: Hands,
    light: LightClient,
    straight: Straight,
    maria: Person,
    leila: Person,
    karim: Person,
    cardiologist: Person,
    doctor: Person,
    /// When the first of what Maria typed was measured, and the last.
    measured: (i64, i64),
}

/// What the last step proves.
struct Acts {
    circle: CircleId,
    /// What Leila permitted.
    given: GrantId,
    /// What she tried to permit and nobody recorded.
    never: Vec<GrantId>,
    /// Maria's emergency card.
    card: GrantId,
}

/// Plays all twelve steps under `dir`; stops at the first that does not hold.
///
/// # Errors
/// What did not hold; its line is written.
pub(super) async fn play(options: &Options, report: &Report, dir: &Path) -> anyhow::Result<()> {
    let begun = begin(usize::from(options.members), dir);
    let (network, hands) = report.step(1, "the members agree", begun).await?;
    let mut stage = report.step(2, "a record", cast::come(network, hands, dir)).await?;
    let circle = report.step(3, "who helps", circle::make(&mut stage, dir)).await?;
    report.step(4, "the daughter reads", circle::read(&stage, circle)).await?;
    let given = report.step(5, "a permission", given::give(&mut stage, circle)).await?;
    report.step(6, "opening", given::open(&stage, &given)).await?;
    let mut tried = report.step(7, "beyond the limits", beyond::play(&stage, &given)).await?;
    report.step(8, "the son stops it", given::stop(&mut stage, &given)).await?;
    let card = report.step(9, "an emergency", card::play(&mut stage)).await?;
    report.step(10, "the daughter undone", last::undo(&mut stage, &given, &mut tried)).await?;
    report.step(11, "in FHIR", last::export(&stage, &given, &card, dir)).await?;
    let acts = Acts { circle, given: given.grant(), never: tried.never, card };
    let proven = async {
        let proven = proofs::prove(&stage, &acts).await?;
        stage.network.stop().await?;
        Ok(((), format!("{proven}; {} members ended", stage.network.len())))
    };
    report.step(12, "proven", proven).await
}
