//! A simulated panel of the desktop, which shows symbols in a tray: it is told of one, reads its menu and chooses in it.
//!
//! # Source
//! StatusNotifierItem 0.1 (freedesktop.org), the watcher; `com.canonical.dbusmenu` as libdbusmenu 16.04 describes it.

#![allow(missing_docs, reason = "the macro makes public methods of what only the bus sees")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use zbus::Connection;
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::network::{PATIENCE, eventually};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";
/// Entries are numbered as they are made, also those that are gone.
const MOST: i32 = 64;

/// Whose the symbol is, and where it is there.
type Symbol = Arc<Mutex<Option<(String, String)>>>;

struct Watcher {
    symbol: Symbol,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: Header<'_>,
    ) -> zbus::fdo::Result<()> {
        let whose = header.sender().ok_or_else(|| zbus::fdo::Error::Failed("whose is it?".into()))?;
        let symbol = Some((whose.to_string(), service.to_owned()));
        *self.symbol.lock().unwrap_or_else(PoisonError::into_inner) = symbol;
        Ok(())
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// What is in a menu.
struct Entry {
    id: i32,
    words: String,
    enabled: bool,
}

/// A running panel.
#[derive(Debug)]
pub struct Panel {
    connection: Connection,
    symbol: Symbol,
}

impl Panel {
    /// On the bus of a session, before the program whose symbol it shows.
    ///
    /// # Errors
    /// The bus does not answer, or has a panel.
    pub async fn begin(address: &str) -> Result<Self> {
        let symbol = Symbol::default();
        let connection = zbus::connection::Builder::address(address)?
            .serve_at("/StatusNotifierWatcher", Watcher { symbol: symbol.clone() })?
            .name(WATCHER)?
            .build()
            .await
            .context("serving the watcher of symbols")?;
        Ok(Self { connection, symbol })
    }

    /// Waits until there is a symbol in whose menu exactly these words can be chosen.
    ///
    /// # Errors
    /// What can be chosen instead, after a minute.
    pub async fn offers(&self, words: &[&str]) -> Result<()> {
        let offered = eventually(PATIENCE, async || (self.menu().await.ok()? == words).then_some(()));
        if offered.await.is_none() {
            let instead = self.menu().await?;
            ensure!(instead == words, "{words:?} are not offered, but {instead:?}");
        }
        Ok(())
    }

    /// Chooses in the menu.
    ///
    /// # Errors
    /// It offers no such words.
    pub async fn choose(&self, words: &str) -> Result<()> {
        let (whose, menu) = self.find().await?;
        let entries = self.entries(&whose, &menu).await?;
        let entry = entries.iter().find(|entry| entry.enabled && entry.words == words);
        let id = entry.with_context(|| format!("{words:?} cannot be chosen"))?.id;
        let chosen = (id, "clicked", Value::from(0_i32), 0_u32);
        self.connection
            .call_method(Some(whose.as_str()), menu.as_str(), Some(MENU), "Event", &chosen)
            .await?;
        Ok(())
    }

    /// What can be chosen, in its order.
    async fn menu(&self) -> Result<Vec<String>> {
        let (whose, menu) = self.find().await?;
        let entries = self.entries(&whose, &menu).await?;
        Ok(entries.into_iter().filter(|entry| entry.enabled).map(|entry| entry.words).collect())
    }

    /// Whose the symbol is, and where its menu is.
    async fn find(&self) -> Result<(String, OwnedObjectPath)> {
        let symbol = self.symbol.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (whose, path) = symbol.context("there is no symbol")?;
        let asked = (ITEM, "Menu");
        let properties = Some("org.freedesktop.DBus.Properties");
        let reply =
            self.connection.call_method(Some(whose.as_str()), path.as_str(), properties, "Get", &asked);
        let menu: OwnedValue = reply.await?.body().deserialize()?;
        Ok((whose, OwnedObjectPath::try_from(menu)?))
    }

    async fn entries(&self, whose: &str, menu: &OwnedObjectPath) -> Result<Vec<Entry>> {
        let asked = ((0..=MOST).collect::<Vec<i32>>(), Vec::<&str>::new());
        let all =
            self.connection.call_method(Some(whose), menu.as_str(), Some(MENU), "GetGroupProperties", &asked);
        let all: Vec<(i32, HashMap<String, OwnedValue>)> = all.await?.body().deserialize()?;
        let mut entries = Vec::new();
        for (id, properties) in all {
            let words = properties.get("label").and_then(|words| <&str>::try_from(words).ok());
            let Some(words) = words else { continue };
            // What can be chosen does not say so.
            let enabled = properties.get("enabled").and_then(|is| bool::try_from(is).ok());
            entries.push(Entry { id, words: words.to_owned(), enabled: enabled.unwrap_or(true) });
        }
        ensure!(!entries.is_empty(), "the menu is empty");
        Ok(entries)
    }
}
