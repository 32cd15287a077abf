//! Where an opened record came from, with the blocks that prove it.

use salus_light::LightClient;
use salus_sharing::open::{Provenance, Standing};
use salus_wire::Failure;
use salus_wire::view::{GatewayStanding, GatewayView};

use crate::App;
use crate::activity::proof_at;
use crate::lock::Open;

/// As pages show it. A block that is not proven now makes it unproven; nothing is refused for it.
pub(super) async fn views(
    app: &App,
    open: &Open,
    client: &LightClient,
    all: &[Provenance],
) -> Vec<GatewayView> {
    let mut views = Vec::with_capacity(all.len());
    for one in all {
        views.push(proven(app, open, client, one).await.unwrap_or_else(|failure| {
            tracing::debug!(code = %failure.code, "an enrolment's block is not proven now");
            view(one, GatewayStanding::Unproven)
        }));
    }
    views
}

async fn proven(
    app: &App,
    open: &Open,
    client: &LightClient,
    one: &Provenance,
) -> Result<GatewayView, Failure> {
    let mut shown = view(one, word(one.standing));
    if let Some(record) = &one.enrolment {
        shown.enrolled = Some(proof_at(app, open, client, record.height).await?);
        if let Some(withdrawn) = &record.withdrawn {
            shown.withdrawn = Some(proof_at(app, open, client, withdrawn.height).await?);
        }
    }
    Ok(shown)
}

const fn view(one: &Provenance, standing: GatewayStanding) -> GatewayView {
    GatewayView { category: one.category, standing, enrolled: None, withdrawn: None }
}

const fn word(standing: Standing) -> GatewayStanding {
    match standing {
        Standing::Enrolled => GatewayStanding::Enrolled,
        Standing::Early => GatewayStanding::Early,
        Standing::Withdrawn => GatewayStanding::Withdrawn,
        Standing::NotEnrolled => GatewayStanding::NotEnrolled,
        Standing::OtherGateway => GatewayStanding::OtherGateway,
        Standing::Unproven => GatewayStanding::Unproven,
    }
}
