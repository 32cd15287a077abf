//! Reports on one page: content in, the octets of a PDF out. Pure; no clock, no I/O, no randomness.
//!
//! ```text
//! figures and scenes (wire, insight) -> content::Report    the canonical content: JSON without floats, bounded
//!   -> code::Code                                          what names it: SHA-256 of the content, 152 bits and a check octet
//!   -> says                                                sentences, from the words of the screens (ui/words)
//!   -> page                                                blocks in reading order, made smaller until they fit
//!   -> layout, letters                                      lines (bidirectional, shaped), tables, pictures at their places
//!   -> draw, pdf                                           PDF/A-3a and PDF/UA-1 by krilla, tagged, the content attached
//! a file -> attached::find -> content::Report              read back: bounded, strict, whatever the page looks like
//! ```
//!
//! Guarantees: one page, or an error; every text is tagged in reading order, tables have header cells, pictures have alternative
//! texts; the same content gives the same octets; what reads back from a file was encoded exactly so; nothing from outside panics.
//!
//! Non-guarantees: characters that no bundled font has are printed as question marks. A code of 152 bits keeps others from making
//! a second content for it; whoever makes a report could, with 2^76 tries, make two at once.

pub mod attached;
pub mod code;
pub mod content;
mod draw;
mod error;
mod layout;
mod letters;
mod page;
mod pdf;
mod says;
mod square;
mod words;

pub use attached::{Attached, Seal};
pub use code::Code;
pub use content::Report;
pub use error::ReportError;
pub use page::card::Card;
pub use pdf::{card, report};
pub use says::lines;
