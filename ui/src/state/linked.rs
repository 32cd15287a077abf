//! What a link brought, once the person wants to look at it: put into the field of its screen, once.

use salus_wire::view::LinkKind;
use yew::prelude::*;

use super::{Change, use_shared};

/// Calls `put` with the text of a link of this kind.
#[hook]
pub fn use_linked(kind: LinkKind, put: Callback<String>) {
    let shared = use_shared();
    use_effect_with(shared.linked.clone(), move |linked| {
        if let Some(link) = linked.as_ref().filter(|link| link.kind == kind) {
            put.emit(link.text.clone());
            shared.dispatch(Change::Linked(None));
        }
    });
}
