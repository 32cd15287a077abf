//! The steps of a pairing, and answers that come too late.

use core::time::Duration;

use futures::FutureExt;
use tokio::sync::mpsc;

use super::super::{Lead, OldBond, PairOptions};
use super::*;

/// A platform played by the test.
struct Stage {
    asks: mpsc::Sender<Ask>,
    end: Option<oneshot::Sender<Result<(), PairError>>>,
    stopped: oneshot::Receiver<()>,
    pairing: Pairing,
}

fn stage(patience: Duration) -> Stage {
    let (asks, asked) = mpsc::channel(4);
    let (end, ended) = oneshot::channel();
    let (stop, stopped) = oneshot::channel();
    let lead = Lead {
        work: async { ended.await.unwrap_or(Err(PairError::Cancelled)) }.boxed(),
        asks: asked,
        stop: async { stop.send(()).unwrap_or_default() }.boxed(),
    };
    let options = PairOptions { old_bond: OldBond::Keep, patience };
    Stage { asks, end: Some(end), stopped, pairing: Pairing::new(lead, options) }
}

impl Stage {
    async fn ask(&mut self, question: Question) -> oneshot::Receiver<Reply> {
        let (reply, replied) = oneshot::channel();
        self.asks.send(Ask::Question(question, Some(reply))).await.unwrap();
        assert_eq!(self.pairing.next().await, PairEvent::Asks(question));
        replied
    }

    async fn end(&mut self, result: Result<(), PairError>) -> PairEvent {
        self.end.take().unwrap().send(result).unwrap();
        self.pairing.next().await
    }
}

/// The last event, from a platform that ends the pairing once it is stopped.
async fn ended_once_stopped(mut s: Stage) -> PairEvent {
    let end = s.end.take().unwrap();
    let platform = async {
        s.stopped.await.unwrap();
        end.send(Err(PairError::Cancelled)).unwrap();
    };
    tokio::join!(s.pairing.next(), platform).0
}

const LONG: Duration = Duration::from_secs(600);

fn passkey() -> Passkey {
    "123456".parse().unwrap()
}

#[tokio::test]
async fn an_answer_must_fit_the_question() {
    let mut s = stage(LONG);
    assert_eq!(s.pairing.answer(Answer::Yes), Err(NotAsked));
    let replied = s.ask(Question::Enter).await;
    assert_eq!(s.pairing.answer(Answer::Yes), Err(NotAsked));
    assert_eq!(s.pairing.answer(Answer::Digits(passkey())), Ok(()));
    assert_eq!(replied.await, Ok(Reply::Digits(passkey())));
    assert_eq!(s.pairing.answer(Answer::Digits(passkey())), Err(NotAsked), "answered already");
    assert_eq!(s.end(Ok(())).await, PairEvent::Ended(Ok(())));
    assert_eq!(s.pairing.next().await, PairEvent::Ended(Ok(())), "and stays so");
}

#[tokio::test]
async fn a_failed_authentication_after_digits_is_a_wrong_passkey() {
    let mut s = stage(LONG);
    let _replied = s.ask(Question::Enter).await;
    s.pairing.answer(Answer::Digits(passkey())).unwrap();
    assert_eq!(s.end(Err(PairError::Refused)).await, PairEvent::Ended(Err(PairError::WrongPasskey)));
    let mut s = stage(LONG);
    assert_eq!(s.end(Err(PairError::Refused)).await, PairEvent::Ended(Err(PairError::Refused)));
}

#[tokio::test]
async fn a_no_is_told_as_what_it_was() {
    let mut s = stage(LONG);
    let replied = s.ask(Question::Compare(passkey())).await;
    s.pairing.answer(Answer::No).unwrap();
    assert!(replied.await.is_err(), "the platform hears no");
    assert_eq!(ended_once_stopped(s).await, PairEvent::Ended(Err(PairError::Refused)));
}

#[tokio::test]
async fn a_question_that_nobody_answers_ends_it() {
    let mut s = stage(Duration::from_millis(1));
    let replied = s.ask(Question::Enter).await;
    assert_eq!(ended_once_stopped(s).await, PairEvent::Ended(Err(PairError::TimedOut)));
    assert!(replied.await.is_err());
}

#[tokio::test]
async fn a_withdrawn_question_is_not_answered() {
    let mut s = stage(LONG);
    let _replied = s.ask(Question::Allow).await;
    s.asks.send(Ask::Withdrawn).await.unwrap();
    assert_eq!(s.pairing.next().await, PairEvent::Withdrawn);
    assert_eq!(s.pairing.answer(Answer::Yes), Err(NotAsked));
}
