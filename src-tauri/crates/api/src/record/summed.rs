//! A span of more readings than a screen needs, from their summaries: a year draws at once.
//!
//! ```text
//! from |..|------- minutes, hours, days of UTC -------|..| to      at the edges finer ones, down to the readings of a part of
//!      readings                                      readings      a minute: a day of any time zone is drawn whole
//! ```

use salus_insight::record::MOST_ROWS;
use salus_insight::{Screen, Span};
use salus_vault::{Epoch, EpochHead, Vault};
use salus_wire::{Category, Failure, Level, Reading};

use crate::failure::OrFail;

/// As many readings are still taken one by one: a week of a value each second.
pub(super) const MOST_READINGS: u64 = 1_000_000;

/// The epochs of a span that hold something.
pub(super) async fn heads(vault: &Vault, category: Category, span: Span) -> Result<Vec<EpochHead>, Failure> {
    let (first, last) = (Epoch::at(span.from.max(0)), Epoch::at(span.to.saturating_sub(1).max(0)));
    let (first, last) = (first.unwrap_or(Epoch::LAST), last.unwrap_or(Epoch::LAST));
    vault.epochs(category, first..=last).await.or_fail()
}

/// Readings of these epochs.
pub(super) fn held(heads: &[EpochHead]) -> u64 {
    heads.iter().map(|h| h.readings + h.unsealed).sum()
}

/// The screen of a span, with summaries of `level` and finer ones at its edges.
pub(super) async fn screen(
    vault: &Vault,
    category: Category,
    span: Span,
    level: Level,
    heads: &[EpochHead],
) -> Result<Screen, Failure> {
    let minute = Level::Minute;
    let (first, last) = (minute.ceil(span.from), minute.floor(span.to));
    let mut screen = Screen::new(category, span);
    let head = vault.readings(category, span.from, first).await.or_fail()?;
    let tail = vault.readings(category, last, span.to).await.or_fail()?;
    let rows = vault.cover(category, level, first, last).await.or_fail()?;
    let (newest, total) =
        (newest(vault, category, span, last, heads).await?, total(vault, category, span, heads).await?);
    let summed = total.saturating_sub((head.len() + tail.len()) as u64);
    screen.take(head);
    screen.take_summaries(level, &rows);
    screen.note(summed, newest);
    screen.take(tail);
    Ok(screen)
}

/// As many of the newest readings before `end` as the table shows, in order of time.
async fn newest(
    vault: &Vault,
    category: Category,
    span: Span,
    end: i64,
    heads: &[EpochHead],
) -> Result<Vec<Reading>, Failure> {
    let mut found: Vec<Reading> = Vec::new();
    for head in heads.iter().rev() {
        if found.len() >= MOST_ROWS {
            break;
        }
        let (from, to) = (head.epoch.start().max(span.from), head.epoch.end().min(end));
        let mut earlier = vault.readings(category, from, to).await.or_fail()?;
        earlier.append(&mut found);
        found = earlier;
    }
    Ok(found)
}

/// How many readings the span holds: whole epochs as their heads say, those at the edges counted.
async fn total(vault: &Vault, category: Category, span: Span, heads: &[EpochHead]) -> Result<u64, Failure> {
    let mut total = 0u64;
    for head in heads {
        let (from, to) = (head.epoch.start(), head.epoch.end());
        total += if span.from <= from && to <= span.to {
            head.readings + head.unsealed
        } else {
            vault.readings(category, from.max(span.from), to.min(span.to)).await.or_fail()?.len() as u64
        };
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_insight::Origin;
    use salus_vault::Compacted;
    use salus_vault::keyslot::PassphraseCost;
    use salus_wire::view::RecordView;
    use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;
    /// 2026-11-18 00:00 UTC.
    const MIDNIGHT: i64 = 20_775 * DAY;
    const HR: Category = Category::HeartRate;

    fn reading(at: i64) -> Reading {
        let value = Decimal { mantissa: 600 + at / 7000 % 300, exponent: -1 };
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category: HR,
            components: vec![Component { quantity: Quantity::HeartRate, value }],
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    }

    /// Twenty days of a value every 20 seconds, worn by day only, and a day without; all but the last day sealed.
    async fn vault(dir: &std::path::Path) -> Vault {
        let rng = crate::app::rng();
        let made = Vault::create_with(dir, "a passphrase", PassphraseCost::FLOOR, MIDNIGHT, rng).await;
        let vault = made.unwrap().0;
        for day in (0..20).filter(|d| *d != 9) {
            let from = MIDNIGHT + day * DAY + 7 * 60 * MINUTE;
            let readings: Vec<_> = (0..2700).map(|i| reading(from + i * 20_000 + 13)).collect();
            vault.record(&readings).await.unwrap();
        }
        while vault.compact(MIDNIGHT + 19 * DAY, 0).await.unwrap() != Compacted::Nothing {}
        vault
    }

    async fn both(vault: &Vault, span: Span) -> [RecordView; 2] {
        let level = salus_insight::chart::level(span.from, span.to, span.width).unwrap();
        let heads = heads(vault, HR, span).await.unwrap();
        let summed = screen(vault, HR, span, level, &heads).await.unwrap();
        let (whole, damaged) = super::super::read(vault, HR, span).await.unwrap();
        assert_eq!(damaged, 0);
        [summed, whole].map(|screen| screen.finish(|_| Origin::default()))
    }

    #[tokio::test]
    async fn a_screen_from_summaries_says_what_one_from_the_readings_says() {
        let dir = tempfile::tempdir().unwrap();
        let vault = vault(dir.path()).await;
        let offset = (5 * 60 + 45) * MINUTE;
        for (from, to) in [
            (MIDNIGHT - offset, MIDNIGHT + 20 * DAY - offset),
            (MIDNIGHT + 12_345, MIDNIGHT + 20 * DAY + 54_321),
            (MIDNIGHT + 3 * DAY + 40_000_013, MIDNIGHT + 16 * DAY + 40_000_014),
        ] {
            let [summed, whole] = both(&vault, Span { from, to, width: 300, now: i64::MAX }).await;
            assert_eq!(summed.summed, Some(Level::Hour));
            let figures = |v: &RecordView| {
                let s = &v.summary[0];
                (s.count, s.min.clone(), s.mean.clone(), s.max.clone())
            };
            assert_eq!(figures(&summed), figures(&whole));
            let coverage = summed.summary[0].coverage.abs_diff(whole.summary[0].coverage);
            assert!(coverage <= 1, "{coverage}");
            assert_eq!(
                (summed.total, &summed.latest, &summed.rows),
                (whole.total, &whole.latest, &whole.rows)
            );
            // The same gaps, at the same instants, and the same axis.
            let runs = |v: &RecordView| v.chart.lines[0].runs.iter().map(|r| r[0].at).collect::<Vec<_>>();
            assert!(runs(&whole).len() > 10);
            assert_eq!(runs(&summed), runs(&whole));
            assert_eq!((summed.chart.low, summed.chart.high), (whole.chart.low, whole.chart.high));
        }
    }
}
