//! Which epochs the other laptops know of, by how many readings each held.
//!
//! ```text
//! known, of a category        count * (epoch u32 || readings u32), in order: in the depots, or told by another laptop
//! untold, of a laptop and a category   the same: what it is still to be told of
//! lacking, of a category               the same, but how often it is still to be sent once more: some depot lacks it
//! ```

use std::collections::BTreeMap;

use salus_sharing::laptop::Changed;
use salus_vault::{Epoch, Vault};
use salus_wire::{Category, ErrorCode, Failure};

use crate::failure::OrFail;
use crate::namespace::LAPTOPS;

/// Readings by epoch.
pub(super) type Marks = BTreeMap<u32, u32>;

fn known(category: Category) -> Vec<u8> {
    vec![b'k', category.code()]
}

fn lacking(category: Category) -> Vec<u8> {
    vec![b'r', category.code()]
}

fn untold(number: u8, category: Category) -> Vec<u8> {
    vec![b'u', number, category.code()]
}

async fn load(vault: &Vault, name: &[u8]) -> Result<Marks, Failure> {
    let stored = vault.cabinet().get(LAPTOPS, name).await.or_fail()?;
    stored.map_or_else(|| Ok(Marks::new()), |octets| decode(&octets).ok_or(ErrorCode::Damaged.into()))
}

async fn save(vault: &Vault, name: &[u8], marks: &Marks) -> Result<(), Failure> {
    if marks.is_empty() {
        vault.cabinet().remove(LAPTOPS, name).await.or_fail()?;
        return Ok(());
    }
    vault.cabinet().put(LAPTOPS, name, &encode(marks)).await.or_fail()
}

fn encode(marks: &Marks) -> Vec<u8> {
    marks
        .iter()
        .flat_map(|(epoch, readings)| [epoch.to_be_bytes(), readings.to_be_bytes()].concat())
        .collect()
}

fn decode(octets: &[u8]) -> Option<Marks> {
    let (pairs, rest) = octets.as_chunks::<8>();
    let pair = |octets: &[u8; 8]| {
        let number = u64::from_be_bytes(*octets);
        Some((u32::try_from(number >> 32).ok()?, u32::try_from(number & u64::from(u32::MAX)).ok()?))
    };
    rest.is_empty().then(|| pairs.iter().map(pair).collect())?
}

/// What the other laptops can know of a category.
pub(super) async fn of(vault: &Vault, category: Category) -> Result<Marks, Failure> {
    load(vault, &known(category)).await
}

/// How often each epoch of a category is still to be sent once more, because some depot lacks it.
pub(super) async fn repeats(vault: &Vault, category: Category) -> Result<Marks, Failure> {
    load(vault, &lacking(category)).await
}

/// Keeps how often epochs are still to be sent once more.
pub(super) async fn save_repeats(vault: &Vault, category: Category, repeats: &Marks) -> Result<(), Failure> {
    save(vault, &lacking(category), repeats).await
}

/// Notes that epochs lie in the depots, or were told by another laptop, and that these laptops are to be told.
pub(super) async fn note(
    vault: &Vault,
    category: Category,
    epochs: &[(Epoch, u32)],
    tell: &[u8],
) -> Result<(), Failure> {
    for number in tell {
        let name = untold(*number, category);
        let mut marks = load(vault, &name).await?;
        marks.extend(epochs.iter().map(|(epoch, readings)| (epoch.number(), *readings)));
        save(vault, &name, &marks).await?;
    }
    let mut marks = of(vault, category).await?;
    for (epoch, readings) in epochs {
        let mark = marks.entry(epoch.number()).or_default();
        *mark = (*mark).max(*readings);
    }
    save(vault, &known(category), &marks).await
}

/// Forgets what is known of epochs that hold fewer readings than they did: the others are told of them anew, and of what comes later.
pub(super) async fn forget(vault: &Vault, epochs: &[(Category, Epoch)]) -> Result<(), Failure> {
    for category in Category::ALL.iter().copied() {
        let gone: Vec<u32> =
            epochs.iter().filter(|(one, _)| *one == category).map(|(_, epoch)| epoch.number()).collect();
        if gone.is_empty() {
            continue;
        }
        let mut marks = self::of(vault, category).await?;
        let before = marks.len();
        for epoch in gone {
            marks.remove(&epoch);
        }
        if marks.len() != before {
            save(vault, &known(category), &marks).await?;
        }
    }
    Ok(())
}

/// Forgets what is known: everything is put into the depots once more, because a laptop was added that has nothing yet.
pub(super) async fn begin_anew(vault: &Vault) -> Result<(), Failure> {
    for category in Category::ALL {
        save(vault, &known(*category), &Marks::new()).await?;
    }
    Ok(())
}

/// What a laptop is to be told next, at most so much, the newest first, and how much is left after it.
pub(super) async fn next(vault: &Vault, number: u8, most: usize) -> Result<(Vec<Changed>, u32), Failure> {
    let mut all = Vec::new();
    for category in Category::ALL {
        for (epoch, readings) in load(vault, &untold(number, *category)).await? {
            let epoch = Epoch::new(epoch).ok_or(ErrorCode::Damaged)?;
            all.push(Changed { category: *category, epoch, readings });
        }
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.epoch, one.category.code())));
    let left = u32::try_from(all.len().saturating_sub(most)).unwrap_or(u32::MAX);
    all.truncate(most);
    Ok((all, left))
}

/// Notes that a laptop was told, as far as nothing newer is to be told of the same.
pub(super) async fn told(vault: &Vault, number: u8, epochs: &[Changed]) -> Result<(), Failure> {
    for category in Category::ALL {
        let of: Vec<&Changed> = epochs.iter().filter(|one| one.category == *category).collect();
        if of.is_empty() {
            continue;
        }
        let name = untold(number, *category);
        let mut marks = load(vault, &name).await?;
        marks.retain(|epoch, readings| {
            !of.iter().any(|one| one.epoch.number() == *epoch && one.readings == *readings)
        });
        save(vault, &name, &marks).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_read_back_and_half_of_one_is_damage() {
        let marks: Marks = [(7, 3), (9, u32::MAX), (u32::MAX, 0)].into();
        let octets = encode(&marks);
        assert_eq!(decode(&octets), Some(marks));
        assert_eq!((decode(&octets[1..]), decode(&[])), (None, Some(Marks::new())));
    }
}
