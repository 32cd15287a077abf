//! A desktop's portal on a private bus, as far as it says which colours are asked for.

#![allow(missing_docs, reason = "the macro makes public methods of what only the bus sees")]

use std::collections::HashMap;

use anyhow::{Context, Result};
use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedValue, Value};

const PATH: &str = "/org/freedesktop/portal/desktop";
const APPEARANCE: &str = "org.freedesktop.appearance";

struct Settings {
    /// 1 is dark, 2 light.
    scheme: u32,
    /// 1 is more.
    contrast: u32,
}

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    fn read_all(&self, namespaces: Vec<String>) -> HashMap<String, HashMap<String, OwnedValue>> {
        let keys = [("color-scheme", self.scheme), ("contrast", self.contrast)];
        let keys = keys.map(|(key, value)| (key.to_owned(), OwnedValue::from(value)));
        let asked = namespaces.into_iter().filter(|namespace| namespace == APPEARANCE);
        asked.map(|namespace| (namespace, HashMap::from(keys.clone()))).collect()
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

/// A running portal.
#[derive(Debug)]
pub struct Portal(Connection);

impl Portal {
    /// On a bus that runs already; it asks for dark colours.
    ///
    /// # Errors
    /// The bus does not answer, or has a portal.
    pub async fn attach(address: &str) -> Result<Self> {
        let built = zbus::connection::Builder::address(address)?
            .serve_at(PATH, Settings { scheme: 1, contrast: 0 })?
            .name("org.freedesktop.portal.Desktop")?
            .build();
        Ok(Self(built.await.context("serving org.freedesktop.portal.Desktop")?))
    }

    /// Asks for other colours, and says so.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn ask(&self, scheme: u32, contrast: u32) -> Result<()> {
        let settings = self.0.object_server().interface::<_, Settings>(PATH).await?;
        *settings.get_mut().await = Settings { scheme, contrast };
        let emitter = settings.signal_emitter();
        Settings::setting_changed(emitter, APPEARANCE, "color-scheme", scheme.into()).await?;
        Ok(Settings::setting_changed(emitter, APPEARANCE, "contrast", contrast.into()).await?)
    }
}
