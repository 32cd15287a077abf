//! Opening another record's sealed epochs with a leaf key: what a clinician's app does after the members answered.

use salus_wire::{ErrorCode, Reading, SeriesId};

use crate::manifest::ManifestError;
use crate::seal::{self, SealError};
use crate::segment::SegmentError;
use crate::{Epoch, Leaf, Manifest, Writer, WriterId, segment};

/// Kind octet of a sealed segment's context.
pub(crate) const KIND_SEGMENT: u8 = 1;
/// Kind octet of a sealed manifest's context; its sequence number is always zero, so that a reader can try it.
pub(crate) const KIND_MANIFEST: u8 = 2;

/// Whose series it is, and which key its manifests verify under; the capsule carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The series.
    pub series: SeriesId,
    /// The generation of the series' key.
    pub generation: u32,
    /// The computer that seals.
    pub writer: Writer,
}

/// Why a fetched manifest or segment did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SharedError {
    /// The sealed bytes did not open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The manifest did not verify.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The manifest is for another series, epoch or writer.
    #[error("the manifest is for another series, epoch or writer")]
    OtherEpoch,
    /// The segment is not on the manifest's list.
    #[error("the segment is not on the manifest's list")]
    NotListed,
    /// The opened segment does not decode, or holds readings of another epoch.
    #[error(transparent)]
    Segment(#[from] SegmentError),
}

impl SharedError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            SharedError::Manifest(_) | SharedError::OtherEpoch => ErrorCode::ProofFailed,
            SharedError::Seal(_) | SharedError::NotListed | SharedError::Segment(_) => {
                ErrorCode::SegmentAltered
            }
        }
    }
}

/// Sealing context: "hg/v1/seg" || series || generation u32 || epoch u32 || writer 16 || seq u64 || kind u8.
pub(crate) fn context(
    series: SeriesId,
    generation: u32,
    epoch: Epoch,
    writer: WriterId,
    seq: u64,
    kind: u8,
) -> Vec<u8> {
    [
        b"hg/v1/seg".as_slice(),
        series.as_bytes(),
        &generation.to_be_bytes(),
        &epoch.number().to_be_bytes(),
        &writer.0,
        &seq.to_be_bytes(),
        &[kind],
    ]
    .concat()
}

/// Opens and verifies a manifest found under the leaf's locator.
///
/// Several blobs lie under one locator; one that is not a manifest of this origin fails with
/// [`SealError::WrongKey`] before anything is decrypted. Of several manifests the highest version counts.
///
/// # Errors
/// [`SharedError`].
pub fn open_manifest(leaf: &Leaf, origin: &Origin, sealed: &[u8]) -> Result<Manifest, SharedError> {
    let Origin { series, generation, writer } = *origin;
    let context = context(series, generation, leaf.epoch(), writer.id, 0, KIND_MANIFEST);
    let plain = seal::open_padded(&leaf.segment_key(), &context, sealed)?;
    let manifest = Manifest::verify(&plain, &writer.key)?;
    let expected = (series, generation, leaf.epoch(), writer.id);
    if (manifest.series, manifest.generation, manifest.epoch, manifest.writer) != expected {
        return Err(SharedError::OtherEpoch);
    }
    Ok(manifest)
}

/// Opens a segment that the manifest lists.
///
/// # Errors
/// [`SharedError`]; [`SharedError::NotListed`] tells a superseded or foreign blob.
pub fn open_segment(leaf: &Leaf, manifest: &Manifest, sealed: &[u8]) -> Result<Vec<Reading>, SharedError> {
    let entry = manifest.entry_of(sealed).ok_or(SharedError::NotListed)?;
    let Manifest { series, generation, epoch, writer, .. } = *manifest;
    let context = context(series, generation, epoch, writer, entry.seq, KIND_SEGMENT);
    let plain = seal::open_padded(&leaf.segment_key(), &context, sealed)?;
    let readings = segment::decode(&plain)?;
    let of_epoch = readings.iter().all(|r| Epoch::at(r.at) == Some(epoch));
    if readings.len() != entry.readings as usize || !of_epoch || leaf.epoch() != epoch {
        return Err(SegmentError::Malformed.into());
    }
    Ok(readings)
}
