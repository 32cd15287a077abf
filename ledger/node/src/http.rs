//! `/health`, `/metrics`, `/status` and `/objections` on loopback: read only, for the operator's tools.

use std::fmt::Write;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json};
use axum::routing::get;
use salus_chain::time::UnixMillis;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::NodeState;
use crate::present::ClockOff;

mod objections;

pub use objections::{Objection, Objections};

/// A head older than this unlocks nothing: rule 3 of the release rule.
const FRESH_MS: i64 = 60_000;

/// What `/status` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// The chain's name.
    pub chain_name: String,
    /// The chain's id, hex.
    pub chain_id: String,
    /// The chain's id in CometBFT's form.
    pub tendermint_chain_id: String,
    /// This member's name.
    pub member: String,
    /// This member's keeper index, from 1.
    pub index: u16,
    /// How many members there are.
    pub members: u16,
    /// How many of them it takes to open anything.
    pub threshold: u16,
    /// Newest final height.
    pub height: u64,
    /// Its block time.
    pub time_ms: UnixMillis,
    /// Its header hash, hex.
    pub hash: String,
    /// How far the block time is behind this clock.
    pub age_ms: i64,
    /// Whether it is recent enough to unlock anything.
    pub fresh: bool,
    /// Transactions that wait.
    pub waiting: usize,
    /// How far this clock is ahead of the members' blocks; negative when behind, absent while they agree.
    pub clock_off_ms: Option<i64>,
    /// The same as a sentence that says what to do.
    pub clock_warning: Option<String>,
    /// Whether a test controls this clock: never with real patients.
    pub test_clock: bool,
}

fn status(state: &NodeState) -> Status {
    let (head, genesis) = (state.head(), state.genesis());
    let age_ms = state.clock().now().saturating_sub(head.time_ms);
    let off = state.clock_off();
    Status {
        version: env!("CARGO_PKG_VERSION").into(),
        chain_name: genesis.chain_name.clone(),
        chain_id: state.chain_id().to_string(),
        tendermint_chain_id: genesis.tendermint_chain_id(),
        member: genesis.keeper(state.index()).map(|member| member.name.clone()).unwrap_or_default(),
        index: state.index(),
        members: genesis.n(),
        threshold: genesis.threshold(),
        height: head.height,
        time_ms: head.time_ms,
        hash: head.hash.to_string(),
        age_ms,
        fresh: head.height > 0 && (-FRESH_MS..=FRESH_MS).contains(&age_ms),
        waiting: *state.mempool().waiting().borrow(),
        clock_off_ms: off.map(ClockOff::ms),
        clock_warning: off.map(|off| off.to_string()),
        test_clock: state.test_clock(),
    }
}

async fn health(State(state): State<NodeState>) -> impl IntoResponse {
    let status = status(&state);
    match status.clock_warning {
        None if status.fresh => (StatusCode::OK, "ok\n".to_owned()),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the newest block is older than 60 s\n".to_owned()),
        Some(warning) => (StatusCode::SERVICE_UNAVAILABLE, format!("{warning}\n")),
    }
}

async fn metrics(State(state): State<NodeState>) -> impl IntoResponse {
    let status = status(&state);
    let mut text = String::new();
    let own = [
        ("salus_height", "Newest final height.", i128::from(status.height)),
        (
            "salus_head_age_milliseconds",
            "How far the newest block is behind the clock.",
            i128::from(status.age_ms),
        ),
        ("salus_waiting_transactions", "Transactions that wait for a block.", status.waiting as i128),
        (
            "salus_clock_off_milliseconds",
            "How far the clock is ahead of the members' blocks; 0 while they agree.",
            i128::from(status.clock_off_ms.unwrap_or(0)),
        ),
        ("salus_fresh", "Whether the head is recent enough to unlock anything.", i128::from(status.fresh)),
    ];
    for (name, help, value) in own {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
    }
    arc_malachitebft_app_channel::app::metrics::export(&mut text);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// Which page of the objections.
#[derive(Deserialize)]
struct Page {
    before: Option<u32>,
}

async fn objections(
    State(state): State<NodeState>,
    Query(page): Query<Page>,
) -> Result<Json<Objections>, StatusCode> {
    objections::objections(&state, page.before).map(Json).map_err(|error| {
        tracing::error!(%error, "the objections cannot be read");
        StatusCode::INTERNAL_SERVER_ERROR
    })
}

/// Serves until the task is dropped.
pub(crate) async fn serve(listener: TcpListener, state: NodeState) {
    let router = Router::new()
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .route("/objections", get(objections))
        .route("/status", get(|State(state): State<NodeState>| async move { Json(status(&state)) }))
        .with_state(state);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the status server ended");
    }
}
