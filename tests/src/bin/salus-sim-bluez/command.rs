//! What is told to the simulation line by line, and its answers.

use anyhow::{Context, Result, bail, ensure};
use salus_tests::bluez::{PairMethod, SimulatedBluez, day};
use serde_json::{Value, json};

use crate::{CUFF, STRAP};

/// Does what a line says; what cannot be done is an error, and the simulation goes on.
pub(crate) async fn command(bluez: &SimulatedBluez, line: &str) -> Result<Value> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["send", who, characteristic, bytes] => {
            let characteristic = u16::from_str_radix(characteristic, 16).context("characteristic")?;
            send(bluez, which(bluez, who)?, characteristic, &hex::decode(bytes)?).await
        }
        ["drop", who] => {
            bluez.drop_link(which(bluez, who)?).await?;
            Ok(json!({"dropped": who}))
        }
        ["sent"] => Ok(json!({
            "strap": bluez.sent(STRAP), "cuff": bluez.sent(CUFF),
            "strap_connected": bluez.is_connected(STRAP), "cuff_connected": bluez.is_connected(CUFF),
        })),
        ["digits", who] => Ok(json!({ "digits": digits(bluez, which(bluez, who)?) })),
        ["bond", who] => {
            let (bonded, trusted) = bluez.bond(which(bluez, who)?);
            Ok(json!({ "bonded": bonded, "trusted": trusted }))
        }
        _ => bail!("unknown command"),
    }
}

/// Sends one packet, and says whether anybody was subscribed.
pub(crate) async fn send(
    bluez: &SimulatedBluez,
    peripheral: usize,
    characteristic: u16,
    bytes: &[u8],
) -> Result<Value> {
    let delivered = bluez.send(peripheral, characteristic, bytes).await?;
    Ok(json!({
        "peripheral": day::NAMES[peripheral],
        "characteristic": format!("{characteristic:04x}"),
        "bytes": hex::encode(bytes),
        "delivered": delivered,
        "sent": bluez.sent(peripheral),
    }))
}

/// The display of a peripheral: dark unless it is being paired.
fn digits(bluez: &SimulatedBluez, peripheral: usize) -> Option<String> {
    match bluez.peripheral(peripheral).method {
        PairMethod::Shows(digits) if bluez.is_pairing(peripheral) => Some(format!("{digits:06}")),
        _ => None,
    }
}

fn which(bluez: &SimulatedBluez, name: &str) -> Result<usize> {
    let at = day::NAMES.iter().position(|n| *n == name);
    let at = at.with_context(|| format!("one of {:?}", day::NAMES))?;
    ensure!(at < bluez.len(), "{name} takes no part");
    Ok(at)
}
