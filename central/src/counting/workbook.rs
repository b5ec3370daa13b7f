//! A month of visitors as an Excel workbook in the layout a tourism office files: one page with a line for each place, then gates,
//! days, what was typed in, what came after the freeze, and what the words mean. What no camera can tell (nationality, nights,
//! the year's plan) has its column and stays empty, for whoever knows it from elsewhere. Texts that people wrote are never
//! formulas, neither here nor in what a spreadsheet makes of them later.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::civil::{CivilDay, Month};
use super::figures::{Method, Tally};
use super::report::{Report, Supplement};

/// Who signed.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    /// Name.
    pub name: &'a str,
    /// Office.
    pub title: &'a str,
    /// When.
    pub at: i64,
    /// The hash of what was signed.
    pub sha256: Sha256,
}

/// A version of what was typed in.
#[derive(Debug, Clone)]
pub struct Correction {
    /// It came after the freeze.
    pub after_freeze: bool,
    /// The place.
    pub place: String,
    /// The gate.
    pub gate: String,
    /// Day or month.
    pub period: String,
    /// Its version.
    pub version: i64,
    /// In; none: taken back.
    pub entered: Option<i64>,
    /// Out.
    pub left: Option<i64>,
    /// Why.
    pub reason: String,
    /// Whose word.
    pub by: String,
    /// When.
    pub at: i64,
}

/// What a workbook is made of.
#[derive(Debug, Clone, Copy)]
pub struct Workbook<'a> {
    /// The month.
    pub report: &'a Report,
    /// Who signed; none: *chưa chốt*.
    pub signature: Option<Signature<'a>>,
    /// What came after the freeze.
    pub supplement: &'a [Supplement],
    /// What was typed in.
    pub corrections: &'a [Correction],
    /// When the file is made.
    pub made_at: UtcMicros,
    /// What the words mean.
    pub definitions: &'a str,
}

/// What a cell holds.
#[derive(Debug, Clone)]
enum Cell {
    Text(String),
    Whole(Option<i64>),
    /// Ten-thousandths, shown as per cent.
    Share(Option<i64>),
    Empty,
}

/// Said where there is no figure.
const MISSING: &str = "Thiếu dữ liệu";
const HEAD_ROW: u32 = 7;

struct Looks {
    title: Format,
    centred: Format,
    warn: Format,
    head: Format,
    text: Format,
    whole: Format,
    share: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top).set_text_wrap();
        let bold = || Format::new().set_bold().set_align(FormatAlign::Center);
        Self {
            title: bold().set_font_size(14),
            centred: Format::new().set_align(FormatAlign::Center).set_italic(),
            warn: bold().set_font_color(Color::RGB(0x00A8_201A)),
            head: cell().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E3_EEF6)),
            text: cell(),
            whole: cell().set_num_format("#,##0"),
            share: cell().set_num_format("0.0%"),
        }
    }
}

impl Workbook<'_> {
    /// The file.
    pub fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let looks = Looks::new();
        let mut book = rust_xlsxwriter::Workbook::new();
        self.month_page(book.add_worksheet(), &looks)?;
        let gates = self.gate_rows();
        table(
            book.add_worksheet(),
            "Theo cổng",
            &looks,
            &[
                "Địa điểm",
                "Cổng",
                "Tính vào tổng",
                "Lượt vào",
                "Lượt ra",
                "Cách đếm",
                "Camera hoạt động",
                "Số ngày thiếu",
                "Máy đếm vào",
                "Máy đếm ra",
            ],
            &gates,
        )?;
        table(
            book.add_worksheet(),
            "Theo ngày",
            &looks,
            &[
                "Ngày",
                "Địa điểm",
                "Cổng",
                "Lượt vào",
                "Lượt ra",
                "Cách đếm",
                "Camera hoạt động",
                "Máy đếm vào",
                "Máy đếm ra",
            ],
            &self.day_rows(),
        )?;
        table(
            book.add_worksheet(),
            "Nhập tay, hiệu chỉnh",
            &looks,
            &[
                "Thời gian",
                "Địa điểm",
                "Cổng",
                "Phiên bản",
                "Lượt vào",
                "Lượt ra",
                "Lý do",
                "Người ghi",
                "Lúc ghi",
                "Ghi chú",
            ],
            &self.correction_rows(),
        )?;
        if self.signature.is_some() {
            table(
                book.add_worksheet(),
                "Bổ sung sau chốt",
                &looks,
                &["Ngày", "Địa điểm", "Cổng", "Lượt vào thêm", "Lượt ra thêm"],
                &self.supplement_rows(),
            )?;
        }
        let words = book.add_worksheet();
        words.set_name("Định nghĩa")?.set_column_width(0, 110)?;
        words.write_string_with_format(0, 0, self.definitions, &Format::new().set_text_wrap())?;
        book.save_to_buffer()
    }

    fn month_page(&self, sheet: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
        let Month { year, number } = self.report.month;
        sheet.set_name("Báo cáo tháng")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.merge_range(0, 0, 0, 4, &safe(&self.report.title), &looks.centred)?;
        sheet.merge_range(0, 7, 0, 14, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &looks.title)?;
        sheet.merge_range(1, 7, 1, 14, "Độc lập - Tự do - Hạnh phúc", &looks.centred)?;
        let title = format!("BÁO CÁO LƯỢT KHÁCH THAM QUAN THÁNG {number:02} NĂM {year}");
        sheet.merge_range(3, 0, 3, 14, &title, &looks.title)?;
        match &self.signature {
            Some(signed) => {
                let told = format!(
                    "SỐ LIỆU ĐÃ CHỐT lúc {}, người ký: {} ({})",
                    UtcMicros(signed.at).to_vietnamese(),
                    safe(signed.name),
                    safe(signed.title)
                );
                sheet.merge_range(4, 0, 4, 14, &told, &looks.centred)?;
                sheet.merge_range(5, 0, 5, 14, &format!("Mã kiểm tra SHA-256: {}", signed.sha256), &looks.centred)?;
            }
            None => {
                let told = format!("CHƯA CHỐT: số liệu có thể thay đổi. Lập lúc {}", self.made_at.to_vietnamese());
                sheet.merge_range(4, 0, 4, 14, &told, &looks.warn)?;
            }
        }
        let heads = [
            "STT",
            "Địa điểm",
            "Tổng lượt khách trong tháng",
            "Luỹ kế từ đầu năm",
            "Cùng kỳ năm trước",
            "So với cùng kỳ",
            "Kế hoạch năm",
            "So với kế hoạch",
            "Khách quốc tế",
            "Khách nội địa",
            "Khách lưu trú",
            "Lượt ra",
            "Cách đếm",
            "Camera hoạt động",
            "Ghi chú",
        ];
        for (column, width) in [6, 28, 14, 14, 14, 11, 12, 11, 12, 12, 12, 12, 18, 12, 40].into_iter().enumerate() {
            sheet.set_column_width(index(column), width)?;
        }
        head(sheet, HEAD_ROW, &heads, looks)?;
        let mut at = HEAD_ROW + 1;
        for (n, place) in self.report.places.iter().enumerate() {
            let total = place.total.unwrap_or_default();
            let known = |tally: Option<Tally>| Cell::Whole(tally.and_then(|t| t.entered));
            let cells = [
                Cell::Whole(i64::try_from(n + 1).ok()),
                Cell::Text(place.title.clone()),
                known(place.total),
                known(place.so_far),
                known(place.year_before),
                Cell::Share(ratio(total.entered, place.year_before.and_then(|t| t.entered))),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Whole(total.left),
                Cell::Text(method(&total).to_owned()),
                Cell::Share(total.coverage()),
                Cell::Text(notes(place.total.as_ref()).join(" ")),
            ];
            row(sheet, at, &cells, looks)?;
            at += 1;
        }
        let sum = |of: fn(&super::report::PlaceReport) -> Option<Tally>| {
            let known: Vec<i64> = self.report.places.iter().filter_map(|p| of(p)?.entered).collect();
            (!known.is_empty()).then(|| known.iter().sum::<i64>())
        };
        let (month, before) = (sum(|p| p.total), sum(|p| p.year_before));
        let lacks = self.report.places.iter().any(|p| p.total.is_none_or(|t| t.lacks() || t.entered.is_none()));
        let mut cells = vec![Cell::Empty; heads.len()];
        cells[1] = Cell::Text("Tổng cộng".to_owned());
        cells[2] = Cell::Whole(month);
        cells[3] = Cell::Whole(sum(|p| p.so_far));
        cells[4] = Cell::Whole(before);
        cells[5] = Cell::Share(ratio(month, before));
        cells[14] = Cell::Text(if lacks { "Số tối thiểu: có phần thiếu dữ liệu." } else { "" }.to_owned());
        row(sheet, at, &cells, looks)?;
        let note = "Kế hoạch năm, khách quốc tế, nội địa, lưu trú: camera không xác định được; ghi từ báo cáo khác.";
        sheet.write_string(at + 1, 1, note)?;
        let signer = self.signature.map_or("", |s| s.name);
        let office = self.signature.map_or("Người ký", |s| s.title);
        sheet.merge_range(at + 3, 1, at + 3, 4, "Người lập biểu", &looks.centred)?;
        sheet.merge_range(at + 3, 10, at + 3, 14, &safe(office), &looks.centred)?;
        sheet.merge_range(at + 7, 10, at + 7, 14, &safe(signer), &looks.title)?;
        sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
        Ok(())
    }

    fn gate_rows(&self) -> Vec<Vec<Cell>> {
        let gates = self.report.places.iter().flat_map(|p| p.gates.iter().map(move |g| (p, g)));
        gates
            .map(|(place, gate)| {
                let sum = &gate.sum;
                vec![
                    Cell::Text(place.title.clone()),
                    Cell::Text(gate.title.clone()),
                    Cell::Text(if gate.adds_up { "Có" } else { "Không" }.to_owned()),
                    figure(sum.entered),
                    Cell::Whole(sum.left),
                    Cell::Text(method(sum).to_owned()),
                    Cell::Share(sum.coverage()),
                    Cell::Whole(Some(sum.missing)),
                    machine(sum, sum.machine_in),
                    machine(sum, sum.machine_out),
                ]
            })
            .collect()
    }

    fn day_rows(&self) -> Vec<Vec<Cell>> {
        let first = self.report.month.first();
        let gates = self.report.places.iter().flat_map(|p| p.gates.iter().map(move |g| (p, g)));
        gates
            .flat_map(|(place, gate)| {
                gate.days.iter().zip(first.0..).filter(|(tally, _)| tally.days > 0).map(move |(tally, day)| {
                    vec![
                        Cell::Text(CivilDay(day).to_vietnamese()),
                        Cell::Text(place.title.clone()),
                        Cell::Text(gate.title.clone()),
                        figure(tally.entered),
                        Cell::Whole(tally.left),
                        Cell::Text(method(tally).to_owned()),
                        Cell::Share(tally.coverage()),
                        machine(tally, tally.machine_in),
                        machine(tally, tally.machine_out),
                    ]
                })
            })
            .collect()
    }

    fn correction_rows(&self) -> Vec<Vec<Cell>> {
        let told = |c: &Correction| {
            let mut told = Vec::new();
            if c.entered.is_none() {
                told.push("Rút lại: dùng số máy đếm.");
            }
            if c.after_freeze {
                told.push("Sau khi chốt: không nằm trong số đã chốt.");
            }
            told.join(" ")
        };
        self.corrections
            .iter()
            .map(|c| {
                vec![
                    Cell::Text(c.period.clone()),
                    Cell::Text(c.place.clone()),
                    Cell::Text(c.gate.clone()),
                    Cell::Whole(Some(c.version)),
                    Cell::Whole(c.entered),
                    Cell::Whole(c.left),
                    Cell::Text(c.reason.clone()),
                    Cell::Text(c.by.clone()),
                    Cell::Text(UtcMicros(c.at).to_vietnamese()),
                    Cell::Text(told(c)),
                ]
            })
            .collect()
    }

    fn supplement_rows(&self) -> Vec<Vec<Cell>> {
        self.supplement
            .iter()
            .map(|s| {
                vec![
                    Cell::Text(s.day.map_or_else(|| "Cả tháng".to_owned(), CivilDay::to_vietnamese)),
                    Cell::Text(s.place.clone()),
                    Cell::Text(s.title.clone()),
                    Cell::Whole(Some(s.entered)),
                    Cell::Whole(Some(s.left)),
                ]
            })
            .collect()
    }
}

fn figure(n: Option<i64>) -> Cell {
    if n.is_none() { Cell::Text(MISSING.to_owned()) } else { Cell::Whole(n) }
}

/// The cameras' own figure stands only where another stands in its place.
fn machine(tally: &Tally, n: Option<i64>) -> Cell {
    Cell::Whole(n.filter(|_| tally.by_hand > 0))
}

fn method(tally: &Tally) -> &'static str {
    match tally.method() {
        Some(Method::Automatic) => "Đếm tự động",
        Some(Method::ByHand) => "Nhập tay",
        Some(Method::Both) => "Đếm tự động và nhập tay",
        None => "",
    }
}

fn notes(total: Option<&Tally>) -> Vec<String> {
    let Some(total) = total else {
        return vec!["Chưa chọn cổng tính vào tổng của địa điểm.".to_owned()];
    };
    let mut notes = Vec::new();
    if total.entered.is_none() {
        notes.push(format!("{MISSING}."));
    } else if total.lacks() {
        notes.push("Số tối thiểu.".to_owned());
    }
    if total.missing > 0 {
        notes.push(format!("Thiếu dữ liệu {} ngày.", total.missing));
    }
    if total.by_hand > 0 {
        notes.push(format!("Nhập tay {} ngày.", total.by_hand));
    }
    notes
}

/// Part over whole in ten-thousandths.
fn ratio(part: Option<i64>, whole: Option<i64>) -> Option<i64> {
    let (part, whole) = (part?, whole.filter(|n| *n > 0)?);
    Some(part.saturating_mul(10_000) / whole)
}

fn index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn head(sheet: &mut Worksheet, at: u32, heads: &[&str], looks: &Looks) -> Result<(), XlsxError> {
    for (column, text) in heads.iter().enumerate() {
        sheet.write_string_with_format(at, index(column), *text, &looks.head)?;
    }
    Ok(())
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[Cell], looks: &Looks) -> Result<(), XlsxError> {
    #[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^52")]
    for (column, cell) in cells.iter().enumerate() {
        let column = index(column);
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(at, column, safe(text), &looks.text)?,
            Cell::Whole(Some(n)) => sheet.write_number_with_format(at, column, *n as f64, &looks.whole)?,
            Cell::Share(Some(n)) => sheet.write_number_with_format(at, column, *n as f64 / 10_000.0, &looks.share)?,
            Cell::Whole(None) | Cell::Share(None) | Cell::Empty => sheet.write_blank(at, column, &looks.text)?,
        };
    }
    Ok(())
}

fn table(
    sheet: &mut Worksheet,
    name: &str,
    looks: &Looks,
    heads: &[&str],
    rows: &[Vec<Cell>],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for column in 0..heads.len() {
        sheet.set_column_width(index(column), 20)?;
    }
    head(sheet, 0, heads, looks)?;
    for (at, cells) in (1..).zip(rows) {
        row(sheet, at, cells, looks)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    Ok(())
}

/// A text that begins like a formula gets an apostrophe before it: the file writes it as text, and so does whoever saves it as
/// CSV and opens that again.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::super::report::{GateReport, PlaceReport};
    use super::*;

    fn report() -> Report {
        let day =
            Tally { entered: Some(12_345), left: Some(5), analysed_ms: 5, due_ms: 10, days: 1, ..Tally::default() };
        let gate =
            GateReport { gate: "n/c/l".into(), title: "=1+1".into(), adds_up: true, sum: day, days: vec![day; 31] };
        Report {
            schema: super::super::report::SCHEMA.into(),
            controller: "tourism".into(),
            title: "Sở Văn hóa, Thể thao và Du lịch".into(),
            month: "2026-10".parse().unwrap(),
            places: vec![PlaceReport {
                site: "square".into(),
                title: "@Quảng trường mẫu".into(),
                capacity: None,
                total: Some(day),
                so_far: Some(day),
                year_before: Some(Tally { entered: Some(10_000), ..day }),
                gates: vec![gate],
            }],
        }
    }

    fn sheets(signature: Option<Signature<'_>>) -> Xlsx<Cursor<Vec<u8>>> {
        let report = report();
        let bytes = Workbook {
            report: &report,
            signature,
            supplement: &[],
            corrections: &[],
            made_at: UtcMicros(1_763_860_500_000_000),
            definitions: "Định nghĩa",
        }
        .write()
        .unwrap();
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    fn texts(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
        let range = book.worksheet_range(sheet).unwrap();
        range.rows().flatten().filter(|c| **c != Data::Empty).map(ToString::to_string).collect()
    }

    #[test]
    fn the_page_that_is_filed_has_its_figures_as_numbers_and_says_that_it_is_not_frozen() {
        let mut book = sheets(None);
        let page = book.worksheet_range("Báo cáo tháng").unwrap();
        let line: Vec<&Data> = page.rows().find(|r| r[0] == Data::Float(1.0)).unwrap().iter().collect();
        assert_eq!((line[2], line[4], line[5]), (&Data::Float(12_345.0), &Data::Float(10_000.0), &Data::Float(1.2345)));
        assert_eq!(line[13], &Data::Float(0.5));
        assert_eq!((line[6], line[8]), (&Data::Empty, &Data::Empty), "what no camera can tell");
        let all = texts(&mut book, "Báo cáo tháng").join("|");
        assert!(all.contains("CHƯA CHỐT") && all.contains("THÁNG 10 NĂM 2026"), "{all}");
        assert!(!book.sheet_names().contains(&"Bổ sung sau chốt".to_owned()));
        assert_eq!(texts(&mut book, "Theo ngày").iter().filter(|t| t.as_str() == "'=1+1").count(), 31);
    }

    #[test]
    fn a_frozen_one_says_who_signed() {
        let sha256 = Sha256::of(b"x");
        let signed = Signature { name: "Mẫu 01", title: "Giám đốc mẫu", at: 1_763_860_500_000_000, sha256 };
        let mut book = sheets(Some(signed));
        let all = texts(&mut book, "Báo cáo tháng").join("|");
        assert!(all.contains("ĐÃ CHỐT") && all.contains("Mẫu 01") && all.contains(&sha256.to_string()), "{all}");
        assert!(!all.contains("CHƯA CHỐT"));
        assert!(book.sheet_names().contains(&"Bổ sung sau chốt".to_owned()));
    }

    #[test]
    fn what_people_wrote_is_never_a_formula() {
        let mut book = sheets(None);
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).unwrap();
            assert!(formulas.rows().flatten().all(String::is_empty), "{sheet}");
        }
        assert_eq!(
            ["=1+1", "+84", "-1", "@x", "Mẫu"].map(safe),
            ["'=1+1", "'+84", "'-1", "'@x", "Mẫu"].map(str::to_owned)
        );
    }
}
