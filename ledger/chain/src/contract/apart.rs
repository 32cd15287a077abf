//! Runs the policy engine apart from its caller.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stack of one evaluation, in octets; mapped, and only touched where it is used.
///
/// Cedar gives up when less than 100 KiB are left, so what its caller has left would decide. The deepest text that
/// [`super::bounds`] allows takes less than half of this even unoptimised (a test holds it).
const STACK: usize = 32 << 20;

/// What `work` gives, on a stack of its own; `None` when it panicked.
///
/// A defect of the engine that one recorded text reaches would otherwise stop every member at the same block, for good. The
/// stack is allocated outside: a machine without memory stops, instead of deciding differently from the others.
pub(super) fn apart<T>(work: impl FnOnce() -> T) -> Option<T> {
    stacker::grow(STACK, || catch_unwind(AssertUnwindSafe(work)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_an_answer_is_one() {
        assert_eq!(apart(|| 7), Some(7));
        assert_eq!(apart(|| -> u8 { panic!("a defect") }), None);
    }

    #[test]
    fn the_stack_that_is_left_is_the_same_for_every_caller() {
        let left = || apart(stacker::remaining_stack).unwrap();
        let small = std::thread::Builder::new().stack_size(256 << 10).spawn(left).unwrap().join().unwrap();
        assert_eq!(left(), small);
    }
}
