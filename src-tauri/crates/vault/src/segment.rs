//! skeleton
use salus_wire::Reading;

/// Why bytes are not a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// Not the encoding of a segment, or one above the limits.
    #[error("not a segment")]
    Malformed,
}

/// Decodes.
///
/// # Errors
/// [`SegmentError`].
pub fn decode(_bytes: &[u8]) -> Result<Vec<Reading>, SegmentError> {
    Err(SegmentError::Malformed)
}
