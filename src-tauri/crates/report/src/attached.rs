//! What a file carries of a report: its content, and where the members' record of it is found. Read back without looking at the page.
//!
//! ```text
//! salus-report.json   the content (content::Report), stored as it is
//! salus-seal.json     {"salus_seal":1,"chain":64 hex,"key":64 hex,"salt":64 hex}, stored as it is
//! ```
//!
//! Both stand in the file uncompressed, so that reading needs no interpreter of PDF, which is what an attacker would send something
//! to. They are looked for by what they begin with; two contents, or two seals, are none. A file that another program saved anew
//! may hold them compressed: then there is none, and the code on the page can be typed.

use memchr::memmem;
use serde::{Deserialize, Serialize};

use crate::Report;
use crate::code::Code;
use crate::content::BEGINS;

/// Octets of a file that are looked at: a page is a tenth of it.
pub const MOST_FILE: usize = 4 * 1024 * 1024;
/// What a seal begins with.
const SEAL: &[u8] = b"{\"salus_seal\":1,";
/// Octets of a seal: three numbers of 64 characters, and their names.
const MOST_SEAL: usize = 512;
/// How often either may seem to begin; more is an attack on the time that looking takes.
const MOST_TRIES: usize = 16;

/// Where members have the record of a report: under this key, a commitment that the salt opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    salus_seal: u8,
    chain: String,
    key: String,
    salt: String,
}

/// What a file carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// What the report says.
    pub report: Report,
    /// The code of it, worked out from its octets.
    pub code: Code,
    /// Where the members' record is, where the file says so.
    pub seal: Option<Seal>,
}

impl Seal {
    /// A seal.
    #[must_use]
    pub fn new(chain: &[u8; 32], key: &[u8; 32], salt: &[u8; 32]) -> Self {
        Self { salus_seal: 1, chain: hex(chain), key: hex(key), salt: hex(salt) }
    }

    /// Chain, key and salt; `None` when one of them is no number of 32 octets.
    #[must_use]
    pub fn parts(&self) -> Option<[[u8; 32]; 3]> {
        Some([unhex(&self.chain)?, unhex(&self.key)?, unhex(&self.salt)?])
    }

    /// As it stands in a file.
    pub(crate) fn octets(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    fn read(octets: &[u8]) -> Option<Self> {
        let octets = octets.get(..MOST_SEAL).unwrap_or(octets);
        let mut values = serde_json::Deserializer::from_slice(octets).into_iter::<Self>();
        let seal = values.next()?.ok()?;
        let same = octets.get(..values.byte_offset()) == Some(&seal.octets()[..]);
        (same && seal.salus_seal == 1 && seal.parts().is_some()).then_some(seal)
    }
}

/// Looks for a report in a file's octets; `None` when there is none, or more than one.
#[must_use]
pub fn find(file: &[u8]) -> Option<Attached> {
    if file.len() > MOST_FILE {
        return None;
    }
    let places = |begins: &'static [u8]| {
        let mut all = memmem::find_iter(file, begins);
        let tried: Vec<usize> = all.by_ref().take(MOST_TRIES).collect();
        all.next().is_none().then_some(tried)
    };
    let from = |at: &usize| file.get(*at..).unwrap_or_default();
    let contents = places(BEGINS)?;
    let mut found = contents.iter().filter_map(|at| {
        let (report, length) = Report::read(from(at))?;
        Some((report, Code::of(from(at).get(..length)?)))
    });
    let (report, code) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let seals = places(SEAL)?;
    let mut found = seals.iter().filter_map(|at| Seal::read(from(at)));
    let seal = found.next();
    if found.next().is_some() {
        return None;
    }
    Some(Attached { report, code, seal })
}

fn hex(octets: &[u8; 32]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let digit = |d: &u8| match d {
        b'0'..=b'9' => Some(*d - b'0'),
        b'a'..=b'f' => Some(*d - b'a' + 10),
        _ => None,
    };
    let mut octets = [0; 32];
    for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *octet = (digit(high)? << 4) | digit(low)?;
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::tests::diary;

    fn file(parts: &[&[u8]]) -> Vec<u8> {
        let stream =
            |part: &&[u8]| [&b"7 0 obj << >>\nstream\n"[..], part, b"\nendstream\nendobj\n"].concat();
        parts.iter().map(stream).collect::<Vec<_>>().concat()
    }

    #[test]
    fn what_a_file_carries_is_found_whatever_stands_around_it() {
        let report = diary();
        let octets = report.octets().unwrap();
        let seal = Seal::new(&[1; 32], &[2; 32], &[0xab; 32]);
        let found = find(&file(&[b"page", &octets, &seal.octets()])).unwrap();
        assert_eq!((&found.report, found.code), (&report, Code::of(&octets)));
        assert_eq!(found.seal.unwrap().parts(), Some([[1; 32], [2; 32], [0xab; 32]]));
        assert_eq!(find(&file(&[&octets])).unwrap().seal, None);
    }

    #[test]
    fn two_contents_two_seals_and_a_large_file_are_none() {
        let octets = diary().octets().unwrap();
        let seal = Seal::new(&[1; 32], &[2; 32], &[3; 32]).octets();
        assert!(find(&file(&[&octets, &octets])).is_none());
        assert!(find(&file(&[&octets, &seal, &seal])).is_none());
        assert!(find(&[file(&[&octets]), vec![b' '; MOST_FILE]].concat()).is_none());
        let many: Vec<&[u8]> = vec![BEGINS; MOST_TRIES + 1];
        assert!(find(&[file(&[&octets]), file(&many)].concat()).is_none());
        assert!(find(b"").is_none());
    }

    #[test]
    fn a_content_that_is_encoded_in_another_way_is_none() {
        let octets = diary().octets().unwrap();
        let text = String::from_utf8(octets).unwrap();
        for other in [
            text.replacen(',', ", ", 2),
            text.replacen("\"author\":null", "\"author\":null,\"more\":1", 1),
            text.replacen("\"salus_report\":1", "\"salus_report\":2", 1),
            text.replacen("Maria", "M\\u0061ria", 1),
            text[..text.len() - 1].to_owned(),
        ] {
            assert!(find(&file(&[other.as_bytes()])).is_none(), "{}", &other[..80]);
        }
        // A changed letter is another report, with another code.
        let other = text.replacen("Maria", "Mario", 1);
        let found = find(&file(&[other.as_bytes()])).unwrap();
        assert_ne!(found.code, Code::of(text.as_bytes()));
    }

    proptest! {
        #[test]
        fn any_octets_are_answered(octets: Vec<u8>, at: prop::sample::Index, flip in 1u8..) {
            let begun = [BEGINS, &octets].concat();
            let _ = (find(&octets), find(&begun), Report::read(&begun), Seal::read(&[SEAL, &octets].concat()));
            let mut real = diary().octets().unwrap();
            let at = at.index(real.len());
            real[at] ^= flip;
            // Whatever reads back encodes to the same octets, so its code is theirs.
            if let Some(found) = find(&real) {
                prop_assert_eq!(found.code, Code::of(&real));
            }
        }
    }
}
