//! The page's entry.

fn main() {
    salus_ui::start();
}
