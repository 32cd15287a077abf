//! An answer that many parts share, and mostly the very same one: it is compared by where it lies before it is compared by what it holds.
//! `Rc` compares what it holds each time, and a record is some thousands of numbers.

use std::ops::Deref;
use std::rc::Rc;

use yew::html::IntoPropValue;

/// A shared answer, for properties and for what is kept as long as it stays the same.
#[derive(Debug)]
pub struct Same<T>(Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: PartialEq> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || *self.0 == *other.0
    }
}

impl<T> From<Rc<T>> for Same<T> {
    fn from(shared: Rc<T>) -> Self {
        Self(shared)
    }
}

impl<T> IntoPropValue<Same<T>> for Rc<T> {
    fn into_prop_value(self) -> Same<T> {
        Same(self)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Counts how often it is looked into.
    #[derive(Debug)]
    struct Counted(u8, Rc<Cell<u32>>);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }

    #[test]
    fn the_very_same_is_not_looked_into_and_what_holds_the_same_is_equal() {
        let looks = Rc::new(Cell::new(0));
        let of = |n| Same(Rc::new(Counted(n, looks.clone())));
        let one = of(1);
        assert!(one == one.clone());
        assert_eq!(looks.get(), 0);
        assert!(one == of(1) && one != of(2));
        assert_eq!(looks.get(), 2);
    }
}
