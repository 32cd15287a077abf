//! What a process that holds keys does before anything else.
//!
//! Guarantees, on Linux: no core dump is written, and in a release build no other process of the same person can attach
//! to this one or read its memory. Not guaranteed: what runs as root, the swap file, hibernation, and the web view's own
//! processes, which start anew with the system's settings.

/// Keeps this process's memory to itself, as far as the operating system lets it. What it refuses is logged, because a
/// record that cannot be opened helps nobody.
#[cfg(unix)]
pub fn keep_memory_private() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(%error, "core dumps could not be switched off");
    }
    // A debug build is there to be looked into.
    #[cfg(target_os = "linux")]
    if !cfg!(debug_assertions) {
        refuse_tracing();
    }
}

/// Other systems have no such switch for one process.
#[cfg(not(unix))]
pub const fn keep_memory_private() {}

/// No process but root's may trace this one or read its memory.
#[cfg(target_os = "linux")]
fn refuse_tracing() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "tracing could not be refused");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    use super::*;

    // One test, because both change the whole process.
    #[test]
    fn no_core_dump_is_written_and_nobody_may_trace() {
        keep_memory_private();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable, "a debug build");
        refuse_tracing();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
