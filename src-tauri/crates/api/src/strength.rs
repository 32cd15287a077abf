//! How long a new passphrase would hold, by zxcvbn: here and not in the page, whose half its dictionaries would be.

use salus_wire::command::RatePassphrase;
use salus_wire::{ErrorCode, Failure};
use zeroize::Zeroizing;

use crate::App;
use crate::dispatch::Run;
use crate::failure::bug;

/// Shorter ones are not accepted, and not rated.
const SHORTEST_CHARS: usize = 8;
/// The estimate looks at no more than this; longer passphrases are strong by their length.
const ESTIMATED_CHARS: usize = 64;
/// As long as a passphrase, and a person's name, may be.
const LONGEST_OCTETS: usize = 1024;
const LONGEST_NAME: usize = 80;

impl Run for RatePassphrase {
    async fn run(self, _: &App) -> Result<u8, Failure> {
        let (passphrase, name) = (Zeroizing::new(self.passphrase), self.name);
        if passphrase.len() > LONGEST_OCTETS || name.chars().count() > LONGEST_NAME {
            return Err(ErrorCode::BadRequest.into());
        }
        if passphrase.chars().count() < SHORTEST_CHARS {
            return Err(ErrorCode::BadRequest.into());
        }
        // It takes milliseconds, for which nobody else waits.
        let rated = tokio::task::spawn_blocking(move || rate(&passphrase, &name));
        rated.await.map_err(|_| bug("a passphrase is rated"))
    }
}

/// 0 to 4.
fn rate(passphrase: &str, name: &str) -> u8 {
    let part: Zeroizing<String> = Zeroizing::new(passphrase.chars().take(ESTIMATED_CHARS).collect());
    u8::from(zxcvbn::zxcvbn(&part, &[name, "salus"]).score())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::MemoryHeads;
    use crate::testing::{Hands, NOON, open};

    #[test]
    fn common_is_weak_a_name_does_not_help_and_four_odd_words_are_strong() {
        assert_eq!(rate("password1", ""), 0);
        assert_eq!(rate("lantern otter velvet ninth", ""), 4);
        assert!(rate("Maximiliane", "Maximiliane") < rate("Maximiliane", ""));
        assert!(rate(&"x".repeat(1024), "") < 4);
    }

    #[tokio::test]
    async fn it_is_rated_before_there_is_a_record_and_only_within_its_bounds() {
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path(), &Hands::at(NOON), Arc::new(MemoryHeads::default())).await;
        let rated = async |passphrase: &str, name: &str| {
            let command = RatePassphrase { passphrase: passphrase.into(), name: name.into() };
            command.run(&app).await
        };
        assert_eq!(rated("password1", "").await, Ok(0));
        for (passphrase, name) in [("short", ""), (&*"x".repeat(1025), ""), ("password1", &*"n".repeat(81))] {
            assert_eq!(rated(passphrase, name).await, Err(ErrorCode::BadRequest.into()));
        }
    }
}
