//! `init` and `genesis`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use salus_chain::genesis::{Genesis, Member, Params};
use salus_chain::time::Clock;
use salus_light::clock::SystemClock;

use super::At;
use crate::config::Config;
use crate::home::Home;
use crate::keys::Keys;

#[derive(Debug, Args)]
pub(super) struct Init {
    #[command(flatten)]
    at: At,
    /// The organisation's name, shown to people.
    #[arg(long)]
    name: String,
    /// Address in the members' swarm, as the other members reach it.
    #[arg(long, value_name = "MULTIADDR", default_value = "/ip4/127.0.0.1/udp/26656/quic-v1")]
    consensus_addr: String,
    /// Address in the public swarm, as apps reach it.
    #[arg(long, value_name = "MULTIADDR", default_value = "/ip4/127.0.0.1/udp/26657/quic-v1")]
    public_addr: String,
    /// Loopback address of the status server.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:26660")]
    http: SocketAddr,
    /// Longest time without a block while nothing waits, in milliseconds.
    #[arg(long, value_name = "MS")]
    heartbeat: Option<u64>,
    /// As what this organisation has people on duty, in the words that patients choose from; once for each.
    #[arg(long, value_name = "ROLE")]
    duty_role: Vec<String>,
}

impl Init {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let home = Home::at(&self.at.home);
        if home.keys().exists() {
            bail!("{} has keys already; they are never overwritten", home.root().display());
        }
        let mut config = Config::named(&self.name);
        config.consensus.listen = listening(&self.consensus_addr)?;
        config.public.listen = listening(&self.public_addr)?;
        config.http.listen = self.http;
        if let Some(heartbeat) = self.heartbeat {
            config.consensus.heartbeat_ms = heartbeat;
        }
        config.keeper.duty_roles = self.duty_role;
        config.check()?;
        std::fs::create_dir_all(home.root()).with_context(|| home.root().display().to_string())?;
        let keys = Keys::generate(&mut crate::entropy::rng());
        let member = keys.member(&self.name, &self.public_addr, &self.consensus_addr)?;
        keys.create(&home.keys())?;
        std::fs::write(home.config(), config.to_toml())?;
        std::fs::write(home.member(), serde_json::to_string_pretty(&member)?)?;
        println!("{}", home.member().display());
        Ok(())
    }
}

/// A loopback address is listened on as it is; any other one on every interface at the same port.
fn listening(address: &str) -> anyhow::Result<String> {
    let Some((_, port)) = address.split_once("/udp/") else {
        bail!("{address}: expected a multiaddress such as /dns4/example.org/udp/26656/quic-v1");
    };
    Ok(if address.starts_with("/ip4/127.") { address.into() } else { format!("/ip4/0.0.0.0/udp/{port}") })
}

#[derive(Debug, Args)]
pub(super) struct MakeGenesis {
    /// A member's member.json; once for each member, in the order of their keeper indexes.
    #[arg(long = "member", value_name = "FILE", required = true, num_args = 1..)]
    members: Vec<PathBuf>,
    /// Where to write genesis.json.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A name for people.
    #[arg(long, default_value = "Salus")]
    chain_name: String,
    /// The chain's beginning in milliseconds since 1970; now, unless given.
    #[arg(long, value_name = "MS")]
    time: Option<i64>,
    /// Leading zero bits asked of patients' transactions as proof of work.
    #[arg(long, value_name = "BITS")]
    pow_bits: Option<u8>,
}

impl MakeGenesis {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let read = |path: &PathBuf| -> anyhow::Result<Member> {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            serde_json::from_str(&text).with_context(|| path.display().to_string())
        };
        let mut params = Params::default();
        if let Some(bits) = self.pow_bits {
            params.pow_bits = bits;
        }
        let genesis = Genesis {
            chain_name: self.chain_name,
            genesis_time_ms: self.time.unwrap_or_else(|| SystemClock.now()),
            members: self.members.iter().map(read).collect::<anyhow::Result<_>>()?,
            params,
        };
        genesis.validate()?;
        std::fs::write(&self.out, genesis.to_json()).with_context(|| self.out.display().to_string())?;
        println!("{} {}", genesis.chain_id(), self.out.display());
        Ok(())
    }
}
