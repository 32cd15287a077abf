//! What a person types: checked like what a device sends, flagged as typed, and taken back at once if it was a slip.

mod checked;
pub(crate) mod day_notes;
pub(crate) mod notes;

use salus_insight::Origin;
use salus_wire::command::{GetOverview, TypeReading, WithdrawReading};
use salus_wire::view::{OverviewView, ReadingView, WithdrawnView};
use salus_wire::{Category, DeviceId, ErrorCode, Failure, Quality, Reading, UnixMillis};

use crate::failure::OrFail;
use crate::{App, Run};
use salus_wire::event::Event;

/// The device of a typed reading: none.
pub(crate) const BY_HAND: DeviceId = DeviceId([0; 16]);

/// How far ahead of our clock a typed instant may lie: minutes are typed whole. 1 minute.
const AHEAD_MS: i64 = 60_000;

impl Run for GetOverview {
    async fn run(self, app: &App) -> Result<Vec<OverviewView>, Failure> {
        let open = app.open().await?;
        let mut found = Vec::new();
        for category in Category::ALL {
            let total = open.vault.count(*category).await.or_fail()?;
            if total > 0 {
                let total = u32::try_from(total).unwrap_or(u32::MAX);
                found.push(OverviewView { category: *category, total });
            }
        }
        Ok(found)
    }
}

impl Run for TypeReading {
    async fn run(self, app: &App) -> Result<ReadingView, Failure> {
        let now = app.now();
        if self.at > now.saturating_add(AHEAD_MS) {
            return Err(Failure::with(ErrorCode::BadRequest, "at"));
        }
        let note = notes::checked(self.note.as_deref())?;
        let (components, converted) = checked::components(self.category, &self.values)?;
        let converted = if converted { Quality::CONVERTED } else { 0 };
        let open = app.open().await?;
        crate::delete::refuse_deleted(&open, self.category, self.at)?;
        let mut reading = Reading {
            at: self.at,
            arrived: now,
            device: BY_HAND,
            category: self.category,
            components,
            quality: Quality(Quality::TYPED | converted),
            device_time: None,
            user: None,
        };
        // A person may type two equal values for one minute; the second is another reading.
        // In a damaged hour nobody knows, and what is typed is kept.
        while !open.vault.readable(reading.category, reading.at, reading.at + 1).await.or_fail()?.0.is_empty()
        {
            reading.at += 1;
        }
        open.vault.record(std::slice::from_ref(&reading)).await.or_fail()?;
        if let Some(note) = &note {
            notes::keep(&open.vault, reading.category, reading.at, note).await?;
        }
        app.tell(Event::ReadingsChanged);
        Ok(ReadingView { note, ..salus_insight::record::row(&reading, &|_| Origin::default()) })
    }
}

impl Run for WithdrawReading {
    async fn run(self, app: &App) -> Result<WithdrawnView, Failure> {
        let open = app.open().await?;
        let typed = typed_at(&open.vault, self.category, self.at).await?;
        let Some(reading) = typed else { return Ok(WithdrawnView::Kept) };
        if !open.vault.withdraw(&reading).await.or_fail()? {
            return Ok(WithdrawnView::Kept);
        }
        notes::forget(&open.vault, self.category, self.at).await?;
        app.tell(Event::ReadingsChanged);
        Ok(WithdrawnView::Withdrawn)
    }
}

async fn typed_at(
    vault: &salus_vault::Vault,
    category: Category,
    at: UnixMillis,
) -> Result<Option<Reading>, Failure> {
    let end = at.checked_add(1).ok_or_else(|| Failure::with(ErrorCode::BadRequest, "at"))?;
    let (here, _) = vault.readable(category, at, end).await.or_fail()?;
    Ok(here.into_iter().find(|r| r.device == BY_HAND && r.quality.has(Quality::TYPED)))
}
