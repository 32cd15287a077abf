//! This computer's enrolment as a gateway: made once, recorded in the background, told in every permission.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::capsule::Disclosure;
use salus_sharing::enrol::{Enrolment, enrol};
use salus_vault::Vault;
use salus_wire::{ErrorCode, Failure, UnixMillis};
use zeroize::Zeroizing;

use crate::app::rng;
use crate::failure::OrFail;

/// By the gateway's key: a restored copy of the record is another gateway, and gets another enrolment.
const ENROLMENTS: &str = "enrolments";

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

/// When this computer was enrolled; `None` before, and in a record that enrols none.
pub(crate) async fn since(vault: &Vault) -> Result<Option<UnixMillis>, Failure> {
    Ok(stored(vault).await?.and_then(|enrolment| enrolment.recorded()).map(|recorded| recorded.time_ms))
}

/// What a permission tells its reader of this gateway, recorded by now or soon.
pub(super) async fn disclosures(vault: &Vault) -> Result<Vec<Disclosure>, Failure> {
    Ok(own(vault).await?.disclosure(&vault.writer()).into_iter().collect())
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
    let octets = vault.cabinet().get(ENROLMENTS, &vault.writer().key).await.or_fail()?;
    octets.map(|octets| Enrolment::decode(&octets).map_err(|_| ErrorCode::Damaged.into())).transpose()
}

async fn save(vault: &Vault, enrolment: &Enrolment) -> Result<(), Failure> {
    let octets = Zeroizing::new(enrolment.encode());
    vault.cabinet().put(ENROLMENTS, &vault.writer().key, &octets).await.or_fail()
}
