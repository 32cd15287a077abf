//! New keys for everything that is sealed from now on: when somebody who held the keys of before must open nothing new.
//!
//! ```text
//! renew -> vault::new_generations, from the running epoch on, for every category; when and why in the same transaction
//!       '- afterwards, by what is kept and not by who called:
//!          share::again       permissions that run are given again under the new keys, and those of before are stopped
//!          family::tell       helpers who read get the new keys of what they may read
//!          family::again      a steward's app gives again what it gave, once it has them
//! ```
//!
//! It needs no member: without a network the keys are new all the same, and the rest follows.

use salus_vault::{Epoch, Vault};
use salus_wire::event::Event;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::RENEWALS;
use crate::{App, laptops};

/// Why the keys are new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Because {
    /// Somebody who held keys helps no longer, or several; the names.
    Helpers(Vec<String>),
    /// A laptop of this record was removed; its name.
    Laptop(String),
    /// A laptop with this record was lost.
    Lost,
}

/// When keys began anew, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Renewal {
    pub(crate) at: UnixMillis,
    pub(crate) because: Because,
    /// The first epoch that is sealed under them.
    pub(crate) from: u32,
    /// The computer that did it, by its writer's identifier.
    pub(crate) by: [u8; 16],
}

/// Begins new keys for every category from the running epoch on; they are durable when this returns. The caller has the turn of
/// [`Open::sharing`], so that no permission is given meanwhile under the keys of before.
///
/// # Errors
/// As [`Vault::new_generations`]: the keys are as before.
pub(crate) async fn renew(app: &App, open: &Open, because: Because) -> Result<Renewal, Failure> {
    if !laptops::may_renew(&open.vault).await? {
        return Err(ErrorCode::OtherLaptopOnly.into());
    }
    let at = app.now();
    let from = Epoch::at(at).ok_or(ErrorCode::BadRequest)?;
    let renewal = Renewal { at, because, from: from.number(), by: open.vault.writer().id.0 };
    let value = serde_json::to_vec(&renewal).map_err(|_| bug("a renewal of keys has no JSON form"))?;
    // Two in one millisecond would be one: the keys of both are new, and one line tells it.
    let about = [(RENEWALS, at.to_be_bytes().to_vec(), value)];
    open.vault.new_generations(Category::ALL, from, &about).await.or_fail()?;
    app.tell(Event::PermissionsChanged);
    Ok(renewal)
}

/// Every renewal that is known here, newest first.
pub(crate) async fn all(vault: &Vault) -> Result<Vec<Renewal>, Failure> {
    let stored = vault.cabinet().readable(RENEWALS).await.or_fail()?;
    let read = |value: &[u8]| serde_json::from_slice(value).map_err(|_| Failure::from(ErrorCode::Damaged));
    let mut all: Vec<Renewal> = stored.iter().map(|(_, value)| read(value)).collect::<Result<_, _>>()?;
    all.sort_by_key(|renewal| std::cmp::Reverse(renewal.at));
    Ok(all)
}
