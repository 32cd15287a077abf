//! Devices of another record of the same person, whose readings are taken over: each stays known by its name and by what it said of
//! itself, as one that was removed does. It is added here only when the person adds it.

use salus_vault::Vault;
use salus_wire::Failure;

use super::kept::{self, Kept};
use super::{Devices, Known, origin};

impl Devices {
    /// Takes over what another record knows of its devices; doing it again changes nothing.
    ///
    /// # Errors
    /// What the records say.
    pub(crate) async fn take_over(&self, from: &Vault, to: &Vault) -> Result<(), Failure> {
        for other in kept::load(from).await? {
            if let Some(kept) = self.know(other) {
                kept.save(to).await?;
            }
        }
        Ok(())
    }

    /// What is to be kept of it then; `None` where nothing is new.
    fn know(&self, other: Kept) -> Option<Kept> {
        let mut book = self.book();
        let same =
            |own: &Kept| own.id == other.id || (own.identity.is_some() && own.identity == other.identity);
        if let Some(known) = book.known.values_mut().find(|known| same(&known.kept)) {
            let new = origin::join(&mut known.kept.described, &other.described);
            return new.then(|| known.kept.clone());
        }
        // Nothing of its link: what was fetched, agreed or said of users is that record's.
        let kept = Kept { added: false, claims: Vec::new(), history: Vec::new(), person: None, ..other };
        book.known.insert(kept.id, Known::new(kept.clone()));
        Some(kept)
    }
}
