//! This computer's enrolment as a gateway: made once, recorded in the background, told in every permission.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::capsule::Disclosure;
use salus_sharing::enrol::{Enrolment, enrol};
use salus_vault::Vault;
use salus_wire::{ErrorCode, Failure};
use zeroize::Zeroizing;

use crate::app::rng;
use crate::failure::OrFail;

/// By the gateway's key: a restored copy of the record is another gateway, and gets another enrolment.
const ENROLMENTS: &str = "enrolments";

/// Records the enrolment, once.
pub(super) async fn keep(vault: &Vault, client: &LightClient) -> Result<(), Failure> {
    let mut enrolment = own(vault).await?;
    if enrolment.recorded().is_none() {
        enrol(client, &mut enrolment).await.or_fail()?;
        save(vault, &enrolment).await?;
    }
    Ok(())
}

/// What a permission tells its reader of this gateway, recorded by now or soon.
pub(super) async fn disclosures(vault: &Vault) -> Result<Vec<Disclosure>, Failure> {
    Ok(own(vault).await?.disclosure(&vault.writer()).into_iter().collect())
}

/// The enrolment; its key and salt are on disk before anything of it leaves.
async fn own(vault: &Vault) -> Result<Enrolment, Failure> {
    let gateway = vault.writer();
    if let Some(stored) = vault.cabinet().get(ENROLMENTS, &gateway.key).await.or_fail()? {
        return Enrolment::decode(&stored).map_err(|_| ErrorCode::Damaged.into());
    }
    let made = Enrolment::generate(&gateway, &mut rng());
    save(vault, &made).await?;
    Ok(made)
}

async fn save(vault: &Vault, enrolment: &Enrolment) -> Result<(), Failure> {
    let octets = Zeroizing::new(enrolment.encode());
    vault.cabinet().put(ENROLMENTS, &vault.writer().key, &octets).await.or_fail()
}
