//! Readings go onto the disk: into the record, or into the sealed inbox while the record is locked. What cannot be stored waits.

use salus_devices::Counts;
use salus_wire::event::Event;
use salus_wire::view::SetAside;

use super::super::inbox;
use super::super::kept::Gain;
use super::Drive;
use crate::App;

/// How often the counts of a device are written while it sends, in ticks: every 5 seconds. Readings are written at once.
const COUNTS_EVERY: u32 = 10;

impl Drive {
    /// Holds, durably, what nobody claimed yet; what cannot be held stays waiting.
    pub(super) async fn hold(&mut self) {
        if self.unclaimed.is_empty() {
            return;
        }
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else {
            return self.keep_sealed(&app, inbox::UNCLAIMED).await;
        };
        let mut held = self.devices.unclaimed.lock().await;
        while let Some(reading) = self.unclaimed.last() {
            match held.hold(&open.vault, reading).await {
                Ok(true) => {}
                // Counted as set aside: memory and disk have bounds, and the person sees the count.
                Ok(false) => self.set(|k| k.aside_before.add(SetAside::NoRoom, 1)),
                Err(failure) => {
                    tracing::warn!(code = %failure.code, "unclaimed readings wait for the disk");
                    break;
                }
            }
            self.unclaimed.pop();
        }
        drop(held);
        self.untold = true;
    }

    /// Stores what waits; what cannot be stored stays waiting.
    pub(super) async fn store(&mut self) {
        self.hold().await;
        if self.waiting.is_empty() {
            return;
        }
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else { return self.keep_sealed(&app, inbox::MINE).await };
        match open.vault.record_each(&self.waiting).await {
            Ok((recorded, new)) => {
                let gain = Gain::of(&self.waiting, &new);
                self.waiting.clear();
                if recorded.refused > 0 {
                    // Counted beside the deletion, where the person sees it.
                    tracing::info!(readings = recorded.refused, "readings of a deleted time were not kept");
                }
                self.untold = true;
                self.uncounted = true;
                self.set(|k| k.kept.gained(gain));
            }
            Err(error) => tracing::warn!(code = %error.code(), "readings wait for the disk"),
        }
    }

    /// Puts what waits into the inbox of the locked record; what it does not take stays waiting.
    pub(super) async fn keep_sealed(&mut self, app: &App, kind: u8) {
        let waiting = if kind == inbox::MINE { &mut self.waiting } else { &mut self.unclaimed };
        let readings = core::mem::take(waiting);
        if let Err(readings) = inbox::append(app, kind, readings).await {
            let waiting = if kind == inbox::MINE { &mut self.waiting } else { &mut self.unclaimed };
            *waiting = readings;
        }
    }

    pub(super) async fn tick(&mut self, counted: Counts) {
        self.store().await;
        let mut changed = false;
        self.set(|k| {
            let all = k.aside_before.with(counted);
            changed = k.kept.set_aside != all;
            k.kept.set_aside = all;
        });
        if changed {
            self.uncounted = true;
            self.app().into_iter().for_each(|app| app.tell(Event::DevicesChanged));
        }
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks.is_multiple_of(COUNTS_EVERY) && std::mem::take(&mut self.uncounted) {
            self.save().await;
        }
        if std::mem::take(&mut self.untold)
            && let Some(app) = self.app()
        {
            app.tell(Event::ReadingsChanged);
            app.tell(Event::DevicesChanged);
        }
    }

    /// While the record is locked the book has it, and it is written at the next unlocking.
    pub(super) async fn save(&self) {
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else { return };
        let kept = self.devices.book().known.get(&self.id).map(|k| k.kept.clone());
        if let Some(kept) = kept
            && let Err(failure) = kept.save(&open.vault).await
        {
            tracing::warn!(code = %failure.code, "a device's counts were not written");
        }
    }
}
