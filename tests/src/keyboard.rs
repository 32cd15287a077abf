//! A person at the real window with a keyboard and nothing else: what is pressed was reached with Tab and the arrow keys, by its name, and
//! it has to be seen that it has the focus. Each key is counted.

mod focus;
mod keys;
mod way;

pub use keys::Keys;
