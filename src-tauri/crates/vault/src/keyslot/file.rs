//! The file's octets.

use sha2::{Digest, Sha256};

use super::{BOUND, DAMAGED, Keyslots, PASSPHRASE, RECOVERY};
use crate::VaultError;

const MAGIC: &[u8; 8] = b"SALUSKEY";
/// The file's version as long as it has slots of kinds 1 and 2 only, and with others.
pub(super) const VERSIONS: [u8; 2] = [1, 2];
const MAX_SLOTS: usize = 8;
const MAX_FILE: usize = 64 * 1024;

impl Keyslots {
    /// The file's bytes.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let count =
            u8::try_from(self.slots.len()).unwrap_or_else(|_| unreachable!("at most {MAX_SLOTS} slots"));
        let version = VERSIONS[usize::from(self.slots.iter().any(|(k, _)| *k > RECOVERY))];
        let mut out = [MAGIC.as_slice(), &[version], &self.record, &[count]].concat();
        for (kind, slot) in &self.slots {
            let len =
                u16::try_from(slot.len()).unwrap_or_else(|_| unreachable!("slots are far below 64 KiB"));
            out.push(*kind);
            out.extend_from_slice(&len.to_be_bytes());
            out.extend_from_slice(slot);
        }
        let sum = Sha256::digest(&out);
        out.extend_from_slice(&sum);
        out
    }

    /// Decodes the file.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, VaultError> {
        if bytes.len() > MAX_FILE {
            return Err(DAMAGED);
        }
        let (content, sum) = bytes.split_last_chunk::<32>().ok_or(DAMAGED)?;
        let (magic, mut at) = content.split_first_chunk::<8>().ok_or(DAMAGED)?;
        if magic != MAGIC || Sha256::digest(content)[..] != sum[..] {
            return Err(DAMAGED);
        }
        let [version] = take(&mut at)?;
        if version > VERSIONS[1] {
            return Err(VaultError::TooNew);
        }
        let record = take(&mut at)?;
        let [count] = take(&mut at)?;
        if !VERSIONS.contains(&version) || usize::from(count) > MAX_SLOTS {
            return Err(DAMAGED);
        }
        let mut slots = Vec::new();
        for _ in 0..count {
            let [kind, hi, lo] = take(&mut at)?;
            let len = usize::from(u16::from_be_bytes([hi, lo]));
            let (slot, rest) = at.split_at_checked(len).ok_or(DAMAGED)?;
            slots.push((kind, slot.to_vec()));
            at = rest;
        }
        let ascending = slots.is_sorted_by(|(a, _): &(u8, Vec<u8>), (b, _)| a < b);
        let read = Self { record, slots };
        // Two slots of a kind, two ways with a passphrase, a kind that its version has not, or anything after the last:
        // nothing of ours wrote it.
        let ours = at.is_empty() && ascending && !(read.has(PASSPHRASE) && read.has(BOUND));
        if ours && read.encode() == bytes { Ok(read) } else { Err(DAMAGED) }
    }
}

pub(super) fn take<const N: usize>(at: &mut &[u8]) -> Result<[u8; N], VaultError> {
    let (head, rest) = at.split_first_chunk::<N>().ok_or(DAMAGED)?;
    *at = rest;
    Ok(*head)
}
