//! What somebody of a circle signs: changes, approvals, objections and permissions, allowed or not.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Subject};
use salus_chain::ids::Hash32;
use salus_chain::sign::{Label, SigningKey};
use salus_chain::state::TxRefused;
use salus_chain::tx::{ApproveBody, ChangeBody, DelegatedGrantBody, ObjectBody, ReaderClaim, Tx};

use crate::family::{ANNA, Family, claims};
use crate::permission::{Permission, reader_pk};
use crate::stage::{CLINICIANS, NEVER, clinician};

impl Family<'_> {
    /// A change, as signed for the circle as it is.
    pub(crate) async fn change_tx(&self, by: u8, change: Change) -> Result<Tx> {
        let body = ChangeBody {
            circle_id: self.id,
            revision: self.circle().await?.revision,
            signer_pk: self.pk(by),
            valid_until_height: NEVER,
            change,
        };
        Ok(Tx::CircleChange(self.stage.signed(body, &self.key(by))))
    }

    pub(crate) async fn change(&self, what: &str, by: u8, change: Change) -> Result<()> {
        let tx = self.change_tx(by, change).await?;
        self.stage.record(what, &tx).await.map(drop)
    }

    /// Every member refuses the change, as signed for the circle as it is.
    pub(crate) async fn refuses(&self, what: &str, by: u8, change: Change, why: TxRefused) -> Result<()> {
        self.stage.refused(what, &self.change_tx(by, change).await?, why).await
    }

    /// What an approval says, for the circle as it is.
    pub(crate) async fn approval(&self, by: u8, subject: Subject) -> Result<ApproveBody> {
        Ok(ApproveBody {
            circle_id: self.id,
            subject,
            revision: self.circle().await?.revision,
            signer_pk: self.pk(by),
            valid_until_height: NEVER,
        })
    }

    /// An approval; `nth` tells several of the same apart.
    pub(crate) async fn approve_tx(&self, by: u8, subject: Subject, nth: u64) -> Result<Tx> {
        let mut body = self.approval(by, subject).await?;
        body.valid_until_height += nth;
        Ok(Tx::Approve(self.stage.signed(body, &self.key(by))))
    }

    pub(crate) async fn approve(&self, what: &str, by: u8, subject: Subject) -> Result<Tx> {
        let tx = self.approve_tx(by, subject, 0).await?;
        self.stage.record(what, &tx).await?;
        Ok(tx)
    }

    pub(crate) async fn object(&self, what: &str, by: u8, subject: Subject) -> Result<()> {
        let signer_pk = self.pk(by);
        let body = ObjectBody { circle_id: self.id, subject, signer_pk, valid_until_height: NEVER };
        let tx = Tx::Object(self.stage.signed(body, &self.key(by)));
        self.stage.record(what, &tx).await.map(drop)
    }

    /// Permission `number` of this circle, dealt and not recorded.
    pub(crate) async fn deal(&self, number: u8, lasts_ms: i64) -> Result<Permission> {
        let (own, reader) = (self.key(100 + number), self.key(200 + number));
        Permission::deal(self.stage, own, reader, lasts_ms, Hash32::ZERO).await
    }

    /// What its reader's code says, when this clinician made it.
    pub(crate) fn reader(&self, permission: &Permission, clinician: &SigningKey) -> ReaderClaim {
        let reader_pk = reader_pk(&permission.reader);
        ReaderClaim {
            reader_pk,
            credential_pk: clinician.verifying_key(),
            code_signature: clinician.sign(Label::Code, &self.stage.chain(), reader_pk.as_ref()),
            place: None,
        }
    }

    /// A delegate's permission of these categories to the first clinician, as an honest application makes it.
    pub(crate) fn body(&self, permission: &Permission, by: u8, categories: &[u8]) -> DelegatedGrantBody {
        DelegatedGrantBody {
            grant: permission.body.clone(),
            circle_id: self.id,
            delegate_pk: self.pk(by),
            categories: claims(categories),
            readers: vec![self.reader(permission, &clinician(CLINICIANS[0]))],
        }
    }

    /// Signs it with the permission's own key and that of `by`.
    pub(crate) fn sign(&self, permission: &Permission, body: DelegatedGrantBody, by: u8) -> Tx {
        let (chain, bits) = (self.stage.chain(), self.stage.pow_bits());
        Tx::DelegatedGrant(Box::new(body.sign(&chain, bits, &permission.own, &self.key(by))))
    }

    /// Anna's permission `number`, recorded.
    pub(crate) async fn give(&self, number: u8, lasts_ms: i64, categories: &[u8]) -> Result<Permission> {
        let permission = self.deal(number, lasts_ms).await?;
        let tx = self.sign(&permission, self.body(&permission, ANNA, categories), ANNA);
        self.stage.record("a steward's permission", &tx).await?;
        Ok(permission)
    }

    /// Every member refuses the permission, and nothing of it is recorded.
    pub(crate) async fn not_given(
        &self,
        what: &str,
        permission: &Permission,
        tx: &Tx,
        why: TxRefused,
    ) -> Result<()> {
        self.stage.refused(what, tx, why).await?;
        let grant = self.stage.client.prove_grant(&permission.id).await?.value;
        let given = self.given(permission.id).await?;
        ensure!(grant.is_none() && given.is_none(), "{what}: it is recorded");
        permission.closed(self.stage, what, TxRefused::UnknownGrant).await
    }
}
