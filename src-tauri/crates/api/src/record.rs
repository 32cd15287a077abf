//! The patient's own record: chart, statistics and table of a span.

#[cfg(test)]
mod damage;
mod days;
pub(crate) mod given;
pub(crate) mod renew;
mod summed;
mod wall;

use salus_insight::{Screen, Span};
use salus_sharing::capsule::ToldDevice;
use salus_vault::Vault;
use salus_wire::command::GetRecord;
use salus_wire::view::RecordView;
use salus_wire::{Category, ErrorCode, Failure, Reading};

use crate::devices::told;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// Readings are taken from the record a day at a time, so that memory does not grow with the span. 24 hours.
const CHUNK_MS: i64 = 24 * 3_600_000;
/// Longest span: 400 days, a year to look at with its edges.
const MAX_SPAN_MS: i64 = 400 * CHUNK_MS;

impl Run for GetRecord {
    async fn run(self, app: &App) -> Result<RecordView, Failure> {
        let span = span(self.from, self.to, self.width, app.now())?;
        let open = app.open().await?;
        view(&open, self.category, span, Eyes::Own).await
    }
}

/// A checked span.
pub(crate) fn span(from: i64, to: i64, width: u16, now: i64) -> Result<Span, Failure> {
    let bounds = salus_insight::chart::MIN_WIDTH..=salus_insight::chart::MAX_WIDTH;
    if !bounds.contains(&width) {
        return Err(Failure::with(ErrorCode::BadRequest, "width"));
    }
    match to.checked_sub(from) {
        Some(length) if (1..=MAX_SPAN_MS).contains(&length) => Ok(Span { from, to, width, now }),
        _ => Err(Failure::with(ErrorCode::BadRequest, "to")),
    }
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes<'a> {
    /// The person whose record it is.
    Own,
    /// Somebody it is shared with: without notes, and of a device only what the permission tells.
    Shared(&'a [ToldDevice]),
}

/// One category of the open record.
pub(crate) async fn view(
    open: &Open,
    category: Category,
    span: Span,
    eyes: Eyes<'_>,
) -> Result<RecordView, Failure> {
    let origin = |r: &Reading| match eyes {
        Eyes::Own => open.devices.origin_of(r),
        Eyes::Shared(devices) => told::origin(devices, r),
    };
    let heads = summed::heads(&open.vault, category, span).await?;
    let many = summed::held(&heads) > summed::MOST_READINGS;
    let level = salus_insight::chart::level(span.from, span.to, span.width).filter(|_| many);
    let (screen, damaged) = match level {
        Some(level) => match summed::screen(&open.vault, category, span, level, &heads).await {
            Ok(screen) => (screen, 0),
            // From every reading that can be read: slower, and it says what is missing.
            Err(failure) if failure.code == ErrorCode::Damaged => read(&open.vault, category, span).await?,
            Err(failure) => return Err(failure),
        },
        None => read(&open.vault, category, span).await?,
    };
    let mut view = screen.finish(origin);
    view.damaged = damaged;
    if view.latest.is_none() && eyes == Eyes::Own {
        // The newest live reading is shown also when it lies outside the span.
        let newest = open.vault.latest(category).await.or_fail()?;
        view.latest = newest.map(|r| salus_insight::record::row(&r, &|r| open.devices.origin_of(r)));
    }
    if eyes == Eyes::Own {
        crate::entry::notes::add(&open.vault, &mut view).await?;
    }
    Ok(view)
}

/// The screen of a span from every reading in it, and how many epochs (hours) of it are damaged.
async fn read(vault: &Vault, category: Category, span: Span) -> Result<(Screen, u32), Failure> {
    let (mut screen, mut damaged) = (Screen::new(category, span), 0);
    let mut from = span.from;
    while from < span.to {
        let to = from.saturating_add(CHUNK_MS).min(span.to);
        let (readings, unreadable) = vault.readable(category, from, to).await.or_fail()?;
        screen.take(readings);
        damaged += unreadable;
        from = to;
    }
    Ok((screen, damaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_widths_have_bounds() {
        assert!(span(0, 1, 200, 0).is_ok());
        for (from, to, width) in [
            (0, 0, 200),
            (1, 0, 200),
            (i64::MIN, i64::MAX, 200),
            (0, MAX_SPAN_MS + 1, 200),
            (0, 1, 199),
            (0, 1, 4001),
        ] {
            assert!(span(from, to, width, 0).is_err(), "{from} {to} {width}");
        }
    }
}
