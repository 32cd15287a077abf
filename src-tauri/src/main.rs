//! The program: the page and the capabilities, compiled in, and the library that runs them.

// The use cases' futures nest deeper than the compiler's default.
#![recursion_limit = "512"]
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

/// Whatever is freed is wiped, in every crate below: what was typed or decrypted does not stay on the heap.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> anyhow::Result<()> {
    // Here alone: two compilations at once, of the program and of its tests, would write the compressed page into one file, and one
    // would take the other's half of it.
    salus_app::main(tauri::generate_context!())
}
