//! This computer's enrolment as a gateway: made once, recorded in the background, told in every permission, and withdrawn when
//! its patient says so.
//!
//! ```text
//! a withdrawal at rest = 01 || instant i64, Unix milliseconds, as proven
//! ```
//!
//! A withdrawn enrolment is told in later permissions too: what arrived before it was withdrawn stays proven.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::capsule::Disclosure;
use salus_sharing::enrol::{Enrolment, enrol, withdraw};
use salus_vault::{Vault, Writer};
use salus_wire::command::{GetMembers, WithdrawEnrolment};
use salus_wire::event::Event;
use salus_wire::view::MembersView;
use salus_wire::{ErrorCode, Failure, UnixMillis};
use zeroize::Zeroizing;

use crate::app::rng;
use crate::failure::OrFail;
use crate::{App, Run};

/// By the gateway's key: a restored copy of the record is another gateway, and gets another enrolment.
const ENROLMENTS: &str = crate::namespace::ENROLMENTS;
/// When it was withdrawn, by the same key.
const WITHDRAWALS: &str = crate::namespace::WITHDRAWALS;
const VERSION: u8 = 1;

impl Run for WithdrawEnrolment {
    async fn run(self, app: &App) -> Result<MembersView, Failure> {
        {
            let open = app.open().await?;
            let client = app.0.network.client()?;
            let _turn = open.sharing.take().await;
            let enrolment = stored(&open.vault).await?.filter(|enrolment| enrolment.recorded().is_some());
            let enrolment = enrolment.ok_or(ErrorCode::NothingYet)?;
            if withdrawn(&open.vault).await?.is_none() {
                let inclusion = withdraw(&client, &enrolment).await.or_fail()?;
                keep_withdrawal(&open.vault, &open.vault.writer(), inclusion.time_ms).await?;
                app.tell(Event::MembersChanged);
            }
        }
        GetMembers {}.run(app).await
    }
}

/// Records the enrolment, once; true when it was recorded now.
pub(super) async fn keep(vault: &Vault, client: &LightClient) -> Result<bool, Failure> {
    let mut enrolment = own(vault).await?;
    let waiting = enrolment.recorded().is_none();
    if waiting {
        enrol(client, &mut enrolment).await.or_fail()?;
        save(vault, &enrolment).await?;
    }
    Ok(waiting)
}

/// The withdrawal of this computer's enrolment, signed in advance: whoever removes it can send it.
pub(crate) async fn withdrawal(vault: &Vault, client: &LightClient) -> Result<Vec<u8>, Failure> {
    let genesis = client.genesis();
    Ok(own(vault).await?.withdraw_tx(&genesis.chain_id(), genesis.params.pow_bits).encode())
}

/// When this computer was enrolled; `None` before, and in a record that enrols none.
pub(crate) async fn since(vault: &Vault) -> Result<Option<UnixMillis>, Failure> {
    Ok(stored(vault).await?.and_then(|enrolment| enrolment.recorded()).map(|recorded| recorded.time_ms))
}

/// When this computer's enrolment was withdrawn.
pub(crate) async fn withdrawn(vault: &Vault) -> Result<Option<UnixMillis>, Failure> {
    withdrawn_of(vault, &vault.writer()).await
}

async fn withdrawn_of(vault: &Vault, writer: &Writer) -> Result<Option<UnixMillis>, Failure> {
    let octets = vault.cabinet().get(WITHDRAWALS, &writer.key).await.or_fail()?;
    octets.map(|octets| at_rest(&octets).ok_or_else(|| ErrorCode::Damaged.into())).transpose()
}

async fn keep_withdrawal(vault: &Vault, writer: &Writer, time: UnixMillis) -> Result<(), Failure> {
    let octets = [&[VERSION][..], &time.to_be_bytes()].concat();
    vault.cabinet().put(WITHDRAWALS, &writer.key, &octets).await.or_fail()
}

/// The computers that this record was on before it was restored here: when each was enrolled, and when that was withdrawn.
pub(crate) async fn earlier(vault: &Vault) -> Result<Vec<(Option<UnixMillis>, Option<UnixMillis>)>, Failure> {
    let mut all = Vec::new();
    for writer in vault.writers().iter().skip(1) {
        let enrolled = stored_of(vault, writer).await?.and_then(|e| e.recorded()).map(|r| r.time_ms);
        all.push((enrolled, withdrawn_of(vault, writer).await?));
    }
    Ok(all)
}

/// Withdraws the enrolments of the computers before this one.
pub(crate) async fn withdraw_earlier(vault: &Vault, client: &LightClient) -> Result<(), Failure> {
    for writer in vault.writers().iter().skip(1) {
        let enrolment = stored_of(vault, writer).await?.filter(|e| e.recorded().is_some());
        let Some(enrolment) = enrolment else { continue };
        if withdrawn_of(vault, writer).await?.is_none() {
            let inclusion = withdraw(client, &enrolment).await.or_fail()?;
            keep_withdrawal(vault, writer, inclusion.time_ms).await?;
        }
    }
    Ok(())
}

fn at_rest(octets: &[u8]) -> Option<UnixMillis> {
    let (version, time) = octets.split_first()?;
    (*version == VERSION).then_some(())?;
    Some(UnixMillis::from_be_bytes(time.try_into().ok()?))
}

/// What a permission tells its reader of this gateway, recorded by now or soon, and of those before it.
pub(crate) async fn disclosures(vault: &Vault) -> Result<Vec<Disclosure>, Failure> {
    let mut all: Vec<Disclosure> = own(vault).await?.disclosure(&vault.writer()).into_iter().collect();
    for writer in vault.writers().iter().skip(1) {
        all.extend(stored_of(vault, writer).await?.and_then(|e| e.disclosure(writer)));
    }
    Ok(all)
}

/// The enrolment; its key and salt are on disk before anything of it leaves.
async fn own(vault: &Vault) -> Result<Enrolment, Failure> {
    if let Some(enrolment) = stored(vault).await? {
        return Ok(enrolment);
    }
    let made = Enrolment::generate(&vault.writer(), &mut rng());
    save(vault, &made).await?;
    Ok(made)
}

async fn stored(vault: &Vault) -> Result<Option<Enrolment>, Failure> {
    stored_of(vault, &vault.writer()).await
}

async fn stored_of(vault: &Vault, writer: &Writer) -> Result<Option<Enrolment>, Failure> {
    let octets = vault.cabinet().get(ENROLMENTS, &writer.key).await.or_fail()?;
    octets.map(|octets| Enrolment::decode(&octets).map_err(|_| ErrorCode::Damaged.into())).transpose()
}

async fn save(vault: &Vault, enrolment: &Enrolment) -> Result<(), Failure> {
    let octets = Zeroizing::new(enrolment.encode());
    vault.cabinet().put(ENROLMENTS, &vault.writer().key, &octets).await.or_fail()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_is_read_as_it_was_written_and_nothing_else_is() {
        let stored = [1, 0, 0, 1, 0xA1, 0xEE, 0x56, 0x5E, 0];
        assert_eq!(at_rest(&stored), Some(1_795_000_000_000));
        assert_eq!(at_rest(&[&[2], &stored[1..]].concat()), None);
        assert_eq!(
            (at_rest(&stored[..8]), at_rest(&[&stored[..], &[0]].concat()), at_rest(&[])),
            (None, None, None)
        );
    }
}
