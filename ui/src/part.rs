//! What screens are made of.

mod asked;
mod backup_need;
mod band;
mod band_end;
mod chart;
mod clinical;
mod code_picture;
mod condition;
mod copy;
mod damaged;
mod day_rows;
mod days;
mod dialog;
mod emergency;
mod flag;
mod glimpse;
mod icon;
mod key;
mod letter;
mod link_note;
mod minute;
mod note_box;
mod notice;
mod older;
mod outcome;
mod own_days;
mod palette;
mod parts;
mod passphrase;
mod permission;
mod proof;
mod provenance;
mod question;
mod readings;
mod recovery;
mod said;
mod seen_by;
mod series;
mod shell;
mod square;
mod stopped;
mod trend;
mod unconfirmed;
mod variability;
mod worded;
mod words;
mod work;

pub use asked::{asked_days, asked_sentence, own_words, purpose_line, purpose_name};
pub use backup_need::BackupNeedNote;
pub use band::Band;
pub use band_end::BandEnd;
pub use clinical::{Glance, OwnSummary, foreseen_glance, summary as clinical_summary};
pub use code_picture::CodePicture;
pub use condition::{condition, zone};
pub use copy::{CopyText, TextFile};
pub use damaged::DamagedRecord;
pub use days::DaysTable;
pub use dialog::Dialog;
pub use emergency::{EmergencyNote, HelpedEmergencyNote, answers, reason_words, said as said_of_it, whom};
pub use flag::FlagButton;
pub use glimpse::first_look;
pub(crate) use glimpse::{coverage, ranges};
pub use icon::{Icon, icon};
pub use key::KeyGroups;
pub use letter::{ReplyNote, letter};
pub use link_note::{LinkNote, place_of};
pub use minute::FirstMinute;
pub use note_box::{About, NoteBox};
pub use notice::{Empty, Notice, Waiting, may_change, unanswered};
pub use older::OlderRecord;
pub use outcome::Outcome;
pub use own_days::OwnDays;
pub use palette::Overlay;
pub(crate) use palette::find::fits;
pub use parts::{PartLink, Parts};
pub use passphrase::PassphraseField;
pub use permission::{standing, state_tag, terms};
pub use proof::Proof;
pub use question::Question;
pub use readings::ReadingsTable;
pub use recovery::RecoveryNote;
pub use said::{amounts, newest};
pub use seen_by::SeenBy;
pub use series::{Series, Whose};
pub use shell::{NAMELESS, Shell, band_of};
pub use square::square;
pub use stopped::StoppedNote;
pub use trend::{trend, week};
pub use unconfirmed::{UnconfirmedNote, unconfirmed_words};
pub use worded::{NoWords, Worded};
pub use words::{CodeWords, WordList};
pub use work::{Busy, LeaveOpening, Submit, WorkProgress};

pub use chart::{Chart, Move};

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The text of the field that an event came from, or the value of the choice.
#[must_use]
pub fn field_text(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        return select.value();
    }
    target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value).unwrap_or_default()
}
