//! What any key of a circle says: agree, object, stop, help no longer.

use salus_chain::circle::{Change, Signer, Subject};
use salus_chain::ids::{self, Hash32};
use salus_chain::state::TxRefused;
use salus_light::LightClient;
use salus_sharing::circle::{CircleError, Voice, speak};
use salus_wire::command::{ApproveChange, DecidePermission, LayDown, ObjectChange, StopForRelative};
use salus_wire::view::FamilyView;
use salus_wire::{ChangeId, CircleId, ErrorCode, Failure, GrantId};

use super::kept::Part;
use super::{history, shown, stops, watched};
use crate::failure::OrFail;
use crate::{App, Run};

/// What is said.
enum Saying {
    Agree(Subject),
    Object(Subject),
    Stop(ids::GrantId),
    Go,
}

const fn change(change: ChangeId) -> Subject {
    Subject::Change(Hash32(change.0))
}

const fn permission(id: GrantId) -> Subject {
    Subject::Grant(ids::GrantId(id.0))
}

async fn say(app: &App, circle: CircleId, what: Saying) -> Result<FamilyView, Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let _turn = open.sharing.take().await;
    let circle = ids::CircleId(circle.0);
    let part = Part::of(&open.vault, &circle).await?;
    // The person confirms what rests with the passphrase and natively: `confirm_permission`.
    if let (Part::Person(_), Saying::Agree(Subject::Grant(_))) = (&part, &what) {
        return Err(ErrorCode::NotAllowed.into());
    }
    // One that the person gave, and let this helper stop: by the stop that came with it.
    if let (Part::Helper(coded), Saying::Stop(id)) = (&part, &what)
        && stops::stop(app, &open.vault, &client, coded, &GrantId(id.0)).await?
    {
        return shown(app, &open, &client).await;
    }
    let key = part.key(&open.vault);
    let voice = Voice { circle, key: &key };
    let against = match (&part, &what) {
        (Part::Person(_), Saying::Object(Subject::Change(change))) => Some(change.0),
        (Part::Person(_), Saying::Object(Subject::Grant(id)) | Saying::Stop(id)) => Some(id.0),
        _ => None,
    };
    match what {
        Saying::Agree(subject) => speak::approve(&client, voice, subject).await.map(drop).or_fail()?,
        Saying::Object(subject) => speak::object(&client, voice, subject).await.map(drop).or_fail()?,
        Saying::Stop(id) => speak::stop(&client, voice, id).await.map(drop).or_fail()?,
        Saying::Go => go(&client, voice).await.or_fail()?,
    }
    // It is said: that an export does not name the person for it is the lesser evil.
    if let Some(subject) = against
        && let Err(failure) = history::said(&open.vault, &subject, app.now()).await
    {
        tracing::warn!(code = %failure.code, "who objected is not noted");
    }
    shown(app, &open, &client).await
}

async fn go(client: &LightClient, voice: Voice<'_>) -> Result<(), CircleError> {
    let circle = speak::standing(client, &voice.circle).await?.value;
    let Some(Signer::Delegate(seat)) = circle.find(&voice.key.verifying_key()) else {
        return Err(TxRefused::CircleSigner.into());
    };
    speak::change(client, voice, Change::RemoveDelegate(seat)).await.map(drop)
}

impl Run for ApproveChange {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        say(app, self.circle, Saying::Agree(change(self.change))).await
    }
}

impl Run for ObjectChange {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let watches = {
            let open = app.open().await?;
            watched::is(&open.vault, &self.circle).await?
        };
        if watches {
            return watched::object(app, self.circle, self.change).await;
        }
        say(app, self.circle, Saying::Object(change(self.change))).await
    }
}

impl Run for DecidePermission {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let subject = permission(self.id);
        let saying = if self.agree { Saying::Agree(subject) } else { Saying::Object(subject) };
        say(app, self.circle, saying).await
    }
}

impl Run for StopForRelative {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        say(app, self.circle, Saying::Stop(ids::GrantId(self.id.0))).await
    }
}

impl Run for LayDown {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        say(app, self.circle, Saying::Go).await
    }
}
