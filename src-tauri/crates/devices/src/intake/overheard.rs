//! Advertisements: the same one is heard many times, and a sensor of the air says little that is new.

use salus_wire::UnixMillis;

use super::Found;
use crate::advert::mi_scale::{Heard, Scale};
use crate::advert::{Advert, Unread};
use crate::measure::{self, Source};
use crate::{Moment, Reason};

/// How often a reading of the air is taken: once a minute.
const PACE: i64 = 60_000;

/// What was heard last.
#[derive(Debug, Default)]
pub(crate) struct Overheard {
    scale: Scale,
    air: Option<UnixMillis>,
    weight: Option<Advert>,
}

fn weighing(whole: Option<Heard>, source: &Source, found: &mut Found) {
    found.verdicts.extend(whole.map(|h| measure::advert::weighing(&h.weighing, source, h.arrived)));
}

impl Overheard {
    /// What has waited too long for its other half.
    pub(super) fn overdue(&mut self, source: &Source, now: UnixMillis, found: &mut Found) {
        weighing(self.scale.overdue(now), source, found);
    }

    pub(super) fn take(
        &mut self,
        advert: Result<Advert, Unread>,
        source: &Source,
        now: Moment,
        found: &mut Found,
    ) {
        match advert {
            Ok(Advert::MiScale(packet)) => {
                weighing(self.scale.hear(&packet, now), source, found);
            }
            Ok(advert @ Advert::BtHome(v)) if v.mass.is_some() => {
                // A scale repeats its packet; the packet's number, or another weight, begins a new one.
                if self.weight.replace(advert) != Some(advert) {
                    found.verdicts.push(measure::advert::reading(&advert, source, now));
                }
            }
            Ok(advert) => {
                let due = self.air.is_none_or(|last| !(0..PACE).contains(&now.at.saturating_sub(last)));
                if due {
                    self.air = Some(now.at);
                    found.verdicts.push(measure::advert::reading(&advert, source, now));
                }
            }
            // Encrypted, or another format of the same vendor: not ours, and nothing wrong with it.
            Err(Unread::NeedsKey | Unread::OtherFormat) => {}
            Err(Unread::Malformed(_)) => found.verdicts.push(Err(Reason::Malformed)),
        }
        if let Ok(Advert::BtHome(v)) = advert {
            found.battery = v.battery;
        }
    }
}
