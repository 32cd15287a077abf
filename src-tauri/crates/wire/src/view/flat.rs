//! Reads what is one of many kinds, each with fields of its own, through one struct that has the fields of all.
//!
//! What serde derives for such an enum keeps all of it aside until it knows the kind, and has a reader of its own for each: that of
//! [`super::NoticeKind`] alone was 69 kB of the page. Written is what serde derives, and read is what was always written.

use std::fmt;

/// A field that this kind has to have is not there.
#[derive(Debug)]
pub(super) struct Missing(&'static str);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "missing field `{}`", self.0)
    }
}

/// A field as a kind has it, from what was read or not.
pub(super) trait Field<T>: Sized {
    /// Itself.
    fn take(read: Option<T>, name: &'static str) -> Result<Self, Missing>;
}

/// It has to be there.
impl<T> Field<T> for T {
    fn take(read: Option<T>, name: &'static str) -> Result<Self, Missing> {
        read.ok_or(Missing(name))
    }
}

/// It may be missing.
impl<T> Field<T> for Option<T> {
    fn take(read: Option<T>, _: &'static str) -> Result<Self, Missing> {
        Ok(read)
    }
}

/// Makes `Flat`, from which the enum reads itself with `#[serde(try_from = "flat::Flat")]`. Told are the name of the field that says the
/// kind, each field once with its type, and each kind with its fields. A kind or a field that is left out does not compile.
macro_rules! flat {
    (
        $whole:ident by $tag:ident { $($field:ident: $of:ty),+ $(,)? }
        $($kind:ident $({ $($held:ident),+ })?),+ $(,)?
    ) => {
        /// Which kind it is.
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum What { $($kind),+ }

        /// The fields of all kinds.
        #[derive(serde::Deserialize)]
        pub(super) struct Flat {
            $tag: What,
            $($field: Option<$of>),+
        }

        impl TryFrom<Flat> for $whole {
            type Error = $crate::view::flat::Missing;

            fn try_from(flat: Flat) -> Result<Self, Self::Error> {
                Ok(match flat.$tag {
                    $(What::$kind => Self::$kind {
                        $($($held: $crate::view::flat::Field::take(flat.$held, stringify!($held))?),+)?
                    }),+
                })
            }
        }

        /// A kind that is not told above is missing here.
        const _: fn(&$whole) -> What = |whole| match whole {
            $($whole::$kind { .. } => What::$kind),+
        };
    };
}

pub(super) use flat;
