//! Pieces onto a page, and the tags that say what each of them is.

use core::num::NonZeroU16;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Paint, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};

use crate::layout::{Colour, Piece, Placed, Role, Shape};
use crate::letters::Fonts;

/// Draws everything, and gives the tree of what it is.
pub(crate) fn draw(pieces: &[Piece], fonts: &Fonts, surface: &mut Surface<'_>) -> TagTree {
    let mut nodes = Vec::new();
    for piece in pieces {
        nodes.extend(piece_drawn(piece, fonts, surface));
    }
    TagTree::from(nodes)
}

fn piece_drawn(piece: &Piece, fonts: &Fonts, surface: &mut Surface<'_>) -> Option<Node> {
    match piece {
        Piece::Group(role, inner) => {
            let mut group = TagGroup::new(tag(role));
            for piece in inner {
                if let Some(node) = piece_drawn(piece, fonts, surface) {
                    group.push(node);
                }
            }
            (!group.children.is_empty()).then_some(Node::Group(group))
        }
        Piece::Line(placed) => {
            // What stands from right to left on the paper is told in reading order.
            let spoken = placed.line.turned.then_some(placed.line.text.as_str());
            let tag = match spoken {
                Some(text) => ContentTag::Span(SpanTag::empty().with_actual_text(Some(text))),
                None => ContentTag::Other,
            };
            let leaf = surface.start_tagged(tag);
            line(placed, fonts, surface);
            surface.end_tagged();
            Some(Node::Leaf(leaf))
        }
        Piece::Picture(shapes, labels) => {
            let leaf = surface.start_tagged(ContentTag::Other);
            shapes.iter().for_each(|one| shape(one, surface));
            labels.iter().for_each(|label| line(label, fonts, surface));
            surface.end_tagged();
            Some(Node::Leaf(leaf))
        }
        Piece::Ornament(shapes) => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            shapes.iter().for_each(|one| shape(one, surface));
            surface.end_tagged();
            None
        }
    }
}

fn tag(role: &Role) -> TagKind {
    let heading = |level: u16, text: &String| -> TagKind {
        Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
    };
    match role {
        Role::Title(text) => heading(1, text),
        Role::Heading(text) => heading(2, text),
        Role::Para => Tag::P.into(),
        Role::Table(summary) => Tag::Table.with_summary(Some(summary.clone())).into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure { alt, place: [x, y, width, height] } => {
            let place = Rect::from_xywh(*x, *y, *width, *height).map(|rect| BBox::new(0, rect));
            Tag::Figure(Some(alt.clone())).with_bbox(place).into()
        }
        Role::Caption => Tag::Caption.into(),
    }
}

fn line(placed: &Placed, fonts: &Fonts, surface: &mut Surface<'_>) {
    surface.set_fill(Some(fill(placed.colour)));
    surface.set_stroke(None);
    for segment in &placed.line.segments {
        let Some(face) = fonts.face(segment.face) else { continue };
        let start = Point::from_xy(placed.x + segment.x, placed.baseline);
        let size = placed.line.style.size;
        surface.draw_glyphs(start, &segment.glyphs, face.font.clone(), &placed.line.text, size, false);
    }
}

fn shape(shape: &Shape, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    let along = |points: &[[f32; 2]], path: &mut PathBuilder| {
        for (i, [x, y]) in points.iter().enumerate() {
            if i == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
        }
    };
    let (filled, stroked) = match shape {
        Shape::Filled { points, colour } => {
            along(points, &mut path);
            path.close();
            (Some(fill(*colour)), None)
        }
        Shape::Stroked { points, colour, width, dashed } => {
            along(points, &mut path);
            let dash = dashed.then(|| StrokeDash { array: vec![2.5, 1.5], offset: 0.0 });
            let stroke = Stroke { paint: paint(*colour), width: *width, dash, ..Stroke::default() };
            (None, Some(stroke))
        }
        Shape::Boxes { all, colour } => {
            for [x, y, width, height] in all {
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
            }
            (Some(fill(*colour)), None)
        }
    };
    // A shape of one point, or of none, is none.
    let Some(path) = path.finish() else { return };
    surface.set_fill(filled);
    surface.set_stroke(stroked);
    surface.draw_path(&path);
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint(colour), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn paint(Colour(red, green, blue): Colour) -> Paint {
    rgb::Color::new(red, green, blue).into()
}
