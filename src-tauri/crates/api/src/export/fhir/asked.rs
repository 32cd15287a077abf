//! What the members prove of a permission now: every act on it, oldest first, each with its block.

use salus_chain::ids::GrantId;
use salus_chain::state::{GrantEnd, GrantRecord, StatementRecord};
use salus_chain::tx;
use salus_insight::fhir::{Done, Purpose};
use salus_light::LightClient;
use salus_sharing::emergency::is_emergency;
use salus_wire::view::{PermissionState, ProofView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::App;
use crate::activity::{all_erased, proof_at};
use crate::lock::Open;
use crate::share::keep_up::state_of;

/// What is known of one permission.
pub(super) enum Log {
    /// Proven now.
    Proven(Box<ProvenLog>),
    /// Proven not to be recorded: it waits for the members.
    NotRecorded,
    /// Not proven now: the record has what was proven last, if anything.
    Unknown,
}

/// A permission's log.
pub(super) struct ProvenLog {
    /// Every act.
    pub(super) acts: Vec<(Done, ProofView)>,
    /// Who signed each opening, in order.
    pub(super) signers: Vec<[u8; 32]>,
    /// Where it stands.
    pub(super) state: PermissionState,
    /// Whether only its own key can stop it, which is the patient's.
    pub(super) stopped_by_patient_only: bool,
    /// The head that it was proven at.
    pub(super) height: u64,
    /// The same, as a proof.
    pub(super) proof: ProofView,
}

/// Asks the members, until they cannot be reached.
pub(super) struct Asked<'a> {
    app: &'a App,
    open: &'a Open,
    client: Option<LightClient>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(app: &'a App, open: &'a Open) -> Self {
        Self { app, open, client: app.0.network.client().ok() }
    }

    /// One permission's log.
    pub(super) async fn log(&mut self, id: &GrantId) -> Log {
        let Some(client) = self.client.clone() else { return Log::Unknown };
        match self.prove(&client, id).await {
            Ok(Some(log)) => Log::Proven(Box::new(log)),
            Ok(None) => Log::NotRecorded,
            Err(failure) => {
                tracing::debug!(code = %failure.code, "a permission's log is not proven for an export");
                if failure.code == ErrorCode::Offline {
                    // Nobody waits for the others one by one.
                    self.client = None;
                }
                Log::Unknown
            }
        }
    }

    async fn prove(&self, client: &LightClient, id: &GrantId) -> Result<Option<ProvenLog>, Failure> {
        let (app, open) = (self.app, self.open);
        let log = client.grant_log(id).await.map_err(|e| app.0.network.failure(&e))?;
        let proof = app.0.network.proof(&log.head);
        let Some((record, receipts)) = log.value else { return Ok(None) };
        let mut acts = vec![(Done::Given, proof_at(app, open, client, record.height).await?)];
        let signers = receipts.iter().map(|receipt| receipt.reader_pk.signing().0).collect();
        for receipt in receipts {
            let stated = client.prove_statement(&receipt.tx_hash).await;
            let stated = stated.map_err(|e| app.0.network.failure(&e))?.value;
            acts.push((opened(stated.as_ref()), proof_at(app, open, client, receipt.height).await?));
        }
        if is_emergency(&record.terms) {
            let emergency = client.prove_emergency(id).await;
            let emergency = emergency.map_err(|e| app.0.network.failure(&e))?;
            for one in emergency.value.iter().flat_map(|emergency| &emergency.announcements) {
                announce(&mut acts, one.at_ms, app.0.network.proof(&emergency.head));
            }
        }
        if let Some(GrantEnd { revoked, height }) = record.end {
            let done = if revoked { Done::Stopped } else { Done::Ended };
            acts.push((done, proof_at(app, open, client, height).await?));
            if all_erased(&record, client.genesis().n()) {
                acts.push((Done::Erased, proof.clone()));
            }
        }
        Ok(Some(ProvenLog {
            acts,
            signers,
            state: state_of(record.status_at(log.head.time_ms)),
            stopped_by_patient_only: stops_alone(&record),
            height: log.head.height,
            proof,
        }))
    }
}

fn stops_alone(record: &GrantRecord) -> bool {
    record.terms.revoker_root.0 == [0; 32]
}

/// Puts an announcement where its time is, after the giving: acts keep their places from one export to the next.
fn announce(acts: &mut Vec<(Done, ProofView)>, at: UnixMillis, proof: ProofView) {
    let later = acts.iter().skip(1).position(|(_, proof)| proof.time >= at);
    acts.insert(later.map_or(acts.len(), |place| place + 1), (Done::Announced { at }, proof));
}

/// An opening without a statement is for treatment, and nobody seconded it.
fn opened(stated: Option<&StatementRecord>) -> Done {
    match stated {
        None => Done::Opened { purpose: Purpose::Treatment, reason: None, second: false },
        Some(stated) => Done::Opened {
            purpose: purpose(stated.purpose),
            reason: Some(stated.reason).filter(|reason| *reason != 0),
            second: stated.second_pk.or(stated.opener_pk).is_some(),
        },
    }
}

fn purpose(stated: tx::Purpose) -> Purpose {
    match stated {
        tx::Purpose::Treatment => Purpose::Treatment,
        tx::Purpose::Emergency => Purpose::Emergency,
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::VerifyingKey;

    use super::*;

    #[test]
    fn an_announcement_stands_where_its_time_is() {
        let proof =
            |time| ProofView { height: "1".into(), block: String::new(), time, signed_by: Vec::new() };
        let plain = opened(None);
        let acts = |times: &[i64]| {
            let mut acts = vec![(Done::Given, proof(10))];
            acts.extend(times.iter().map(|time| (plain, proof(*time))));
            announce(&mut acts, 20, proof(90));
            acts.iter().position(|(done, _)| *done == Done::Announced { at: 20 }).unwrap()
        };
        assert_eq!((acts(&[]), acts(&[15]), acts(&[15, 20, 30]), acts(&[25])), (1, 2, 2, 1));
    }

    #[test]
    fn an_opening_is_what_was_stated_with_it() {
        let plain = Done::Opened { purpose: Purpose::Treatment, reason: None, second: false };
        assert_eq!(opened(None), plain);
        let said = |purpose, reason, second_pk, opener_pk| {
            opened(Some(&StatementRecord { purpose, reason, second_pk, opener_pk }))
        };
        assert_eq!(said(tx::Purpose::Treatment, 0, None, None), plain);
        let somebody = Some(VerifyingKey([7; 32]));
        let emergency = Done::Opened { purpose: Purpose::Emergency, reason: Some(3), second: true };
        assert_eq!(said(tx::Purpose::Emergency, 3, None, somebody), emergency);
        assert_eq!(said(tx::Purpose::Emergency, 3, somebody, somebody), emergency);
    }
}
