//! A code from a picture: a screenshot, or a photo of a screen or of paper.
//!
//! ```text
//! file (a dialog of the desktop's own) -> octets -> picture::texts -> one code of Salus, written as it is shown
//! ```
//!
//! It is read and no more: the page puts it into the field that a person would type it into, and what is asked, checked and compared
//! after typing is after this too. A text that is no code of Salus, such as a link, goes nowhere.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_picture::{MAX_FILE, PictureError, texts};
use salus_sharing::laptop::Meeting;
use salus_wire::command::ReadCodePicture;
use salus_wire::{ErrorCode, Failure};
use zeroize::Zeroizing;

use crate::failure::Fail;
use crate::{App, Choice, Run};

/// What names of pictures that are read end with. Cameras write capitals.
pub const ENDINGS: &[&str] = &["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"];

impl Fail for PictureError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "a picture gave no code");
        let code = match self {
            Self::NotAPicture => ErrorCode::NotAPicture,
            Self::TooLarge => ErrorCode::PictureTooLarge,
            Self::Damaged => ErrorCode::PictureDamaged,
            Self::NoCode => ErrorCode::NoCodeSeen,
        };
        code.into()
    }
}

impl Run for ReadCodePicture {
    async fn run(self, app: &App) -> Result<String, Failure> {
        let chosen = app.0.config.confirm.choose(Choice::Picture).await.ok_or(ErrorCode::Cancelled)?;
        // Below a second: nobody has to stop it.
        let read = tokio::task::spawn_blocking(move || read(&chosen));
        // Should a decoder give a file up by a panic, the file is damaged.
        read.await.unwrap_or_else(|_| Err(ErrorCode::PictureDamaged.into()))
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    // A file that cannot be read is no picture either.
    let octets = octets(path).map_err(|error| {
        tracing::debug!(kind = ?error.kind(), "a picture cannot be read");
        ErrorCode::NotAPicture
    })?;
    one(&texts(&octets).map_err(Fail::fail)?)
}

/// The octets of a file; of one that is too large so many that it is seen to be.
fn octets(path: &Path) -> io::Result<Vec<u8>> {
    // Before it is opened: opening a pipe waits for whoever writes.
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut octets = Vec::new();
    File::open(path)?.take(MAX_FILE as u64 + 1).read_to_end(&mut octets)?;
    Ok(octets)
}

/// The only code of Salus among texts. Others may be in the picture: whatever else lay on the table.
fn one(texts: &[String]) -> Result<String, Failure> {
    let mut ours = texts.iter().filter_map(|text| printed(text));
    match (ours.next(), ours.next()) {
        (Some(code), None) => Ok(code),
        (Some(_), Some(_)) => Err(ErrorCode::SeveralCodes.into()),
        (None, _) => Err(ErrorCode::OtherCode.into()),
    }
}

/// A code of Salus as it is printed, of a laptop its words as they are shown; `None` for every other text. Its checksum holds.
fn printed(text: &str) -> Option<String> {
    // First, because "SALUS-REPORT:" reads as the mark of an attestation. No other code has as many characters as a report's.
    if let Ok(code) = text.parse::<salus_report::Code>() {
        return Some(code.to_string());
    }
    let kind = match from_text(Kind::Code, text) {
        Ok(_) => Kind::Code,
        Err(TextError::OtherKind(kind)) => kind,
        Err(_) => return None,
    };
    if kind == Kind::Laptop {
        return Meeting::from_text(text).ok().map(|meeting| meeting.to_words());
    }
    // A card's are secret.
    let octets = Zeroizing::new(from_text(kind, text).ok()?);
    to_text(kind, &octets).ok()
}

#[cfg(test)]
mod tests;
