//! Who the person is to a device that keeps several people apart: the command, and what the device answers.
//!
//! What a device lets out for a person is theirs: once it knows them, their number on it is claimed for this record.

use rand::RngExt;
use salus_devices::gatt::user_data::ConsentCode;
use salus_devices::gatt::user_data::ask::{Outcome, Person};
use salus_wire::command::SetDevicePerson;
use salus_wire::event::Event;
use salus_wire::view::{DeviceView, PersonChoice, PersonRefusal, PersonView};
use salus_wire::{DeviceId, ErrorCode, Failure};

use super::claim::{self, Claim};
use super::kept::{Kept, KeptPerson};
use super::pair::{Order, added};
use super::{Devices, Known};
use crate::app::rng;
use crate::{App, Run};

/// How many digits a code has as shown.
const DIGITS: usize = 4;

impl Run for SetDevicePerson {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let choice = checked(&self.person)?;
        let open = app.open().await?;
        let kept = {
            let mut book = open.devices.book();
            let known = added(&mut book.known, self.device)?;
            said(known, choice);
            known.kept.clone()
        };
        kept.save(&open.vault).await?;
        app.tell(Event::DevicesChanged);
        let mut book = open.devices.book();
        let known = added(&mut book.known, self.device)?;
        // Without a session, or with a full queue, the next session takes it from the book.
        let told = known.orders.as_ref().map(|orders| orders.try_send(Order::Introduce));
        tracing::debug!(told = matches!(told, Some(Ok(()))), "who the person is to a device");
        Ok(known.view())
    }
}

/// What was said, as a device can be told; `None` is nobody.
fn checked(choice: &PersonChoice) -> Result<Option<Person>, Failure> {
    Ok(match choice {
        PersonChoice::Nobody => None,
        PersonChoice::New => {
            let code = rng().random_range(0..=ConsentCode::MAX);
            Some(Person::New { code: ConsentCode::new(code).ok_or(ErrorCode::Internal)? })
        }
        PersonChoice::Known { user, code } => {
            let digits = (1..=DIGITS).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
            let number = code.parse().ok().filter(|_| digits).and_then(ConsentCode::new);
            let code = number.ok_or_else(|| Failure::with(ErrorCode::BadRequest, "code"))?;
            if *user == u8::MAX {
                return Err(Failure::with(ErrorCode::BadRequest, "user"));
            }
            Some(Person::Known { user: *user, code })
        }
    })
}

/// Puts into the book what the person said.
fn said(known: &mut Known, choice: Option<Person>) {
    known.adds = None;
    known.kept.person = None;
    match choice {
        None => {}
        Some(Person::New { code }) => known.adds = Some(code),
        Some(Person::Known { user, code }) => {
            known.kept.person = Some(KeptPerson { user, code: code.number(), agreed: false });
        }
    }
    known.person = match choice {
        Some(_) => Some(PersonView::Asking),
        None => known.kept.keeps_people.then_some(PersonView::Unsaid),
    };
}

/// Who the person is to a device, for its session.
pub(super) fn of(devices: &Devices, id: DeviceId) -> Option<Person> {
    let book = devices.book();
    let known = book.known.get(&id)?;
    let new = known.adds.map(|code| Person::New { code });
    new.or_else(|| {
        let KeptPerson { user, code, .. } = known.kept.person?;
        Some(Person::Known { user, code: ConsentCode::new(code)? })
    })
}

/// What is shown of a device that has not connected yet.
pub(super) fn view(kept: &Kept) -> Option<PersonView> {
    match kept.person {
        Some(KeptPerson { user, code, agreed: true }) => {
            Some(PersonView::Known { user, code: format!("{code:0DIGITS$}") })
        }
        Some(_) => Some(PersonView::Asking),
        None => kept.keeps_people.then_some(PersonView::Unsaid),
    }
}

/// Takes in what a device answered.
pub(super) async fn take(app: &App, devices: &Devices, id: DeviceId, outcome: Outcome) {
    let agreed = {
        let mut book = devices.book();
        let Some(known) = book.known.get_mut(&id) else { return };
        answered(known, outcome)
    };
    let Ok(open) = app.open().await else {
        // Locked: the book has it, and it is written at the next unlocking.
        if let Some(user) = agreed {
            drop(claim::note(devices, id, Claim { user: Some(user), mine: true }));
        }
        return;
    };
    let kept = devices.book().known.get(&id).map(|k| k.kept.clone());
    let Some(kept) = kept else { return };
    let done = match agreed {
        Some(user) => {
            let device = kept.identity.unwrap_or(id);
            claim::say(&open, device, Claim { user: Some(user), mine: true }).await
        }
        None => kept.save(&open.vault).await,
    };
    if let Err(failure) = done {
        tracing::warn!(code = %failure.code, "who the person is to a device was not written");
    }
}

/// Puts an answer into the book; gives the number of somebody whom the device lets in now.
fn answered(known: &mut Known, outcome: Outcome) -> Option<u8> {
    known.kept.keeps_people = true;
    let adding = known.adds.is_some();
    match outcome {
        // A person who spoke meanwhile is about to be asked for.
        Outcome::Unsaid => {
            known.person.get_or_insert(PersonView::Unsaid);
        }
        Outcome::Registered { user, code } => {
            known.adds = None;
            known.kept.person = Some(KeptPerson { user, code: code.number(), agreed: false });
        }
        Outcome::Agreed { user } => {
            known.kept.person.iter_mut().for_each(|p| p.agreed = p.user == user);
            known.person = view(&known.kept);
            return Some(user);
        }
        Outcome::Refused(_) => {
            known.adds = None;
            let why = if adding { PersonRefusal::NotAdded } else { PersonRefusal::NotKnown };
            known.person = Some(PersonView::Refused { why });
        }
        Outcome::Unanswered => {
            known.adds = None;
            known.person = Some(PersonView::Refused { why: PersonRefusal::NoAnswer });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(user: u8, code: &str) -> PersonChoice {
        PersonChoice::Known { user, code: code.into() }
    }

    #[test]
    fn a_number_and_a_code_are_checked_before_a_device_hears_them() {
        let code = |n| ConsentCode::new(n).expect("a code");
        assert_eq!(checked(&known(1, "0412")), Ok(Some(Person::Known { user: 1, code: code(412) })));
        assert_eq!(checked(&known(0, "7")), Ok(Some(Person::Known { user: 0, code: code(7) })));
        for bad in ["", "12345", "+12", "12a", "-1", " 1", "١٢"] {
            let refused = Failure::with(ErrorCode::BadRequest, "code");
            assert_eq!(checked(&known(1, bad)), Err(refused), "{bad}");
        }
        assert_eq!(checked(&known(255, "1")), Err(Failure::with(ErrorCode::BadRequest, "user")));
        assert_eq!(checked(&PersonChoice::Nobody), Ok(None));
        assert!(matches!(checked(&PersonChoice::New), Ok(Some(Person::New { .. }))));
    }
}
