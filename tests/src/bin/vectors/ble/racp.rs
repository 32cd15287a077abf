//! Responses of the record access control point.

use salus_devices::gatt::racp::{Outcome, Response, decode};
use serde_json::{Value, json};

pub(super) fn response(bytes: &[u8], expected: &Value) -> Option<Value> {
    Some(match decode(bytes).ok()? {
        Response::Number(n) => json!({"op": 5, "number": n}),
        Response::Sent(n) => json!({"op": 8, "number": n}),
        Response::Ended { request, outcome } => {
            let mut value = json!({"op": 6, "request": request, "result": outcome.code()});
            if expected.get("meaning").is_some() {
                value["meaning"] = json!(meaning(outcome));
            }
            value
        }
    })
}

const fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "success",
        Outcome::OpCodeNotSupported => "op code not supported",
        Outcome::InvalidOperator => "invalid operator",
        Outcome::OperatorNotSupported => "operator not supported",
        Outcome::InvalidOperand => "invalid operand",
        Outcome::NoRecords => "no records",
        Outcome::AbortUnsuccessful => "abort unsuccessful",
        Outcome::NotCompleted => "not completed",
        Outcome::OperandNotSupported => "operand not supported",
        Outcome::Busy => "busy",
        Outcome::Reserved(_) => "reserved",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fixture_holds() {
        super::super::holds(include_str!("../../../../../src-tauri/crates/devices/fixtures/racp.json"));
    }
}
