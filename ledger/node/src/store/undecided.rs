//! Blocks that were proposed and not decided: kept so that a restart offers the same ones again.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use super::{Store, StoreError, UNDECIDED, guarded};
use crate::engine::{Address, BlockId, Undecided};

/// Undecided blocks of one height at most; a round adds one, and rounds grow longer.
const MAX_PER_HEIGHT: usize = 64;

#[derive(BorshSerialize, BorshDeserialize)]
struct Stored {
    valid_round: i64,
    proposer: Address,
    id: BlockId,
    valid: bool,
    octets: Vec<u8>,
}

fn key(height: u64, round: i64, hash: &[u8; 32]) -> [u8; 48] {
    let mut octets = [0; 48];
    octets[..8].copy_from_slice(&height.to_be_bytes());
    octets[8..16].copy_from_slice(&u64::try_from(round).unwrap_or(0).to_be_bytes());
    octets[16..].copy_from_slice(hash);
    octets
}

fn decode(key: &[u8], stored: &[u8]) -> Result<Undecided, StoreError> {
    const DAMAGED: StoreError = StoreError::Damaged("undecided block");
    let number = |octets: Option<&[u8]>| -> Result<u64, StoreError> {
        let octets = octets.and_then(|octets| octets.try_into().ok()).ok_or(DAMAGED)?;
        Ok(u64::from_be_bytes(octets))
    };
    let stored: Stored = borsh::from_slice(stored).map_err(|_| DAMAGED)?;
    Ok(Undecided {
        height: number(key.get(..8))?,
        round: i64::try_from(number(key.get(8..16))?).map_err(|_| DAMAGED)?,
        valid_round: stored.valid_round,
        proposer: stored.proposer,
        id: stored.id,
        valid: stored.valid,
        octets: Arc::from(stored.octets),
    })
}

impl Store {
    /// Stores a block that may be decided; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_undecided(&self, block: &Undecided) -> Result<(), StoreError> {
        guarded(|| {
            let stored = borsh::to_vec(&Stored {
                valid_round: block.valid_round,
                proposer: block.proposer,
                id: block.id,
                valid: block.valid,
                octets: block.octets.to_vec(),
            })
            .map_err(|_| StoreError::Damaged("undecided block"))?;
            let write = self.write()?;
            {
                let mut table = write.open_table(UNDECIDED)?;
                let key = key(block.height, block.round, &block.id.hash);
                table.insert(key.as_slice(), stored.as_slice())?;
            }
            write.commit()?;
            Ok(())
        })
    }

    /// The undecided blocks of `height`, by round.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn undecided(&self, height: u64) -> Result<Vec<Undecided>, StoreError> {
        guarded(|| {
            let table = self.read()?.open_table(UNDECIDED)?;
            let (first, last) = (key(height, 0, &[0; 32]), key(height, i64::MAX, &[0xff; 32]));
            let mut blocks = Vec::new();
            for entry in table.range(first.as_slice()..=last.as_slice())?.take(MAX_PER_HEIGHT) {
                let (key, stored) = entry?;
                blocks.push(decode(key.value(), stored.value())?);
            }
            Ok(blocks)
        })
    }
}

/// Removes every undecided block up to and including `height`.
pub(super) fn forget(
    table: &mut redb::Table<'_, &'static [u8], &'static [u8]>,
    height: u64,
) -> Result<(), StoreError> {
    let last = key(height, i64::MAX, &[0xff; 32]);
    table.retain_in(..=last.as_slice(), |_, _| false)?;
    Ok(())
}
