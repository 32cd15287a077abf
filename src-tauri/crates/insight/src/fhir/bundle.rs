//! A Bundle of type collection, written entry by entry: memory does not grow with it.
//!
//! ```text
//! {"resourceType":"Bundle", id, type, timestamp, "entry":[ first      begin
//! , entry                                                             entry, any number of times
//! ], meta}                                                            end: how far all of it was proven is known at its end
//! ```

use serde::Serialize;
use serde_json::Error;

use super::{Id, Instant, Meta, Resource};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a, R> {
    full_url: String,
    resource: &'a R,
}

/// Begins a bundle with its first entry: one without any would be none.
///
/// # Errors
/// When the resource has no JSON form.
pub fn begin(id: Id, timestamp: Instant, first: &impl Resource, out: &mut Vec<u8>) -> Result<(), Error> {
    // Neither of the two holds anything that JSON would have to escape.
    let head = format!(
        "{{\"resourceType\":\"Bundle\",\"id\":\"{id}\",\"type\":\"collection\",\"timestamp\":\"{timestamp}\",\"entry\":[\n"
    );
    out.extend_from_slice(head.as_bytes());
    write(first, out)
}

/// One more entry.
///
/// # Errors
/// When the resource has no JSON form.
pub fn entry(resource: &impl Resource, out: &mut Vec<u8>) -> Result<(), Error> {
    out.extend_from_slice(b",\n");
    write(resource, out)
}

/// Ends it.
///
/// # Errors
/// When `meta` has no JSON form.
pub fn end(meta: &Meta, out: &mut Vec<u8>) -> Result<(), Error> {
    out.extend_from_slice(b"\n],\"meta\":");
    serde_json::to_writer(&mut *out, meta)?;
    out.extend_from_slice(b"}\n");
    Ok(())
}

fn write(resource: &impl Resource, out: &mut Vec<u8>) -> Result<(), Error> {
    serde_json::to_writer(out, &Entry { full_url: resource.id().urn(), resource })
}
