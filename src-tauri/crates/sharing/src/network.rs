//! What sharing needs of the members, as a port; [`salus_light::LightClient`] is its implementation.

use std::time::Duration;

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use salus_chain::state::{
    AccessRecord, ActRecord, ContractRecord, CredentialRecord, DutyRecord, EmergencyRecord, EnrolmentRecord,
    GrantRecord, StatementRecord, TxRefused,
};
use salus_chain::tx::Tx;
use salus_keeper::depot::{DepotRefused, DepotReply, DepotRequest};
use salus_keeper::message::{KeeperRefused, KeeperReply, KeeperRequest};
use salus_keeper::release::Refusal;
use salus_light::{Head, Inclusion, LightClient, LightError, Proven};
use salus_wire::{ErrorCode, UnixMillis};

/// How long a transaction may take to be proven final: the members' target is below a second, with one dead below two.
const FINAL_WITHIN: Duration = Duration::from_secs(30);

/// A grant and its whole log.
pub type GrantLog = Option<(GrantRecord, Vec<AccessRecord>)>;

/// The members, as sharing asks them. Everything about the chain comes proven; what keepers and depots say does not.
pub trait Network: Sync {
    /// The chain's genesis.
    fn genesis(&self) -> &Genesis;

    /// A head that is fresh by the own clock.
    fn head(&self) -> impl Future<Output = Result<Head, LightError>> + Send;

    /// Submits a transaction and waits for its proven inclusion; doing it again records it once.
    fn record(&self, tx: &Tx) -> impl Future<Output = Result<Inclusion, LightError>> + Send;

    /// A grant as of a fresh head.
    fn grant(
        &self,
        id: &GrantId,
    ) -> impl Future<Output = Result<Proven<Option<GrantRecord>>, LightError>> + Send;

    /// A grant and its complete log as of a fresh head.
    fn log(&self, id: &GrantId) -> impl Future<Output = Result<Proven<GrantLog>, LightError>> + Send;

    /// What members last said about a clinician's key.
    fn credential(
        &self,
        key: &VerifyingKey,
    ) -> impl Future<Output = Result<Proven<Option<CredentialRecord>>, LightError>> + Send;

    /// What the attesting member last said of somebody's duty, as of a fresh head.
    fn duty(
        &self,
        key: &VerifyingKey,
    ) -> impl Future<Output = Result<Proven<Option<DutyRecord>>, LightError>> + Send;

    /// The enrolment of a gateway under its one-time key, as of a fresh head.
    fn enrolment(
        &self,
        key: &VerifyingKey,
    ) -> impl Future<Output = Result<Proven<Option<EnrolmentRecord>>, LightError>> + Send;

    /// The consent contract of a hash, as of a fresh head; `None` is a proof that it is not recorded.
    fn contract(
        &self,
        hash: &Hash32,
    ) -> impl Future<Output = Result<Proven<Option<ContractRecord>>, LightError>> + Send;

    /// What happened of an emergency of a permission, as of a fresh head.
    fn emergency(
        &self,
        id: &GrantId,
    ) -> impl Future<Output = Result<Proven<Option<EmergencyRecord>>, LightError>> + Send;

    /// What was stated with an opening, as of a fresh head.
    fn statement(
        &self,
        tx: &TxHash,
    ) -> impl Future<Output = Result<Proven<Option<StatementRecord>>, LightError>> + Send;

    /// An announcement or emergency opening, and what was said of it, as of a fresh head.
    fn act(&self, tx: &TxHash) -> impl Future<Output = Result<Proven<Option<ActRecord>>, LightError>> + Send;

    /// A circle as something last happened to it, as of a fresh head.
    fn circle(
        &self,
        id: &CircleId,
    ) -> impl Future<Output = Result<Proven<Option<CircleRecord>>, LightError>> + Send;

    /// What makes a permission a delegate's, as of a fresh head; `None` proves that it is none.
    fn delegated(
        &self,
        id: &GrantId,
    ) -> impl Future<Output = Result<Proven<Option<CircleGrantRecord>>, LightError>> + Send;

    /// A transaction as it is in its block, proven; [`LightError::Missing`] when nobody has it any more.
    fn recorded(&self, hash: &TxHash) -> impl Future<Output = Result<Tx, LightError>> + Send;

    /// The proven time of the block at a height.
    fn time_at(&self, height: u64) -> impl Future<Output = Result<UnixMillis, LightError>> + Send;

    /// Lets a moment pass, so that a block that one member has reaches the others.
    fn pause(&self) -> impl Future<Output = ()> + Send {
        core::future::ready(())
    }

    /// Whether a member took too long a moment ago: it is asked all the same, and hardly waited for.
    fn is_late(&self, _member: u16) -> bool {
        false
    }

    /// Remembers that a member took too long, or that it does not any more.
    fn note_late(&self, _member: u16, _late: bool) {}

    /// One exchange with the keeper of a member, index from 1; a refusal is [`LightError::Keeper`].
    fn keeper(
        &self,
        member: u16,
        request: KeeperRequest,
    ) -> impl Future<Output = Result<KeeperReply, LightError>> + Send;

    /// One exchange with the depot of a member, index from 1; a refusal is [`LightError::Depot`] or
    /// [`LightError::Missing`].
    fn depot(
        &self,
        member: u16,
        request: DepotRequest,
    ) -> impl Future<Output = Result<DepotReply, LightError>> + Send;
}

impl Network for LightClient {
    fn genesis(&self) -> &Genesis {
        Self::genesis(self)
    }

    async fn head(&self) -> Result<Head, LightError> {
        self.fresh_head().await
    }

    async fn record(&self, tx: &Tx) -> Result<Inclusion, LightError> {
        Self::record(self, tx, FINAL_WITHIN).await
    }

    async fn grant(&self, id: &GrantId) -> Result<Proven<Option<GrantRecord>>, LightError> {
        self.prove_grant(id).await
    }

    async fn log(&self, id: &GrantId) -> Result<Proven<GrantLog>, LightError> {
        self.grant_log(id).await
    }

    async fn credential(&self, key: &VerifyingKey) -> Result<Proven<Option<CredentialRecord>>, LightError> {
        self.prove_credential(key).await
    }

    async fn duty(&self, key: &VerifyingKey) -> Result<Proven<Option<DutyRecord>>, LightError> {
        self.prove_duty(key).await
    }

    async fn enrolment(&self, key: &VerifyingKey) -> Result<Proven<Option<EnrolmentRecord>>, LightError> {
        self.prove_enrolment(key).await
    }

    async fn contract(&self, hash: &Hash32) -> Result<Proven<Option<ContractRecord>>, LightError> {
        self.prove_contract(hash).await
    }

    async fn emergency(&self, id: &GrantId) -> Result<Proven<Option<EmergencyRecord>>, LightError> {
        self.prove_emergency(id).await
    }

    async fn statement(&self, tx: &TxHash) -> Result<Proven<Option<StatementRecord>>, LightError> {
        self.prove_statement(tx).await
    }

    async fn act(&self, tx: &TxHash) -> Result<Proven<Option<ActRecord>>, LightError> {
        self.prove_act(tx).await
    }

    async fn circle(&self, id: &CircleId) -> Result<Proven<Option<CircleRecord>>, LightError> {
        self.prove_circle(id).await
    }

    async fn delegated(&self, id: &GrantId) -> Result<Proven<Option<CircleGrantRecord>>, LightError> {
        self.prove_delegated(id).await
    }

    async fn recorded(&self, hash: &TxHash) -> Result<Tx, LightError> {
        Self::recorded(self, hash).await
    }

    async fn time_at(&self, height: u64) -> Result<UnixMillis, LightError> {
        Self::time_at(self, height).await
    }

    async fn pause(&self) {
        Self::pause(self).await;
    }

    fn is_late(&self, member: u16) -> bool {
        Self::is_late(self, member)
    }

    fn note_late(&self, member: u16, late: bool) {
        Self::note_late(self, member, late);
    }

    async fn keeper(&self, member: u16, request: KeeperRequest) -> Result<KeeperReply, LightError> {
        Self::keeper(self, member)?.ask(request).await
    }

    async fn depot(&self, member: u16, request: DepotRequest) -> Result<DepotReply, LightError> {
        self.depots().ask(member, &request).await
    }
}

/// The stable code of a light client's failure.
#[must_use]
pub const fn light_code(error: &LightError) -> ErrorCode {
    use salus_light::verify::{HeaderFault, VerifyError};
    match error {
        LightError::Genesis(_) | LightError::Peer(_) => ErrorCode::BadRequest,
        LightError::Network | LightError::Unreachable | LightError::Silent { .. } => ErrorCode::Offline,
        LightError::Store(_) => ErrorCode::Storage,
        LightError::StoredState
        | LightError::OtherAnchor { .. }
        | LightError::Header { error: VerifyError::Refused { fault: HeaderFault::Chain, .. }, .. } => {
            ErrorCode::WrongGenesis
        }
        LightError::AnchorExpired => ErrorCode::AnchorExpired,
        LightError::Fault { .. } | LightError::Missing { .. } | LightError::NotFinal => {
            ErrorCode::TooFewMembers
        }
        LightError::Header { error: VerifyError::Refused { fault: HeaderFault::Future, .. }, .. } => {
            ErrorCode::ClockSkew
        }
        LightError::Header { .. } => ErrorCode::HeaderAltered,
        LightError::BadReply { .. } | LightError::BadAnswer { .. } => ErrorCode::ReplyAltered,
        LightError::Altered { .. } => ErrorCode::SegmentAltered,
        LightError::Keeper { why: KeeperRefused::Release(refusal), .. } => refusal_code(*refusal),
        LightError::Keeper { why: KeeperRefused::Busy, .. } => ErrorCode::TooMany,
        LightError::Keeper { why: KeeperRefused::NotYours, .. } => ErrorCode::NotAllowed,
        LightError::Keeper { why: KeeperRefused::Stale, .. } => ErrorCode::ClockSkew,
        LightError::Depot { why: DepotRefused::Busy, .. } => ErrorCode::TooMany,
        LightError::Keeper { why: KeeperRefused::Full, .. }
        | LightError::Depot { why: DepotRefused::Full, .. } => ErrorCode::MembersFull,
        LightError::Keeper { .. } | LightError::Depot { .. } => ErrorCode::TooFewMembers,
        LightError::Proof { .. } | LightError::Frozen(_) => ErrorCode::ProofFailed,
        LightError::OutOfDate { .. } => ErrorCode::OutOfDate,
        LightError::Refused(why) => refused_code(*why),
        LightError::Busy => ErrorCode::TooMany,
        LightError::TooLarge => ErrorCode::TooLarge,
        LightError::NoMember(_) => ErrorCode::Internal,
    }
}

/// The stable code of the chain's refusal.
#[must_use]
pub(crate) const fn refused_code(why: TxRefused) -> ErrorCode {
    match why {
        TxRefused::UnknownGrant => ErrorCode::UnknownPermission,
        TxRefused::NotBegun => ErrorCode::NotYet,
        TxRefused::Ended => ErrorCode::Ended,
        TxRefused::Reader | TxRefused::Revoker | TxRefused::PermissionRests => ErrorCode::NotAllowed,
        TxRefused::ContractDenies => ErrorCode::ConditionDenies,
        TxRefused::Second => ErrorCode::BadSecond,
        TxRefused::Credential | TxRefused::Opener => ErrorCode::NotAttested,
        TxRefused::OffDuty => ErrorCode::OffDuty,
        TxRefused::TooMany | TxRefused::ContractsFull => ErrorCode::TooMany,
        TxRefused::Times => ErrorCode::BadRequest,
        TxRefused::KeeperSet => ErrorCode::WrongGenesis,
        TxRefused::Acks => ErrorCode::TooFewMembers,
        TxRefused::BeyondPower => ErrorCode::BeyondPower,
        TxRefused::Recipient => ErrorCode::OtherClinician,
        TxRefused::BeyondRole | TxRefused::Concerned | TxRefused::CircleSigner | TxRefused::Reviewer => {
            ErrorCode::NotYours
        }
        TxRefused::PowerNotInForce => ErrorCode::PowerNotInForce,
        TxRefused::ChangeWaits => ErrorCode::ChangeWaits,
        TxRefused::NothingWaits | TxRefused::AlreadySaid | TxRefused::UnknownAct => ErrorCode::NothingWaits,
        TxRefused::CircleRevision => ErrorCode::FamilyChanged,
        TxRefused::CircleForm => ErrorCode::BadRequest,
        TxRefused::EnrolmentWithdrawn | TxRefused::Mandate | TxRefused::MandateUsed => {
            ErrorCode::LaptopRemoved
        }
        _ => ErrorCode::ProofFailed,
    }
}

const fn refusal_code(refusal: Refusal) -> ErrorCode {
    match refusal {
        Refusal::NoReceipt | Refusal::ReceiptTooOld | Refusal::NoShare | Refusal::OtherDealing => {
            ErrorCode::TooFewMembers
        }
        Refusal::Preimage => ErrorCode::ProofFailed,
        Refusal::NoGrant => ErrorCode::UnknownPermission,
        Refusal::Reader | Refusal::Circle => ErrorCode::NotAllowed,
        Refusal::Contract => ErrorCode::ConditionDenies,
        Refusal::Credential => ErrorCode::NotAttested,
        Refusal::OffDuty => ErrorCode::OffDuty,
        Refusal::Ended => ErrorCode::Ended,
        Refusal::NotBegun | Refusal::NotYet => ErrorCode::NotYet,
        Refusal::RevokeSeen => ErrorCode::Stopped,
        Refusal::StaleHead => ErrorCode::OutOfDate,
        Refusal::OutsideScope => ErrorCode::OutsideScope,
        Refusal::SlotCount => ErrorCode::BadRequest,
        Refusal::RateLimit => ErrorCode::TooMany,
    }
}
