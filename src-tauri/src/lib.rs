//! The desktop window: argument parsing, one window, one adapter per command, the native confirmation, events.
//!
//! ```text
//! page (ui/dist) -> Tauri IPC -> commands::* -> salus_api::App::call(name, json)
//!                 <- "salus" event <- events <- App::subscribe
//!                          confirm <- a native dialog that no page can answer
//! the window is closed -> closing: the program ends, or goes on with a symbol in the tray
//! started again, salus: links -> salus_api::App::{started_again, follow}; the page asks for the link when the record is open
//! ```
//!
//! Guarantees: the page can call what `build.rs` lists and `capabilities/main.json` allows, from the window `main`
//! only; a permission is issued only after a person said yes in a dialog outside the page.

// The use cases' futures nest deeper than the compiler's default.
#![recursion_limit = "512"]

mod args;
mod closing;
mod commands;
mod confirm;
mod desktop;
mod events;
mod failure;
mod identity;
mod place;
mod tray;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use salus_api::{App, Config, Tongue};
use tauri::Manager;

use crate::args::Args;

/// Runs the program with what was compiled into it: the page, and what a window may do.
///
/// # Errors
/// The window cannot be opened.
pub fn main(context: tauri::Context) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    desktop::with_workaround()?;
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    salus_light::process::keep_memory_private();
    if args.backup_identity {
        return identity::print();
    }
    run(args, context)
}

/// Runs until the window is closed, or until whatever else ends the program, then closes the record.
fn run(args: Args, context: tauri::Context) -> anyhow::Result<()> {
    let mut builder = tauri::Builder::default();
    // First of all plugins, so that a second start only brings this window to the front.
    if args.is_the_one() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, arguments, _| {
            // Without an application there is no window either, and why is on the screen.
            if handle.try_state::<App>().is_some_and(|app| app.started_again(&arguments)) {
                desktop::to_front(handle);
            }
        }));
    }
    let built = commands::register(builder)
        .plugin(tauri_plugin_dialog::init())
        .setup(move |tauri| {
            match start(tauri, &args) {
                Ok(app) => {
                    events::forward(&app, tauri.handle());
                    if let Some(link) = &args.link {
                        app.follow(link);
                    }
                    tray::keep(tauri.handle(), &app);
                    closing::keep(tauri.handle(), &args);
                    let beginning = closing::beginning(tauri.handle(), &args, &app);
                    tauri.manage(app);
                    desktop::open_window(tauri, stood(tauri, &args), beginning)?;
                }
                Err((tongue, sentence)) => {
                    failure::tell(tauri.handle(), tongue, &sentence, args.is_automated());
                }
            }
            Ok(())
        })
        .build(context);
    let tauri = match built {
        Ok(tauri) => tauri,
        Err(error) => {
            anyhow::bail!("Salus cannot start: {error}");
        }
    };
    tauri.run(|handle, event| {
        #[cfg(target_os = "macos")]
        if let tauri::RunEvent::Opened { urls } = &event
            && let Some(link) = urls.first()
        {
            desktop::follow(handle, link.as_str());
        }
        #[cfg(target_os = "macos")]
        if let tauri::RunEvent::Reopen { .. } = &event {
            desktop::to_front(handle);
        }
        if let (tauri::RunEvent::Exit, Some(app)) = (&event, handle.try_state::<App>()) {
            let app = app.inner().clone();
            if let Err(failure) = tauri::async_runtime::block_on(app.close()) {
                tracing::error!(code = %failure.code, "the record was closed, but not everything was written back");
            }
        }
    });
    Ok(())
}

/// Where is kept where the window stood; nowhere for a window that a test or a demonstration opens.
fn stood(tauri: &tauri::App, args: &Args) -> Option<PathBuf> {
    let dir = (!args.is_automated()).then(|| desktop::state_dir(tauri.path()).ok()).flatten()?;
    Some(dir.join("window.json"))
}

/// Opens what the window shows, or says in a sentence why it cannot, and in which language.
fn start(tauri: &tauri::App, args: &Args) -> Result<App, (Tongue, String)> {
    let place = |_: tauri::Error| {
        let tongue = desktop::tongue(None);
        (tongue, failure::no_place(tongue).to_owned())
    };
    let data_dir = match &args.data_dir {
        Some(dir) => dir.clone(),
        None => tauri.path().app_local_data_dir().map_err(place)?,
    };
    let heads = match (&args.state_dir, &args.data_dir) {
        (Some(state), _) => state.clone(),
        // Beside it, so that a copy of the directory does not take it along.
        (None, Some(data)) => data.with_extension("state"),
        (None, None) => desktop::state_dir(tauri.path()).map_err(place)?,
    };
    let tongue = desktop::tongue(Some(&data_dir));
    let clock = salus_light::clock::clock(args.insecure_test_clock.as_deref());
    let dir = data_dir.display().to_string();
    let config = Config {
        data_dir,
        genesis: args.genesis.clone(),
        clock: clock.map_err(|error| (Tongue::English, format!("--insecure-test-clock: {error}")))?,
        test_clock: args.insecure_test_clock.is_some(),
        confirm: Arc::new(confirm::Native::new(tauri.handle().clone())),
        desktop: args.desktop(),
        keyring: Args::keyring(),
        silence: Duration::from_secs(args.bluetooth_silence),
        heads: Args::heads(heads),
    };
    let started = tauri::async_runtime::block_on(async {
        let app = App::new(config).await?;
        desktop::adopt_locale(&app).await;
        Ok(app)
    });
    started.map_err(|failure: salus_wire::Failure| (tongue, failure::sentence(tongue, &failure, &dir)))
}
