//! A client without any of the app's checks: the clinician's own keys, taken out of the clinician's own record, and
//! messages built by hand. What it is refused, no modified app gets.

use std::path::Path;

use anyhow::{Context, bail};
use rand::rngs::{StdRng, SysRng};
use rand::{SeedableRng, TryRng};
use salus_chain::genesis::ChainContext;
use salus_chain::ids::GrantId;
use salus_keeper::Slot;
use salus_keeper::message::{KeeperRefused, KeeperReply};
use salus_keeper::release::Refusal;
use salus_light::{LightClient, LightError};
use salus_sharing::Network;
use salus_sharing::invitation::ReaderSecret;
use salus_sharing::open::{Request, Shared, accept};
use salus_vault::{Unlock, Vault};

use super::app::PASSPHRASE;

/// The clinician's keys for one permission.
pub struct Bare {
    /// The opened capsule.
    pub shared: Shared,
    /// The invitation's keys.
    pub reader: ReaderSecret,
    /// The chain.
    pub ctx: ChainContext,
}

/// What one member answered.
#[derive(Debug)]
pub enum Answer {
    /// A release.
    Released,
    /// A refusal, by rule.
    Refused(KeeperRefused),
    /// Nothing.
    Silent(String),
}

/// A random generator of its own.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn rng() -> anyhow::Result<StdRng> {
    let mut seed = [0; 32];
    SysRng.try_fill_bytes(&mut seed)?;
    Ok(StdRng::from_seed(seed))
}

impl Bare {
    /// Takes the keys of a permission out of a record that no other process has open.
    ///
    /// # Errors
    /// When the record holds none that fit.
    pub async fn take(profile: &Path, grant: &GrantId, light: &LightClient) -> anyhow::Result<Self> {
        let vault = Vault::open(&profile.join("record"), Unlock::Passphrase(PASSPHRASE), rng()?).await?;
        let capsule = vault.cabinet().get("capsules", &grant.0).await?.context("no capsule")?;
        let secrets = vault.cabinet().list("invitation-secrets").await?;
        vault.lock().await?;
        let recorded = light.prove_grant(grant).await?.value;
        for (_, secret) in secrets {
            let Ok(octets) = <&[u8; 64]>::try_from(secret.as_slice()) else { continue };
            let reader = ReaderSecret::from_bytes(octets);
            if let Ok(shared) = accept(&capsule, &reader, recorded.as_ref(), light.genesis()) {
                return Ok(Self { shared, reader, ctx: light.genesis().context() });
            }
        }
        bail!("no invitation opens the capsule")
    }

    /// A request for slots, with the receipt it needs, signed by the real reader.
    ///
    /// # Errors
    /// When there are no slots.
    pub fn request(&self, slots: Vec<Slot>) -> anyhow::Result<Request> {
        Ok(Request::new(&self.shared, &self.reader, slots, &self.ctx, &mut rng()?)?)
    }

    /// Sends a request straight to every member's keeper.
    pub async fn ask_each(&self, light: &LightClient, request: &Request) -> Vec<(u16, Answer)> {
        let ask = |member: u16| async move {
            let answer = match Network::keeper(light, member, request.message()).await {
                Ok(KeeperReply::Released(_)) => Answer::Released,
                Ok(other) => Answer::Silent(format!("{other:?}")),
                Err(LightError::Keeper { why, .. }) => Answer::Refused(why),
                Err(error) => Answer::Silent(error.to_string()),
            };
            (member, answer)
        };
        futures::future::join_all((1..=self.ctx.n()).map(ask)).await
    }
}

/// Counts refusals, each of which must say that the permission is over; none may be a release, silence, or a reason that
/// would have passed a moment later or for another request.
///
/// # Errors
/// The member that did not refuse, or not for that reason.
pub fn all_over(answers: &[(u16, Answer)]) -> anyhow::Result<String> {
    let mut reasons = std::collections::BTreeMap::<String, usize>::new();
    for (member, answer) in answers {
        match answer {
            Answer::Refused(KeeperRefused::Release(
                why @ (Refusal::Ended | Refusal::RevokeSeen | Refusal::NoShare),
            )) => *reasons.entry(why.to_string()).or_default() += 1,
            other => bail!("member {member} did not refuse because the permission is over: {other:?}"),
        }
    }
    let reasons: Vec<_> = reasons.iter().map(|(why, n)| format!("{n} x \"{why}\"")).collect();
    Ok(format!("{} of {} refused ({})", answers.len(), answers.len(), reasons.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_the_permission_counts_as_a_refusal() {
        let refused = |why| (1, Answer::Refused(KeeperRefused::Release(why)));
        let over = [Refusal::Ended, Refusal::RevokeSeen, Refusal::NoShare].map(refused);
        assert!(all_over(&over).unwrap().starts_with("3 of 3 refused"));
        for passing in [Refusal::StaleHead, Refusal::NoReceipt, Refusal::ReceiptTooOld, Refusal::RateLimit] {
            assert!(all_over(&[refused(passing)]).is_err(), "{passing:?}");
        }
        assert!(all_over(&[(1, Answer::Refused(KeeperRefused::Busy))]).is_err());
        assert!(all_over(&[(1, Answer::Released)]).is_err());
        assert!(all_over(&[(1, Answer::Silent(String::new()))]).is_err());
    }
}
