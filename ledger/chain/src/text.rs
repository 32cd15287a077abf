//! Documents as text that survives paste, print and dictation: Crockford base 32 with a kind mark, a length and a checksum.
//!
//! ```text
//! SC1-XXXXX-XXXXX-...          mark (two letters and the version), then groups of five, ten groups a line
//! symbols = base32( u16 length || payload || checksum4 ), spare bits zero
//! checksum4 = first 4 octets of SHA-256("hg/v1/text" || mark || u16 length || payload)
//! ```
//!
//! Spaces, line breaks and dashes are ignored; case does not matter; O reads as 0, I and L read as 1.
//! A file holds the same text. The checksum finds typing mistakes; it proves nothing about who wrote it.
//!
//! # Source
//! Alphabet and the reading of look-alikes: Crockford, "Base 32" (crockford.com/base32.html).

use crate::ids::sha256;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 5;
const GROUPS_PER_LINE: usize = 10;
const LENGTH: usize = 2;
const CHECKSUM: usize = 4;

/// Most octets a document may hold: a clinician's code with the longest names and the longest request.
pub const MAX_PAYLOAD: usize = 2048;
/// Most characters accepted, separators included: the largest document with a dash per symbol and a wide margin.
pub const MAX_TEXT: usize = 16 * 1024;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A clinician's code for one patient.
    Code,
    /// A clinician's request to be attested.
    Request,
    /// A member's attestation.
    Attestation,
    /// A clinician's question to a second one, for one opening.
    SecondQuestion,
    /// The second clinician's answer.
    SecondAnswer,
    /// An emergency card: a reader's key on paper.
    Card,
    /// A clinician's question to a second one, for one opening with an emergency card.
    EmergencyQuestion,
    /// The second clinician's answer to that.
    EmergencyAnswer,
    /// A relative's code for one person's circle.
    Relative,
    /// A new key that asks a circle's guardians to speak for its person.
    NewKey,
    /// A person's question to the guardians, whether they still hold their part.
    Rehearsal,
    /// A guardian's answer to that.
    Held,
    /// A question to a clinician, whether a helper's power may begin.
    Power,
    /// A new laptop's code for another of the same person.
    Laptop,
    /// The staff on duty of one organisation, in place of a clinician's code.
    Group,
}

impl Kind {
    const ALL: [Kind; 15] = [
        Kind::Code,
        Kind::Request,
        Kind::Attestation,
        Kind::SecondQuestion,
        Kind::SecondAnswer,
        Kind::Card,
        Kind::EmergencyQuestion,
        Kind::EmergencyAnswer,
        Kind::Relative,
        Kind::NewKey,
        Kind::Rehearsal,
        Kind::Held,
        Kind::Power,
        Kind::Laptop,
        Kind::Group,
    ];

    /// The mark at the start of the text.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Kind::Code => "SC1",
            Kind::Request => "SR1",
            Kind::Attestation => "SA1",
            Kind::SecondQuestion => "SQ1",
            Kind::SecondAnswer => "SW1",
            Kind::Card => "SE1",
            Kind::EmergencyQuestion => "SX1",
            Kind::EmergencyAnswer => "SY1",
            Kind::Relative => "SF1",
            Kind::NewKey => "SK1",
            Kind::Rehearsal => "SH1",
            Kind::Held => "SJ1",
            Kind::Power => "SP1",
            Kind::Laptop => "SN1",
            Kind::Group => "SG1",
        }
    }
}

/// Why a text was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but separators.
    #[error("the text is empty")]
    Empty,
    /// Does not start with a known mark.
    #[error("this is not a Salus text")]
    NotOurs,
    /// Another document than the one asked for.
    #[error("this is another document: {0:?}")]
    OtherKind(Kind),
    /// A character that is not in the alphabet; counted from 1 among the characters that count.
    #[error("character {position} cannot be part of it")]
    BadCharacter {
        /// Where, from 1, separators not counted.
        position: usize,
    },
    /// The end is missing.
    #[error("the text is cut: {have} of {want} characters")]
    Cut {
        /// Characters there are, separators not counted.
        have: usize,
        /// Characters there should be.
        want: usize,
    },
    /// Longer than the document it starts with, or than any document.
    #[error("the text is too long")]
    TooLong,
    /// The checksum does not fit: a character is wrong or two are swapped.
    #[error("the text is mistyped")]
    Mistyped,
}

fn checksum(mark: &str, sized: &[u8]) -> [u8; CHECKSUM] {
    let digest = sha256(&[b"hg/v1/text", mark.as_bytes(), sized]);
    let mut out = [0; CHECKSUM];
    out.copy_from_slice(&digest[..CHECKSUM]);
    out
}

const fn symbols(octets: usize) -> usize {
    (octets * 8).div_ceil(5)
}

/// Writes a document as text.
///
/// # Errors
/// [`TextError::TooLong`] above [`MAX_PAYLOAD`].
pub fn to_text(kind: Kind, payload: &[u8]) -> Result<String, TextError> {
    let length = u16::try_from(payload.len()).ok().filter(|_| payload.len() <= MAX_PAYLOAD);
    let length = length.ok_or(TextError::TooLong)?;
    let mut octets = Vec::with_capacity(LENGTH + payload.len() + CHECKSUM);
    octets.extend_from_slice(&length.to_be_bytes());
    octets.extend_from_slice(payload);
    octets.extend_from_slice(&checksum(kind.mark(), &octets));

    let mut out = String::from(kind.mark());
    for (i, symbol) in encode(&octets).enumerate() {
        match (i % GROUP, (i / GROUP) % GROUPS_PER_LINE) {
            (0, 0) if i > 0 => out.push('\n'),
            (0, _) => out.push('-'),
            _ => {}
        }
        out.push(char::from(symbol));
    }
    Ok(out)
}

fn encode(octets: &[u8]) -> impl Iterator<Item = u8> + '_ {
    (0..symbols(octets.len())).map(move |i| {
        let value = (0..5).fold(0usize, |acc, k| {
            let bit = i * 5 + k;
            let octet = octets.get(bit / 8).copied().unwrap_or(0);
            acc << 1 | usize::from(octet >> (7 - bit % 8) & 1)
        });
        ALPHABET[value]
    })
}

/// Reads a document of one kind.
///
/// # Errors
/// Each way in which a text can be wrong has its own [`TextError`].
pub fn from_text(kind: Kind, text: &str) -> Result<Vec<u8>, TextError> {
    if text.len() > MAX_TEXT {
        return Err(TextError::TooLong);
    }
    // U+FEFF: some editors put a byte order mark in front of a saved text.
    let signs: Vec<char> = text
        .chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{feff}')))
        .collect();
    if signs.is_empty() {
        return Err(TextError::Empty);
    }
    let mark_len = kind.mark().len();
    let mark: String = signs.iter().take(mark_len).map(|c| fold(*c)).collect();
    match Kind::ALL.into_iter().find(|k| k.mark() == mark) {
        Some(found) if found == kind => {}
        Some(other) => return Err(TextError::OtherKind(other)),
        None if signs.len() < mark_len && kind.mark().starts_with(&mark) => {
            return Err(TextError::Cut { have: signs.len(), want: mark_len + symbols(LENGTH + CHECKSUM) });
        }
        None => return Err(TextError::NotOurs),
    }

    let octets = decode(&signs[mark_len..], mark_len)?;
    let smallest = mark_len + symbols(LENGTH + CHECKSUM);
    let [high, low, ..] = octets[..] else {
        return Err(TextError::Cut { have: signs.len(), want: smallest });
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length > MAX_PAYLOAD {
        return Err(TextError::Mistyped);
    }
    let want = mark_len + symbols(LENGTH + length + CHECKSUM);
    if signs.len() < want {
        return Err(TextError::Cut { have: signs.len(), want });
    }
    if signs.len() > want {
        return Err(TextError::TooLong);
    }
    let (sized, rest) = octets.split_at(LENGTH + length);
    // The spare bits are part of `rest` when they fill an octet, and are checked by re-encoding otherwise.
    let same = encode(&octets[..LENGTH + length + CHECKSUM]).map(char::from);
    let canonical = same.eq(signs[mark_len..].iter().map(|c| fold(*c)));
    if rest.get(..CHECKSUM) != Some(&checksum(kind.mark(), sized)[..]) || !canonical {
        return Err(TextError::Mistyped);
    }
    Ok(sized[LENGTH..].to_vec())
}

/// One spelling for each symbol.
fn fold(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

fn decode(signs: &[char], before: usize) -> Result<Vec<u8>, TextError> {
    let mut out = Vec::with_capacity(signs.len() * 5 / 8 + 1);
    let (mut pending, mut bits) = (0u32, 0u32);
    for (i, c) in signs.iter().enumerate() {
        let folded = fold(*c);
        let value = ALPHABET.iter().zip(0u32..).find(|(a, _)| char::from(**a) == folded);
        let (_, value) = value.ok_or(TextError::BadCharacter { position: before + i + 1 })?;
        pending = pending << 5 | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(pending >> bits & 0xff).unwrap_or_default());
            pending &= (1 << bits) - 1;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
