//! Text at a size: fonts, shaping, direction, lines.
//!
//! ```text
//! text -> clean     no control characters; what no font has becomes a question mark
//!      -> bidi      levels of the Unicode algorithm (UAX 9) over the paragraph, in the page's direction
//!      -> lines     broken at spaces where they are full, each reordered by itself
//!      -> segments  of one level and one font, shaped, at their places from the left
//! ```

mod fonts;
mod lines;
mod shape;

pub(crate) use fonts::{Fonts, Weight};
pub(crate) use lines::{Line, Style};
