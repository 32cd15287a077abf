//! A damaged page as an error: redb asserts what it believes of its own pages, and a page that lies ends in a panic.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use redb::Database;

use super::StoreError;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does something with the file; a panic on the way is [`StoreError::Damaged`].
///
/// Nothing is shared with the panicked work but the file itself, and what is half written there was never committed.
pub(super) fn guarded<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    keep_quiet();
    let outer = INSIDE.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(outer);
    outcome.unwrap_or_else(|_| Err(StoreError::Damaged("a page of the file does not hold together").into()))
}

/// Panics that become errors are told as errors, and not in the words of another crate.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                before(panic);
            }
        }));
    });
}

/// The database, which on its way out writes and therefore reads pages too.
pub(super) struct Held(Option<Database>);

impl Held {
    pub(super) fn new(database: Database) -> Self {
        Self(Some(database))
    }

    /// # Errors
    /// Never while it is held; it goes only when it is dropped.
    pub(super) fn database(&self) -> Result<&Database, StoreError> {
        self.0.as_ref().ok_or(StoreError::Damaged("closed"))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let database = self.0.take();
        // What was decided is on the disk since its commit; there is nothing left to save or to tell.
        let _ = guarded(|| {
            drop(database);
            Ok::<(), StoreError>(())
        });
    }
}
