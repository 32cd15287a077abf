//! Emergencies: the card, what came of it, and opening with one.

use serde::{Deserialize, Serialize};

use super::{ConditionView, PermissionState, ProofView};
use crate::{Category, GrantId, UnixMillis};

/// Categories on one card at most: it is for a small set.
pub const MAX_ON_CARD: usize = 6;
/// Characters of the line that says whom to call at most.
pub const MAX_CALL: usize = 120;

/// Why something is opened in an emergency. The members' record knows the numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyReason {
    /// The person is unconscious.
    Unconscious,
    /// The person is awake and cannot answer.
    CannotAnswer,
    /// The person's life is in danger.
    DangerToLife,
    /// The person is confused and cannot decide.
    CannotDecide,
    /// Another emergency.
    Other,
}

impl EmergencyReason {
    /// Every reason, in the order of screens and of the numbers.
    pub const ALL: [Self; 5] =
        [Self::Unconscious, Self::CannotAnswer, Self::DangerToLife, Self::CannotDecide, Self::Other];

    /// Its number in the members' record, from 1.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Unconscious => 1,
            Self::CannotAnswer => 2,
            Self::DangerToLife => 3,
            Self::CannotDecide => 4,
            Self::Other => 5,
        }
    }

    /// The reason of a number.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A patient's card; its key is shown by `show_card` only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    /// Its permission.
    pub id: GrantId,
    /// What it opens.
    pub categories: Vec<Category>,
    /// Whom to call, as printed; may be empty.
    pub call: String,
    /// From when on it works.
    pub made: UnixMillis,
    /// Until when.
    pub ends: UnixMillis,
    /// Where it stands.
    pub state: PermissionState,
    /// What the members ask of each opening with it.
    pub condition: Option<ConditionView>,
    /// True when it cannot open anything more, or was announced: a new one is due.
    pub used: bool,
    /// True when it was made before new keys began because of a lost laptop: whoever has that one can put other readings behind it, and
    /// it shows nothing that was measured since. A new one is due.
    pub before_loss: bool,
}

/// What happened with a card, as proven last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StandingEmergencyView {
    /// When an emergency was announced.
    pub announced: Option<UnixMillis>,
    /// When it was opened first.
    pub opened: Option<UnixMillis>,
}

/// What is printed: nothing of health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    /// The person's name.
    pub name: String,
    /// Whom to call; may be empty.
    pub call: String,
    /// Until when it works.
    pub ends: UnixMillis,
    /// The card's text, in groups.
    pub text: String,
    /// The same as a QR code.
    pub picture: SquareView,
}

/// A QR code as a path of an SVG picture, in modules; the quiet zone of 4 modules is part of the size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SquareView {
    /// Width and height.
    pub size: u16,
    /// The dark modules.
    pub path: String,
}

/// What happened with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyAct {
    /// Somebody announced an emergency.
    Announced,
    /// Somebody opened readings.
    Opened,
}

/// What the patient, or the family, says to an emergency afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was right.
    Right,
    /// I object.
    Objected,
    /// I object, and the card is stopped.
    Stopped,
}

/// What somebody who helps the patient said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidView {
    /// Their key of the circle, hexadecimal.
    pub key: String,
    /// Their name by their own word; empty where it is not known here.
    pub name: String,
    /// True for the person who looks.
    pub you: bool,
    /// What.
    pub verdict: Verdict,
    /// Block time.
    pub at: UnixMillis,
}

/// One act, as proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyUseView {
    /// The card's permission.
    pub permission: GrantId,
    /// The transaction that recorded it, hexadecimal: names it for [`crate::command::ReviewEmergency`].
    pub id: String,
    /// What.
    pub act: EmergencyAct,
    /// Block time.
    pub at: UnixMillis,
    /// Why, as stated with an opening, or announced.
    pub reason: Option<EmergencyReason>,
    /// The member that attests the clinician who answers for it.
    pub attested_by: Option<String>,
    /// The key by which that member knows the clinician, hexadecimal.
    pub clinician_key: Option<String>,
    /// The member that attests the second clinician, where one agreed to an opening.
    pub second_by: Option<String>,
    /// What the patient said to it, as recorded with the members.
    pub verdict: Option<Verdict>,
    /// What those said who help the patient.
    pub helpers: Vec<SaidView>,
    /// The proof.
    pub proof: ProofView,
}

/// A patient's emergencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyView {
    /// The card in force, if any.
    pub card: Option<CardView>,
    /// Everything that happened with this card and those before it, newest first.
    pub uses: Vec<EmergencyUseView>,
    /// True when the list is proven complete.
    pub complete: bool,
    /// Whether a card can be made on this laptop: on the person's first one.
    pub makes: bool,
    /// Those acts among `uses` that were with a card of the first laptop, by [`EmergencyUseView::id`]: what the patient says to them is
    /// said there.
    #[serde(default)]
    pub elsewhere: Vec<String>,
}

/// A card as a clinician holds it: whose it is, and what can be done when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCardView {
    /// The permission.
    pub id: GrantId,
    /// The patient's name, as the patient gave it inside the sealed permission.
    pub patient: String,
    /// What it opens.
    pub categories: Vec<Category>,
    /// The permission's end.
    pub ends: UnixMillis,
    /// Where the permission stands.
    pub state: PermissionState,
    /// When this clinician announced the emergency.
    pub announced: Option<UnixMillis>,
    /// From when on this clinician may open alone.
    pub alone_from: Option<UnixMillis>,
    /// When it was opened first.
    pub opened: Option<UnixMillis>,
    /// The last instant at which it can be opened.
    pub until: Option<UnixMillis>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_number_from_one_on() {
        let codes: Vec<u8> = EmergencyReason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes, [1, 2, 3, 4, 5]);
        for reason in EmergencyReason::ALL {
            assert_eq!(EmergencyReason::from_code(reason.code()), Some(reason));
        }
        assert_eq!((EmergencyReason::from_code(0), EmergencyReason::from_code(6)), (None, None));
    }
}
