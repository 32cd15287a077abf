//! What shows that a permission keeps to the power: its categories, and whom it is for.

use std::collections::BTreeSet;

use salus_chain::circle::{category_leaf, recipient_leaf};
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::merkle;
use salus_chain::state::TxRefused;
use salus_chain::tx::{CategoryClaim, ReaderClaim, RecipientPlace};
use salus_wire::Category;

use super::GiveError;
use crate::circle::power::leaves;
use crate::circle::word::{Recipient, Word};
use crate::invitation::Invitation;

/// Each category's place under both roots, in the order of the codes.
pub(super) fn categories(word: &Word, chosen: &BTreeSet<Category>) -> Result<Vec<CategoryClaim>, GiveError> {
    let allowed = leaves(|category| word.salt(category), &word.allowed);
    let ordinary = leaves(|category| word.salt(category), &word.ordinary);
    let place = |of: &[Hash32], leaf: &Hash32| {
        of.iter().position(|each| each == leaf).and_then(|place| merkle::path(of, place))
    };
    let claim = |leaf: Hash32| -> Result<CategoryClaim, GiveError> {
        let path = place(&allowed, &leaf).ok_or(TxRefused::BeyondPower)?;
        Ok(CategoryClaim { leaf, path, ordinary: place(&ordinary, &leaf) })
    };
    let mut chosen: Vec<Category> = chosen.iter().copied().collect();
    chosen.sort_by_key(|category| category.code());
    chosen.into_iter().map(|category| claim(category_leaf(&word.salt(category), category.code()))).collect()
}

pub(super) fn reader(word: &Word, invitation: &Invitation) -> Result<ReaderClaim, GiveError> {
    let credential_pk = invitation.attestation.person.credential_pk;
    Ok(ReaderClaim {
        reader_pk: invitation.reader,
        credential_pk,
        code_signature: invitation.key_signature.ok_or(GiveError::Asks)?,
        place: place(word, &credential_pk)?,
    })
}

/// A clinician's place among those whom the power names; `None` where it names nobody and anybody attested may be permitted.
pub(super) fn place(word: &Word, credential_pk: &VerifyingKey) -> Result<Option<RecipientPlace>, GiveError> {
    let leaf = |(pk, named): (&VerifyingKey, &Recipient)| recipient_leaf(&named.salt, pk);
    let leaves: Vec<Hash32> = word.recipients.iter().map(leaf).collect();
    match word.recipients.get(credential_pk) {
        _ if word.recipients.is_empty() => Ok(None),
        None => Err(TxRefused::Recipient.into()),
        Some(Recipient { salt, .. }) => {
            let own = recipient_leaf(salt, credential_pk);
            let at = leaves.iter().position(|leaf| *leaf == own);
            let path = at.and_then(|at| merkle::path(&leaves, at)).ok_or(TxRefused::Recipient)?;
            Ok(Some(RecipientPlace { salt: *salt, path }))
        }
    }
}
