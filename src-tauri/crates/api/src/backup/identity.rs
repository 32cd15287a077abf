//! The honest way out: what the stock `age` tool needs to open a backup.

use salus_vault::{RecoveryKey, backup};
use salus_wire::{ErrorCode, Failure};
use zeroize::Zeroizing;

/// The identity file, in the stock tool's own form, of a recovery key as it is typed.
///
/// # Errors
/// [`ErrorCode::WrongRecoveryKey`] when the text is no recovery key.
pub fn backup_identity(typed: &str) -> Result<Zeroizing<String>, Failure> {
    let key: RecoveryKey = typed.parse().map_err(|_| ErrorCode::WrongRecoveryKey)?;
    let (recipient, identity) = (backup::recipient(&key), backup::identity(&key));
    Ok(Zeroizing::new(format!(
        "# of the backups of a Salus record\n# public key: {recipient}\n{}\n",
        *identity
    )))
}

#[cfg(test)]
mod tests {
    use super::backup_identity;

    #[test]
    fn a_key_as_it_is_typed_gives_the_file_and_anything_else_is_refused() {
        let file = backup_identity(" 0410-6105-0r3g-g28a-1c60 t3gf-208h-44rm-jnqj \n").unwrap();
        let last = file.lines().last().unwrap();
        assert_eq!(last, "AGE-SECRET-KEY-1KATE0NKVW3KPZHM3XXFYHTQRCLL6SUF8U37A66HYMS96J3Y64T9QSRWUL3");
        assert!(file.contains("age18z7e76g8tkz3afl3khs8ngdg34p6aecr88h8utg5rhdvnjmv4veqax4hmc"));
        assert!(backup_identity("0410-6105").is_err());
        assert!(backup_identity("").is_err());
    }
}
