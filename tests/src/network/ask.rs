//! Asking a member's loopback server, and waiting for what members do.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer of the status server is below 1 KiB; metrics are longer.
const MAX_ANSWER: u64 = 1 << 20;
/// The first pause between two looks, and the longest: each is twice the one before. What is there soon is seen soon, and
/// what takes long is not asked for more often.
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// What a member says about itself; see `salus_node::http::Status`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// Newest final height.
    pub height: u64,
    /// Its header hash, hex.
    pub hash: String,
    /// Its block time.
    pub time_ms: i64,
    /// The chain's id, hex.
    pub chain_id: String,
    /// Whether the head is recent enough to unlock anything.
    pub fresh: bool,
    /// Transactions that wait.
    pub waiting: usize,
    /// How far its clock is ahead of the members' blocks; absent while they agree.
    pub clock_off_ms: Option<i64>,
    /// The same as a sentence.
    pub clock_warning: Option<String>,
    /// Whether a test controls its clock.
    pub test_clock: bool,
}

/// Looks until `look` sees something, or `limit` has passed.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    limit: Duration,
    mut look: impl FnMut() -> F,
) -> Option<T> {
    let mut pause = PAUSE;
    tokio::time::timeout(limit, async {
        loop {
            if let Some(seen) = look().await {
                return seen;
            }
            tokio::time::sleep(pause).await;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    })
    .await
    .ok()
}

pub(super) async fn status(http: &str) -> anyhow::Result<Status> {
    Ok(serde_json::from_str(&get(http, "/status").await?)?)
}

/// The body of a GET on a member's loopback server.
pub(super) async fn get(http: &str, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(http).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {http}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.take(MAX_ANSWER).read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").context("not an HTTP answer")?;
    ensure!(head.starts_with("HTTP/1.1 200 "), "{}", head.lines().next().unwrap_or_default());
    Ok(body.to_owned())
}
