//! The steps of a pairing: a question, its answer, its end.

use core::pin::Pin;

use tokio::sync::oneshot;
use tokio::time::Sleep;

use super::{Answer, NotAsked, PairError, PairEvent, Pairing, Passkey, Question};

/// What the platform's side asks for.
#[derive(Debug)]
pub(in super::super) enum Ask {
    /// A question, and where its answer goes; [`Question::Type`] waits for none.
    Question(Question, Option<oneshot::Sender<Reply>>),
    /// The answer is no longer wanted.
    Withdrawn,
}

/// An answer on its way to the platform; a sender that is dropped means no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Reply {
    Digits(Passkey),
    Yes,
}

/// The question that is open.
pub(super) struct Open {
    pub(super) question: Question,
    reply: Option<oneshot::Sender<Reply>>,
    deadline: Pin<Box<Sleep>>,
}

/// What woke a pairing.
enum Woke {
    Asked(Ask),
    Done(Result<(), PairError>),
    Late,
}

impl Pairing {
    /// The next event; after [`PairEvent::Ended`], the same again.
    ///
    /// Cancel safe: whatever is under way is kept in the pairing.
    pub async fn next(&mut self) -> PairEvent {
        if let Some(ended) = self.ended {
            return PairEvent::Ended(ended);
        }
        loop {
            match self.wake().await {
                Woke::Asked(Ask::Withdrawn) => {
                    if self.open.take().is_some() {
                        return PairEvent::Withdrawn;
                    }
                }
                // Whoever said no, or nothing, is not asked again.
                Woke::Asked(Ask::Question(..)) if self.verdict.is_some() => {}
                Woke::Asked(Ask::Question(question, reply)) => {
                    self.digits |= matches!(question, Question::Type(..));
                    let deadline = Box::pin(tokio::time::sleep(self.patience));
                    self.open = Some(Open { question, reply, deadline });
                    return PairEvent::Asks(question);
                }
                Woke::Late => self.give_up(PairError::TimedOut),
                Woke::Done(result) => {
                    self.open = None;
                    let result = result.map_err(|error| self.why(error));
                    self.ended = Some(result);
                    return PairEvent::Ended(result);
                }
            }
        }
    }

    /// Answers the open question.
    ///
    /// # Errors
    /// [`NotAsked`] when no question is open that this answers.
    pub fn answer(&mut self, answer: Answer) -> Result<(), NotAsked> {
        let open = self.open.as_mut().ok_or(NotAsked)?;
        let reply = match (open.question, answer) {
            (_, Answer::No) => {
                self.give_up(PairError::Refused);
                return Ok(());
            }
            (Question::Enter, Answer::Digits(digits)) => Reply::Digits(digits),
            (Question::Compare(_) | Question::Allow, Answer::Yes) => Reply::Yes,
            _ => return Err(NotAsked),
        };
        let to = open.reply.take().ok_or(NotAsked)?;
        self.digits |= matches!(reply, Reply::Digits(_));
        self.open = None;
        // An error means that the platform gave up meanwhile, which it tells by itself.
        let _ = to.send(reply);
        Ok(())
    }

    /// Ends the pairing, here and on the platform's side.
    pub async fn cancel(mut self) {
        self.give_up(PairError::Cancelled);
        while !matches!(self.next().await, PairEvent::Ended(_)) {}
    }

    /// Says no to what is open and stops the platform.
    fn give_up(&mut self, why: PairError) {
        self.open = None;
        self.verdict.get_or_insert(why);
        if let Some(stop) = self.stop.take() {
            self.stopping = Some(stop);
        }
    }

    /// What we know better than the platform, which calls every refusal a failed authentication.
    fn why(&self, error: PairError) -> PairError {
        match (self.verdict, error) {
            (Some(verdict), _) => verdict,
            (None, PairError::Refused) if self.digits => PairError::WrongPasskey,
            (None, error) => error,
        }
    }

    async fn wake(&mut self) -> Woke {
        let late = async {
            match &mut self.open {
                Some(open) => open.deadline.as_mut().await,
                None => core::future::pending().await,
            }
        };
        let stopping = &mut self.stopping;
        let stopped = async {
            if let Some(work) = stopping {
                work.await;
            }
            *stopping = None;
            core::future::pending::<Woke>().await
        };
        // A platform that does not even end a pairing that was stopped is not waited for.
        let overdue = self.verdict;
        tokio::select! {
            biased;
            Some(ask) = self.asks.recv() => Woke::Asked(ask),
            done = &mut self.work => Woke::Done(done),
            () = late => Woke::Late,
            () = &mut self.whole => match overdue {
                Some(why) => Woke::Done(Err(why)),
                None => Woke::Done(Err(PairError::TimedOut)),
            },
            never = stopped => never,
        }
    }
}

#[cfg(test)]
mod tests;
