//! A device that the platform does not know yet, or no longer, has to be heard before anything can be asked of it.

use core::time::Duration;

use btleplug::api::Central as _;
use futures::StreamExt;

use super::listen::Listen;
use super::pairing::PairError;
use super::scan::subject;
use super::{Central, PeripheralKey, error};

/// A device that a person holds in the hand advertises several times in this.
const HEARD: Duration = Duration::from_secs(30);

/// Returns once the platform knows the device.
pub(super) async fn reach(central: &Central, key: &PeripheralKey) -> Result<(), PairError> {
    if central.peripheral(key).await.is_some() {
        return Ok(());
    }
    let mut events = central.adapter.events().await.map_err(error::of)?;
    let hold = central.listen(Listen::All).await?;
    let heard = tokio::time::timeout(HEARD, async {
        while let Some(event) = events.next().await {
            if subject(&event).is_some_and(|id| id.to_string() == key.as_str()) {
                return true;
            }
        }
        false
    });
    let heard = heard.await.unwrap_or(false);
    drop(hold);
    central.settle().await;
    if heard { Ok(()) } else { Err(PairError::Unreachable) }
}
