//! Who the members are, and how far what they say can be trusted now.

use salus_chain::genesis::Genesis;
use salus_light::client::Reach;
use salus_wire::Failure;
use salus_wire::command::GetMembers;
use salus_wire::view::{MemberView, MembersView};

use crate::share::enrol;
use crate::{App, Run, anchor};

impl Run for GetMembers {
    async fn run(self, app: &App) -> Result<MembersView, Failure> {
        let network = &app.0.network;
        let (enrolled, withdrawn, anchored) = {
            let open = app.open().await?;
            let chain = network.genesis().ok().map(Genesis::chain_id);
            let anchored = match chain {
                Some(chain) => anchor::newest(&open.vault, chain).await?,
                None => None,
            };
            (enrol::since(&open.vault).await?, enrol::withdrawn(&open.vault).await?, anchored)
        };
        let genesis = network.genesis()?;
        let client = network.client()?;
        let (newest, failure) = network.newest();
        let now = app.now();
        let members = client.members().into_iter();
        let age = newest.as_ref().map(|h| now.saturating_sub(h.time_ms).max(0) / 1000);
        Ok(MembersView {
            members: members
                .map(|m| MemberView { name: m.name, reachable: m.reach == Reach::Answers })
                .collect(),
            threshold: genesis.threshold(),
            newest: newest.as_ref().map(|h| network.proof(h)),
            age_seconds: age.map(|s| u32::try_from(s).unwrap_or(u32::MAX)),
            out_of_date: failure.is_some() || newest.is_none_or(|h| !h.is_fresh(now)),
            trouble: failure,
            enrolled,
            withdrawn,
            anchored,
        })
    }
}
