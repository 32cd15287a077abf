//! Who helps whom: the patient's circle of helpers, and the people whom this record's person helps.
//!
//! ```text
//! relative   make_family_code -> keys in the record, text and digits
//! patient    check_family_code -> add_delegate (passphrase, native confirmation) -> lower_delegate, remove_delegate,
//!            set_family_rules
//!            let_helpers_stop (native confirmation): they are told of the person's own permissions, each with its signed stop
//!            name_guardians (passphrase, native confirmation) -> ask_rehearsal, add_rehearsal_answer
//! guardian   agree_recovery (passphrase, native confirmation), object_change, answer_rehearsal
//! clinician  ask_clinicians (by helper or patient) -> text -> check_power, attest_power (native confirmation)
//! lost       make_recovery_request -> text for the guardians; 72 h; what they give back -> take_circle
//!              -> regain_readings (passphrase, native confirmation, a backup): a record beside, with the circle, into which
//!              take_over_meantime (passphrase) brings what was measured meanwhile; or forgo_readings (native confirmation)
//! of age     hand_over (a computer that made a circle; passphrase, native confirmation; first what the record itself permits is
//!            stopped) or ask_handover (helpers) -> take_circle -> confirm_permission (passphrase, native confirmation), leave_at_rest
//! helper     get_family -> decide_permission, stop_for_relative, object_change, lay_down
//! steward    open_relative (what was shown: make_relative_report), foresee_for_relative, issue_for_relative (passphrase, native
//!            confirmation)
//!              '- keep_up: words to the helpers, sealed readings for the stewards, letters taken in, proofs of where
//!                          each circle and each permission stands, a steward's permission brought further; which emergency
//!                          cards helpers look at, and what happened with those of others; which of the person's permissions
//!                          helpers can stop
//! another laptop   (several laptops of the patient) watched: it hears of what waits and of what helpers permit from the members,
//!            object_change (native confirmation) by the word of the laptop that speaks in the circle
//! retire     a laptop with the record is lost: the person's key of the own circle retires for a fresh one
//! gone       somebody with keys helps no longer, or with less -> record::renew: new keys, which those who remain are told
//! heard      clinicians' notes about what a helper gave reach the person and the helper (share::reply)
//! again      a steward's app gives again under them what it gave; taken: what somebody permitted who went, and the person keeps
//! ```
//!
//! Any profile can help. What the members prove of a circle is kept sealed ([`seen`]), so that screens show it without them.

mod again;
mod before;
mod carry;
mod clinicians;
mod code;
mod emergency;
mod entrust;
mod foresee;
mod give;
mod gone;
mod greet;
mod guardians;
mod handover;
mod heard;
pub(crate) mod history;
mod hold;
pub(crate) mod keep_up;
mod kept;
mod letters;
mod limits;
mod look;
mod lost;
mod lower;
mod meantime;
mod mine;
mod own;
mod reach;
mod read;
mod recover;
mod regain;
mod rehearse;
mod retire;
mod say;
mod seen;
pub(crate) mod sentence;
mod springing;
mod stops;
mod taken;
mod tell;
pub(crate) mod unused;
mod view;
mod watched;

use salus_chain::ids::{CircleId, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::CircleError;
use salus_sharing::circle::code::RelativeError;
use salus_sharing::circle::give::GiveError;
use salus_sharing::circle::notice::NoticeError;
use salus_sharing::circle::word::WordError;
use salus_vault::Vault;
use salus_wire::view::{
    EmergencyUseView, FamilyView, GivenView, HelperView, HolderView, PartState, ProofView,
};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

pub(crate) use heard::heard;
pub(crate) use read::held;
pub(crate) use retire::{has_circle, retire, standing as key_standing};
pub(crate) use stops::ever_let;
pub(crate) use watched::{speaking, take as take_told, take_given, to_tell, told, voice};

use crate::App;
use crate::failure::Fail;
use crate::lock::Open;

impl Fail for CircleError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "nothing came of it in the circle");
        Failure::new(self.code())
    }
}

impl Fail for NoticeError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "what was told of a permission does not hold now");
        Failure::new(self.code())
    }
}

impl Fail for GiveError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the permission was not given");
        Failure::new(self.code())
    }
}

impl Fail for RelativeError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the relative's code does not hold");
        Failure::new(self.code())
    }
}

impl Fail for WordError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "what a helper is to be told does not fit");
        match self {
            Self::Estate(_) => ErrorCode::TooLarge.into(),
            _ => ErrorCode::BadRequest.into(),
        }
    }
}

/// Proves where everything stands after something was said, tells pages, and gives what they show.
async fn shown(app: &App, open: &Open, client: &LightClient) -> Result<FamilyView, Failure> {
    if let Err(failure) = look::all(app, open, client).await {
        tracing::debug!(code = %failure.code, "it is said; where the circles stand is proven again later");
    }
    if let Err(failure) = gone::shut_out(app, open).await {
        tracing::warn!(code = %failure.code, "new keys for who remains are begun later");
    }
    app.tell(salus_wire::event::Event::PermissionsChanged);
    view::of(app, &open.vault).await
}

/// Who helps whom, as it was proven last.
pub(crate) async fn standing(app: &App, vault: &Vault) -> Result<FamilyView, Failure> {
    view::of(app, vault).await
}

/// The stewards who hold keys of a time in a category. What they were given opens that time for as long as they like; what is
/// sealed to it lies with the members until their power ends.
pub(crate) async fn holders(
    vault: &Vault,
    category: Category,
    (from, to): (UnixMillis, UnixMillis),
) -> Result<Vec<HolderView>, Failure> {
    let Some(own) = kept::Own::load(vault).await? else { return Ok(Vec::new()) };
    let holds = |helper: &&kept::Helper| {
        helper.was_given(category)
            && helper.limits.data_from < to
            && helper.reaches(vault, category).is_some_and(|until| until > from)
    };
    let holders = own.helpers.iter().filter(holds);
    Ok(holders.map(|h| HolderView { name: h.relative.name.clone(), ends: h.limits.lapses }).collect())
}

/// What a helper of this record's person permitted.
pub(crate) struct ByHelper {
    /// As screens show it.
    pub(crate) view: GivenView,
    /// The helper's key of the circle.
    pub(crate) by: VerifyingKey,
    /// The keys of the other helpers who agreed, of those who are still there.
    pub(crate) agreed: Vec<VerifyingKey>,
    /// Whether the person confirmed it, after it rested.
    pub(crate) confirmed: bool,
    /// Whether the person, and no helper, objected to it or stopped it.
    pub(crate) ended_by_person: bool,
    /// How the circle was proven last.
    pub(crate) proof: ProofView,
}

/// Everything that helpers of this record's person permitted, for an export.
pub(crate) async fn by_helpers(app: &App, vault: &Vault) -> Result<Vec<ByHelper>, Failure> {
    let Some(own) = view::of(app, vault).await?.own else { return Ok(Vec::new()) };
    let circle = CircleId(own.circle.0);
    let Some(seen) = seen::Seen::load(vault, &circle).await? else { return Ok(Vec::new()) };
    let (notices, names) = (seen::notices(vault, &circle).await?, names(vault).await?);
    let mut all = Vec::new();
    for given in own.given {
        let notice = notices.iter().find(|notice| notice.grant.0 == given.id.0);
        let (Some(notice), Some(known)) = (notice, seen.given.iter().find(|known| known.id == given.id))
        else {
            continue;
        };
        let helper = names.iter().find(|(key, _)| *key == notice.by);
        let by = helper.map(|(_, name)| name.clone()).unwrap_or_default();
        let standing = seen.circle()?;
        let key = |seat: u8| standing.seated(seat).map(|seated| seated.delegate.pk);
        let of_circle = known.given()?;
        let confirmed = of_circle.confirmed_by == Some(standing.at(app.now()).patient_pk);
        let agreed = of_circle.approvals.into_iter().filter_map(key).collect();
        let ended_by_person = history::has_said(vault, &given.id.0).await?;
        let (view, proof) = (GivenView { by, ..given }, own.proof.clone());
        all.push(ByHelper { view, by: notice.by, agreed, confirmed, ended_by_person, proof });
    }
    Ok(all)
}

/// The names of those who help this record's person or helped, or can help to get back, by their own word, by their keys; on an added
/// laptop as the first one told them.
pub(crate) async fn names(vault: &Vault) -> Result<Vec<(VerifyingKey, String)>, Failure> {
    let Some(own) = kept::Own::load(vault).await? else {
        return Ok(watched::load(vault).await?.map(|watched| watched.names).unwrap_or_default());
    };
    let helpers = own.helpers.into_iter().map(|helper| helper.relative);
    let guardians = own.guardians.into_iter().map(|guardian| guardian.relative);
    Ok(helpers.chain(guardians).map(|known| (known.pk, known.name)).collect())
}

/// What a helper of this record's person may do.
pub(crate) struct HelperPower {
    /// The circle.
    pub(crate) circle: salus_wire::CircleId,
    /// The helper's key of it.
    pub(crate) by: VerifyingKey,
    /// As screens show it.
    pub(crate) view: HelperView,
    /// Clinicians who said that it may begin, by their attested keys.
    pub(crate) attested: Vec<VerifyingKey>,
    /// How the circle was proven last.
    pub(crate) proof: ProofView,
}

/// What each helper of this record's person may do, for an export.
pub(crate) async fn powers(app: &App, vault: &Vault) -> Result<Vec<HelperPower>, Failure> {
    let Some(own) = view::of(app, vault).await?.own else { return Ok(Vec::new()) };
    let Some(seen) = seen::Seen::load(vault, &CircleId(own.circle.0)).await? else { return Ok(Vec::new()) };
    let (circle, standing, proof) = (own.circle, seen.circle()?.at(app.now()), own.proof);
    let power = |view: HelperView| {
        let seated = standing.seated(view.seat)?;
        let (by, attested) = (seated.delegate.pk, seated.attested.clone());
        Some(HelperPower { circle, by, view, attested, proof: proof.clone() })
    };
    Ok(own.helpers.into_iter().filter_map(power).collect())
}

/// What the person trusts people of the circle with besides a power, and what they said of it.
pub(crate) struct Trusted {
    /// The circle.
    pub(crate) circle: salus_wire::CircleId,
    /// Who can help to get back.
    pub(crate) guardians: Vec<VerifyingKey>,
    /// How many of them together.
    pub(crate) needed: u8,
    /// When they were asked last whether they hold what they were entrusted with.
    pub(crate) asked: Option<UnixMillis>,
    /// Who answered that, when by their clock, and whether it showed it.
    pub(crate) answered: Vec<(VerifyingKey, UnixMillis, bool)>,
    /// When this computer took the circle that was given back.
    pub(crate) given_back: Option<UnixMillis>,
    /// The helpers who were told what the person permits, and can stop it; `None` where none ever were.
    pub(crate) stops: Option<Vec<VerifyingKey>>,
    /// Whether that holds.
    pub(crate) lets_stop: bool,
    /// How the circle was proven last.
    pub(crate) proof: ProofView,
}

/// The same for an export; `None` where there is no circle, or the members never proved it.
pub(crate) async fn trusted(app: &App, vault: &Vault) -> Result<Option<Trusted>, Failure> {
    let Some(own) = kept::Own::load(vault).await? else { return Ok(None) };
    let Some(seen) = seen::Seen::load(vault, &own.circle).await? else { return Ok(None) };
    let circle = seen.circle()?.at(app.now());
    let told: Vec<VerifyingKey> =
        own.helpers.iter().filter(|helper| helper.stops.is_some()).map(|helper| helper.relative.pk).collect();
    let seated = |pk: &VerifyingKey| circle.delegates.iter().any(|seated| seated.delegate.pk == *pk);
    let stops: Vec<VerifyingKey> = told.into_iter().filter(seated).collect();
    let answer = |held: &kept::HeldAt| (held.guardian, held.at, held.part != PartState::Wrong);
    Ok(Some(Trusted {
        circle: salus_wire::CircleId(own.circle.0),
        guardians: circle.guardians.keys.clone(),
        needed: circle.guardians.threshold,
        asked: own.rehearsal.as_ref().map(|rehearsal| rehearsal.at),
        answered: own.held.iter().map(answer).collect(),
        given_back: own.given_back,
        stops: own.lets_stop.map(|_| stops),
        lets_stop: own.lets_stop == Some(true) && circle.handover_ms.is_none(),
        proof: seen.proof,
    }))
}

/// Names the helpers who said something of an emergency of this record's person.
pub(crate) async fn name_those_who_said(vault: &Vault, uses: &mut [EmergencyUseView]) -> Result<(), Failure> {
    emergency::name_for_person(vault, uses).await
}
