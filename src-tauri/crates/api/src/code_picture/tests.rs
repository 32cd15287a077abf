use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use qrcode::{Color, EcLevel, QrCode};
use salus_wire::command::{CreateProfile, Lock};
use salus_wire::view::Role;

use super::*;
use crate::MemoryHeads;
use crate::testing::{Hands, NOON, PASSPHRASE, choosing, patient};

/// Texts as codes side by side, as a picture of this width and its shades.
fn shades(texts: &[&str]) -> (usize, Vec<u8>) {
    let codes: Vec<QrCode> =
        texts.iter().map(|text| QrCode::with_error_correction_level(text, EcLevel::Q).unwrap()).collect();
    let rows = codes.iter().map(QrCode::width).max().unwrap() + 8;
    let columns: Vec<Vec<bool>> = codes.iter().flat_map(|code| columns(code, rows)).collect();
    let module = 4;
    let width = columns.len() * module;
    let shade = |i: usize| if columns[i % width / module][i / width / module] { 0 } else { 255 };
    (width, (0..width * rows * module).map(shade).collect())
}

/// The columns of a code with the light ones around it, dark as true.
fn columns(code: &QrCode, rows: usize) -> Vec<Vec<bool>> {
    let (side, colors) = (code.width(), code.to_colors());
    let dark = |x: usize, y: usize| {
        let inside = (4..side + 4).contains(&x) && (4..side + 4).contains(&y);
        inside && colors[(y - 4) * side + x - 4] == Color::Dark
    };
    (0..side + 8).map(|x| (0..rows).map(|y| dark(x, y)).collect()).collect()
}

/// A screenshot of these texts as codes.
fn screenshot(file: &Path, texts: &[&str]) {
    let (width, shades) = shades(texts);
    let [width, height] = [width, shades.len() / width].map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(fs::File::create(file).unwrap(), width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&shades).unwrap();
    writer.finish().unwrap();
}

/// A record whose every dialog chooses this file.
async fn record(dir: &Path) -> (App, PathBuf) {
    let file = dir.join("photo.png");
    let app = choosing(&dir.join("record"), &Hands::at(NOON), Arc::new(MemoryHeads::default()), &file).await;
    let profile =
        CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
    (app, file)
}

async fn read_picture(app: &App) -> Result<String, ErrorCode> {
    app.run(ReadCodePicture {}).await.map_err(|failure| failure.code)
}

/// A code of this kind, and as it is drawn.
fn code(kind: Kind, octets: &[u8]) -> (String, String) {
    let text = to_text(kind, octets).unwrap();
    let drawn = text.replace(['-', '\n'], "");
    (text, drawn)
}

#[tokio::test]
async fn every_code_that_is_drawn_reads_back_as_it_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let (app, file) = record(dir.path()).await;
    for (kind, length) in [(Kind::Card, 58), (Kind::Relative, 170), (Kind::NewKey, 170), (Kind::Code, 420)] {
        let (text, drawn) = code(kind, &vec![0x5a; length]);
        screenshot(&file, &[&drawn[..]]);
        assert_eq!(read_picture(&app).await, Ok(text), "{kind:?}");
    }
    let meeting = Meeting::from_bytes([0x5a; 16]);
    screenshot(&file, &[&code(Kind::Laptop, meeting.as_bytes()).1[..]]);
    assert_eq!(read_picture(&app).await, Ok(meeting.to_words()));
    let report = salus_report::Code::of(b"content");
    screenshot(&file, &[&report.drawn()[..]]);
    assert_eq!(read_picture(&app).await, Ok(report.to_string()));
}

#[tokio::test]
async fn of_several_codes_none_is_taken_and_what_is_not_ours_goes_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let (app, file) = record(dir.path()).await;
    let (words, (_, laptop)) = (Meeting::from_bytes([1; 16]).to_words(), code(Kind::Laptop, &[1; 16]));
    let (_, other) = code(Kind::Laptop, &[2; 16]);
    let (_, longer) = code(Kind::Laptop, &[1; 18]);
    for (texts, read) in [
        (vec![&laptop[..], &other[..]], Err(ErrorCode::SeveralCodes)),
        (vec![&laptop[..], "https://example.org/"], Ok(words)),
        (vec![&longer[..]], Err(ErrorCode::OtherCode)),
        (vec!["https://example.org/"], Err(ErrorCode::OtherCode)),
        (vec!["salus:SN1000"], Err(ErrorCode::OtherCode)),
        (vec![&laptop[..laptop.len() - 1]], Err(ErrorCode::OtherCode)),
    ] {
        screenshot(&file, &texts);
        assert_eq!(read_picture(&app).await, read, "{texts:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_picture_or_shows_nothing_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (app, file) = record(dir.path()).await;
    assert_eq!(read_picture(&app).await, Err(ErrorCode::NotAPicture), "there is no file");
    fs::create_dir(&file).unwrap();
    assert_eq!(read_picture(&app).await, Err(ErrorCode::NotAPicture), "a folder");
    fs::remove_dir(&file).unwrap();
    fs::write(&file, "SN1-00000").unwrap();
    assert_eq!(read_picture(&app).await, Err(ErrorCode::NotAPicture), "a text");
    screenshot(&file, &[&code(Kind::Laptop, &[1; 16]).1[..]]);
    let all = fs::read(&file).unwrap();
    fs::write(&file, &all[..all.len() / 2]).unwrap();
    assert_eq!(read_picture(&app).await, Err(ErrorCode::PictureDamaged));
    fs::write(&file, vec![0; MAX_FILE + 1]).unwrap();
    assert_eq!(read_picture(&app).await, Err(ErrorCode::PictureTooLarge));
}

#[tokio::test]
async fn nothing_is_read_without_a_choice_or_while_the_record_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = patient(dir.path(), &clock).await;
    assert_eq!(read_picture(&app).await, Err(ErrorCode::Cancelled));
    app.run(Lock {}).await.unwrap();
    assert_eq!(read_picture(&app).await, Err(ErrorCode::Locked));
}
