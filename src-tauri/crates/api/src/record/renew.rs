//! New keys for everything that is sealed from now on: when somebody who held the keys of before must open nothing new.
//!
//! ```text
//! renew -> vault::new_generations, from the running epoch on, for every category, or some; when and why in the same transaction
//!       '- afterwards, by what is kept and not by who called:
//!          share::again       permissions that run are given again under the new keys, and those of before are stopped
//!          family::tell       helpers who read get the new keys of what they may read
//!          family::again      a steward's app gives again what it gave, once it has them
//! retire -> vault::retire: because a laptop is lost, with them another identity of the record, and what becomes of the other laptops
//!       '- afterwards:
//!          share::again       also what nothing newer is measured for: the key that can stop it was of the identity of before
//!          laptops::go_on     the others' mandates are taken back, and what they gave is given again from here
//!          family::retire     the person's key of the circle retires for a fresh one
//! ```
//!
//! It needs no member: without a network the keys are new all the same, and the rest follows.

use salus_vault::{Epoch, Vault};
use salus_wire::event::Event;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::RENEWALS;
use crate::{App, family, laptops};

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
    /// The record's identity from then on; not kept of before there were several.
    #[serde(default)]
    pub(crate) identity: u32,
}

/// A value of the cabinet that becomes durable with it: namespace, name, value.
pub(crate) type About = (&'static str, Vec<u8>, Vec<u8>);

impl Renewal {
    fn of(vault: &Vault, at: UnixMillis, because: Because) -> Result<(Self, Epoch), Failure> {
        let from = Epoch::at(at).ok_or(ErrorCode::BadRequest)?;
        let (by, identity) = (vault.writer().id.0, vault.identity().0);
        Ok((Self { at, because, from: from.number(), by, identity }, from))
    }

    // Two in one millisecond would be one: the keys of both are new, and one line tells it.
    fn about(&self) -> Result<About, Failure> {
        let value = serde_json::to_vec(self).map_err(|_| bug("a renewal of keys has no JSON form"))?;
        Ok((RENEWALS, self.at.to_be_bytes().to_vec(), value))
    }
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
    let (renewal, from) = Renewal::of(&open.vault, app.now(), because)?;
    open.vault.new_generations(categories, from, &[renewal.about()?]).await.or_fail()?;
    app.tell(Event::PermissionsChanged);
    Ok(renewal)
}

/// Begins new keys because a laptop is lost, and with them another identity of the record: whoever opens the copy on it stops, gives
/// and says nothing in the person's name from then on. Everything that follows does so from what is kept. The caller has the turn.
///
/// # Errors
/// As [`Vault::retire`]: everything is as before. [`ErrorCode::OtherLaptopOnly`] on a laptop that was added.
pub(crate) async fn retire(vault: &Vault, at: UnixMillis) -> Result<(), Failure> {
    if !laptops::may_renew(vault).await? {
        return Err(ErrorCode::OtherLaptopOnly.into());
    }
    let circle = family::retire(vault).await?;
    with(vault, at, circle).await
}

/// The same for a record that guardians gave back, whose circle has a fresh key already. One of a laptop that was added has no identity
/// that anybody else goes by, and stays as it is.
///
/// # Errors
/// As [`retire`].
pub(crate) async fn retire_regained(vault: &Vault, at: UnixMillis) -> Result<(), Failure> {
    if laptops::may_renew(vault).await? { with(vault, at, Vec::new()).await } else { Ok(()) }
}

async fn with(vault: &Vault, at: UnixMillis, mut about: Vec<About>) -> Result<(), Failure> {
    let (mut renewal, from) = Renewal::of(vault, at, Because::Lost)?;
    renewal.identity = renewal.identity.saturating_add(1);
    about.push(renewal.about()?);
    about.extend(laptops::retire(vault, at).await?);
    let done = vault.retire(Category::ALL, from, &about).await;
    // Keys are among it.
    about.iter_mut().for_each(|(_, _, value)| value.zeroize());
    done.or_fail()?;
    Ok(())
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
    use crate::testing::{Hands, NOON, PASSPHRASE, patient, unlock, weigh};

    #[tokio::test]
    async fn keys_begin_anew_without_a_network_with_when_and_why_and_everything_opens() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        assert_eq!(app.run(GetLost {}).await.unwrap().new_keys, None);
        // Whoever finds the record open begins none.
        let begin = |passphrase: &str| RenewKeys { passphrase: passphrase.into() };
        assert_eq!(app.run(begin("something else")).await.unwrap_err().code, ErrorCode::WrongPassphrase);
        assert_eq!(app.run(GetLost {}).await.unwrap().new_keys, None);
        assert_eq!(app.run(begin(PASSPHRASE)).await.unwrap().new_keys, Some(NOON));
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
        // Of the two only the lost laptop takes the identity with it.
        let expected = expected.map(|(at, because)| Renewal { at, because, from, by, identity: 1 });
        assert_eq!(open.vault.identity(), salus_vault::Identity(1));
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
