//! Giving a permission: passphrase again, native confirmation, then the members.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use salus_light::{LightClient, LightError};
use salus_sharing::capsule::Disclosure;
use salus_sharing::issue::{IssueError, Plan, SeriesKey, Shares, Step};
use salus_vault::Vault;
use salus_wire::command::{Command, IssuePermission};
use salus_wire::event::Event;
use salus_wire::view::{ClinicianView, PermissionView};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::draft::Draft;
use super::kept::{Facts, GroupFact, Kept};
use super::recipient::{self, Recipient};
use super::{enrol, keep_up, sentence, upload};
use crate::app::utc_offset_minutes;
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run, laptops};

/// Dealt, stored, recorded, left; and then its readings are sent, or whom it concerns is told.
pub(crate) const STEPS: u32 = 5;

/// How many of [`STEPS`] are done.
pub(crate) const fn done(step: &Step) -> u32 {
    match step {
        Step::Dealt(_) => 1,
        Step::Stored(_) => 2,
        Step::Recorded(_) => 3,
        Step::Left(_) => 4,
    }
}

/// Whether a permission that failed after so many steps certainly is not recorded; otherwise it may be, and is pending.
pub(crate) fn certainly_not(error: &IssueError, done: u32) -> bool {
    done < 2 || matches!(error, IssueError::Light(LightError::Refused(_)))
}

impl Run for IssuePermission {
    async fn run(self, app: &App) -> Result<PermissionView, Failure> {
        let now = app.now();
        let client = app.0.network.client()?;
        let draft = Draft::check(&self.draft, now, client.genesis().params.max_grant_ms)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let (recipient, clinician) = recipient::prove(app, &client, &self.draft.code).await?;
        let draft = draft.given_to(&recipient)?;
        if recipient.group().is_some() && !laptops::may_give_to_staff(&open.vault).await? {
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        let sentence = sentence::canonical(app.tongue(), &clinician, &draft, now, utc_offset_minutes(now));
        app.ask(Asked::Permission, &sentence).await?;
        let _turn = open.sharing.take().await;
        let disclosures = enrol::disclosures(&open.vault).await?;
        let mut kept =
            prepared(app, &open, &client, &recipient, clinician, disclosures, &draft, sentence, app.now())
                .await?;
        kept.save(&open.vault).await?;
        laptops::remember(&open.vault, kept.permission.reader(), &self.draft.code).await?;
        give(app, &open, &client, &mut kept).await?;
        keep_up::prove(app, &client, &mut kept).await?;
        kept.save(&open.vault).await?;
        if let Err(failure) = upload::all(app, &open, &client, &mut kept, upload::Running::Now).await {
            tracing::warn!(code = %failure.code, "sealed readings are sent later");
        }
        progress(app, STEPS);
        kept.save(&open.vault).await?;
        app.tell(Event::PermissionsChanged);
        Ok(kept.view(app.now(), client.genesis().n()))
    }
}

#[expect(clippy::too_many_arguments, reason = "each is one fact of the permission")]
async fn prepared(
    app: &App,
    open: &Open,
    client: &LightClient,
    recipient: &Recipient,
    clinician: ClinicianView,
    disclosures: Vec<Disclosure>,
    draft: &Draft,
    sentence: String,
    now: UnixMillis,
) -> Result<Kept, Failure> {
    let (identity, nonce) = (open.vault.identity(), laptops::nonce(&open.vault).await?);
    let shares = draft.shares();
    let mut series = Vec::with_capacity(draft.categories.len());
    for category in draft.categories.iter().copied() {
        series.extend(keys(&open.vault, category, shares).await?);
    }
    let patient = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let plan = Plan {
        reader: recipient.reader(),
        series,
        writers: open.vault.writers().to_vec(),
        disclosures,
        devices: open.devices.told(&draft.categories, draft.data_from),
        patient,
        scope: draft.scope,
        shares,
        not_before: draft.starts,
        expires: draft.ends,
        contract: draft.contract,
        grant_key: Kept::key(&open.vault, identity, &nonce),
    };
    let generations = newest(&plan.series);
    let mut permission = recipient.prepare(plan, client, now).or_fail()?;
    laptops::let_stop(&open.vault, (identity, &nonce), &mut permission).await?;
    let facts = Facts {
        clinician,
        categories: draft.categories.clone(),
        data_from: draft.data_from,
        data_to: draft.data_to,
        starts: draft.starts,
        ends: draft.ends,
        card: None,
        sentence,
        policy: draft.policy(),
        credential: recipient.credential(),
        unconfirmed: None,
        nonce,
        identity: identity.0,
        proven: None,
        uploaded: Vec::new(),
        generations,
        replaces: None,
        group: recipient.group().map(GroupFact::of),
        openers: Vec::new(),
        named: 0,
        void: false,
    };
    Ok(Kept { facts, permission })
}

/// A category's keys for a permission, of every generation.
pub(crate) async fn keys(
    vault: &Vault,
    category: Category,
    shares: Shares,
) -> Result<Vec<SeriesKey>, Failure> {
    let parts = match shares {
        Shares::Readings => vault.parts(category),
        Shares::Days { .. } => vault.day_parts(category).await.or_fail()?,
    };
    Ok(SeriesKey::of(parts).collect())
}

/// The newest generation of each category among these.
pub(crate) fn newest(series: &[SeriesKey]) -> Vec<(Category, u32)> {
    let mut newest: BTreeMap<Category, u32> = BTreeMap::new();
    for one in series {
        let known = newest.entry(one.series.category).or_default();
        *known = one.series.generation.max(*known);
    }
    newest.into_iter().collect()
}

/// Brings it to the members. One that certainly is not recorded is discarded; one that may be stays pending and is
/// taken up again in the background.
pub(super) async fn give(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &mut Kept,
) -> Result<(), Failure> {
    let reached = AtomicU32::new(0);
    let mut tell = |step: Step| {
        let done = done(&step);
        reached.store(done, Ordering::Relaxed);
        progress(app, done);
    };
    let advanced = recipient::go_on(client, kept, open, app.now(), &mut tell).await?;
    let Err(error) = advanced else { return kept.save(&open.vault).await };
    if certainly_not(&error, reached.load(Ordering::Relaxed)) {
        kept.discard(&open.vault).await?;
        return Err(super::Fail::fail(error));
    }
    tracing::info!(%error, "the permission is pending");
    kept.save(&open.vault).await
}

pub(super) fn progress(app: &App, done: u32) {
    app.tell(Event::Progress { work: IssuePermission::NAME.to_owned(), done, total: STEPS });
}
