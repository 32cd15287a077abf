//! The routes.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event as Sse, KeepAlive};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::stream;
use salus_api::App;
use salus_wire::{ErrorCode, Failure};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use super::door::Door;
use super::page;

/// Largest body: the longest command is an attestation or a permission draft, below 16 KiB.
pub const BODY_MAX: usize = 64 * 1024;

struct Host {
    app: App,
    door: Door,
    ui: Option<PathBuf>,
}

/// The whole server as one router.
pub fn router(app: App, door: Door, ui: Option<PathBuf>) -> Router {
    let host = Arc::new(Host { app, door, ui });
    Router::new()
        .route("/invoke/{command}", post(invoke))
        .route("/events", get(events))
        .fallback(get(file))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn_with_state(host.clone(), guard))
        .with_state(host)
}

async fn guard(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    match host.door.check_origin(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(status) => status.into_response(),
    }
}

async fn invoke(
    State(host): State<Arc<Host>>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Response {
    if let Err(status) = host.door.check_token(&headers, None) {
        return status.into_response();
    }
    // A form of another site cannot send this type without asking first, and the question gets no answer.
    if headers.get(CONTENT_TYPE).is_none_or(|t| !t.as_bytes().starts_with(b"application/json")) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Ok(body) = body else { return refusal(&ErrorCode::TooLarge.into()) };
    let Ok(request) = serde_json::from_slice(&body) else { return refusal(&ErrorCode::BadRequest.into()) };
    match host.app.call(&command, request).await {
        Ok(answer) => ([(CONTENT_TYPE, "application/json")], answer).into_response(),
        Err(failure) => refusal(&failure),
    }
}

/// The failure as JSON; the status is for people who read logs, clients read the code.
fn refusal(failure: &Failure) -> Response {
    let status = match failure.code {
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::NotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::Locked => StatusCode::LOCKED,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, Json(failure)).into_response()
}

#[derive(Deserialize)]
struct Asked {
    token: Option<String>,
}

async fn events(State(host): State<Arc<Host>>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    if let Err(status) = host.door.check_token(&headers, asked.token.as_deref()) {
        return status.into_response();
    }
    let events = stream::unfold(host.app.subscribe(), |mut events| async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    let Ok(line) = Sse::default().json_data(&event) else { continue };
                    return Some((Ok::<_, Infallible>(line), events));
                }
                // Some were missed: the newest ones tell the page what to ask for again.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    axum::response::Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

async fn file(State(host): State<Arc<Host>>, uri: Uri) -> Response {
    match &host.ui {
        Some(dir) => page::file(dir, uri.path()).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
