//! Whether a shared record is over, as proven last.

use salus_vault::Vault;
use salus_wire::view::PermissionState;
use salus_wire::{ErrorCode, Failure, GrantId};

use super::kept::Shared;

/// Why nothing of it is shown any more; `None` while it runs, and for one that is not kept.
pub(crate) async fn over(vault: &Vault, id: &GrantId) -> Result<Option<ErrorCode>, Failure> {
    let shared = Shared::load(vault, id).await?;
    Ok(match shared.map(|shared| shared.state) {
        Some(PermissionState::Ended) => Some(ErrorCode::Ended),
        Some(PermissionState::Stopped) => Some(ErrorCode::Stopped),
        _ => None,
    })
}
