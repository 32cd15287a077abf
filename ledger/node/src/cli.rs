//! The command line.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command answers its operator")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod anchor;
mod attest;
mod duty;
mod objections;
mod setup;
mod status;

use crate::config::Config;
use crate::home::Home;
use crate::run;

/// Runs one member of a Salus chain: an organisation that orders blocks, keeps shares of permissions and stores sealed
/// data.
///
/// Each member runs `init` and gives its member.json to the others. One of them runs `genesis` with every member.json and
/// gives genesis.json to all. Then each member runs `run`.
#[derive(Debug, Parser)]
#[command(name = "salus-node", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a member's home: secret keys (mode 0600), config.toml, and member.json to give to the others.
    Init(setup::Init),
    /// Make genesis.json out of every member's member.json.
    ///
    /// The chain's id follows from the members' names and keys and from the parameters: whoever runs this with the same
    /// files, in the same order and with the same time, gets the same chain.
    Genesis(setup::MakeGenesis),
    /// Run the member until SIGTERM or SIGINT.
    Run(Run),
    /// Ask a running member how far it is; fails if it does not answer.
    Status(status::Ask),
    /// Print the members' list with the newest block of this member's own chain, to hand to a person.
    ///
    /// A genesis alone is trusted for 30 days. Whoever joins later, or comes back after 30 days away, starts the app with this
    /// list: `salus --genesis FILE`. It is only as good as the hand it comes from: give it in person, as you gave
    /// genesis.json, never through an address that others could use. It holds no secret.
    Anchor(anchor::Anchor),
    /// Attest a clinician: read a request, record the credential on the chain, and print the attestation to hand back.
    ///
    /// Check who is asking before you attest: patients are shown this name as one that your organisation vouches for.
    Attest(attest::Attest),
    /// Suspend or withdraw a clinician's credential.
    Suspend(attest::Suspend),
    /// List what people object to of what the clinicians whom you attest did in emergencies, the newest first.
    ///
    /// An objection is final, and recorded by whoever's permission it is or by somebody who helps them. It names the clinician by
    /// the key that you attested, the time of the opening or the announcement, and the number of the reason that was given: 1
    /// unconscious, 2 cannot answer, 3 danger to life, 4 confused and cannot decide, 5 another emergency. Who the patient is, the
    /// members do not know. At most 100 are listed; --before goes further back.
    Objections(objections::List),
    /// Say who is on duty: put clinicians on duty, take them off, list them.
    Duty(duty::Duty),
}

/// Which home.
#[derive(Debug, Args)]
pub(crate) struct At {
    /// The member's home directory.
    #[arg(long, value_name = "DIR")]
    home: PathBuf,
}

#[derive(Debug, Args)]
struct Run {
    #[command(flatten)]
    at: At,
    /// For tests only: add the signed milliseconds in FILE to the machine's clock. The file is read at every use.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<PathBuf>,
    /// Go on after a rest of more than 30 days: says that this computer's date was checked and is right.
    ///
    /// Only a member alone needs it, and once: it gives its chain the time, and a chain never goes back.
    #[arg(long)]
    clock_is_right: bool,
    /// Print the configuration in force, defaults included, and stop. It holds no secrets: keys are in keys.toml.
    #[arg(long)]
    print_config: bool,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// A message for the operator.
    pub fn execute(self) -> anyhow::Result<()> {
        match self.command {
            Command::Init(init) => init.execute(),
            Command::Genesis(genesis) => genesis.execute(),
            Command::Run(run) => run.execute(),
            Command::Status(ask) => ask.execute(),
            Command::Anchor(anchor) => anchor.execute(),
            Command::Attest(attest) => attest.execute(),
            Command::Suspend(suspend) => suspend.execute(),
            Command::Objections(list) => list.execute(),
            Command::Duty(duty) => duty.execute(),
        }
    }
}

impl Run {
    fn execute(self) -> anyhow::Result<()> {
        let home = Home::at(&self.at.home);
        let config = Config::load(&home.config())?;
        if self.print_config {
            print!("{}", config.to_toml());
            return Ok(());
        }
        // A member alone has nobody to publish to, and the engine's network calls that an error at every message.
        let alone = run::load_genesis(&home).is_ok_and(|genesis| genesis.n() == 1);
        start_log(&config.log, if alone { "off" } else { "error" })?;
        let clock = salus_light::clock::clock(self.insecure_test_clock.as_deref())?;
        if self.insecure_test_clock.is_some() {
            tracing::warn!("running on a test clock: never with real patients");
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let (stop, stopping) = tokio::sync::watch::channel(false);
            let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
            tokio::spawn(async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                stop.send_replace(true);
                // The sender stays: a dropped one would read as a stop that was never asked for.
                std::future::pending::<()>().await;
            });
            let (test_clock, clock_is_right) = (self.insecure_test_clock.is_some(), self.clock_is_right);
            let start = run::Start { home, clock, test_clock, clock_is_right };
            run::run(start, stopping).await.map_err(anyhow::Error::from)
        })
    }
}

/// The engine logs 18 lines a height at `info`: it is held at `warn`, and its network, which warns of every member that
/// goes, at `network`, unless the filter names them.
fn start_log(filter: &str, network: &str) -> anyhow::Result<()> {
    use tracing_subscriber::filter::EnvFilter;
    let held = [
        "informalsystems_malachitebft",
        "arc_malachitebft_engine",
        "arc_malachitebft_core_consensus",
        "arc_malachitebft_core_driver",
        "arc_malachitebft_core_state_machine",
        "arc_malachitebft_core_votekeeper",
        "arc_malachitebft_sync",
        "arc_malachitebft_app",
        "arc_malachitebft_app_channel",
        "libp2p",
        "quinn",
    ];
    let mut all = filter.to_owned();
    for target in held.iter().filter(|target| !filter.contains(**target)) {
        all.push_str(&format!(",{target}=warn"));
    }
    for target in ["arc_malachitebft_network", "arc_malachitebft_discovery"] {
        if !filter.contains(target) {
            all.push_str(&format!(",{target}={network}"));
        }
    }
    let filter = EnvFilter::try_new(all)?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// Names of what has no words of its own in `--help`.
    fn undocumented(command: &clap::Command) -> Vec<String> {
        let name = command.get_name();
        let own = command.get_about().is_none().then(|| name.to_owned());
        let flags = command.get_arguments().filter(|a| a.get_help().is_none());
        let flags = flags.map(|a| format!("{name} {}", a.get_id()));
        own.into_iter().chain(flags).chain(command.get_subcommands().flat_map(undocumented)).collect()
    }

    #[test]
    fn every_command_and_every_flag_is_documented() {
        let mut command = Cli::command();
        command.clone().debug_assert();
        // As a person sees it: with clap's own commands and flags.
        command.build();
        assert_eq!(undocumented(&command), Vec::<String>::new());
        let mut names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["anchor", "attest", "duty", "genesis", "help", "init", "objections", "run", "status", "suspend"]
        );
        let bare = clap::Command::new("bare").subcommand(clap::Command::new("sub").arg(clap::Arg::new("x")));
        assert_eq!(undocumented(&bare), ["bare", "sub", "sub x"]);
    }
}
