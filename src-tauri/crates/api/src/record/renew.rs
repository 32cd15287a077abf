//! New keys for everything that is sealed from now on: when somebody who held the keys of before must open nothing new.
//!
//! ```text
//! renew -> vault::new_generations, from the running epoch on, for every category, or some; when and why in the same transaction
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
    /// Somebody who held keys helps with less, or several; the names, and the categories whose keys are new.
    Less { names: Vec<String>, categories: Vec<Category> },
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
    some(app, open, Category::ALL, because).await
}

/// As [`renew`], for some categories.
///
/// # Errors
/// As [`renew`].
pub(crate) async fn some(
    app: &App,
    open: &Open,
    categories: &[Category],
    because: Because,
) -> Result<Renewal, Failure> {
    if !laptops::may_renew(&open.vault).await? {
        return Err(ErrorCode::OtherLaptopOnly.into());
    }
    let at = app.now();
    let from = Epoch::at(at).ok_or(ErrorCode::BadRequest)?;
    let renewal = Renewal { at, because, from: from.number(), by: open.vault.writer().id.0 };
    let value = serde_json::to_vec(&renewal).map_err(|_| bug("a renewal of keys has no JSON form"))?;
    // Two in one millisecond would be one: the keys of both are new, and one line tells it.
    let about = [(RENEWALS, at.to_be_bytes().to_vec(), value)];
    open.vault.new_generations(categories, from, &about).await.or_fail()?;
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

#[cfg(test)]
mod tests {
    use salus_wire::command::{GetLost, GetRecord, RenewKeys};

    use super::*;
    use crate::testing::{Hands, NOON, patient, unlock, weigh};

    #[tokio::test]
    async fn keys_begin_anew_without_a_network_with_when_and_why_and_everything_opens() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        assert_eq!(app.run(GetLost {}).await.unwrap().new_keys, None);
        assert_eq!(app.run(RenewKeys {}).await.unwrap().new_keys, Some(NOON));
        clock.set(NOON + 60_000);
        weigh(&app, NOON + 60_000).await.unwrap();
        let open = app.open().await.unwrap();
        renew(&app, &open, Because::Helpers(vec!["Leila".to_owned()])).await.unwrap();
        let by = open.vault.writer().id.0;
        drop(open);
        app.lock().await.unwrap();
        unlock(&app).await;
        let open = app.open().await.unwrap();
        for category in Category::ALL {
            assert_eq!(open.vault.series(*category).generation, 2);
        }
        let from = Epoch::at(NOON).unwrap().number();
        let last = Because::Helpers(vec!["Leila".to_owned()]);
        let expected = [(NOON + 60_000, last), (NOON, Because::Lost)];
        let expected = expected.map(|(at, because)| Renewal { at, because, from, by });
        assert_eq!(all(&open.vault).await.unwrap(), expected);
        drop(open);
        // That of another reason is not the lost laptop's.
        assert_eq!(app.run(GetLost {}).await.unwrap().new_keys, Some(NOON));
        let day =
            GetRecord { category: Category::BodyWeight, from: NOON - 1, to: NOON + 120_000, width: 400 };
        assert_eq!(app.run(day).await.unwrap().total, 2);
        app.close().await.unwrap();
    }
}
