//! Who helps whom: the patient's circle of helpers, and the people whom this record's person helps.
//!
//! ```text
//! relative   make_family_code -> keys in the record, text and digits
//! patient    check_family_code -> add_delegate (passphrase, native confirmation) -> remove_delegate, set_family_rules
//!            name_guardians (passphrase, native confirmation) -> ask_rehearsal, add_rehearsal_answer
//! guardian   agree_recovery (passphrase, native confirmation), object_change, answer_rehearsal
//! clinician  ask_clinicians (by helper or patient) -> text -> check_power, attest_power (native confirmation)
//! lost       make_recovery_request -> text for the guardians; 72 h; what they give back -> take_circle
//! helper     get_family -> decide_permission, stop_for_relative, object_change, lay_down
//! steward    open_relative, issue_for_relative (passphrase, native confirmation)
//!              '- keep_up: words to the helpers, sealed readings for the stewards, letters taken in, proofs of where
//!                          each circle and each permission stands, a steward's permission brought further
//! ```
//!
//! Any profile can help. What the members prove of a circle is kept sealed ([`seen`]), so that screens show it without them.

mod code;
mod give;
mod greet;
mod guardians;
pub(crate) mod keep_up;
mod kept;
mod letters;
mod limits;
mod look;
mod lost;
mod mine;
mod own;
mod read;
mod recover;
mod rehearse;
mod say;
mod seen;
mod sentence;
mod springing;
mod tell;
mod view;

use salus_light::LightClient;
use salus_sharing::circle::CircleError;
use salus_sharing::circle::code::RelativeError;
use salus_sharing::circle::give::GiveError;
use salus_sharing::circle::word::WordError;
use salus_vault::Vault;
use salus_wire::view::{FamilyView, HolderView};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use crate::App;
use crate::failure::Fail;
use crate::lock::Open;

impl Fail for CircleError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "nothing came of it in the circle");
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
        helper.limits.categories.contains(&category)
            && helper.limits.data_from < to
            && helper.keys_until.is_some_and(|until| until > from)
    };
    let holders = own.helpers.iter().filter(holds);
    Ok(holders.map(|h| HolderView { name: h.relative.name.clone(), ends: h.limits.lapses }).collect())
}
