//! Letters that enough depots hold and some do not, kept until all have them, also over a restart, and sent once more as
//! [`crate::repeat`] says.
//!
//! ```text
//! of each letter, by its hash   how often it is to be sent once more u8 || [`Left`]
//! ```

use std::time::Duration;

use salus_chain::codec::Record;
use salus_chain::ids::ReaderKey;
use salus_light::LightClient;
use salus_sharing::circle::letter::{self, Left};
use salus_sharing::issue::IssueError;
use salus_vault::Vault;
use salus_wire::{Failure, UnixMillis};
use tokio::time::Instant;

use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::LETTERS;
use crate::repeat::{self, Repeat};
use crate::{App, background};

/// How often there is a round.
const EACH: Duration = Duration::from_secs(60);
/// How long a round may take: what it does not come to waits for the next time.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most letters that wait, and octets that they take: what is more is not sent once more.
const MOST: usize = 64;
const ROOM: usize = 8 << 20;

/// Sends a letter, to be kept until an instant, and keeps it while some depot lacks it.
///
/// # Errors
/// As [`letter::send`].
pub(crate) async fn send(
    vault: &Vault,
    client: &LightClient,
    said: &[u8],
    to: &ReaderKey,
    (until, now): (UnixMillis, UnixMillis),
) -> Result<(), IssueError> {
    let left = letter::send(client, said, to, until, now, &mut rng()).await?;
    keep(vault, client.genesis().n(), &left).await;
    Ok(())
}

/// Keeps a letter that was sent, if one of so many members lacks it. It is there already: nothing fails where it cannot be kept.
pub(crate) async fn keep(vault: &Vault, members: u16, left: &Left) {
    let again = repeat::left(None, left.is_everywhere(members));
    if let Err(failure) = keep_for(vault, again, left).await {
        tracing::debug!(code = %failure.code, "a letter is not sent once more to those who lack it");
    }
}

async fn keep_for(vault: &Vault, again: u8, left: &Left) -> Result<(), Failure> {
    if again == 0 {
        return Ok(());
    }
    let waiting = vault.cabinet().readable(LETTERS).await.or_fail()?;
    let taken: usize = waiting.iter().map(|(_, row)| row.len()).sum();
    if waiting.len() < MOST && taken < ROOM { save(vault, again, left).await } else { Ok(()) }
}

/// Writes down how often it is to be sent once more; no more forgets it.
async fn save(vault: &Vault, again: u8, left: &Left) -> Result<(), Failure> {
    let name = left.name();
    if again == 0 {
        return vault.cabinet().remove(LETTERS, &name.0).await.or_fail().map(drop);
    }
    let row = [&[again][..], &left.encode()].concat();
    vault.cabinet().put(LETTERS, &name.0, &row).await.or_fail()
}

fn read(row: &[u8]) -> Option<(u8, Left)> {
    let (again, left) = row.split_first()?;
    Some((*again, Left::decode(left).ok()?))
}

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        match tokio::time::timeout(PATIENCE, round(&app)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::debug!(code = %failure.code, "letters are sent once more later"),
            Err(_) => tracing::debug!("sending letters once more takes too long and goes on later"),
        }
    }
}

/// Sends some of what waits. Nobody's turn is needed: only this takes letters from there.
async fn round(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    some(&open, &client, app.now()).await
}

async fn some(open: &Open, client: &LightClient, now: UnixMillis) -> Result<(), Failure> {
    let (vault, members) = (&open.vault, client.genesis().n());
    let mut may = Repeat::since(&open.repeated.letters, Instant::now());
    if may.is_spent() {
        return Ok(());
    }
    for (name, row) in vault.cabinet().readable(LETTERS).await.or_fail()? {
        let Some((again, mut left)) = read(&row).filter(|(_, left)| now < left.until()) else {
            vault.cabinet().remove(LETTERS, &name).await.or_fail()?;
            continue;
        };
        if !may.takes(again, Instant::now()) {
            continue;
        }
        // Before it is sent: one that is cut off each time is not sent for ever.
        let rest = repeat::left(Some(again), false);
        save(vault, rest, &left).await?;
        left.again(client, now).await;
        if rest > 0 {
            save(vault, repeat::left(Some(again), left.is_everywhere(members)), &left).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Hands, NOON, patient};

    /// A letter that these members hold, and its note too.
    fn letter(number: u8, depots: u32) -> Left {
        let letter = [&[0, 0, 0, 1, number][..], &depots.to_be_bytes()].concat();
        let head = [&[1, 0x7E][..], &[5; 32], &NOON.to_be_bytes()].concat();
        Left::decode(&[&head[..], &letter, &letter].concat()).unwrap()
    }

    #[tokio::test]
    async fn a_letter_waits_while_a_member_lacks_it_and_not_too_many_do() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let vault = &open.vault;
        let (lacking, everywhere) = (letter(0, 0b0111), letter(1, 0b1111));
        keep(vault, 4, &lacking).await;
        keep(vault, 4, &everywhere).await;
        let kept = vault.cabinet().readable(LETTERS).await.unwrap();
        let [(name, row)] = kept.as_slice() else { panic!("{}", kept.len()) };
        assert_eq!((name.as_slice(), read(row)), (&lacking.name().0[..], Some((3, lacking.clone()))));
        save(vault, 2, &lacking).await.unwrap();
        let kept = vault.cabinet().readable(LETTERS).await.unwrap();
        assert_eq!(read(&kept[0].1), Some((2, lacking.clone())));
        save(vault, 0, &lacking).await.unwrap();
        assert!(vault.cabinet().readable(LETTERS).await.unwrap().is_empty());
        for number in 0..=u8::try_from(MOST).unwrap() {
            keep(vault, 4, &letter(number, 1)).await;
        }
        assert_eq!(vault.cabinet().readable(LETTERS).await.unwrap().len(), MOST);
        drop(open);
        app.close().await.unwrap();
    }
}
