//! Value sync: blocks that were decided before, fetched from others and given to them.

use arc_malachitebft_core_types::{
    CommitCertificate, CommitSignature, ExtendedCommitCertificate, Round, VoteExtensions,
};
use arc_malachitebft_engine::host::SyncedValueOutcome;
use arc_malachitebft_sync::RawDecidedValue;

use super::{Ordering, proposed};
use crate::engine::context::{Address, Height, SalusContext};
use crate::engine::signature::Signature;
use crate::engine::{Application, ApplicationError, Undecided, Verdict};

/// Blocks of one sync reply at most, and their octets.
const SYNC_BLOCKS: usize = 32;
const SYNC_BYTES: usize = 8 << 20;

impl<A: Application> Ordering<A> {
    /// A block that value sync fetched: the certificate decides, the clock does not.
    pub(super) fn synced(
        &mut self,
        height: Height,
        at: Round,
        proposer: Address,
        octets: &[u8],
    ) -> Result<SyncedValueOutcome<SalusContext>, ApplicationError> {
        if height.0 != self.app.head().saturating_add(1) {
            return Ok(SyncedValueOutcome::LocalTransientError);
        }
        let (id, valid) = match self.app.judge(height.0, octets)? {
            Verdict::Valid(id) => (id, true),
            Verdict::Invalid(id) => (id, false),
            Verdict::NotABlock => return Ok(SyncedValueOutcome::PeerFault),
        };
        let (height, round) = (height.0, at.as_i64());
        let block = Undecided { height, round, valid_round: -1, proposer, id, valid, octets: octets.into() };
        self.app.keep(&block)?;
        self.synced = self.synced.max(height);
        Ok(SyncedValueOutcome::Verdict(proposed(&block)))
    }

    pub(super) fn decided_values(
        &self,
        first: u64,
        last: u64,
    ) -> Result<Vec<RawDecidedValue<SalusContext>>, ApplicationError> {
        let mut values = Vec::new();
        let mut bytes = 0usize;
        for height in (first..=last.min(self.app.head())).take(SYNC_BLOCKS) {
            let Some((octets, certificate)) = self.app.decided(height)? else { break };
            bytes = bytes.saturating_add(octets.len());
            if bytes > SYNC_BYTES && !values.is_empty() {
                break;
            }
            let sign = |(address, signature): &(Address, [u8; 64])| {
                CommitSignature::new(*address, Signature(*signature))
            };
            let commit = CommitCertificate {
                height: Height(height),
                round: Round::new(certificate.round),
                value_id: certificate.id,
                commit_signatures: certificate.signatures.iter().map(sign).collect(),
            };
            let none = VoteExtensions::default();
            let commit = ExtendedCommitCertificate::from_commit_certificate_and_extensions(commit, none);
            values.push(RawDecidedValue::new(octets.to_vec().into(), commit));
        }
        Ok(values)
    }
}
