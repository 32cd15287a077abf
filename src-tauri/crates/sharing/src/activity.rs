//! What happened to a permission, from what the light client proved about it.
//!
//! The list of openings is complete by construction: its hash chain ends in the grant's record, or it is not shown.

use salus_chain::ids::{GrantId, TxHash};
use salus_chain::state::{AccessRecord, GrantRecord};
use salus_light::{Head, LightError, Proven};
use salus_wire::UnixMillis;

use crate::network::Network;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was given.
    Given,
    /// The reader opened something; the receipt's transaction.
    Opened(TxHash),
    /// It was stopped.
    Stopped,
    /// It ran out.
    Ended,
    /// So many members confirmed that their share is erased: all of them.
    Erased(u16),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The permission.
    pub grant: GrantId,
    /// What.
    pub what: What,
    /// Block time; of `Erased`, the time of the head at which all confirmations were proven.
    pub at: UnixMillis,
    /// Height of the block that recorded it; 0 when it ran out and no block has said so yet.
    pub height: u64,
}

/// One permission's lines, newest first, and the head that they are proven complete against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The lines.
    pub entries: Vec<Entry>,
    /// The head.
    pub head: Head,
    /// The record, for the counts.
    pub record: GrantRecord,
}

/// Asks for a permission's record and its whole log, and reads them; `None` is a proof that there is no such permission.
///
/// # Errors
/// [`LightError`].
pub async fn activity<N: Network>(network: &N, grant: &GrantId) -> Result<Option<Activity>, LightError> {
    let Proven { value, head } = network.log(grant).await?;
    let Some((record, log)) = value else { return Ok(None) };
    let given = network.time_at(record.height).await?;
    let ended = match record.end {
        Some(end) if end.revoked => Some(network.time_at(end.height).await?),
        _ => None,
    };
    let entries = entries(&record, &log, given, ended, &head, network.genesis().n());
    Ok(Some(Activity { entries, head, record }))
}

/// The lines of a record and its log; `given` and `stopped` are the proven times of the heights in the record.
#[must_use]
pub fn entries(
    record: &GrantRecord,
    log: &[AccessRecord],
    given: UnixMillis,
    stopped: Option<UnixMillis>,
    head: &Head,
    members: u16,
) -> Vec<Entry> {
    let grant = record.terms.grant_id;
    let line = |what, at, height| Entry { grant, what, at, height };
    let mut entries = vec![line(What::Given, given, record.height)];
    entries.extend(log.iter().map(|r| line(What::Opened(r.tx_hash), r.time_ms, r.height)));
    match record.end {
        Some(end) if end.revoked => {
            entries.push(line(What::Stopped, stopped.unwrap_or(head.time_ms), end.height));
        }
        Some(end) => entries.push(line(What::Ended, record.terms.expires_ms, end.height)),
        None if head.time_ms >= record.terms.expires_ms => {
            entries.push(line(What::Ended, record.terms.expires_ms, 0));
        }
        None => {}
    }
    let (_, erased) = record.counts();
    if erased >= u32::from(members) {
        entries.push(line(What::Erased(members), head.time_ms, head.height));
    }
    entries.reverse();
    entries
}
