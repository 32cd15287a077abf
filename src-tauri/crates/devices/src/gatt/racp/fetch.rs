//! Fetching a device's history once: from the last known record number to requests, and from answers to an end.
//!
//! ```text
//! new --Count--> number > 0 --Report--> records, success or "no records" --> Done, or Incomplete
//!                number = 0 ---------------------------------------------> Done
//!                refused: devices need not count; report without a number
//!      a generic health sensor: Combined in place of Report; Report when it does not know that
//!      a filter refused: once more with all records; the known ones are told apart by their number
//!      abort --Abort--> Aborted            nothing heard for IDLE --> TimedOut
//! ```
//!
//! Sans-I/O: the session writes what [`Fetch::step`] says, and hands in each record, each response and the time. A
//! second pass that begins with [`Fetch::last`] of the first asks for later records only and so adds nothing.
//!
//! Not guaranteed: that numbers grow for ever. After the highest everything is asked for again; a device whose numbers began
//! anew (another sensor, another CGM session) must be given no last number. Copies that then arrive are recognised by
//! the quarantine.

use salus_wire::UnixMillis;

use super::{Filter, Outcome, Records, Request, Response};

/// How long a device may be silent: 30 s, the procedure timeout of the services that use this control point.
pub const IDLE: i64 = 30_000;

/// How a fetch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Everything asked for has arrived.
    Done,
    /// The device ended with so many records less than it had counted; they are asked for the next time.
    Incomplete(u32),
    /// The device refused.
    Refused(Outcome),
    /// We stopped it.
    Aborted,
    /// The device fell silent.
    TimedOut,
    /// The first request could not be written.
    Unwritten,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Write this request; it is given once.
    Send(Request),
    /// Nothing before this time, unless something arrives.
    Wait(UnixMillis),
    /// Over.
    End(End),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Send(Request),
    Waiting(Request),
    Over(End),
}

/// One fetch.
#[derive(Debug, Clone)]
pub struct Fetch {
    state: State,
    known: Option<u32>,
    records: Records,
    newest: Option<u32>,
    counted: Option<u32>,
    /// It is asked for records and their number at once.
    combined: bool,
    arrived: u32,
    heard: UnixMillis,
}

impl Fetch {
    /// A fetch of everything after the last known record, or of everything.
    #[must_use]
    pub fn new(filter: Filter, last: Option<u32>, now: UnixMillis) -> Self {
        // Past the highest number they begin at 0 again: then no number is known.
        let known = last.filter(|n| *n < filter.highest());
        let records = known.map_or(Records::All, |n| Records::From(filter, n + 1));
        Self {
            state: State::Send(Request::Count(records)),
            known,
            records,
            newest: None,
            counted: None,
            combined: filter == Filter::RecordNumber,
            arrived: 0,
            heard: now,
        }
    }

    const fn report(&self, records: Records) -> Request {
        if self.combined { Request::Combined(records) } else { Request::Report(records) }
    }

    /// What to do at `now`.
    pub fn step(&mut self, now: UnixMillis) -> Step {
        match self.state {
            State::Over(end) => Step::End(end),
            State::Send(request) => {
                self.state = State::Waiting(request);
                self.heard = now;
                Step::Send(request)
            }
            State::Waiting(_) => {
                let until = self.heard.saturating_add(IDLE);
                if now < until {
                    return Step::Wait(until);
                }
                self.state = State::Over(End::TimedOut);
                Step::End(End::TimedOut)
            }
        }
    }

    /// Counts one record that arrived; `None` is one whose number could not be read. True when it is new: a device that
    /// knows no filter sends the known ones too.
    pub fn record(&mut self, number: Option<u32>, now: UnixMillis) -> bool {
        self.heard = self.heard.max(now);
        self.arrived = self.arrived.saturating_add(1);
        self.newest = self.newest.max(number);
        number.is_none_or(|n| self.known.is_none_or(|known| n > known))
    }

    /// Takes in a response. One that does not answer the open request is ignored, and does not keep the fetch alive.
    pub fn response(&mut self, response: Response, now: UnixMillis) {
        let State::Waiting(request) = self.state else { return };
        let next = match (request, response) {
            (Request::Count(_), Response::Number(0)) => State::Over(End::Done),
            (Request::Count(records), Response::Number(n)) => {
                self.counted = Some(n);
                State::Send(self.report(records))
            }
            // Sent before we asked to stop, or in spite of it, they are all here.
            (Request::Combined(_) | Request::Abort, Response::Sent(n)) => self.complete(Some(n)),
            (_, Response::Ended { request: op, outcome }) if op == request.op() => {
                self.ended(request, outcome)
            }
            // The last record and its end can overtake an abort.
            (Request::Abort, Response::Ended { request: 0x01 | 0x07, outcome }) => {
                self.ended(self.report(self.records), outcome)
            }
            _ => return,
        };
        self.heard = self.heard.max(now);
        self.state = next;
    }

    /// Stops the fetch: at once before anything is sent, else after the device has agreed.
    pub fn abort(&mut self) {
        match self.state {
            State::Waiting(Request::Abort) | State::Send(Request::Abort) | State::Over(_) => {}
            State::Waiting(_) => self.state = State::Send(Request::Abort),
            State::Send(_) => self.state = State::Over(End::Aborted),
        }
    }

    /// The open request could not be written. Records that came in spite of it are awaited further.
    pub fn unwritten(&mut self) {
        if self.arrived == 0 && !matches!(self.state, State::Over(_)) {
            self.state = State::Over(End::Unwritten);
        }
    }

    /// The number to begin the next fetch with. An unfinished fetch gives the one that it began with, because nobody
    /// promises that records come in order.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        if self.state == State::Over(End::Done) { self.newest.max(self.known) } else { self.known }
    }

    /// True from the request for records to their end.
    #[must_use]
    pub const fn is_sending(&self) -> bool {
        matches!(self.state, State::Waiting(Request::Report(_) | Request::Combined(_) | Request::Abort))
    }

    /// How many records the device has counted, once it has.
    #[must_use]
    pub const fn counted(&self) -> Option<u32> {
        self.counted
    }

    /// Records that have arrived, known ones included.
    #[must_use]
    pub const fn arrived(&self) -> u32 {
        self.arrived
    }

    /// All were sent; whether all have arrived is seen from the number.
    fn complete(&self, number: Option<u32>) -> State {
        let missing = number.map_or(0, |n| n.saturating_sub(self.arrived));
        State::Over(if missing == 0 { End::Done } else { End::Incomplete(missing) })
    }

    fn ended(&mut self, request: Request, outcome: Outcome) -> State {
        use Outcome::{
            InvalidOperand, InvalidOperator, OpCodeNotSupported, OperandNotSupported, OperatorNotSupported,
        };
        match (request, outcome) {
            (Request::Report(_) | Request::Combined(_), Outcome::Success) => self.complete(self.counted),
            (Request::Report(_) | Request::Combined(_) | Request::Count(_), Outcome::NoRecords) => {
                State::Over(End::Done)
            }
            (Request::Abort, Outcome::Success) => State::Over(End::Aborted),
            // It goes on sending, and will say when it is done.
            (Request::Abort, Outcome::AbortUnsuccessful) => State::Waiting(self.report(self.records)),
            (Request::Count(records), OpCodeNotSupported) => State::Send(self.report(records)),
            (Request::Combined(records), OpCodeNotSupported) => {
                self.combined = false;
                State::Send(Request::Report(records))
            }
            (
                Request::Count(Records::From(..))
                | Request::Report(Records::From(..))
                | Request::Combined(Records::From(..)),
                InvalidOperator | OperatorNotSupported | InvalidOperand | OperandNotSupported,
            ) => {
                self.records = Records::All;
                self.counted = None;
                State::Send(match request {
                    Request::Count(_) => Request::Count(Records::All),
                    _ => self.report(Records::All),
                })
            }
            (Request::Count(Records::All), InvalidOperator | OperatorNotSupported) => {
                State::Send(self.report(Records::All))
            }
            (_, refused) => State::Over(End::Refused(refused)),
        }
    }
}

#[cfg(test)]
mod tests;
