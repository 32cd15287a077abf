//! Adversaries against real members: a modified application signs what it likes and sends it to each of four members and to
//! each keeper. What the rules forbid every member refuses, for the right reason; nothing of it is recorded, which is proven;
//! and no keeper gives its part of a key.
//!
//! One network for all of them, because a start takes longer than an adversary. Each has a person, keys and a circle of its own,
//! and one that gains something does not keep the next from trying.

#![expect(clippy::print_stdout, reason = "a line for each adversary")]

#[path = "adversaries/acts.rs"]
mod acts;
#[path = "adversaries/approver_reads.rs"]
mod approver_reads;
#[path = "adversaries/break_glass.rs"]
mod break_glass;
#[path = "adversaries/collusion.rs"]
mod collusion;
#[path = "adversaries/contract.rs"]
mod contract;
#[path = "adversaries/custodian.rs"]
mod custodian;
#[path = "adversaries/duty.rs"]
mod duty;
#[path = "adversaries/false_attestations.rs"]
mod false_attestations;
#[path = "adversaries/false_clinician.rs"]
mod false_clinician;
#[path = "adversaries/family.rs"]
mod family;
#[path = "adversaries/guardian.rs"]
mod guardian;
#[path = "adversaries/lapse.rs"]
mod lapse;
#[path = "adversaries/permission.rs"]
mod permission;
#[path = "adversaries/removed_patient.rs"]
mod removed_patient;
#[path = "adversaries/replay.rs"]
mod replay;
#[path = "adversaries/stage.rs"]
mod stage;
#[path = "adversaries/sub_delegation.rs"]
mod sub_delegation;
#[path = "adversaries/two_persons.rs"]
mod two_persons;
#[path = "adversaries/witness.rs"]
mod witness;

use anyhow::{Result, ensure};
use futures::future::LocalBoxFuture;
use stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn no_adversary_gains_anything_from_real_members() -> Result<()> {
    let mut stage = Stage::set().await?;
    let plays: [(&str, LocalBoxFuture<'_, Result<()>>); 14] = [
        ("an omnipotent custodian", Box::pin(custodian::play(&stage))),
        ("colluding approvers below m", Box::pin(collusion::play(&stage))),
        ("a delegate after the power lapsed", Box::pin(lapse::play(&stage))),
        ("a delegate who delegates", Box::pin(sub_delegation::play(&stage))),
        ("a replayed approval", Box::pin(replay::play(&stage))),
        ("an approver who tries to read", Box::pin(approver_reads::play(&stage))),
        ("a guardian who recovers without notice", Box::pin(guardian::play(&stage))),
        ("break-glass without a reason", Box::pin(break_glass::play(&stage))),
        ("a contract that loops, grows or errs", Box::pin(contract::play(&stage))),
        ("an organisation that attests a false clinician", Box::pin(false_clinician::play(&stage))),
        ("a clinician who went off duty, and others who were never on it", Box::pin(duty::play(&stage))),
        ("delegates who remove the patient", Box::pin(removed_patient::play(&stage))),
        ("a clinician who is the second one too", Box::pin(two_persons::play(&stage))),
        ("a helper with false words of clinicians", Box::pin(false_attestations::play(&stage))),
    ];
    let mut gained = Vec::new();
    for (name, play) in plays {
        match play.await {
            Ok(()) => println!("{name}: gained nothing"),
            Err(error) => {
                println!("{name}: {error:#}");
                gained.push(name);
            }
        }
    }
    ensure!(gained.is_empty(), "not as the rules say: {gained:?}");
    stage.network.stop().await
}
