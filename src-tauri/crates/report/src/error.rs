//! What can go wrong with a page.

use thiserror::Error;

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReportError {
    /// What is to be printed is beyond the limits of [`crate::content`].
    #[error("the content is beyond its limits")]
    Limits,
    /// It does not fit on one page, however small.
    #[error("the content does not fit on one page")]
    DoesNotFit,
    /// A bundled font cannot be read: a bug.
    #[error("a bundled font cannot be read")]
    Font,
    /// The page was refused by the rules of PDF/A-3a and PDF/UA-1: a bug. Which of them it breaks, without anything of the page.
    #[error("the page breaks the rules of its format: {0}")]
    Format(String),
    /// The picture of the code cannot be made: a bug.
    #[error("the code has no picture")]
    Square,
}
