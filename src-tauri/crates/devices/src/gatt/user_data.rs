//! User Data service 181C: Database Change Increment 2A99, User Index 2A9A, User Control Point 2A9F.
//!
//! ```text
//! 2A99      u32  grows when the data of the user changes
//! 2A9A      u8   the user whose data the server shows now, 255 unknown
//!
//! 2A9F to the device
//! register  01, consent code u16
//! consent   02, user u8, consent code u16
//! erase     03                               the data of the user who consented
//! delete    05, user u8                      255 = all users
//!
//! 2A9F from the device
//! response  20, request's code u8, 01, user u8 after register and delete, nothing after consent and erase
//!           20, request's code u8, reason u8 (02 not supported, 03 parameter, 04 failed, 05 not authorised)
//! ```
//!
//! A scale that tells users apart sends a user's measurements only after consent. The code of a user is chosen when
//! registering and is 0 to 9999.
//!
//! # Source
//! User Data Service 1.1, section 3.

pub mod ask;

use core::fmt;

use super::{Malformed, Octets};

/// The number that lets a person's data out of a device that several people use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ConsentCode(u16);

impl ConsentCode {
    /// The greatest code.
    pub const MAX: u16 = 9999;

    /// A code; `None` above [`ConsentCode::MAX`].
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        if code <= Self::MAX { Some(Self(code)) } else { None }
    }

    /// The code as a number, to be kept sealed.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl fmt::Debug for ConsentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConsentCode(redacted)")
    }
}

/// What a device is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Make a user, who will consent with this code; the answer has the index.
    Register(ConsentCode),
    /// Let a user's data out on this link.
    Consent {
        /// User index.
        user: u8,
        /// The user's code.
        code: ConsentCode,
    },
    /// Erase the data of the user who consented, and keep the user.
    Erase,
    /// Delete one user.
    Delete {
        /// User index.
        user: u8,
    },
}

/// The kind of a [`Request`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// [`Request::Register`].
    Register,
    /// [`Request::Consent`].
    Consent,
    /// [`Request::Erase`].
    Erase,
    /// [`Request::Delete`].
    Delete,
}

/// Why a device refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot do this.
    #[error("not supported")]
    NotSupported,
    /// A parameter is not valid: no such user, or too many.
    #[error("invalid parameter")]
    InvalidParameter,
    /// It tried and failed.
    #[error("operation failed")]
    OperationFailed,
    /// The code is not the user's, or the user did not consent.
    #[error("user not authorised")]
    NotAuthorised,
}

/// What a device answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// What was asked.
    pub to: Kind,
    /// The user that was made or deleted, if the request was one of these; or why not.
    pub outcome: Result<Option<u8>, Refusal>,
}

impl Request {
    /// The octets to write to 2A9F. `None` for user index 255, which is nobody, or everybody when deleting.
    #[must_use]
    pub fn encode(self) -> Option<Vec<u8>> {
        Some(match self {
            Request::Register(ConsentCode(code)) => {
                let [low, high] = code.to_le_bytes();
                vec![0x01, low, high]
            }
            Request::Consent { user, code: ConsentCode(code) } => {
                let [low, high] = code.to_le_bytes();
                vec![0x02, known(user)?, low, high]
            }
            Request::Erase => vec![0x03],
            Request::Delete { user } => vec![0x05, known(user)?],
        })
    }
}

const fn known(user: u8) -> Option<u8> {
    if user == 255 { None } else { Some(user) }
}

/// Decodes an indication of 2A9F.
///
/// # Errors
/// A missing octet, an octet too many, not a response, or an undefined code.
pub fn decode_response(bytes: &[u8]) -> Result<Response, Malformed> {
    let mut octets = Octets::new(bytes);
    if octets.u8()? != 0x20 {
        return Err(Malformed::Undefined);
    }
    let to = match octets.u8()? {
        0x01 => Kind::Register,
        0x02 => Kind::Consent,
        0x03 => Kind::Erase,
        0x05 => Kind::Delete,
        _ => return Err(Malformed::Undefined),
    };
    let outcome = match (octets.u8()?, to) {
        (0x01, Kind::Register | Kind::Delete) => Ok(Some(octets.u8()?)),
        (0x01, Kind::Consent | Kind::Erase) => Ok(None),
        (0x02, _) => Err(Refusal::NotSupported),
        (0x03, _) => Err(Refusal::InvalidParameter),
        (0x04, _) => Err(Refusal::OperationFailed),
        (0x05, _) => Err(Refusal::NotAuthorised),
        _ => return Err(Malformed::Undefined),
    };
    octets.end()?;
    Ok(Response { to, outcome })
}

/// Decodes 2A99.
///
/// # Errors
/// Not four octets.
pub fn decode_increment(bytes: &[u8]) -> Result<u32, Malformed> {
    let mut octets = Octets::new(bytes);
    let increment = u32::from_le_bytes(octets.take()?);
    octets.end()?;
    Ok(increment)
}

/// Decodes 2A9A; the code for unknown is `None`.
///
/// # Errors
/// Not one octet.
pub fn decode_index(bytes: &[u8]) -> Result<Option<u8>, Malformed> {
    let mut octets = Octets::new(bytes);
    let user = octets.u8()?;
    octets.end()?;
    Ok(known(user))
}

#[cfg(test)]
mod tests;
