//! A table: heads of columns, heads of rows, thin rules. Columns begin on the side on which the page begins.

use super::{Frame, INK, Laid, Layout, Piece, Placed, RULE, Role, SOFT, Shape};
use crate::letters::Weight;
use crate::page::Table;

/// Above and below the text of a row.
const ROOM: f32 = 1.5;
/// Beside the text of a cell.
const BESIDE: f32 = 3.0;

impl Layout<'_> {
    pub(super) fn table(&self, table: &Table, frame: Frame) -> Laid {
        let small = self.style(self.size * 0.88, Weight::Strong);
        let text = self.style(self.size * 0.92, Weight::Regular);
        let mut y = frame.y;
        let mut rules = Vec::new();
        let heads = |_: usize| (Role::ColumnHead, small, SOFT);
        let (head, height) = self.row(&table.head, &table.shares, Frame { y, ..frame }, heads);
        y += height;
        rules.push(rule(frame, y, 0.75));
        let mut rows = Vec::new();
        for row in &table.rows {
            let cells = |i: usize| (if i == 0 { Role::RowHead } else { Role::Cell }, text, INK);
            let (row, height) = self.row(row, &table.shares, Frame { y, ..frame }, cells);
            rows.push(row);
            y += height;
            rules.push(rule(frame, y, 0.4));
        }
        let head = Piece::Group(Role::TableHead, vec![head]);
        let body = Piece::Group(Role::TableBody, rows);
        let all = Piece::Group(Role::Table(crate::words::plain(&table.summary)), vec![head, body]);
        Laid { pieces: vec![all, Piece::Ornament(rules)], height: y - frame.y + self.size * 0.4 }
    }

    /// One row, as high as its highest cell.
    fn row(
        &self,
        cells: &[String],
        shares: &[f32],
        frame: Frame,
        look: impl Fn(usize) -> (Role, crate::letters::Style, super::Colour),
    ) -> (Piece, f32) {
        let (mut pieces, mut height, mut from) = (Vec::new(), 0.0_f32, 0.0);
        for (i, (cell, share)) in cells.iter().zip(shares).enumerate() {
            let width = frame.width * share;
            let x = if self.rtl { frame.x + frame.width - from - width } else { frame.x + from };
            let inside = Frame { x: x + BESIDE, y: frame.y + ROOM, width: (width - 2.0 * BESIDE).max(1.0) };
            let (role, style, colour) = look(i);
            let (lines, tall): (Vec<Placed>, f32) = self.text(cell, style, colour, inside);
            pieces.push(Piece::Group(role, lines.into_iter().map(Piece::Line).collect()));
            height = height.max(tall);
            from += width;
        }
        (Piece::Group(Role::Row, pieces), height + 2.0 * ROOM)
    }
}

fn rule(frame: Frame, y: f32, width: f32) -> Shape {
    Shape::Stroked {
        points: vec![[frame.x, y], [frame.x + frame.width, y]],
        colour: RULE,
        width,
        dashed: false,
    }
}
