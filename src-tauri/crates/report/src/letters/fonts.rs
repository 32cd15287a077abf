//! The bundled fonts (`font/README.md`).

use krilla::text::Font;

use crate::error::ReportError;

/// How heavy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600.
    Strong,
}

/// One font file.
pub(crate) struct Face {
    pub(super) shaper: rustybuzz::Face<'static>,
    /// As krilla embeds it.
    pub(crate) font: Font,
    /// Units of a square as high as the text.
    pub(super) units: f32,
}

/// All of them: three scripts in two weights.
pub(crate) struct Fonts {
    faces: Vec<Face>,
}

/// Faces of one weight: Latin, Latin with further marks, Arabic.
pub(super) const SCRIPTS: usize = 3;
/// The Arabic one of them.
const ARABIC: usize = 2;

impl Fonts {
    /// Reads them.
    pub(crate) fn read() -> Result<Self, ReportError> {
        let files: [&'static [u8]; 2 * SCRIPTS] = [
            include_bytes!("../../font/atkinson-latin-400.ttf"),
            include_bytes!("../../font/atkinson-latin-ext-400.ttf"),
            include_bytes!("../../font/noto-arabic-400.ttf"),
            include_bytes!("../../font/atkinson-latin-600.ttf"),
            include_bytes!("../../font/atkinson-latin-ext-600.ttf"),
            include_bytes!("../../font/noto-arabic-600.ttf"),
        ];
        let face = |file: &&'static [u8]| {
            let shaper = rustybuzz::Face::from_slice(file, 0)?;
            let font = Font::new((*file).into(), 0)?;
            let units = font.units_per_em();
            Some(Face { shaper, font, units })
        };
        let faces: Option<Vec<Face>> = files.iter().map(face).collect();
        Ok(Self { faces: faces.ok_or(ReportError::Font)? })
    }

    /// A face by its number.
    pub(crate) fn face(&self, number: usize) -> Option<&Face> {
        self.faces.get(number)
    }

    /// The faces of a weight by number, in the order in which a character is looked for: from right to left Arabic comes first.
    pub(super) fn order(weight: Weight, rtl: bool) -> [usize; SCRIPTS] {
        let first = match weight {
            Weight::Regular => 0,
            Weight::Strong => SCRIPTS,
        };
        let order = if rtl { [ARABIC, 0, 1] } else { [0, 1, ARABIC] };
        order.map(|script| first + script)
    }

    /// True when a face has the character.
    pub(super) fn has(&self, number: usize, c: char) -> bool {
        self.face(number).is_some_and(|face| face.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
    }

    /// True when any face has it. All weights have the same characters.
    pub(super) fn any_has(&self, c: char) -> bool {
        (0..SCRIPTS).any(|number| self.has(number, c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_both_weights_have_the_same_characters() {
        let fonts = Fonts::read().unwrap();
        assert_eq!(fonts.faces.len(), 2 * SCRIPTS);
        for c in (0x20..0x700).filter_map(char::from_u32) {
            for script in 0..SCRIPTS {
                assert_eq!(fonts.has(script, c), fonts.has(script + SCRIPTS, c), "{c:?}");
            }
        }
        for c in "Maria Wójcik 128/79 – … • ° ² × ٪ مريم، ؟".chars() {
            assert!(fonts.any_has(c), "{c:?}");
        }
        assert!(!fonts.any_has('漢'));
    }

    #[test]
    fn what_the_screens_say_can_be_printed() {
        let fonts = Fonts::read().unwrap();
        let words =
            [include_str!("../../../../../ui/words/en.ftl"), include_str!("../../../../../ui/words/ar.ftl")];
        // Micro and ohm stand beside electrocardiograms and scales' impedances, which no page has.
        let missing: Vec<char> = words
            .concat()
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, 'µ' | 'Ω') && !fonts.any_has(*c))
            .collect();
        assert_eq!(missing, Vec::<char>::new());
    }
}
