//! A tourism clerk's day at the console, by keyboard, in a real browser over the running service: adds a place without cameras,
//! types in last month, files and freezes it, opens the Excel files; then a node that was cut off brings a minute of that month,
//! which shows as a supplement; today's figures come from a running node with a sample square, and one is corrected with a reason.
//! Cameras, node, broker and centre are real; the node that was cut off is played by the test, which signs what it says.
//! With `CHILANG_UPDATE_DOCS` set it leaves the pictures of docs/vi/luot-khach.md.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use contract::clock::{Clock as _, SystemClock, UtcMicros, VIETNAM_OFFSET_US, vietnam_day_start};
use contract::event::Body;
use contract::ids::{IdSource as _, LogId, SystemIds};
use stage::browser::Browser;
use stage::cast::Cast;
use stage::checkout::clips;
use stage::guide::look_over;
use stage::process::eventually;
use stage::set::{Choices, NODE, Stage};
use stage::stand_in::StandIn;

const PASSWORD: &str = "Luot-khach-thang-2026";
const SOON: Duration = Duration::from_secs(30);
/// A minute is reported when it is over, and a slow machine takes its time.
const PATIENCE: Duration = Duration::from_secs(240);

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const DOWN: char = '\u{E015}';
const ESCAPE: char = '\u{E00C}';
const ALL_OF_IT: [char; 2] = ['\u{E009}', 'a'];

/// A clerk who has a keyboard and no mouse.
struct Clerk {
    browser: Browser,
    downloads: PathBuf,
}

impl Clerk {
    /// Presses Tab until this has the focus: what cannot be reached so is out of reach for whoever has no mouse.
    async fn reach(&self, css: &str) {
        let here = format!("return document.activeElement !== null && document.activeElement.matches({css:?})");
        // It may still be on its way to the screen.
        let there = format!("return document.querySelector({css:?}) !== null");
        eventually(css, SOON, async || Ok((self.browser.script(&there).await? == true).then_some(()))).await.unwrap();
        for _ in 0..150 {
            if self.browser.script(&here).await.unwrap() == true {
                return;
            }
            self.browser.press(TAB).await.unwrap();
        }
        panic!("{css} cannot be reached by keyboard");
    }

    async fn keys(&self, text: &str) {
        for key in text.chars() {
            self.browser.press(key).await.unwrap();
        }
    }

    async fn press(&self, css: &str) {
        self.reach(css).await;
        self.browser.press(ENTER).await.unwrap();
    }

    /// Writes into a field, over what stands there.
    async fn write(&self, css: &str, text: &str) {
        self.reach(css).await;
        self.browser.press_together(&ALL_OF_IT).await.unwrap();
        self.keys(text).await;
    }

    /// Goes down a list until this is chosen.
    async fn choose(&self, css: &str, value: &str) {
        let wanted = format!("[...document.querySelector({css:?}).options].findIndex((o) => o.value === {value:?})");
        let first = format!("document.querySelector({css:?}).selectedIndex");
        self.reach(css).await;
        let steps = self.browser.script(&format!("return {wanted} - {first}")).await.unwrap().as_i64().unwrap();
        // Up from what stands below.
        let key = if steps < 0 { '\u{E013}' } else { DOWN };
        for _ in 0..steps.abs() {
            self.browser.press(key).await.unwrap();
        }
        let chosen = self.browser.script(&format!("return document.querySelector({css:?}).value")).await.unwrap();
        assert_eq!(chosen, value, "{css}");
    }

    async fn see(&self, css: &str, wanted: &str, patience: Duration) -> String {
        match self.browser.see(css, wanted, patience).await {
            Ok(seen) => seen,
            Err(error) => panic!("{error}; the screen shows: {}", self.browser.shown("body").await.unwrap()),
        }
    }

    /// Downloads the month on the screen and gives back the file.
    async fn download(&self, name: &str) -> PathBuf {
        self.press("[data-act=export]").await;
        self.write("[name=export-reason]", "Nộp báo cáo tháng").await;
        self.browser.press(ENTER).await.unwrap();
        self.see("[role=dialog]", name, SOON).await;
        let file = self.downloads.join(name);
        eventually("the file to be saved", SOON, async || Ok(file.exists().then_some(()))).await.unwrap();
        self.browser.press(ESCAPE).await.unwrap();
        file
    }
}

/// The month before this one in Viet Nam: `mm/yyyy`, `yyyy-mm`, and the noon of its tenth day.
fn last_month() -> (String, String, UtcMicros) {
    let today = SystemClock::new().now().plus_us(VIETNAM_OFFSET_US).to_rfc3339();
    let (year, month): (i32, u32) = (today[..4].parse().unwrap(), today[5..7].parse().unwrap());
    let (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    let name = format!("{year:04}-{month:02}");
    let noon = UtcMicros::from_rfc3339(&format!("{name}-10T05:00:00Z")).unwrap();
    (format!("{month:02}/{year:04}"), name, noon)
}

fn texts(file: &Path, sheet: &str) -> String {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().flatten().filter(|c| **c != Data::Empty).map(ToString::to_string).collect::<Vec<_>>().join("|")
}

/// The node that was cut off says what its line counted in one minute, and the centre takes it.
async fn report_minute(node: &mut StandIn, log: LogId, seq: u64, start: UtcMicros, entered: u32) -> Result<()> {
    let mut event = node.event("count", log, seq)?;
    event.captured.captured_at = start.plus_us(60_000_000);
    if let Body::Count(body) = &mut event.body {
        body.class = "person".to_owned();
        (body.start, body.entered, body.left, body.doubtful) = (start, entered, 1, 0);
        (body.analysed_ms, body.lost_ms) = (60_000, 0);
    }
    let letter = node.letter(&event)?;
    node.send(letter).await?;
    node.verdict(log, seq).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_files_a_month_by_keyboard_and_what_comes_later_is_a_supplement() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    // The cast without gates: nobody has to be enrolled for it.
    let choices = Choices { cast: Cast::Hard, ..Choices::default() };
    let mut stage = Stage::put_up(&folder.path().join("run"), &clips(), &choices, |_| ()).unwrap();
    // One square is enough for a figure.
    let (mut cameras, mut rules) = choices.cast.bundles(&stage.truths, stage.cameras.port()).unwrap();
    cameras.cameras.retain(|camera| camera.name.as_str() == "square-1");
    rules.lines.retain(|line| line.camera.as_str() == "square-1");
    rules.wrong_way.clear();
    rules.gates.clear();
    // First the rules: none may name a camera that is gone.
    stage.centre.publish(NODE, "rules", &serde_json::to_value(rules).unwrap()).unwrap();
    stage.centre.publish(NODE, "cameras", &serde_json::to_value(cameras).unwrap()).unwrap();
    stage.node.start().unwrap();

    let (month, month_name, noon) = last_month();
    let mut cut_off =
        StandIn::enrol(&stage.centre, "dinh-mau/node-1", "tourism", &folder.path().join("cut-off")).await.unwrap();
    let log = LogId(SystemIds::new().next(SystemClock::new().now()));
    report_minute(&mut cut_off, log, 1, noon, 7).await.unwrap();

    stage.centre.add_user("dulich", PASSWORD, &["tourism:tourism"]).unwrap();
    let clerk =
        Clerk { browser: Browser::start(folder.path()).await.unwrap(), downloads: folder.path().join("downloads") };
    clerk.browser.open(&stage.centre.people_url()).await.unwrap();
    clerk.see("h1", "Chi Lăng", SOON).await;
    clerk.write("input[name=user]", "dulich").await;
    clerk.write("input[name=password]", PASSWORD).await;
    clerk.browser.press(ENTER).await.unwrap();
    clerk.see("h1", "Lượt khách", SOON).await;
    clerk.browser.console().await.unwrap();

    // A place no camera stands at, and what its ticket desk counted last month.
    clerk.press("[data-tab=setup]").await;
    clerk.write("[name=new-place]", "Chùa mẫu").await;
    clerk.browser.press(ENTER).await.unwrap();
    clerk.see(".office", "chua-mau", SOON).await;
    look_over(&clerk.browser, "luot-khach-thiet-lap").await;
    clerk.press("[data-tab=month]").await;
    clerk.choose("[name=place]", "chua-mau").await;
    clerk.press("[data-act=enter]").await;
    clerk.write("[name=period]", &month).await;
    clerk.write("[name=in]", "12.000").await;
    clerk.write("[name=reason]", "Vé bán tại chùa").await;
    look_over(&clerk.browser, "luot-khach-nhap-tay").await;
    clerk.browser.press(ENTER).await.unwrap();
    clerk.see("[role=dialog] .versions", "12.000", SOON).await;
    clerk.browser.press(ESCAPE).await.unwrap();

    // The month as it is filed, first as a draft.
    clerk.press("[data-tab=report]").await;
    clerk.see("tr[data-site=chua-mau]", "12.000", SOON).await;
    let counted = clerk.see("tr[data-site=dinh-mau]", "ít nhất 7", SOON).await;
    assert!(counted.contains("Đếm tự động"), "{counted}");
    clerk.see(".office", "Chưa chốt", SOON).await;
    let draft = clerk.download(&format!("luot-khach-{month_name}-chua-chot.xlsx")).await;
    let page = texts(&draft, "Báo cáo tháng");
    assert!(page.contains("CHƯA CHỐT") && page.contains("|Chùa mẫu|12000|"), "{page}");

    // Frozen and signed for.
    clerk.press("[data-act=freeze]").await;
    clerk.write("[name=signer]", "Mẫu 01").await;
    clerk.write("[name=signer-title]", "Trưởng phòng mẫu").await;
    look_over(&clerk.browser, "luot-khach-chot-so").await;
    clerk.browser.press(ENTER).await.unwrap();
    clerk.see(".notice-good", "Mẫu 01 (Trưởng phòng mẫu)", SOON).await;

    // The line of the node that was cut off is back.
    report_minute(&mut cut_off, log, 2, noon.plus_us(120_000_000), 5).await.unwrap();
    clerk.press("[data-tab=month]").await;
    clerk.press("[data-tab=report]").await;
    let late = clerk.see(".supplement-list", "+5", SOON).await;
    assert!(late.contains("Bổ sung sau chốt"), "{late}");
    clerk.see("tr[data-site=dinh-mau]", "ít nhất 7", SOON).await;
    look_over(&clerk.browser, "luot-khach-bao-cao").await;
    let filed = clerk.download(&format!("luot-khach-{month_name}-da-chot.xlsx")).await;
    let page = texts(&filed, "Báo cáo tháng");
    assert!(page.contains("ĐÃ CHỐT") && page.contains("Mẫu 01") && page.contains("dinh-mau|7|"), "{page}");
    let supplement = texts(&filed, "Bổ sung sau chốt");
    assert!(supplement.ends_with("|5|1"), "{supplement}");

    // Today, from the running node; one figure is put right, and what the camera counted stands beside it.
    let today = vietnam_day_start(SystemClock::new().now()).plus_us(VIETNAM_OFFSET_US).to_rfc3339()[..10].to_owned();
    clerk.press("[data-tab=day]").await;
    eventually("the square to be a place of visitors", PATIENCE, async || {
        let script = "return document.querySelector('[name=place] option[value=chi-lang]') !== null";
        Ok((clerk.browser.script(script).await? == true).then_some(()))
    })
    .await
    .unwrap();
    clerk.choose("[name=place]", "chi-lang").await;
    let row = format!("tr[data-period='{today}']");
    let seen = clerk.see(&row, "Đếm tự động", PATIENCE).await;
    assert!(seen.contains("ít nhất") && seen.contains("camera hoạt động"), "{seen}");
    look_over(&clerk.browser, "luot-khach-hom-nay").await;
    clerk.press(&format!("{row} button")).await;
    clerk.write("[name=in]", "300").await;
    clerk.write("[name=out]", "280").await;
    clerk.write("[name=reason]", "Đối chiếu đếm tay tại cổng").await;
    clerk.browser.press(ENTER).await.unwrap();
    clerk.see("[role=dialog] .versions", "Đối chiếu", SOON).await;
    clerk.browser.press(ESCAPE).await.unwrap();
    let corrected = clerk.see(&row, "Nhập tay", SOON).await;
    assert!(corrected.contains("300") && corrected.contains("Máy đếm"), "{corrected}");

    let addresses = clerk
        .browser
        .script("return performance.getEntriesByType('resource').map((r) => r.name).join(' ') + location.href")
        .await
        .unwrap()
        .to_string();
    assert!(!addresses.contains(PASSWORD) && !addresses.contains("reason"), "{addresses}");
    assert_eq!(clerk.browser.console().await.unwrap(), [] as [String; 0], "the content policy refused nothing");
    stage.take_down().unwrap();
}
