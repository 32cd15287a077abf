//! A Tauri window as large as the program's, with a static page and nothing else: what the program's own start and its frames are
//! measured beside. Prints `loaded` once the page is.

use std::io::Write;

use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> anyhow::Result<()> {
    tauri::Builder::default()
        .setup(|tauri| {
            WebviewWindowBuilder::new(tauri, "main", WebviewUrl::default())
                .title("Empty")
                .inner_size(1180.0, 800.0)
                .on_page_load(|_, page| {
                    if page.event() == PageLoadEvent::Finished {
                        // Nobody may be listening.
                        let _ = writeln!(std::io::stdout(), "loaded");
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
