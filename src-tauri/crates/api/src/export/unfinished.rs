//! Where an export is being written, kept sealed: a kill leaves a part of it in the clear, which is removed when the record is next
//! opened.
//!
//! ```text
//! kept = the path in UTF-8, under its SHA-256, from before the file is made until it stands under its name or is removed
//! ```
//!
//! A path that is not UTF-8 is not kept, nor is any in a record that cannot be written.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use salus_vault::Vault;

use super::sink::PART;

const NAMESPACE: &str = crate::namespace::EXPORTS;

/// Keeps where the file will be; gives the name under which it is kept.
pub(super) async fn remember(vault: &Vault, beside: &Path) -> Option<Vec<u8>> {
    let path = std::path::absolute(beside).ok()?;
    let path = path.to_str()?;
    let name = salus_chain::ids::sha256(&[path.as_bytes()]).to_vec();
    match vault.cabinet().put(NAMESPACE, &name, path.as_bytes()).await {
        Ok(()) => Some(name),
        Err(error) => {
            tracing::debug!(%error, "where an export is written is not kept");
            None
        }
    }
}

/// It is written, or removed.
pub(super) async fn let_go(vault: &Vault, name: &[u8]) {
    if let Err(error) = vault.cabinet().remove(NAMESPACE, name).await {
        // There is nothing left to remove at the next start, which finds that out.
        tracing::debug!(%error, "where an export was written stays kept");
    }
}

/// Removes what exports left that were killed. One on a disk that is away is looked for again next time.
pub(crate) async fn forget(vault: &Vault) {
    for (name, path) in vault.cabinet().readable(NAMESPACE).await.unwrap_or_default() {
        if core::str::from_utf8(&path).is_ok_and(|path| is_removed(Path::new(path))) {
            let_go(vault, &name).await;
        }
    }
}

/// True once no such file is there.
fn is_removed(path: &Path) -> bool {
    let ours = path.to_str().is_some_and(|path| path.ends_with(PART));
    match fs::symlink_metadata(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => path.parent().is_none_or(Path::exists),
        Err(_) => false,
        Ok(found) if ours && !found.is_dir() => {
            let removed = fs::remove_file(path).is_ok();
            tracing::info!(removed, "an export had been cut off");
            removed
        }
        Ok(_) => true,
    }
}
