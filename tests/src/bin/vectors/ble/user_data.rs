//! 2A99, 2A9A and 2A9F. A request is right when encoding the expected words gives the octets.

use salus_devices::gatt::user_data::{self, ConsentCode, Kind, Refusal, Request};
use serde_json::{Value, json};

pub(super) fn response(bytes: &[u8]) -> Option<Value> {
    let response = user_data::decode_response(bytes).ok()?;
    let to = match response.to {
        Kind::Register => "register",
        Kind::Consent => "consent",
        Kind::Erase => "erase",
        Kind::Delete => "delete",
    };
    Some(match response.outcome {
        Ok(user) => json!({"to": to, "user": user}),
        Err(why) => json!({"to": to, "refused": match why {
            Refusal::NotSupported => "not_supported",
            Refusal::InvalidParameter => "invalid_parameter",
            Refusal::OperationFailed => "operation_failed",
            Refusal::NotAuthorised => "not_authorised",
        }}),
    })
}

pub(super) fn request(bytes: &[u8], expected: &Value) -> Option<Value> {
    let user = || expected["user"].as_u64().and_then(|u| u8::try_from(u).ok());
    let code = || expected["code"].as_u64().and_then(|c| u16::try_from(c).ok()).and_then(ConsentCode::new);
    let request = match expected["request"].as_str()? {
        "register" => Request::Register(code()?),
        "consent" => Request::Consent { user: user()?, code: code()? },
        "erase" => Request::Erase,
        "delete" => Request::Delete { user: user()? },
        _ => return None,
    };
    (request.encode()? == bytes).then(|| expected.clone())
}

pub(super) fn increment(bytes: &[u8]) -> Option<Value> {
    user_data::decode_increment(bytes).ok().map(|increment| json!({"increment": increment}))
}

pub(super) fn index(bytes: &[u8]) -> Option<Value> {
    user_data::decode_index(bytes).ok().map(|user| json!({"user": user}))
}

#[cfg(test)]
#[test]
fn the_fixture_holds() {
    super::spelling::fixture(include_str!("../../../../../src-tauri/crates/devices/fixtures/user_data.json"));
}
