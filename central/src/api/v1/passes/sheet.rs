//! Passages as a file for a spreadsheet. Every cell is text and none is a formula, whatever a plate or a reason begins with; both
//! formats go through one escape. Pure.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::api::text::Moment;
use crate::store::passes_read::PassRow;

const HEADINGS: [&str; 12] = [
    "Thời điểm",
    "Địa điểm",
    "Thiết bị",
    "Camera",
    "Loại xe",
    "Biển số máy đọc",
    "Độ tin cậy",
    "Màu biển số",
    "Biển số cán bộ sửa",
    "Cán bộ sửa",
    "Sửa lúc",
    "Lý do sửa",
];

/// What a spreadsheet would take for a formula, or for a way into one, is put behind an apostrophe (CWE-1236).
fn plain(text: &str) -> String {
    let begins =
        text.chars().next().is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%'));
    if begins { format!("'{text}") } else { text.to_owned() }
}

fn cells(row: &PassRow) -> [String; 12] {
    let correction = row.correction.as_ref();
    let of = |text: Option<&String>| text.cloned().unwrap_or_default();
    [
        Moment::of(row.first_seen).text,
        row.site.clone(),
        row.node.clone(),
        row.camera.clone(),
        kind(&row.class).to_owned(),
        row.plate_display.clone().or_else(|| row.plate_key.clone()).unwrap_or_else(|| "không đọc được".to_owned()),
        row.plate_confidence.map(|c| format!("{c:.2}").replace('.', ",")).unwrap_or_default(),
        row.plate_colour.as_deref().map(colour).unwrap_or_default().to_owned(),
        of(correction.map(|c| &c.plate_display)),
        of(correction.map(|c| &c.by)),
        correction.map(|c| Moment::of(c.at).text).unwrap_or_default(),
        of(correction.map(|c| &c.reason)),
    ]
    .map(|text| plain(&text))
}

fn kind(code: &str) -> &str {
    match code {
        "car" => "ô tô con",
        "truck" => "xe tải",
        "bus" => "xe khách",
        "motorcycle" => "xe mô tô",
        "bicycle" => "xe đạp",
        "vehicle" => "phương tiện",
        other => other,
    }
}

fn colour(code: &str) -> &str {
    match code {
        "white" => "trắng",
        "yellow" => "vàng",
        "blue" => "xanh",
        "red" => "đỏ",
        other => other,
    }
}

/// As CSV: UTF-8 with the mark by which spreadsheets know it.
pub(super) fn csv(rows: &[PassRow]) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(HEADINGS)?;
    for row in rows {
        writer.write_record(cells(row))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// As XLSX, with what the file is on a second sheet: (name, value) pairs.
pub(super) fn xlsx(rows: &[PassRow], about: &[(&str, String)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("Lượt xe")?;
    for (column, heading) in (0u16..).zip(HEADINGS) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, 18)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (line, row) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(cells(row)) {
            sheet.write_string(line, column, text)?;
        }
    }
    let sheet = book.add_worksheet().set_name("Thông tin trích xuất")?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 60)?;
    for (line, (name, value)) in (0u32..).zip(about) {
        sheet.write_string_with_format(line, 0, *name, &bold)?;
        sheet.write_string(line, 1, plain(value))?;
    }
    book.save_to_buffer()
}

#[test]
fn nothing_a_cell_holds_is_a_formula() {
    for wild in ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%0A"] {
        assert_eq!(plain(wild), format!("'{wild}"));
    }
    for tame in ["12A-123.45", "Số cuối là 6", "", "a=1"] {
        assert_eq!(plain(tame), tame);
    }
}
