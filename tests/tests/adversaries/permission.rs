//! Permissions and openings as exact messages of the protocol: dealt to every keeper, then signed by whom the adversary likes.

use anyhow::{Result, ensure};
use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::time::Epoch;
use salus_chain::tx::{
    AccessBody, GrantBody, Opener, Purpose, RevokeBody, Second, StatedAccessBody, Tx, epk_hash,
};
use salus_keeper::Slot;
use salus_keeper::deal::Dealing;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{ReleaseRequest, SlotRequest};
use salus_keeper::release::Refusal;
use salus_light::Inclusion;
use salus_tests::straight::Dealt;

use crate::stage::Stage;

/// A permission that every keeper has a share of.
pub(crate) struct Permission {
    pub(crate) id: GrantId,
    /// The key that only this permission has.
    pub(crate) own: SigningKey,
    /// Whom it is given to.
    pub(crate) reader: SigningKey,
    pub(crate) dealing: Dealing,
    pub(crate) body: GrantBody,
    slot: Slot,
}

/// What a reader is about to ask for.
pub(crate) struct Opening {
    pub(crate) access: AccessBody,
    pub(crate) slots: SlotRequest,
    pub(crate) key: KemSecretKey,
    pub(crate) epk: KemPublicKey,
}

/// An opening that happened.
pub(crate) struct Opened {
    pub(crate) opening: Opening,
    pub(crate) request: ReleaseRequest,
    pub(crate) at: Inclusion,
}

/// The key that a permission is given to.
pub(crate) fn reader_pk(reader: &SigningKey) -> ReaderKey {
    ReaderKey::new(reader.verifying_key(), KemPublicKey([9; 32]))
}

impl Permission {
    /// Dealt to every keeper and not recorded: from now on for so long, over the hour before.
    pub(crate) async fn deal(
        stage: &Stage,
        own: SigningKey,
        reader: SigningKey,
        lasts_ms: i64,
        contract_hash: Hash32,
    ) -> Result<Self> {
        let mut rng = {
            let mut seed = [0; 32];
            stage.rng.borrow_mut().fill_bytes(&mut seed);
            ChaCha20Rng::from_seed(seed)
        };
        let readers = reader_pk(&reader).leaf();
        let dealt = Dealt::new(&stage.client, &own, readers, lasts_ms, contract_hash, &mut rng).await?;
        let Dealt { dealing, body } = dealt;
        let (id, Epoch(epoch)) = (body.terms.grant_id, Epoch::at(body.terms.not_before_ms));
        Ok(Self { id, own, reader, dealing, body, slot: Slot::new(0, epoch - 1)? })
    }

    /// The permission as the person themselves gives it.
    pub(crate) fn plain(&self, stage: &Stage) -> Tx {
        let body = self.body.clone();
        Tx::Grant(Box::new(body.sign(&stage.chain(), stage.pow_bits(), &self.own)))
    }

    /// A stop by this key.
    pub(crate) fn stop(&self, stage: &Stage, by: &SigningKey) -> Tx {
        let revoker_pk = by.verifying_key();
        let body = RevokeBody { grant_id: self.id, revoker_pk, path: MerklePath::single() };
        Tx::Revoke(body.sign(&stage.chain(), stage.pow_bits(), by))
    }

    /// A new opening by this reader, with a key of its own.
    pub(crate) fn opening(&self, stage: &Stage, reader: &SigningKey) -> Result<Opening> {
        let rng = &mut *stage.rng.borrow_mut();
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let slots = SlotRequest::new(vec![self.slot], salt)?;
        let key = KemSecretKey::generate(rng);
        let epk = key.public_key()?;
        let access = AccessBody {
            grant_id: self.id,
            reader_pk: reader_pk(reader),
            path: MerklePath::single(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        };
        Ok(Opening { access, slots, key, epk })
    }

    /// Its reader opens it: the receipt is recorded, and every keeper releases.
    pub(crate) async fn opened(&self, stage: &Stage, what: &str) -> Result<Opened> {
        let opening = self.opening(stage, &self.reader)?;
        let (receipt, request) = opening.plain(stage, &self.reader);
        let at = stage.record(what, &receipt).await?;
        stage.keepers_release(what, &request).await?;
        Ok(Opened { opening, request, at })
    }

    /// Its reader cannot open it: every member refuses the receipt, and without one every keeper refuses.
    pub(crate) async fn closed(&self, stage: &Stage, what: &str, why: TxRefused) -> Result<()> {
        let (receipt, request) = self.opening(stage, &self.reader)?.plain(stage, &self.reader);
        stage.refused(what, &receipt, why).await?;
        stage.keepers_refuse(what, &request, &[Refusal::NoReceipt]).await?;
        let pointer = stage.client.prove_access(&receipt.hash()).await?.value;
        ensure!(pointer.is_none(), "{what}: the receipt is recorded");
        Ok(())
    }
}

impl Opening {
    /// The receipt as this key signs it, and the request that it is for.
    pub(crate) fn plain(&self, stage: &Stage, by: &SigningKey) -> (Tx, ReleaseRequest) {
        self.of(Tx::Access(self.access.clone().sign(&stage.chain(), by)))
    }

    /// The same with a statement.
    pub(crate) fn stated(
        &self,
        stage: &Stage,
        by: &SigningKey,
        (purpose, reason): (Purpose, u8),
        second: Option<Second>,
    ) -> (Tx, ReleaseRequest) {
        let access = self.access.clone();
        self.restated(stage, by, StatedAccessBody { access, purpose, reason, second, opener: None })
    }

    /// The same in an emergency: signed by the card `by`, opened by a clinician, with what a second one signed.
    pub(crate) fn emergency(
        &self,
        stage: &Stage,
        by: &SigningKey,
        reason: u8,
        opener: &SigningKey,
        second: Option<Second>,
    ) -> (Tx, ReleaseRequest) {
        let opener = Some(Opener::sign(&self.access, reason, &stage.chain(), opener));
        let (access, purpose) = (self.access.clone(), Purpose::Emergency);
        self.restated(stage, by, StatedAccessBody { access, purpose, reason, second, opener })
    }

    /// The same for treatment: signed by the reader `by`, opened by a clinician, with a second one's word.
    pub(crate) fn together(
        &self,
        stage: &Stage,
        by: &SigningKey,
        reason: u8,
        opener: &SigningKey,
        second: &SigningKey,
    ) -> (Tx, ReleaseRequest) {
        let (chain, purpose, access) = (stage.chain(), Purpose::Treatment, self.access.clone());
        let opener = Opener::sign(&access, reason, &chain, opener);
        let second = Second::sign_for(&opener.pk, &access, purpose, reason, &chain, second);
        let (second, opener) = (Some(second), Some(opener));
        self.restated(stage, by, StatedAccessBody { access, purpose, reason, second, opener })
    }

    /// What somebody makes of a statement, signed by `by`.
    pub(crate) fn restated(
        &self,
        stage: &Stage,
        by: &SigningKey,
        body: StatedAccessBody,
    ) -> (Tx, ReleaseRequest) {
        self.of(Tx::StatedAccess(Box::new(body.sign(&stage.chain(), by))))
    }

    fn of(&self, receipt: Tx) -> (Tx, ReleaseRequest) {
        let request =
            ReleaseRequest { access_tx_hash: receipt.hash(), slots: self.slots.clone(), epk: self.epk };
        (receipt, request)
    }
}
