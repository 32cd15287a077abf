//! A permission that this record's person gave as a steward: kept, brought to the members, and told to the family.

use salus_chain::codec::Record;
use salus_chain::ids::{CircleId, ReaderKey, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::circle::{Given, Notice, Word, give};
use salus_sharing::issue::{IssueError, Progress, Step};
use salus_vault::{Identity, Vault};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Coded};
use super::seen;
use crate::App;
use crate::failure::{Fail, OrFail};
use crate::lock::Open;
use crate::namespace::{FAMILY_GIVEN, FAMILY_MESSAGES};
use crate::outbox;
use crate::share::kept::Kept;

/// What is known of it besides its sealed messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) circle: CircleId,
    /// What the permission's key is derived from.
    pub(super) nonce: [u8; 16],
    /// With which of the record's identities.
    #[serde(default)]
    pub(super) identity: u32,
    /// The signed notice, hexadecimal.
    pub(super) notice: String,
    /// Inboxes that the notice was left in.
    told: Vec<ReaderKey>,
    /// Nothing more is to be done for it.
    settled: bool,
    /// The newest generation of each category's keys that it gives; not kept of before there were several.
    #[serde(default)]
    pub(super) generations: Vec<(Category, u32)>,
    /// The permission in whose place it was given, because the person's keys are new, until that one is stopped.
    #[serde(default)]
    pub(super) replaces: Option<GrantId>,
    /// It was given again in its turn.
    #[serde(default)]
    pub(super) again: bool,
}

/// One permission.
pub(super) struct Mine {
    pub(super) facts: Facts,
    pub(super) given: Given,
}

impl Mine {
    pub(super) fn new(
        circle: CircleId,
        (identity, nonce): (Identity, [u8; 16]),
        given: Given,
        notice: &Notice,
        generations: Vec<(Category, u32)>,
    ) -> Self {
        let (notice, told) = (hex::encode(notice.encode()), Vec::new());
        let facts = Facts {
            circle,
            nonce,
            identity: identity.0,
            notice,
            told,
            settled: false,
            generations,
            replaces: None,
            again: false,
        };
        Self { facts, given }
    }

    pub(super) fn id(&self) -> GrantId {
        GrantId(self.name())
    }

    fn name(&self) -> [u8; 32] {
        self.given.permission().id().0
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let name = self.name();
        vault.cabinet().put(FAMILY_MESSAGES, &name, &self.given.encode()).await.or_fail()?;
        kept::save(vault, FAMILY_GIVEN, &name, &self.facts).await
    }

    /// Forgets one that certainly was not given.
    pub(super) async fn discard(&self, vault: &Vault) -> Result<(), Failure> {
        let name = self.name();
        vault.cabinet().remove(FAMILY_GIVEN, &name).await.or_fail()?;
        vault.cabinet().remove(FAMILY_MESSAGES, &name).await.or_fail()?;
        Ok(())
    }

    /// Every one whose messages open.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<Self>, Failure> {
        Self::those(vault, |_| true).await
    }

    /// Those for which something is still to be done.
    async fn unsettled(vault: &Vault) -> Result<Vec<Self>, Failure> {
        Self::those(vault, |facts| !facts.settled).await
    }

    async fn those(vault: &Vault, wanted: impl Fn(&Facts) -> bool) -> Result<Vec<Self>, Failure> {
        let damaged = || Failure::from(ErrorCode::Damaged);
        let mut all = Vec::new();
        for (name, facts) in vault.cabinet().readable(FAMILY_GIVEN).await.or_fail()? {
            let facts: Facts = serde_json::from_slice(&facts).map_err(|_| damaged())?;
            if !wanted(&facts) {
                continue;
            }
            let Ok(Some(octets)) = vault.cabinet().get(FAMILY_MESSAGES, &name).await else { continue };
            let given = Given::decode(&octets).map_err(|_| damaged())?;
            all.push(Self { facts, given });
        }
        Ok(all)
    }

    /// Brings it to the members; what was reached is kept also when it fails.
    pub(super) async fn bring(
        &mut self,
        app: &App,
        vault: &Vault,
        client: &LightClient,
        coded: &Coded,
        progress: &mut (dyn FnMut(Step) + Send),
    ) -> Result<(), IssueError> {
        let grant_key = Kept::key(vault, Identity(self.facts.identity), &self.facts.nonce);
        let steward = &coded.secret.signing;
        give::advance(client, &mut self.given, &grant_key, steward, app.now(), progress).await.map(drop)
    }

    /// Tells the person and the other helpers, each once; what fails is tried again later.
    pub(super) async fn tell(
        &mut self,
        app: &App,
        vault: &Vault,
        client: &LightClient,
        word: &Word,
        own: &VerifyingKey,
    ) -> Result<(), Failure> {
        let notice = hex::decode(&self.facts.notice).map_err(|_| ErrorCode::Damaged)?;
        let others = word.helpers.iter().map(|helper| &helper.relative).filter(|other| other.pk != *own);
        let inboxes: Vec<ReaderKey> = others.map(|other| other.inbox).chain([word.inbox]).collect();
        let now = app.now();
        for inbox in inboxes {
            if self.facts.told.contains(&inbox) {
                continue;
            }
            let until = now.saturating_add(KEEP_MS);
            outbox::send(vault, client, &notice, &inbox, (until, now)).await.or_fail()?;
            self.facts.told.push(inbox);
        }
        let permission = self.given.permission();
        let recorded = !matches!(permission.progress(), Progress::Pending);
        self.facts.settled = recorded && !permission.unsettled();
        Ok(())
    }

    /// True when it is proven to be recorded.
    pub(super) fn is_recorded(&self) -> bool {
        !matches!(self.given.permission().progress(), Progress::Pending)
    }

    /// Keeps the notice among those of the circle.
    pub(super) async fn note(&self, vault: &Vault) -> Result<(), Failure> {
        seen::keep_notice(vault, &self.notice()?).await
    }

    /// What was told of it.
    pub(super) fn notice(&self) -> Result<Notice, Failure> {
        let octets = hex::decode(&self.facts.notice).map_err(|_| ErrorCode::Damaged)?;
        Notice::decode(&octets).map_err(|_| ErrorCode::Damaged.into())
    }

    pub(super) fn ends(&self) -> UnixMillis {
        self.given.permission().terms().expires_ms
    }
}

/// Takes up what is not finished; true when one came into force.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let mut changed = false;
    for mut mine in Mine::unsettled(vault).await? {
        let circle = mine.facts.circle;
        let all = Coded::all(vault).await?.into_iter();
        let mut all = all.filter(|coded| coded.facts.circle == Some(circle) && !coded.facts.guardian);
        let Some(coded) = all.next_back() else { continue };
        let Some(word) = coded.word(vault).await? else { continue };
        let before = mine.is_recorded();
        if app.now() >= mine.ends() {
            if before {
                mine.given.shed();
                mine.facts.settled = true;
                mine.save(vault).await?;
            } else {
                mine.discard(vault).await?;
            }
            continue;
        }
        let brought = mine.bring(app, vault, client, &coded, &mut |_| {}).await;
        // Before anybody is told: with slow members the time may not suffice for both.
        mine.save(vault).await?;
        let outcome = match brought {
            Ok(()) => {
                mine.note(vault).await?;
                mine.tell(app, vault, client, &word, &coded.pk()).await
            }
            Err(error) => Err(error.fail()),
        };
        changed |= !before && mine.is_recorded();
        mine.save(vault).await?;
        if let Err(failure) = outcome {
            tracing::debug!(code = %failure.code, "a helper's permission is brought further later");
        }
    }
    Ok(changed)
}
