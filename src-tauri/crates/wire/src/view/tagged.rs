//! Reading what serde writes as `{ tag, content }`, the tag first as it is written. What serde derives also takes the tag last, and for
//! that can read everything inside from a second form: a page, which is to be small, would hold all of it twice.

use core::fmt;
use core::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// An enum whose variants hold one value each.
pub(super) trait Tagged<'de>: Sized {
    /// The name of the tag.
    const TAG: &'static str;
    /// The name of what the variant holds.
    const CONTENT: &'static str;
    /// Which variant.
    type Tag: Deserialize<'de>;

    /// The variant with what it holds.
    fn content<D: Deserializer<'de>>(tag: Self::Tag, content: D) -> Result<Self, D::Error>;
}

/// Reads one.
pub(super) fn tagged<'de, A: Tagged<'de>, D: Deserializer<'de>>(from: D) -> Result<A, D::Error> {
    from.deserialize_map(Fields(PhantomData))
}

struct Fields<A>(PhantomData<A>);

impl<'de, A: Tagged<'de>> Visitor<'de> for Fields<A> {
    type Value = A;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an object of `{}` and `{}`", A::TAG, A::CONTENT)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<A, M::Error> {
        named(map.next_key()?, A::TAG)?;
        let tag = map.next_value()?;
        named(map.next_key()?, A::CONTENT)?;
        let read = map.next_value_seed(Content::<A>(tag))?;
        while map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(read)
    }
}

fn named<E: Error>(key: Option<String>, wanted: &'static str) -> Result<(), E> {
    if key.is_some_and(|key| key == wanted) { Ok(()) } else { Err(E::missing_field(wanted)) }
}

struct Content<'de, A: Tagged<'de>>(A::Tag);

impl<'de, A: Tagged<'de>> DeserializeSeed<'de> for Content<'de, A> {
    type Value = A;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<A, D::Error> {
        A::content(self.0, from)
    }
}
