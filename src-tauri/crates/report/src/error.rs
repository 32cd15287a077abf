//! What can go wrong with a page.

use thiserror::Error;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
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
    /// The page was refused by the rules of PDF/A-3a and PDF/UA-1: a bug. How many of them it breaks.
    #[error("the page breaks {0} rules of its format")]
    Format(usize),
    /// The picture of the code cannot be made: a bug.
    #[error("the code has no picture")]
    Square,
}
