//! Start, serve, stop.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, bail};
use salus_api::keyring::{DesktopKeyring, NoKeyring};
use salus_api::{App, Choice, Config, Confirm, FileHeads, HeadStore, KeyringHeads};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::Args;
use super::door::{Door, Token};
use super::serve::router;

/// The variable that Bluetooth's client library reads.
const BUS: &str = "DBUS_SYSTEM_BUS_ADDRESS";

/// Answers every question alike: this process has no window to ask in.
struct Always {
    yes: bool,
    chosen: Option<PathBuf>,
}

#[async_trait::async_trait]
impl Confirm for Always {
    async fn confirm(&self, _question: salus_api::Question<'_>) -> bool {
        self.yes
    }

    async fn choose(&self, what: Choice<'_>) -> Option<PathBuf> {
        let dir = self.chosen.clone()?;
        match what {
            Choice::Folder => Some(dir),
            Choice::NewFile(name) => Some(dir.join(name)),
            Choice::Backup => last(&dir, "age"),
            Choice::Paper | Choice::Report => last(&dir, "pdf"),
            Choice::Picture => salus_api::PICTURES.iter().find_map(|ending| last(&dir, ending)),
            Choice::Readings => salus_api::IMPORTED.iter().find_map(|ending| last(&dir, ending)),
        }
    }
}

/// The last file of a folder whose name ends so.
fn last(dir: &Path, ending: &str) -> Option<PathBuf> {
    let files = std::fs::read_dir(dir).ok()?.filter_map(|e| Some(e.ok()?.path()));
    files.filter(|path| path.extension().is_some_and(|e| e == ending)).max()
}

/// Starts this program again with the bus in its environment. A variable may be set only before any thread runs, and
/// setting it in place is not safe; so the process is replaced.
///
/// # Errors
/// When the program cannot be started again; otherwise it does not return when a bus is named and not yet set.
pub fn set_bus(args: &Args) -> anyhow::Result<()> {
    match &args.bus {
        Some(bus) if std::env::var(BUS).ok().as_ref() != Some(bus) => {
            let error =
                Command::new(std::env::current_exe()?).args(std::env::args_os().skip(1)).env(BUS, bus).exec();
            Err(error).context("cannot start again with another bus")
        }
        _ => Ok(()),
    }
}

fn heads(args: &Args) -> Arc<dyn HeadStore> {
    let dir = args.data_dir.with_extension("state");
    if args.keyring {
        Arc::new(KeyringHeads::new(dir, DesktopKeyring))
    } else {
        Arc::new(FileHeads::new(dir))
    }
}

/// Serves until a signal comes, then closes the record.
///
/// # Errors
/// A sentence that says what to do.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let clock =
        salus_light::clock::clock(args.insecure_test_clock.as_deref()).context("--insecure-test-clock")?;
    let confirm = Arc::new(Always { yes: args.auto_confirm, chosen: args.chosen.clone() });
    let config = Config {
        genesis: args.genesis.clone(),
        test_clock: args.insecure_test_clock.is_some(),
        keyring: if args.keyring { Arc::new(DesktopKeyring) } else { Arc::new(NoKeyring) },
        // Beside the directory, so that a copy of it does not take it along.
        heads: heads(&args),
        ..Config::new(args.data_dir.clone(), clock, confirm)
    };
    let app = match App::new(config).await {
        Ok(app) => app,
        Err(failure) => bail!("{}: {}", failure, what_to_do(&failure, &args)),
    };
    let listener = TcpListener::bind(("127.0.0.1", args.port)).await.context("cannot listen on 127.0.0.1")?;
    let port = listener.local_addr()?.port();
    let token = Token::fresh()?;
    let first = serde_json::json!({ "url": format!("http://127.0.0.1:{port}/"), "token": token.expose() });
    {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{first}")?;
        out.flush()?;
    }
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = axum::serve(listener, router(app.clone(), Door::new(token, port), args.ui));
    tokio::select! {
        served = server => served.context("the server stopped")?,
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    app.close()
        .await
        .map_err(|f| anyhow::anyhow!("the record was closed, but not everything was written back: {f}"))
}

fn what_to_do(failure: &salus_wire::Failure, args: &Args) -> String {
    use salus_wire::ErrorCode as E;
    let dir = args.data_dir.display();
    match failure.code {
        E::InUse => format!("another Salus uses {dir}; close it or name another --data-dir"),
        E::Storage => format!("{dir} cannot be read or written; check its owner and its disk"),
        E::DiskFull => format!("the disk of {dir} is full; nothing was lost; make room and start again"),
        E::WrongGenesis => {
            "--genesis has the members of one chain and the anchor of another; ask a member for it again"
                .into()
        }
        E::BadRequest => "--genesis is not a members' list; ask a member for genesis.json".into(),
        _ => format!("the profile in {dir} cannot be used"),
    }
}
