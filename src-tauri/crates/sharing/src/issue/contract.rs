//! The contract of a permission, recorded before the permission that names it.
//!
//! A contract is named by the hash of its text, so it is recorded once for everybody: whoever asks next finds it there.

use hkdf::Hkdf;
use salus_chain::genesis::ChainContext;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ContractBody, Tx};
use salus_light::LightError;
use sha2::Sha512;
use zeroize::Zeroizing;

use super::advance::VALID_BLOCKS;
use super::{IssueError, Permission};
use crate::network::Network;

/// Records the permission's contract, unless it is proven to be recorded, and waits for the proof. The text is let go then:
/// what is recorded stays, and the permission names it by its hash.
pub(super) async fn record<N: Network>(
    network: &N,
    permission: &mut Permission,
    ctx: &ChainContext,
    key: &SigningKey,
) -> Result<(), IssueError> {
    if permission.contract.is_empty() {
        return Ok(());
    }
    let hash = permission.terms().contract_hash;
    if network.contract(&hash).await?.value.is_none() {
        let author = author(key);
        let head = network.head().await?;
        let body = ContractBody {
            author_pk: author.verifying_key(),
            valid_until_height: head.height.saturating_add(VALID_BLOCKS),
            text: permission.contract.clone(),
        };
        let tx = Tx::Contract(body.sign(&ctx.chain_id, ctx.params.pow_bits, &author));
        match network.record(&tx).await {
            // Somebody else recorded the same text meanwhile.
            Ok(_) | Err(LightError::Refused(TxRefused::ContractExists)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    permission.contract.clear();
    Ok(())
}

/// A key that only this contract has. Nobody gets from it to the grant's key, or the other way; after a crash it is the same.
fn author(key: &SigningKey) -> SigningKey {
    let secret = Zeroizing::new(key.to_bytes());
    let mut seed = Zeroizing::new([0; 32]);
    Hkdf::<Sha512>::new(None, &*secret)
        .expand(b"hg/v1/contract-author", &mut *seed)
        .unwrap_or_else(|_| unreachable!("32 octets are less than one block"));
    SigningKey::from_bytes(&seed)
}

#[cfg(test)]
mod tests;
