//! The colours that the desktop asks for, as its portal says them: a web view's own idea of them is unreliable.
//!
//! # Source
//! XDG Desktop Portal, `org.freedesktop.portal.Settings`: the keys `color-scheme` and `contrast` of `org.freedesktop.appearance`.

use std::collections::HashMap;

use futures::StreamExt;
use salus_wire::view::Theme;
use zbus::Connection;
use zbus::zvariant::OwnedValue;

/// What is asked for.
const APPEARANCE: &str = "org.freedesktop.appearance";

#[zbus::proxy(
    interface = "org.freedesktop.portal.Settings",
    default_service = "org.freedesktop.portal.Desktop",
    default_path = "/org/freedesktop/portal/desktop",
    gen_blocking = false
)]
trait Settings {
    fn read_all(&self, namespaces: &[&str]) -> zbus::Result<HashMap<String, HashMap<String, OwnedValue>>>;
    /// Which one is not looked at: all of them are read again.
    #[zbus(signal)]
    fn setting_changed(&self) -> zbus::Result<()>;
}

/// Waits until other colours are asked for than `known`.
///
/// # Errors
/// There is no portal, it says nothing of colours, or it is gone.
pub(super) async fn other(known: Option<Theme>) -> zbus::Result<Theme> {
    let bus = Connection::session().await?;
    let settings = SettingsProxy::new(&bus).await?;
    // Heard before it is read: no change between the two is missed.
    let mut changes = settings.receive_setting_changed().await?;
    let mut owners = settings.inner().receive_owner_changed().await?;
    loop {
        let now = asked(settings.read_all(&[APPEARANCE]).await?);
        let now = now.ok_or_else(|| zbus::Error::Failure("it says nothing of colours".to_owned()))?;
        if Some(now) != known {
            return Ok(now);
        }
        let goes_on = tokio::select! {
            change = changes.next() => change.is_some(),
            owner = owners.next() => matches!(owner, Some(Some(_))),
        };
        if !goes_on {
            return Err(zbus::Error::Failure("it is gone".to_owned()));
        }
    }
}

fn asked(mut all: HashMap<String, HashMap<String, OwnedValue>>) -> Option<Theme> {
    let mut appearance = all.remove(APPEARANCE)?;
    let mut number = |key: &str| appearance.remove(key).and_then(|value| u32::try_from(value).ok());
    colours(number("color-scheme"), number("contrast"))
}

/// More contrast comes first; no preference is the light one, which desktops mean by it.
const fn colours(scheme: Option<u32>, contrast: Option<u32>) -> Option<Theme> {
    match (scheme, contrast) {
        (_, Some(1)) => Some(Theme::Contrast),
        (Some(1), _) => Some(Theme::Dark),
        (Some(_), _) => Some(Theme::Light),
        // Of contrast alone nothing follows for the colours.
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_desktop_asks_for_is_one_of_three() {
        for (scheme, contrast, theme) in [
            (Some(0), Some(0), Some(Theme::Light)),
            (Some(1), Some(0), Some(Theme::Dark)),
            (Some(2), None, Some(Theme::Light)),
            (Some(1), Some(1), Some(Theme::Contrast)),
            (None, Some(1), Some(Theme::Contrast)),
            // A number of a later version is no preference.
            (Some(9), Some(9), Some(Theme::Light)),
            (None, Some(0), None),
            (None, None, None),
        ] {
            assert_eq!(colours(scheme, contrast), theme, "{scheme:?} {contrast:?}");
        }
    }

    #[test]
    fn what_is_no_number_or_of_something_else_says_nothing() {
        let one = |key: &str, value: OwnedValue| HashMap::from([(key.to_owned(), value)]);
        let of = |namespace: &str, keys| HashMap::from([(namespace.to_owned(), keys)]);
        let dark = || OwnedValue::from(1_u32);
        assert_eq!(asked(of(APPEARANCE, one("color-scheme", dark()))), Some(Theme::Dark));
        assert_eq!(asked(of(APPEARANCE, one("color-scheme", OwnedValue::from(true)))), None);
        assert_eq!(asked(of("org.gnome.desktop.interface", one("color-scheme", dark()))), None);
        assert_eq!(asked(HashMap::new()), None);
    }
}
