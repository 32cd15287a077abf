//! Sealed rows of the database, and the octets of one reading in the journal.
//!
//! ```text
//! sealed row = nonce 24 || XChaCha20-Poly1305(row key, nonce, aad = table || 00 || tag, plain)
//! reading = at i64 || arrived i64 || device 16 || category || quality u16 || flags || user || device time 7
//!           || n u8 || n * (quantity || exponent || mantissa i64) || zeros to a multiple of 64
//! ```

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};
use zeroize::Zeroizing;

use crate::error::Part;
use crate::secret::wipe_stack;
use crate::segment::{pack, unpack};
use crate::{Key, VaultError};

const NONCE: usize = 24;
const GRANULE: usize = 64;

pub(crate) const DAMAGED: VaultError = VaultError::Damaged { part: Part::Row };

/// Seals the rows of one record.
pub(crate) struct RowCipher(Box<XChaCha20Poly1305>);

impl RowCipher {
    pub(crate) fn new(key: &Key) -> Self {
        let cipher = XChaCha20Poly1305::new_from_slice(key.expose());
        let made = Self(Box::new(cipher.unwrap_or_else(|_| unreachable!("32 octets are a key"))));
        wipe_stack();
        made
    }

    /// Seals; `tag` ties the row to its place.
    pub(crate) fn seal(
        &self,
        table: &str,
        tag: &[u8],
        plain: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        [nonce.as_slice(), &self.encrypt(nonce, &aad(table, tag), plain)].concat()
    }

    /// Opens.
    pub(crate) fn open(
        &self,
        table: &str,
        tag: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(DAMAGED)?;
        self.decrypt(*nonce, &aad(table, tag), sealed)
    }

    /// Opens rows of one table, in their order; `None` for one that does not open. The stack is wiped once behind all of them:
    /// behind each of the 76,992 heads of ten years it would be 315 MB of zeros.
    pub(crate) fn open_all<'a>(
        &self,
        table: &str,
        rows: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
    ) -> Vec<Option<Zeroizing<Vec<u8>>>> {
        let open = |(tag, sealed): (&'a [u8], &'a [u8])| {
            let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
            self.bare(*nonce, &aad(table, tag), sealed).ok()
        };
        let opened = rows.into_iter().map(open).collect();
        wipe_stack();
        opened
    }

    pub(crate) fn encrypt(&self, nonce: [u8; NONCE], aad: &[u8], plain: &[u8]) -> Vec<u8> {
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad });
        wipe_stack();
        sealed.unwrap_or_else(|_| unreachable!("rows are far below the cipher's limit"))
    }

    pub(crate) fn decrypt(
        &self,
        nonce: [u8; NONCE],
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let opened = self.bare(nonce, aad, sealed);
        wipe_stack();
        opened
    }

    /// In a frame of its own, which the caller wipes.
    #[inline(never)]
    fn bare(&self, nonce: [u8; NONCE], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let opened = self.0.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad });
        opened.map(Zeroizing::new).map_err(|_| DAMAGED)
    }
}

fn aad(table: &str, tag: &[u8]) -> Vec<u8> {
    [table.as_bytes(), &[0], tag].concat()
}

/// The octets of a reading that recording accepted.
pub(crate) fn encode(r: &Reading) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(2 * GRANULE));
    out.extend_from_slice(&r.at.to_be_bytes());
    out.extend_from_slice(&r.arrived.to_be_bytes());
    out.extend_from_slice(r.device.as_bytes());
    out.push(r.category.code());
    out.extend_from_slice(&r.quality.0.to_be_bytes());
    out.extend_from_slice(&kind(r));
    out.push(r.user.unwrap_or(0));
    out.extend_from_slice(&r.device_time.map_or(0, pack).to_be_bytes()[1..]);
    components(&mut out, r.components.iter());
    let padded = out.len().next_multiple_of(GRANULE);
    out.resize(padded, 0);
    out
}

pub(crate) fn kind(r: &Reading) -> [u8; 1] {
    [u8::from(r.device_time.is_some()) | u8::from(r.user.is_some()) << 1]
}

pub(crate) fn components<'a>(out: &mut Vec<u8>, components: impl Iterator<Item = &'a Component> + Clone) {
    let n = u8::try_from(components.clone().count())
        .unwrap_or_else(|_| unreachable!("recording limits components"));
    out.push(n);
    for c in components {
        out.push(c.quantity.code());
        out.extend_from_slice(&c.value.exponent.to_be_bytes());
        out.extend_from_slice(&c.value.mantissa.to_be_bytes());
    }
}

/// A reading from its octets.
pub(crate) fn decode(bytes: &[u8]) -> Result<Reading, VaultError> {
    let mut at = bytes;
    let (measured, arrived) = (i64::from_be_bytes(take(&mut at)?), i64::from_be_bytes(take(&mut at)?));
    let device = DeviceId(take(&mut at)?);
    let [category, q1, q0, flags, user] = take(&mut at)?;
    let [t0, t1, t2, t3, t4, t5, t6] = take(&mut at)?;
    let [n] = take(&mut at)?;
    let components = (0..n)
        .map(|_| {
            let [quantity, exponent] = take(&mut at)?;
            let mantissa = i64::from_be_bytes(take(&mut at)?);
            let value = Decimal { mantissa, exponent: i8::from_be_bytes([exponent]) };
            Ok(Component { quantity: Quantity::from_code(quantity).ok_or(DAMAGED)?, value })
        })
        .collect::<Result<_, VaultError>>()?;
    let device_time = match flags & 1 {
        1 => Some(unpack(i64::from_be_bytes([0, t0, t1, t2, t3, t4, t5, t6])).map_err(|_| DAMAGED)?),
        _ => None,
    };
    Ok(Reading {
        at: measured,
        arrived,
        device,
        category: Category::from_code(category).ok_or(DAMAGED)?,
        components,
        quality: Quality(u16::from_be_bytes([q1, q0])),
        device_time,
        user: (flags & 2 != 0).then_some(user),
    })
}

fn take<const N: usize>(at: &mut &[u8]) -> Result<[u8; N], VaultError> {
    let (head, rest) = at.split_first_chunk::<N>().ok_or(DAMAGED)?;
    *at = rest;
    Ok(*head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;
    use salus_wire::measure::DeviceTime;

    fn reading() -> Reading {
        let value = |quantity, mantissa| Component { quantity, value: Decimal { mantissa, exponent: -1 } };
        Reading {
            at: 1_795_000_000_000,
            arrived: -5,
            device: DeviceId([4; 16]),
            category: Category::BloodPressure,
            components: vec![value(Quantity::Systolic, 1203), value(Quantity::Diastolic, -799)],
            quality: Quality(Quality::TYPED),
            device_time: Some(DeviceTime { year: 2026, month: 11, day: 18, hour: 1, minute: 2, second: 3 }),
            user: Some(0),
        }
    }

    #[test]
    fn a_reading_round_trips_padded() {
        for r in [reading(), Reading { device_time: None, user: None, components: vec![], ..reading() }] {
            let octets = encode(&r);
            assert_eq!(octets.len() % GRANULE, 0);
            assert_eq!(decode(&octets), Ok(r));
            assert!((0..45).all(|cut| decode(&octets[..cut]).is_err()));
        }
    }

    #[test]
    fn a_row_opens_only_in_its_place() {
        let cipher = RowCipher::new(&Key::new([1; 32]));
        let sealed = cipher.seal("journal", b"tag", b"plain", &mut ChaCha20Rng::seed_from_u64(1));
        assert_eq!(cipher.open("journal", b"tag", &sealed).unwrap()[..], b"plain"[..]);
        assert_eq!(cipher.open("journal", b"tah", &sealed), Err(DAMAGED));
        assert_eq!(cipher.open("cabinet", b"tag", &sealed), Err(DAMAGED));
        assert_eq!(cipher.open("journal", b"tag", &sealed[..20]), Err(DAMAGED));
    }

    #[test]
    fn rows_that_are_opened_together_are_those_that_open_one_by_one() {
        let cipher = RowCipher::new(&Key::new([1; 32]));
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut rows: Vec<([u8; 1], Vec<u8>)> =
            (0..5).map(|n| ([n], cipher.seal("epoch", &[n], &[n; 9], &mut rng))).collect();
        // One rotten, one cut off, and two that changed places.
        rows[1].1[30] ^= 1;
        rows[2].1.truncate(20);
        rows[3].0 = [4];
        rows[4].0 = [3];
        let opened = cipher.open_all("epoch", rows.iter().map(|(tag, sealed)| (&tag[..], &sealed[..])));
        let one_by_one = rows.iter().map(|(tag, sealed)| cipher.open("epoch", tag, sealed).ok());
        assert_eq!(opened, one_by_one.collect::<Vec<_>>());
        assert_eq!(opened.iter().flatten().count(), 1);
        assert_eq!(opened[0].as_deref().map(Vec::as_slice), Some(&[0; 9][..]));
    }
}
