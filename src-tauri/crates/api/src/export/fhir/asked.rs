//! What the members prove of a permission now: every act on it, oldest first, each with its block.

use salus_chain::ids::{GrantId, TxHash, VerifyingKey};
use salus_chain::state::{CredentialRecord, GrantEnd, GrantRecord, StatementRecord};
use salus_chain::tx;
use salus_insight::fhir::{Deed, Done, Purpose, Said};
use salus_light::LightClient;
use salus_sharing::Members;
use salus_sharing::emergency::is_emergency;
use salus_wire::view::{PermissionState, ProofView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::App;
use crate::activity::{all_erased, proof_at};
use crate::family;
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

/// A clinician whom the members know by a key, which is all that is known of them.
pub(super) struct Attested {
    /// The key.
    pub(super) key: [u8; 32],
    /// The name of the member that attests them.
    pub(super) by: String,
    /// What the member said since, where it does not stand by it any more, and the block that recorded that.
    pub(super) over: Option<(Deed, ProofView)>,
}

/// What somebody said of an emergency that was announced or opened.
pub(super) struct Review {
    /// The key that signed it.
    pub(super) by: VerifyingKey,
    /// Whether that is the permission's own key, which is the patient's.
    pub(super) own: bool,
    /// What.
    pub(super) said: Said,
    /// When.
    pub(super) at: UnixMillis,
    /// The block that proves it.
    pub(super) proof: ProofView,
}

/// An act.
pub(super) struct Happened {
    /// What was done.
    pub(super) done: Done,
    /// The block that proves it.
    pub(super) proof: ProofView,
    /// Who signed an opening.
    pub(super) signer: Option<[u8; 32]>,
    /// The clinician who answers for it, in an emergency.
    pub(super) opener: Option<Attested>,
    /// The second clinician, who agreed to it.
    pub(super) second: Option<Attested>,
    /// What was said of it, in an emergency.
    pub(super) reviews: Vec<Review>,
}

impl Happened {
    const fn new(done: Done, proof: ProofView) -> Self {
        Self { done, proof, signer: None, opener: None, second: None, reviews: Vec::new() }
    }
}

/// A permission's log.
pub(super) struct ProvenLog {
    /// Every act.
    pub(super) acts: Vec<Happened>,
    /// Where it stands.
    pub(super) state: PermissionState,
    /// Whether only its own key can stop it, which is the patient's, and no helper has a stop by it.
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

    /// One permission's log; `holding` are the members that hold a part, as far as this laptop dealt them.
    pub(super) async fn log(&mut self, id: &GrantId, holding: Option<Members>) -> Log {
        let Some(client) = self.client.clone() else { return Log::Unknown };
        match self.prove(&client, id, holding).await {
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

    async fn prove(
        &self,
        client: &LightClient,
        id: &GrantId,
        holding: Option<Members>,
    ) -> Result<Option<ProvenLog>, Failure> {
        let (app, open) = (self.app, self.open);
        let log = client.grant_log(id).await.map_err(|e| app.0.network.failure(&e))?;
        let proof = app.0.network.proof(&log.head);
        let Some((record, receipts)) = log.value else { return Ok(None) };
        let helped = family::ever_let(&open.vault).await?;
        let own = &record.terms.patient_grant_pk;
        let mut acts = vec![Happened::new(Done::Given, proof_at(app, open, client, record.height).await?)];
        for receipt in receipts {
            let stated = client.prove_statement(&receipt.tx_hash).await;
            let stated = stated.map_err(|e| app.0.network.failure(&e))?.value;
            let proof = proof_at(app, open, client, receipt.height).await?;
            let (opener, second) = stated.as_ref().map_or((None, None), |s| (s.opener_pk, s.second_pk));
            let emergency = stated.as_ref().is_some_and(|s| s.purpose == tx::Purpose::Emergency);
            let reviews =
                if emergency { self.reviews(client, &receipt.tx_hash, own).await? } else { Vec::new() };
            acts.push(Happened {
                reviews,
                signer: Some(receipt.reader_pk.signing().0),
                opener: self.attested(client, opener).await?,
                second: self.attested(client, second).await?,
                ..Happened::new(opened(stated.as_ref()), proof)
            });
        }
        if is_emergency(&record.terms) {
            let emergency = client.prove_emergency(id).await;
            let emergency = emergency.map_err(|e| app.0.network.failure(&e))?;
            for one in emergency.value.iter().flat_map(|emergency| &emergency.announcements) {
                let proof = app.0.network.proof(&emergency.head);
                let opener = self.attested(client, Some(one.by)).await?;
                let (done, reviews) =
                    (Done::Announced { at: one.at_ms }, self.reviews(client, &one.tx, own).await?);
                let announced = Happened { opener, reviews, ..Happened::new(done, proof) };
                announce(&mut acts, one.at_ms, announced);
            }
        }
        if let Some(GrantEnd { revoked, height }) = record.end {
            let done = if revoked { Done::Stopped } else { Done::Ended };
            acts.push(Happened::new(done, proof_at(app, open, client, height).await?));
            if all_erased(&record, client.genesis().n(), holding) {
                acts.push(Happened::new(Done::Erased, proof.clone()));
            }
        }
        Ok(Some(ProvenLog {
            acts,
            state: state_of(record.status_at(log.head.time_ms)),
            stopped_by_patient_only: stops_alone(&record) && !helped,
            height: log.head.height,
            proof,
        }))
    }

    /// What was said of an announcement or an opening in an emergency, in order.
    async fn reviews(
        &self,
        client: &LightClient,
        act: &TxHash,
        own: &VerifyingKey,
    ) -> Result<Vec<Review>, Failure> {
        let network = &self.app.0.network;
        let act = client.prove_act(act).await.map_err(|e| network.failure(&e))?;
        let proof = network.proof(&act.head);
        let reviews = act.value.map(|act| act.reviews).unwrap_or_default().into_iter();
        Ok(reviews
            .map(|review| Review {
                by: review.by,
                own: review.by == *own,
                said: said(review.verdict),
                at: review.at_ms,
                proof: proof.clone(),
            })
            .collect())
    }

    /// A clinician by their key, with the member that said last who it is.
    async fn attested(
        &self,
        client: &LightClient,
        key: Option<VerifyingKey>,
    ) -> Result<Option<Attested>, Failure> {
        let Some(key) = key else { return Ok(None) };
        let network = &self.app.0.network;
        let known = client.prove_credential(&key).await.map_err(|e| network.failure(&e))?.value;
        let Some(CredentialRecord { body, height }) = known else {
            return Ok(Some(Attested { key: key.0, by: String::new(), over: None }));
        };
        let over = match over(body.status) {
            Some(deed) => Some((deed, proof_at(self.app, self.open, client, height).await?)),
            None => None,
        };
        Ok(Some(Attested { key: key.0, by: network.name_of(body.member_index), over }))
    }

    /// The same, as far as the members say it now.
    pub(super) async fn clinician(&self, key: &VerifyingKey) -> Attested {
        let unknown = || Attested { key: key.0, by: String::new(), over: None };
        let Some(client) = &self.client else { return unknown() };
        match self.attested(client, Some(*key)).await {
            Ok(found) => found.unwrap_or_else(unknown),
            Err(failure) => {
                tracing::debug!(code = %failure.code, "who attests a clinician is not proven for an export");
                unknown()
            }
        }
    }
}

/// What a member did that does not stand by its word any more.
const fn over(status: tx::CredentialStatus) -> Option<Deed> {
    match status {
        tx::CredentialStatus::Active => None,
        tx::CredentialStatus::Suspended => Some(Deed::AttestationSuspended),
        tx::CredentialStatus::Withdrawn => Some(Deed::AttestationWithdrawn),
    }
}

fn stops_alone(record: &GrantRecord) -> bool {
    record.terms.revoker_root.0 == [0; 32]
}

/// Puts an announcement where its time is, after the giving: acts keep their places from one export to the next.
fn announce(acts: &mut Vec<Happened>, at: UnixMillis, announced: Happened) {
    let later = acts.iter().skip(1).position(|one| one.proof.time >= at);
    acts.insert(later.map_or(acts.len(), |place| place + 1), announced);
}

/// An opening without a statement is for treatment.
fn opened(stated: Option<&StatementRecord>) -> Done {
    match stated {
        None => Done::Opened { purpose: Purpose::Treatment, reason: None },
        Some(stated) => Done::Opened {
            purpose: purpose(stated.purpose),
            reason: Some(stated.reason).filter(|reason| *reason != 0),
        },
    }
}

const fn said(verdict: tx::Verdict) -> Said {
    match verdict {
        tx::Verdict::Justified => Said::Justified,
        tx::Verdict::Objected => Said::Objected,
        tx::Verdict::Stopped => Said::Stopped,
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
    use super::*;

    #[test]
    fn an_announcement_stands_where_its_time_is() {
        let proof =
            |time| ProofView { height: "1".into(), block: String::new(), time, signed_by: Vec::new() };
        let announced = Done::Announced { at: 20 };
        let acts = |times: &[i64]| {
            let mut acts = vec![Happened::new(Done::Given, proof(10))];
            acts.extend(times.iter().map(|time| Happened::new(opened(None), proof(*time))));
            announce(&mut acts, 20, Happened::new(announced, proof(90)));
            acts.iter().position(|one| one.done == announced).unwrap()
        };
        assert_eq!((acts(&[]), acts(&[15]), acts(&[15, 20, 30]), acts(&[25])), (1, 2, 2, 1));
    }

    #[test]
    fn an_opening_is_what_was_stated_with_it() {
        let plain = Done::Opened { purpose: Purpose::Treatment, reason: None };
        assert_eq!(opened(None), plain);
        let said = |purpose, reason| {
            opened(Some(&StatementRecord { purpose, reason, second_pk: None, opener_pk: None }))
        };
        assert_eq!(said(tx::Purpose::Treatment, 0), plain);
        let emergency = Done::Opened { purpose: Purpose::Emergency, reason: Some(3) };
        assert_eq!(said(tx::Purpose::Emergency, 3), emergency);
    }
}
