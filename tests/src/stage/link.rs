//! A link of `salus:` as somebody could put it anywhere.

use anyhow::Result;
use salus_chain::text::{Kind, to_text};

/// A clinician's code that nobody signed: it can be read, and proves nothing.
///
/// # Errors
/// It cannot be written.
pub fn code() -> Result<String> {
    Ok(to_text(Kind::Code, &[7; 60])?.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// The link that holds it.
///
/// # Errors
/// As [`code`].
pub fn link() -> Result<String> {
    Ok(format!("salus://open/{}", code()?))
}
