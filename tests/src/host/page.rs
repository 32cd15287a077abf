//! The built page's files, from one flat directory tree, with the desktop's content security policy.

use std::path::{Path, PathBuf};

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

/// The same policy as the desktop window's.
pub const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob:; connect-src 'self' ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The file for a request's path; the page's own routes get `index.html`.
pub async fn file(dir: &Path, path: &str) -> Response {
    let Some(relative) = safe(path) else { return StatusCode::NOT_FOUND.into_response() };
    let route = relative.extension().is_none();
    let relative = if route { PathBuf::from("index.html") } else { relative };
    match tokio::fs::read(dir.join(&relative)).await {
        Ok(content) => {
            let headers: [(HeaderName, &str); 4] = [
                (CONTENT_TYPE, content_type(&relative)),
                (CONTENT_SECURITY_POLICY, CSP),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, content).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A path below the directory: plain names only.
fn safe(path: &str) -> Option<PathBuf> {
    let parts = path.split('/').filter(|p| !p.is_empty());
    let plain = |p: &str| {
        !p.starts_with('.') && p.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    };
    parts.map(|p| plain(p).then_some(p)).collect()
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("ftl") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_text() {
        assert_eq!(content_type(Path::new("words/en.ftl")), "text/plain; charset=utf-8");
    }

    #[test]
    fn no_path_leaves_the_directory() {
        assert_eq!(safe("/fonts/a-b.woff2"), Some("fonts/a-b.woff2".into()));
        assert_eq!(safe("/"), Some("".into()));
        for bad in ["/../secret", "/a/../../b", "/.git/config", "/%2e%2e/x", "/a\\b", "/a\0"] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}
