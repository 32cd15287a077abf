//! What a permission shows of a record: the same for its reader, from what the depots gave, and for the person who looks at what they
//! gave, from the own record. A reader's screen and a preview cannot differ, because both are made here.

use salus_insight::Span;
use salus_insight::chart::MIN_WIDTH;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::days;
use salus_sharing::issue::Shares;
use salus_vault::VaultError;
use salus_vault::summary::day_start;
use salus_vault::summary::given::untimed;
use salus_wire::view::RecordView;
use salus_wire::{Category, Failure, Level, Reading, Summary, UnixMillis};

use super::Eyes;
use crate::devices::told;
use crate::failure::OrFail;
use crate::lock::Open;

/// The time that is drawn: what is still to be measured cannot be shown.
pub(crate) fn span((from, to): (UnixMillis, UnixMillis), width: u16, now: UnixMillis) -> Span {
    let to = to.min(now.saturating_add(1)).max(from.saturating_add(1));
    Span { from, to, width, now }
}

/// One category from its readings. What the patient calls their devices stays with the patient.
pub(crate) fn readings(
    category: Category,
    readings: Vec<Reading>,
    span: Span,
    devices: &[ToldDevice],
) -> RecordView {
    salus_insight::record(category, readings, span, |reading| told::origin(devices, reading))
}

/// One category from summaries of days.
pub(crate) fn summaries(category: Category, rows: Vec<Summary>, span: Span) -> RecordView {
    salus_insight::record::daily(category, rows, span)
}

/// One category of the own record as its reader sees it.
pub(crate) async fn own(
    open: &Open,
    category: Category,
    span: Span,
    shares: Shares,
    devices: &[ToldDevice],
) -> Result<RecordView, Failure> {
    match shares {
        Shares::Readings => super::view(open, category, span, Eyes::Shared(devices)).await,
        Shares::Days { .. } => own_days(open, category, span).await,
    }
}

async fn own_days(open: &Open, category: Category, span: Span) -> Result<RecordView, Failure> {
    let (rows, damaged) = day_rows(open, category, (span.from, span.to), span.now).await?;
    Ok(RecordView { damaged, ..summaries(category, rows, span) })
}

/// The days of `[from, to)` that could be opened now, and how many are damaged: others are summed up when they are over. One that is
/// damaged is left out, as it is when days are sent.
pub(crate) async fn day_rows(
    open: &Open,
    category: Category,
    (from, to): (UnixMillis, UnixMillis),
    now: UnixMillis,
) -> Result<(Vec<Summary>, u32), Failure> {
    let (mut rows, mut damaged) = (Vec::new(), 0u32);
    for day in days::days(from, to).into_iter().flatten() {
        if days::opens_at(day) > now {
            break;
        }
        let (from, to) = (day_start(day), day_start(day.saturating_add(1)));
        match open.vault.summaries(category, Level::Day, from, to).await {
            Err(VaultError::Damaged { .. }) => damaged = damaged.saturating_add(1),
            found => rows.extend(found.or_fail()?.iter().map(untimed)),
        }
    }
    Ok((rows, damaged))
}

/// Hands on the readings of a category of the own record in `[from, to)`, a day at a time and in order of time; returns how many of
/// its hours are damaged.
pub(crate) async fn by_day(
    open: &Open,
    category: Category,
    (from, to): (UnixMillis, UnixMillis),
    mut take: impl FnMut(&[Reading]) + Send,
) -> Result<u32, Failure> {
    if from >= to {
        return Ok(0);
    }
    let heads =
        super::summed::heads(&open.vault, category, Span { from, to, width: MIN_WIDTH, now: to }).await?;
    // Before the first of them there is nothing to look for.
    let first = heads.iter().find(|head| head.readings + head.unsealed > 0).map(|head| head.epoch.start());
    let (mut at, mut damaged) = (first.map_or(to, |first| first.max(from)), 0u32);
    while at < to {
        let end = at.saturating_add(super::CHUNK_MS).min(to);
        let (readings, unreadable) = open.vault.readable(category, at, end).await.or_fail()?;
        take(&readings);
        damaged = damaged.saturating_add(unreadable);
        at = end;
    }
    Ok(damaged)
}

#[cfg(test)]
mod tests {
    use salus_wire::Quantity;
    use salus_wire::command::TypeReading;
    use salus_wire::view::ValueView;

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    const HOUR: i64 = 3_600_000;

    /// The patient's look at a permission and the reader's own screen, from the same readings.
    #[tokio::test]
    async fn a_preview_is_the_reader_s_screen() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let category = Category::BodyWeight;
        for hours in [60, 30, 20, 1] {
            let values =
                vec![ValueView { quantity: Quantity::BodyWeight, value: format!("7{}.5", hours % 9) }];
            let note = Some("for nobody else".into());
            app.run(TypeReading { category, values, at: NOON - hours * HOUR, note }).await.unwrap();
        }
        let open = app.open().await.unwrap();
        let span = span((NOON - 40 * HOUR, NOON + 40 * HOUR), 640, NOON);
        assert_eq!(span.to, NOON + 1);
        let seen = own(&open, category, span, Shares::Readings, &[]).await.unwrap();
        let opened = open.vault.readings(category, span.from, span.to).await.unwrap();
        assert_eq!(seen, readings(category, opened, span, &[]));
        assert_eq!((seen.total, seen.rows.iter().all(|row| row.note.is_none())), (3, true));
        drop(open);
        app.close().await.unwrap();
    }
}
