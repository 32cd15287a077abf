use futures::executor::block_on;
use salus_chain::contract::Ready;
use salus_chain::state::{StateKey, StatementRecord, TxRefused};
use salus_chain::tx::{Opener, StatedAccessBody};
use salus_light::LightError;

use super::*;
use crate::open::{Demand, Opened, Unsigned, batches, open_seconded};
use crate::town::{Clinician, Given, NOW, Town};

struct Story {
    town: Town,
    given: Given,
    asking: Asking,
    question: Question,
}

/// A permission that two clinicians open, and the first one's question.
fn asked() -> Story {
    let town = Town::new(4);
    let mut given = Given::under(&town, Ready::TwoPersons);
    let code = given.clinician.code(&town);
    let (asking, question) = block_on(ask(&town, &given.shared, code, NOW, &mut given.rng)).unwrap();
    Story { town, given, asking, question }
}

impl Story {
    fn asker(&self) -> Invitation {
        self.question.verify(&self.town.genesis).unwrap()
    }

    fn answer_of(&self, second: &Clinician) -> Result<Answer, SecondError> {
        self.question.sign(&self.asker(), &self.town.ctx.chain_id, &second.credential)
    }

    fn agree(&self, answer: &Answer) -> Result<Agreed, SecondError> {
        let clinician = &self.given.clinician;
        let own = clinician.credential.verifying_key();
        self.asking.agree(answer, &clinician.reader, &own, &self.town.ctx.chain_id)
    }

    fn open(&mut self, agreed: &Agreed) -> Result<Opened, OpenError> {
        let now = self.town.inside().now;
        self.town.forget_rate();
        let Given { clinician, shared, rng } = &mut self.given;
        let (reader, own) = (&clinician.reader, &clinician.credential);
        block_on(open_seconded(&self.town, shared, reader, own, agreed, now, rng, &mut |_| {}))
    }
}

#[test]
fn two_clinicians_open_what_one_cannot() {
    let mut story = asked();
    let alone = story.given.open(&story.town).unwrap_err();
    assert_eq!(alone, OpenError::Condition(Demand::Second));
    assert!(story.town.inside().log.is_empty());

    // Both texts travel, and are retyped on the way.
    let text = story.question.to_text().unwrap().to_lowercase().replace('-', " ");
    let question = Question::from_text(&text).unwrap();
    assert_eq!(question, story.question);
    assert_eq!(story.asker().attestation.person.name, "Dr Ana Wójcik");
    let record = block_on(crate::Network::grant(&story.town, &question.grant())).unwrap().value;
    let terms = question.granted(&story.asker(), record.as_ref(), NOW).unwrap();
    assert_eq!(terms, story.given.shared.terms());

    let second = Clinician::of_seed(&story.town, 78);
    let answer = story.answer_of(&second).unwrap().to_text().unwrap();
    let agreed = story.agree(&Answer::from_text(&answer).unwrap()).unwrap();
    // An hour later, after a crash: what was asked for is what was kept.
    story.town.wait(3_600_000);
    story.asking = Asking::decode(&story.asking.encode()).unwrap();
    let agreed_again = story.agree(&Answer::from_text(&answer).unwrap()).unwrap();
    for agreed in [agreed, agreed_again] {
        let opened = story.open(&agreed).unwrap();
        assert_eq!((opened.segments, opened.older), (1, 0));
    }
    let receipt = story.town.inside().last_access().unwrap().hash();
    let statement: StatementRecord = story.town.inside().get(&StateKey::Statement(receipt)).unwrap();
    assert_eq!(statement.second_pk, Some(second.credential.verifying_key()));
    let first = story.given.clinician.credential.verifying_key();
    assert_eq!(statement.opener_pk, Some(first));
}

#[test]
fn nobody_agrees_with_themselves() {
    let story = asked();
    let own = story.answer_of(&story.given.clinician);
    assert_eq!(own, Err(SecondError::Yourself));
    // An app without the check signs nonetheless; the asker's own still refuses it.
    let second = Clinician::of_seed(&story.town, 78);
    let answer = story.answer_of(&second).unwrap();
    let pk = story.given.clinician.credential.verifying_key();
    let refused = story.agree(&Answer { pk, ..answer }).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::SecondIsYourself);
}

#[test]
fn an_app_without_rules_opens_nothing_alone() {
    let mut story = asked();
    let ctx = story.town.ctx.clone();
    let Given { clinician, shared, rng } = &mut story.given;
    let (own, reader) = (&clinician.credential, &clinician.reader);
    let slots = batches(shared, NOW).unwrap().0.remove(0);
    let mut alone = |named: bool| {
        let unsigned = Unsigned::new(shared, reader, slots.clone(), &mut *rng).unwrap();
        let request = unsigned.stated(reader, &ctx, |access| {
            let (chain, purpose, reason) = (&ctx.chain_id, Purpose::Treatment, 0);
            let opener = Opener::sign(&access, reason, chain, own);
            let second = if named {
                Second::sign_for(&opener.pk, &access, purpose, reason, chain, own)
            } else {
                Second::sign(&access, purpose, reason, chain, own)
            };
            let opener = named.then_some(opener);
            StatedAccessBody { access, purpose, reason, second: Some(second), opener }
        });
        story.town.block(Some(request.receipt())).map(|_| ()).unwrap_err()
    };
    // As both, and in the form that does not say who opens.
    assert_eq!(alone(true), LightError::Refused(TxRefused::Second));
    assert_eq!(alone(false), LightError::Refused(TxRefused::Opener));
}

#[test]
fn an_answer_is_worth_nothing_for_anything_else() {
    let story = asked();
    let second = Clinician::of_seed(&story.town, 78);
    let answer = story.answer_of(&second).unwrap();
    let other = Answer { grant: GrantId([1; 32]), ..answer.clone() };
    assert_eq!(story.agree(&other).unwrap_err(), SecondError::OtherQuestion);
    let none = Answer { signatures: Vec::new(), ..answer.clone() };
    assert_eq!(story.agree(&none).unwrap_err(), SecondError::OtherQuestion);
    let mut bent = answer.clone();
    bent.signatures[0].0[9] ^= 1;
    assert_eq!(story.agree(&bent).unwrap_err(), SecondError::Signature);
    // The same slots, asked for again, are another request.
    let again = asked_again(&story);
    assert_eq!(again.agree(&answer).unwrap_err(), SecondError::Signature);
}

fn asked_again(story: &Story) -> Story {
    let town = Town::new(4);
    let mut given = Given::under(&town, Ready::TwoPersons);
    // The generator is at another place than it was.
    assert_ne!(rand::Rng::next_u64(&mut given.rng), 0);
    let code = given.clinician.code(&town);
    let (asking, question) = block_on(ask(&town, &given.shared, code, NOW, &mut given.rng)).unwrap();
    assert_eq!(question.grant(), story.question.grant());
    assert_ne!(question, story.question);
    Story { town, given, asking, question }
}

#[test]
fn a_second_whom_nobody_attests_opens_nothing() {
    let mut story = asked();
    let elsewhere = Clinician::of_seed(&Town::new(7), 78);
    let agreed = story.agree(&story.answer_of(&elsewhere).unwrap()).unwrap();
    let refused = story.open(&agreed).unwrap_err();
    assert_eq!(refused, OpenError::Light(LightError::Refused(TxRefused::Second)));
    assert_eq!(refused.code(), ErrorCode::BadSecond);
}

#[test]
fn a_question_about_somebody_elses_permission_is_refused() {
    let story = asked();
    let record = block_on(crate::Network::grant(&story.town, &story.question.grant())).unwrap().value;
    let asker = story.asker();
    let wanting = |question: &Question, asker: &Invitation, at| {
        question.granted(asker, record.as_ref(), at).unwrap_err()
    };
    let stranger = Clinician::of_seed(&story.town, 79).invitation(&story.town);
    assert_eq!(wanting(&story.question, &stranger, NOW), OpenError::OtherReader);
    let unknown = Question { grant: GrantId([1; 32]), ..story.question.clone() };
    assert_eq!(wanting(&unknown, &asker, NOW), OpenError::NotGranted);
    assert_eq!(wanting(&story.question, &asker, NOW + 3 * 86_400_000), OpenError::Ended);
}

#[test]
fn every_cut_and_every_flip_counts_for_nothing() {
    let story = asked();
    let second = Clinician::of_seed(&story.town, 78);
    let (question, answer) = (story.question.encode(), story.answer_of(&second).unwrap().encode());
    for cut in 0..question.len() {
        assert!(Question::decode(&question[..cut]).is_err(), "{cut}");
    }
    for cut in 0..answer.len() {
        assert!(Answer::decode(&answer[..cut]).is_err(), "{cut}");
    }
    for at in 0..answer.len() {
        let mut bent = answer.clone();
        bent[at] ^= 1 << (at % 8);
        let counts = Answer::decode(&bent).is_ok_and(|answer| story.agree(&answer).is_ok());
        assert!(!counts, "{at}");
    }
    for bad in ["", "hello", &story.given.clinician.code(&story.town).to_text().unwrap()] {
        assert_eq!(Question::from_text(bad).unwrap_err().code(), ErrorCode::BadSecond, "{bad}");
        assert_eq!(Answer::from_text(bad).unwrap_err().code(), ErrorCode::BadSecond, "{bad}");
    }
}

#[test]
fn the_largest_question_fits_a_text() {
    const { assert!(Question::MAX <= salus_chain::text::MAX_PAYLOAD) };
    const { assert!(Answer::MAX <= salus_chain::text::MAX_PAYLOAD) };
}
