//! Line icons of our own on a 24 px grid; always beside words, so hidden from screen readers.

use yew::prelude::*;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its picture")]
pub enum Icon {
    Today,
    Device,
    Share,
    Eye,
    List,
    People,
    Heart,
    Gear,
    Inbox,
    Code,
    Lock,
    Check,
    Clock,
    Stop,
    Warning,
    Add,
    Flag,
    Letter,
    Chart,
    Bell,
    Help,
    Find,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Today => "M3 13h4l2.5-7 5 13 2.5-6h4",
            Icon::Device => "M8 7l1-4h6l1 4M8 17l1 4h6l1-4M7 7h10v10H7zM12 10v2.5l1.5 1",
            Icon::Share => "M12 15V4M8 7.5L12 3.5l4 4M5 12v8h14v-8",
            Icon::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 100 6 3 3 0 000-6z"
            }
            Icon::List => "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
            Icon::People => {
                "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 010 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500"
            }
            Icon::Heart => {
                "M12 20C5 15 3 11.500 3 8.500a4.500 4.500 0 019-1 4.500 4.500 0 019 1c0 3-2 6.500-9 11.500z"
            }
            Icon::Gear => "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4",
            Icon::Inbox => "M4 13l2.500-8h11L20 13v6H4zM4 13h5l1 2.500h4l1-2.500h5",
            Icon::Code => {
                "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500M20 14v2M14 20h2M19 19.500h1"
            }
            Icon::Lock => "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3",
            Icon::Check => "M4.500 12.500l5 5 10-11",
            Icon::Clock => "M12 3.500a8.500 8.500 0 100 17 8.500 8.500 0 000-17zM12 7.500V12l3 2",
            Icon::Stop => "M8.500 3.500h7l5 5v7l-5 5h-7l-5-5v-7zM8.500 12h7",
            Icon::Bell => "M6 16.500V11a6 6 0 0112 0v5.500l1.500 2h-15zM10 21h4",
            Icon::Help => {
                "M12 3.500a8.500 8.500 0 100 17 8.500 8.500 0 000-17zM9.500 9.500a2.500 2.500 0 113.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.01"
            }
            Icon::Find => "M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM15.500 15.500L20.500 20.500",
            Icon::Add => "M12 5v14M5 12h14",
            Icon::Flag => "M6 21V4M6 4.500h11.500l-2.500 4 2.500 4H6",
            Icon::Letter => "M3.500 6h17v12h-17zM3.500 7l8.500 6.500 8.500-6.500",
            Icon::Chart => "M4 4v16h16M8 15l3.500-5 3 2.500L19 6",
            Icon::Warning => "M12 4L2.500 20h19zM12 10v4.500M12 17.300v.01",
        }
    }
}

/// Draws an icon.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={icon.path()} /></svg>
    }
}
