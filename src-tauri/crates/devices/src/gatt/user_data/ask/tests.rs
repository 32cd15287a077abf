//! Being let in, and being kept out.

use super::*;
use proptest::prelude::*;

const NOW: UnixMillis = 1_779_352_245_000;

fn code() -> ConsentCode {
    ConsentCode::new(1234).expect("a code")
}

fn answer(to: Kind, outcome: Result<Option<u8>, Refusal>) -> Response {
    Response { to, outcome }
}

#[test]
fn a_new_person_is_registered_once_and_then_consents() {
    let mut ask = Ask::new(Person::New { code: code() });
    assert_eq!(ask.step(NOW), Step::Send(vec![1, 0xD2, 4]));
    assert!(ask.is_registering());
    assert_eq!(ask.step(NOW), Step::Wait);
    // Not an answer to this.
    ask.response(answer(Kind::Consent, Ok(None)));
    assert_eq!(ask.step(NOW), Step::Wait);
    ask.response(answer(Kind::Register, Ok(Some(3))));
    assert!(!ask.is_registering());
    assert_eq!(ask.step(NOW), Step::Tell(Outcome::Registered { user: 3, code: code() }));
    assert_eq!(ask.step(NOW), Step::Send(vec![2, 3, 0xD2, 4]));
    ask.response(answer(Kind::Consent, Ok(None)));
    assert_eq!(ask.step(NOW), Step::Tell(Outcome::Agreed { user: 3 }));
    assert!(ask.is_over());
}

#[test]
fn a_refusal_a_silence_and_a_lost_link_are_told_apart() {
    let mut refused = Ask::new(Person::Known { user: 1, code: code() });
    assert_eq!(refused.step(NOW), Step::Send(vec![2, 1, 0xD2, 4]));
    refused.response(answer(Kind::Consent, Err(Refusal::NotAuthorised)));
    assert_eq!(refused.step(NOW), Step::Tell(Outcome::Refused(Refusal::NotAuthorised)));

    let mut silent = Ask::new(Person::Known { user: 1, code: code() });
    silent.step(NOW);
    assert_eq!(silent.step(NOW + PATIENCE - 1), Step::Wait);
    assert_eq!(silent.step(NOW + PATIENCE), Step::Tell(Outcome::Unanswered));
    assert!(silent.is_over());

    let mut lost = Ask::new(Person::New { code: code() });
    lost.step(NOW);
    lost.lost();
    assert_eq!(lost.step(NOW), Step::Tell(Outcome::Unanswered));

    let mut nobody = Ask::new(Person::Known { user: 255, code: code() });
    assert_eq!(nobody.step(NOW), Step::Tell(Outcome::Refused(Refusal::InvalidParameter)));
}

proptest! {
    /// Whatever a device answers in whatever order: at most one user is made, and it ends in time.
    #[test]
    fn whatever_a_device_answers_one_user_is_made_and_it_ends(
        answers in proptest::collection::vec((0u8..4, 0u8..6, any::<u8>()), 0..20),
    ) {
        let mut ask = Ask::new(Person::New { code: code() });
        let mut registers = 0;
        let mut all = answers.into_iter();
        for turn in 0..64 {
            match ask.step(NOW + turn * PATIENCE / 4) {
                Step::Send(octets) => registers += usize::from(octets[0] == 1),
                Step::Wait => {
                    let Some((kind, result, user)) = all.next() else { continue };
                    let to = [Kind::Register, Kind::Consent, Kind::Erase, Kind::Delete][usize::from(kind)];
                    let refusals = [Refusal::NotSupported, Refusal::InvalidParameter, Refusal::OperationFailed, Refusal::NotAuthorised];
                    ask.response(answer(to, match result {
                        0 => Ok(Some(user)),
                        1 => Ok(None),
                        n => Err(refusals[usize::from(n - 2)]),
                    }));
                }
                Step::Tell(_) => {}
            }
        }
        prop_assert!(ask.is_over());
        prop_assert_eq!(registers, 1);
    }
}
