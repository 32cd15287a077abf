//! Giving a permission: passphrase again, native confirmation, then the members.

use std::sync::atomic::{AtomicU32, Ordering};

use rand::Rng;
use salus_light::LightClient;
use salus_sharing::capsule::Disclosure;
use salus_sharing::invitation::Invitation;
use salus_sharing::issue::{Plan, SeriesKey, Shares, Step, advance, prepare};
use salus_wire::command::{Command, IssuePermission};
use salus_wire::event::Event;
use salus_wire::view::{ClinicianView, PermissionView};
use salus_wire::{Failure, UnixMillis};

use super::draft::Draft;
use super::kept::{Facts, Kept};
use super::{code, enrol, keep_up, sentence, upload};
use crate::app::{rng, utc_offset_minutes};
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// Dealt, stored, recorded, left, uploaded.
pub(super) const STEPS: u32 = 5;

impl Run for IssuePermission {
    async fn run(self, app: &App) -> Result<PermissionView, Failure> {
        let now = app.now();
        let client = app.0.network.client()?;
        let draft = Draft::check(&self.draft, now, client.genesis().params.max_grant_ms)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let (invitation, clinician) = code::prove(app, &client, &self.draft.code).await?;
        let sentence = sentence::canonical(app.tongue(), &clinician, &draft, now, utc_offset_minutes(now));
        app.ask(Asked::Permission, &sentence).await?;
        let _turn = open.sharing.take().await;
        let disclosures = enrol::disclosures(&open.vault).await?;
        let mut kept =
            prepared(app, &open, &client, &invitation, clinician, disclosures, &draft, sentence, app.now())
                .await?;
        kept.save(&open.vault).await?;
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
    invitation: &Invitation,
    clinician: ClinicianView,
    disclosures: Vec<Disclosure>,
    draft: &Draft,
    sentence: String,
    now: UnixMillis,
) -> Result<Kept, Failure> {
    let mut nonce = [0; 16];
    rng().fill_bytes(&mut nonce);
    let shares = draft.shares();
    let mut series = Vec::with_capacity(draft.categories.len());
    for category in draft.categories.iter().copied() {
        let tree = match shares {
            Shares::Readings => open.vault.tree(category),
            Shares::Days { .. } => open.vault.day_tree(category).await.or_fail()?,
        };
        series.push(SeriesKey { series: open.vault.series(category), tree });
    }
    let patient = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let plan = Plan {
        reader: invitation.reader,
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
        grant_key: Kept::key(&open.vault, &nonce),
    };
    let credential = invitation.attestation.person.credential_pk.0;
    let permission = prepare(&plan, client.genesis(), now, &mut rng()).or_fail()?;
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
        credential: Some(credential),
        unconfirmed: None,
        nonce,
        proven: None,
        uploaded: Vec::new(),
    };
    Ok(Kept { facts, permission })
}

/// Brings it to the members. One that certainly is not recorded is discarded; one that may be stays pending and is
/// taken up again in the background.
pub(super) async fn give(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &mut Kept,
) -> Result<(), Failure> {
    let key = Kept::key(&open.vault, &kept.facts.nonce);
    let reached = AtomicU32::new(0);
    let mut tell = |step: Step| {
        let done = match step {
            Step::Dealt(_) => 1,
            Step::Stored(_) => 2,
            Step::Recorded(_) => 3,
            Step::Left(_) => 4,
        };
        reached.store(done, Ordering::Relaxed);
        progress(app, done);
    };
    let advanced = advance(client, &mut kept.permission, &key, app.now(), &mut tell).await;
    let Err(error) = advanced else { return kept.save(&open.vault).await };
    let certain =
        matches!(&error, salus_sharing::issue::IssueError::Light(salus_light::LightError::Refused(_)));
    if reached.load(Ordering::Relaxed) < 2 || certain {
        kept.discard(&open.vault).await?;
        return Err(super::Fail::fail(error));
    }
    tracing::info!(%error, "the permission is pending");
    kept.save(&open.vault).await
}

pub(super) fn progress(app: &App, done: u32) {
    app.tell(Event::Progress { work: IssuePermission::NAME.to_owned(), done, total: STEPS });
}
