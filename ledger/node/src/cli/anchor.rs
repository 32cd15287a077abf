//! `anchor`: this member's word on what the chain has come to, in a members' list to hand over.

use anyhow::{Context, bail, ensure};
use clap::Args;
use salus_chain::genesis::{MembersList, TrustAnchor};
use salus_light::verify::TRUSTING_PERIOD;

use super::{At, status};
use crate::config::Config;
use crate::home::{Home, HomeError};
use crate::run;

#[derive(Debug, Args)]
pub(super) struct Anchor {
    #[command(flatten)]
    at: At,
}

impl Anchor {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let home = Home::at(&self.at.home);
        let genesis = run::load_genesis(&home)?;
        let address = Config::load(&home.config())?.http.listen;
        // While nobody runs here, anybody else on this machine could answer in the member's place.
        ensure!(runs(&home)?, "this member does not run; start it with `salus-node run`, then ask again");
        let status = status::ask(address)
            .with_context(|| format!("this member does not answer at http://{address}"))?;
        let chain_id = genesis.chain_id();
        if status.chain_id != chain_id.to_string() {
            bail!("genesis.json is of chain {chain_id}, and this member runs chain {}", status.chain_id);
        }
        ensure!(
            status.fresh,
            "this member's newest block is {} s old by its clock; wait until `salus-node status` shows a fresh one",
            status.age_ms / 1000
        );
        let anchor = TrustAnchor {
            chain_id,
            height: status.height,
            header_hash: status.hash.parse().context("this member's answer has no hash")?,
            time_ms: status.time_ms,
        };
        let list = MembersList { genesis, anchor: Some(anchor) };
        list.validate()?;
        println!("{}", list.to_json());
        let days = TRUSTING_PERIOD.as_secs() / 86_400;
        eprintln!("height {} {}: hand this over in person, within {days} days", status.height, status.hash);
        Ok(())
    }
}

/// Whether a node holds this home.
fn runs(home: &Home) -> anyhow::Result<bool> {
    if !home.has_run() {
        return Ok(false);
    }
    match home.lock() {
        Ok(_) => Ok(false),
        Err(HomeError::InUse(_)) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
