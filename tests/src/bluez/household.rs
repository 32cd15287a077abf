//! A device that keeps several people apart and lets nothing out without consent: the server's side of a User Control
//! Point. What it holds for a person goes out on the link on which that person consented, once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::peripheral::{Packets, Written, once};

/// The control point.
pub const CONTROL: u16 = 0x2A9F;

const SUCCESS: u8 = 0x01;
const NOT_SUPPORTED: u8 = 0x02;
const OPERATION_FAILED: u8 = 0x04;
const NOT_AUTHORISED: u8 = 0x05;

/// How the control point behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It answers.
    Answers,
    /// It takes what is written and stays silent.
    Silent,
}

#[derive(Debug)]
struct Resident {
    user: u8,
    code: u16,
    held: Vec<(u16, Vec<u8>)>,
}

#[derive(Debug, Default)]
struct State {
    residents: Vec<Resident>,
    asked: Vec<Vec<u8>>,
}

/// The people.
#[derive(Debug)]
pub struct Household {
    room: usize,
    manner: Manner,
    state: Mutex<State>,
}

impl Household {
    /// Nobody yet; room for so many.
    #[must_use]
    pub fn new(room: usize, manner: Manner) -> Arc<Self> {
        Arc::new(Self { room, manner, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody who is known to it already.
    pub fn add(&self, user: u8, code: u16) {
        self.state().residents.push(Resident { user, code, held: Vec::new() });
    }

    /// Somebody whom it forgets, as when deleted on the device itself.
    pub fn delete(&self, user: u8) {
        self.state().residents.retain(|r| r.user != user);
    }

    /// A measurement of a person that waits for consent.
    pub fn hold(&self, user: u8, characteristic: u16, octets: Vec<u8>) {
        let mut state = self.state();
        let held = state.residents.iter_mut().filter(|r| r.user == user).map(|r| &mut r.held);
        held.for_each(|held| held.push((characteristic, octets.clone())));
    }

    /// Everything that was written to the control point, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<Vec<u8>> {
        self.state().asked.clone()
    }

    /// Who lives here: user and code.
    #[must_use]
    pub fn residents(&self) -> Vec<(u8, u16)> {
        self.state().residents.iter().map(|r| (r.user, r.code)).collect()
    }

    /// What a write to the control point does.
    #[must_use]
    pub fn written(self: &Arc<Self>) -> Written {
        let this = Arc::clone(self);
        Written::new(move |octets| Some(this.react(octets)))
    }

    fn react(&self, octets: &[u8]) -> Packets {
        let mut state = self.state();
        state.asked.push(octets.to_vec());
        let mut out = Vec::new();
        let answer = match *octets {
            [0x01, low, high] if state.residents.len() < self.room => {
                let taken = |user: u8| state.residents.iter().any(|r| r.user == user);
                let user = (1..u8::MAX).find(|user| !taken(*user)).unwrap_or_default();
                let code = u16::from_le_bytes([low, high]);
                state.residents.push(Resident { user, code, held: Vec::new() });
                vec![0x20, 0x01, SUCCESS, user]
            }
            [0x01, ..] => vec![0x20, 0x01, OPERATION_FAILED],
            [0x02, user, low, high] => {
                let code = u16::from_le_bytes([low, high]);
                match state.residents.iter_mut().find(|r| (r.user, r.code) == (user, code)) {
                    Some(resident) => {
                        out = core::mem::take(&mut resident.held);
                        vec![0x20, 0x02, SUCCESS]
                    }
                    None => vec![0x20, 0x02, NOT_AUTHORISED],
                }
            }
            _ => vec![0x20, octets.first().copied().unwrap_or_default(), NOT_SUPPORTED],
        };
        if self.manner == Manner::Silent {
            return Box::new(core::iter::empty());
        }
        Box::new(once(CONTROL, answer).chain(out))
    }
}
