//! The file: PDF/A-3a and PDF/UA-1 by krilla, which refuses to write one that breaks what it can check of either.

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, ValidationError};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata, PageLayout, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use salus_wire::view::ReportLanguage;

use crate::attached::Seal;
use crate::code::Code;
use crate::content::{Moment, Report};
use crate::draw::draw;
use crate::error::ReportError;
use crate::layout::{self, HEIGHT, Piece, Role, WIDTH};
use crate::letters::Fonts;
use crate::page::card::Card;
use crate::page::{self, card as card_page};
use crate::words::{Words, plain, t};

/// What made the file.
const CREATOR: &str = "Salus";

/// What a file is about.
struct About<'a> {
    title: String,
    made: Moment,
    id: String,
    attached: Vec<(&'static str, String, &'a [u8])>,
}

/// A report as a file, and the code of its content. The content is attached, and the seal where there is one.
///
/// # Errors
/// [`ReportError`].
pub fn report(
    report: &Report,
    language: ReportLanguage,
    seal: Option<&Seal>,
) -> Result<(Code, Vec<u8>), ReportError> {
    let content = report.octets()?;
    let code = Code::of(&content);
    let (fonts, words) = (Fonts::read()?, Words::of(language));
    let foot = page::foot(&code, &words);
    let (pieces, _) = layout::page(&fonts, &words, |squeeze| page::blocks(report, &words, squeeze), &foot)?;
    let span = words.span(report.first, report.last);
    let sealed = seal.map(Seal::octets).unwrap_or_default();
    let mut attached = vec![("salus-report.json", t!(words, "report-attached"), &content[..])];
    if !sealed.is_empty() {
        attached.push(("salus-seal.json", t!(words, "report-attached-seal"), &sealed[..]));
    }
    let about = About {
        title: plain(&format!("{}, {span}", page::title(report, &words))),
        made: report.made,
        id: code.to_string(),
        attached,
    };
    Ok((code, file(&pieces, &fonts, &words, &about)?))
}

/// An emergency card as a file. It holds the card's key, as the paper does, and nothing of health.
///
/// # Errors
/// [`ReportError`].
pub fn card(card: &Card, made: Moment, language: ReportLanguage) -> Result<Vec<u8>, ReportError> {
    let (fonts, words) = (Fonts::read()?, Words::of(language));
    let (pieces, _) = layout::page(&fonts, &words, |_| card_page::blocks(card, &words), &[])?;
    let title = plain(&t!(words, "card-name"));
    // Nothing of the key: it would stand outside of the page too.
    let about = About { title, made, id: made.at.to_string(), attached: Vec::new() };
    file(&pieces, &fonts, &words, &about)
}

fn file(pieces: &[Piece], fonts: &Fonts, w: &Words, about: &About<'_>) -> Result<Vec<u8>, ReportError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| broken("configuration"))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("size or name"))?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    let tree = draw(pieces, fonts, &mut surface);
    surface.finish();
    sheet.finish();
    document.set_tag_tree(tree.with_lang(Some(w.tag.to_owned())));
    document.set_outline(outline(pieces));
    let date = date(about.made);
    for (name, description, data) in &about.attached {
        let attached = EmbeddedFile {
            path: (*name).to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some(plain(description)),
            association_kind: AssociationKind::Data,
            data: data.to_vec().into(),
            modification_date: Some(date),
            // So that a check reads it without taking a page apart (`attached`).
            compress: Some(false),
            location: None,
        };
        document.embed_file(attached).ok_or_else(|| broken("size or name"))?;
    }
    let direction = if w.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    let metadata = Metadata::new()
        .title(about.title.clone())
        .language(w.tag.to_owned())
        .creator(CREATOR.to_owned())
        .document_id(about.id.clone())
        .creation_date(date)
        .text_direction(direction)
        .page_layout(PageLayout::SinglePage);
    document.set_metadata(metadata);
    document.finish().map_err(|error| match error {
        KrillaError::Validation(rules) => {
            // The name of each rule alone: what follows it may be a text of the page.
            let name = |rule: &ValidationError| {
                let said = format!("{rule:?}");
                said.split(['(', ' ']).next().unwrap_or_default().to_owned()
            };
            ReportError::Format(rules.iter().map(|(rule, _)| name(rule)).collect::<Vec<_>>().join(", "))
        }
        KrillaError::Font(..) => ReportError::Font,
        _ => broken("limits or tags"),
    })
}

fn broken(what: &str) -> ReportError {
    ReportError::Format(what.to_owned())
}

/// The headings, for finding one's way.
fn outline(pieces: &[Piece]) -> Outline {
    let mut outline = Outline::new();
    for piece in pieces {
        if let Piece::Group(Role::Title(text) | Role::Heading(text), inner) = piece
            && let Some(Piece::Line(placed)) = inner.first()
        {
            let above = (placed.baseline - placed.line.style.size).max(0.0);
            let place = XyzDestination::new(0, Point::from_xy(placed.x, above));
            outline.push_child(OutlineNode::new(text.clone(), place));
        }
    }
    outline
}

fn date(moment: Moment) -> DateTime {
    let small = |n: u16| u8::try_from(n).unwrap_or(0);
    let offset = moment.offset;
    DateTime::new(moment.date.year)
        .month(moment.date.month)
        .day(moment.date.day)
        .hour(small(moment.minute / 60))
        .minute(small(moment.minute % 60))
        .second(0)
        .utc_offset_hour(i8::try_from(offset / 60).unwrap_or(0))
        .utc_offset_minute(small(offset.unsigned_abs() % 60))
}

#[cfg(test)]
mod tests;
