//! The reports that this record made, sealed in the cabinet: what each was, and when the members recorded it.

use salus_report::Code;
use salus_report::code::NAME;
use salus_report::content::Report;
use salus_sharing::anchor::Recorded;
use salus_vault::{Identity, Vault};
use salus_wire::view::{MadeReportView, ReportKind};
use salus_wire::{ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::failure::{OrFail, bug};

const NAMESPACE: &str = crate::namespace::REPORTS;
/// Reports that are kept; for one more, the oldest goes. What the members recorded of it is found all the same.
const MOST: usize = 500;

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    kind: ReportKind,
    person: String,
    from: UnixMillis,
    to: UnixMillis,
    made: UnixMillis,
    /// Height and time, once proven.
    recorded: Option<(u64, UnixMillis)>,
    /// The record's identity that the key in its file is derived from; the first in one from before there were several.
    #[serde(default)]
    identity: u32,
}

impl Kept {
    pub(super) fn of(report: &Report, identity: Identity) -> Self {
        Self {
            kind: report.kind(),
            person: report.person.clone(),
            from: report.from,
            to: report.to,
            made: report.made.at,
            recorded: None,
            identity: identity.0,
        }
    }

    /// Which of the record's identities the key in its file is derived from.
    pub(super) const fn identity(&self) -> Identity {
        Identity(self.identity)
    }

    /// When the members recorded it.
    pub(super) fn recorded(&self) -> Option<UnixMillis> {
        self.recorded.map(|(_, time)| time)
    }

    pub(super) fn view(&self, code: &Code) -> MadeReportView {
        MadeReportView {
            code: code.to_string(),
            kind: self.kind,
            person: self.person.clone(),
            from: self.from,
            to: self.to,
            made: self.made,
            recorded: self.recorded(),
        }
    }

    /// Keeps it; one that was recorded already stays so.
    pub(super) async fn put(&self, vault: &Vault, code: &Code) -> Result<(), Failure> {
        let before = one(vault, code).await?;
        let recorded = self.recorded.or(before.and_then(|before| before.recorded));
        let kept = Self { recorded, ..self.clone() };
        let octets = serde_json::to_vec(&kept).map_err(|_| bug("a report's entry has a JSON form"))?;
        vault.cabinet().put(NAMESPACE, code.name(), &octets).await.or_fail()?;
        let surplus = all(vault).await?.into_iter().skip(MOST);
        for (code, _) in surplus {
            forget(vault, &code).await;
        }
        Ok(())
    }

    /// Notes that the members recorded it.
    pub(super) async fn prove(&self, vault: &Vault, code: &Code, recorded: &Recorded) -> Result<(), Failure> {
        Self { recorded: Some((recorded.height, recorded.time_ms)), ..self.clone() }.put(vault, code).await
    }
}

/// One by its code.
pub(super) async fn one(vault: &Vault, code: &Code) -> Result<Option<Kept>, Failure> {
    let Some(octets) = vault.cabinet().get(NAMESPACE, code.name()).await.or_fail()? else { return Ok(None) };
    serde_json::from_slice(&octets).map(Some).map_err(|_| ErrorCode::Damaged.into())
}

/// All that can be read, the newest first.
pub(super) async fn all(vault: &Vault) -> Result<Vec<(Code, Kept)>, Failure> {
    let rows = vault.cabinet().readable(NAMESPACE).await.or_fail()?;
    let entry = |(name, octets): &(Vec<u8>, zeroize::Zeroizing<Vec<u8>>)| {
        let name: [u8; NAME] = name.as_slice().try_into().ok()?;
        Some((Code::from_name(name), serde_json::from_slice(octets).ok()?))
    };
    let mut all: Vec<(Code, Kept)> = rows.iter().filter_map(entry).collect();
    all.sort_by_key(|(code, kept)| (std::cmp::Reverse(kept.made), *code));
    Ok(all)
}

/// Forgets one of which there is no file.
pub(super) async fn forget(vault: &Vault, code: &Code) {
    if let Err(error) = vault.cabinet().remove(NAMESPACE, code.name()).await {
        tracing::debug!(%error, "a report stays in the list");
    }
}
