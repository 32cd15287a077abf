//! `salus-host`: the application over HTTP on the loopback interface, for development and tests. Never packaged.
//!
//! ```text
//! POST /invoke/<command>   JSON request, JSON answer or Failure       Authorization: Bearer <token>
//! GET  /events             server-sent events, one JSON event each    the same, or ?token=<token>
//! GET  /...                the built page, when --ui names a directory
//! ```
//!
//! Guarantees: listens on 127.0.0.1 only; a request whose `Host` or `Origin` is another is refused (a page of another
//! site cannot reach it, also not by rebinding a name); no CORS header is ever sent; a body is at most 64 KiB; without
//! the token of this start nothing but the page's own files is served.

pub mod args;
pub mod door;
pub mod page;
pub mod run;
pub mod serve;

pub use args::Args;
pub use run::run;
