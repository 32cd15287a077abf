//! What `tauri::generate_context!` needs.

fn main() {
    println!("cargo:rerun-if-changed=page");
    tauri_build::build();
}
