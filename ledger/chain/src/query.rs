//! What apps ask of members: `/salus/light/1` and `/salus/tx/1`. Codec only.

mod light;
mod submit;
#[cfg(test)]
mod tests;

pub use light::{
    GrantLogReply, LightReply, LightRequest, MAX_LIGHT_REPLY_BYTES, MAX_LOG_PAGE, MAX_VALUE_BYTES, NoAnswer,
    StateReply, StatusReply, TxReplyFound,
};
pub use submit::{TxReply, TxRequest};
