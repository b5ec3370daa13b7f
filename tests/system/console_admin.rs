//! An administrator's day at the console, in real browsers over the running service: enrols a second factor, adds a colleague,
//! who has to choose a password and sees the desk only, locks that account again, looks at retention and the audit log, and
//! comes back with a code that counts once. No node and no camera are needed. With `CHILANG_UPDATE_DOCS=1` it makes the pictures
//! of docs/vi/quan-tri.md.

use std::path::Path;
use std::time::Duration;

use central::auth::TotpSecret;
use contract::clock::{Clock as _, SECOND_US, SystemClock};
use stage::broker::Broker;
use stage::browser::Browser;
use stage::centre::{Centre, CentreSettings};
use stage::guide::look_over;
use stage::process::{eventually, free_port};

const PASSWORD: &str = "Quan-ly-tai-khoan-2026";
const CHOSEN: &str = "Mat-ma-rieng-2026-x";
const SOON: Duration = Duration::from_secs(60);

/// Presses the button of these words below an element.
async fn press(browser: &Browser, within: &str, words: &str) {
    let script = format!(
        "const b = [...document.querySelectorAll({within:?} + ' button')].find((b) => b.innerText.trim() === {words:?} && !b.disabled); \
         if (b) b.click(); return b !== undefined"
    );
    eventually(words, SOON, async || Ok((browser.script(&script).await?.as_bool() == Some(true)).then_some(())))
        .await
        .unwrap();
}

async fn sign_in(browser: &Browser, user: &str, password: &str) {
    browser.see("form.sign-in-card", "Mật khẩu", SOON).await.unwrap();
    browser.script("document.querySelectorAll('input').forEach((i) => i.select())").await.unwrap();
    browser.type_into("input[name=user]", user).await.unwrap();
    browser.type_into("input[name=password]", password).await.unwrap();
    browser.click("button[type=submit]").await.unwrap();
}

async fn browser_in(dir: &Path) -> Browser {
    std::fs::create_dir_all(dir).unwrap();
    Browser::start(dir).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_enrols_a_second_factor_and_looks_after_accounts() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let broker_port = free_port().unwrap();
    let mut centre = Centre::prepare(CentreSettings {
        dir: dir.join("central"),
        store: None,
        people_port: free_port().unwrap(),
        nodes_port: free_port().unwrap(),
        telemetry_port: free_port().unwrap(),
        broker_port,
        disk_mib: None,
        province: None,
    })
    .unwrap();
    let _broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port).unwrap();
    centre.start().unwrap();
    centre.add_user("quantri", PASSWORD, &["office:administrator", "office:auditor"]).unwrap();

    // Before anything else: the second factor.
    let administrator = browser_in(&dir.join("one")).await;
    administrator.open(&centre.people_url()).await.unwrap();
    sign_in(&administrator, "quantri", PASSWORD).await;
    administrator.see(".first h1", "Đăng ký mã xác thực", SOON).await.unwrap();
    let secret = administrator.see("[data-secret]", " ", SOON).await.unwrap();
    let secret = TotpSecret::from_base32(secret.trim()).unwrap();
    assert_eq!(administrator.shown("nav").await.unwrap(), "", "no screen yet");
    look_over(&administrator, "quan-tri-ma-xac-thuc").await;
    let first_code = secret.code_at(SystemClock::new().now());
    administrator.type_into("input[name=code]", &first_code).await.unwrap();
    administrator.click("button[type=submit]").await.unwrap();
    administrator.see("nav", "Quản trị", SOON).await.unwrap();

    // A colleague for the desk, with a password that is told once.
    administrator.click("nav a[href='/admin']").await.unwrap();
    administrator.see("tr[data-user=quantri]", "tài khoản của bạn", SOON).await.unwrap();
    press(&administrator, "main", "Thêm tài khoản").await;
    administrator.see("[role=dialog]", "Bàn trực an ninh", SOON).await.unwrap();
    administrator.type_into("input[name=name]", "truc-moi").await.unwrap();
    administrator.click("input[name=desk]").await.unwrap();
    look_over(&administrator, "quan-tri-them-tai-khoan").await;
    administrator.click("[role=dialog] button[type=submit]").await.unwrap();
    let given = administrator.see("[data-first-password]", "-", SOON).await.unwrap();
    look_over(&administrator, "quan-tri-mat-khau-lan-dau").await;
    press(&administrator, "[role=dialog] .dialog-actions", "Đóng").await;
    administrator.see("tr[data-user=truc-moi]", "chưa đổi mật khẩu", SOON).await.unwrap();
    look_over(&administrator, "quan-tri-tai-khoan").await;

    // The colleague has to choose another one, and sees the desk only.
    let colleague = browser_in(&dir.join("two")).await;
    colleague.open(&centre.people_url()).await.unwrap();
    sign_in(&colleague, "truc-moi", given.trim()).await;
    colleague.see(".first h1", "Chọn mật khẩu mới", SOON).await.unwrap();
    look_over(&colleague, "quan-tri-doi-mat-khau").await;
    for (name, text) in [("current", given.trim()), ("new", CHOSEN), ("again", CHOSEN)] {
        colleague.type_into(&format!("input[name={name}]"), text).await.unwrap();
    }
    colleague.click("button[type=submit]").await.unwrap();
    let menu = colleague.see("nav", "Bàn trực", SOON).await.unwrap();
    for other in ["Quản trị", "Nhật ký", "Người", "Duyệt nghi vấn", "Thiết bị"] {
        assert!(!menu.contains(other), "{menu}");
    }

    // Locked: the next thing that is asked for is refused in words, and the way in too.
    press(&administrator, "tr[data-user=truc-moi]", "Khóa").await;
    administrator.see("[role=dialog]", "Khóa tài khoản truc-moi?", SOON).await.unwrap();
    press(&administrator, "[role=dialog] .dialog-actions", "Khóa").await;
    administrator.see("tr[data-user=truc-moi]", "Đã khóa từ", SOON).await.unwrap();
    colleague.script("document.querySelector(\"nav a[href='/visitors']\")?.click()").await.unwrap();
    colleague.see(".sign-in-card", "Phiên làm việc đã hết", SOON).await.unwrap();
    sign_in(&colleague, "truc-moi", CHOSEN).await;
    colleague.see("form [role=alert]", "Tên đăng nhập hoặc mật khẩu không đúng", SOON).await.unwrap();

    // Retention, the program, the audit log and its chain.
    press(&administrator, "main", "Thời hạn lưu giữ").await;
    administrator.see("main", "Chưa có gì đến hạn xóa", SOON).await.unwrap();
    let kept = administrator.see("main", "730 ngày", SOON).await.unwrap();
    assert!(kept.contains("Khuôn mặt (niêm phong)") && kept.contains("có khóa"), "{kept}");
    look_over(&administrator, "quan-tri-luu-giu").await;
    // The same time said again, with a reason: a version, by name.
    administrator.click("tr[data-class] button").await.unwrap();
    administrator.see("[role=dialog]", "Lý do", SOON).await.unwrap();
    administrator.type_into("input[name=retention-reason]", "Rà soát hằng năm mẫu").await.unwrap();
    press(&administrator, "[role=dialog] .dialog-actions", "Lưu").await;
    administrator.see("main", "Rà soát hằng năm mẫu", SOON).await.unwrap();
    press(&administrator, "main", "Phiên bản").await;
    administrator.see("main", "axum", SOON).await.unwrap();
    administrator.click("nav a[href='/audit']").await.unwrap();
    let log = administrator.see("main table", "users.lock", SOON).await.unwrap();
    assert!(log.contains("retention.set"), "{log}");
    assert!(log.contains("truc-moi") && !log.contains(given.trim()), "{log}");
    press(&administrator, "main", "Kiểm tra chuỗi").await;
    administrator.see("[role=dialog]", "không bản ghi nào bị sửa", SOON).await.unwrap();
    look_over(&administrator, "quan-tri-kiem-tra-chuoi").await;
    press(&administrator, "[role=dialog] .dialog-actions", "Đóng").await;

    // Out and in again: the code is asked for, and one that was used does not count.
    administrator.click("button[aria-label='Tài khoản quantri']").await.unwrap();
    administrator.see(".popover", "Đăng xuất", SOON).await.unwrap();
    press(&administrator, ".popover", "Đăng xuất").await;
    sign_in(&administrator, "quantri", PASSWORD).await;
    administrator.see(".sign-in-card", "Mã xác thực", SOON).await.unwrap();
    administrator.type_into("input[name=code]", &first_code).await.unwrap();
    administrator.click("button[type=submit]").await.unwrap();
    administrator.see("form [role=alert]", "không đúng hoặc đã dùng", SOON).await.unwrap();
    // A telephone half a minute ahead: later than the code that was used, whatever time it is.
    let next = secret.code_at(SystemClock::new().now().plus_us(30 * SECOND_US));
    administrator.type_into("input[name=code]", &next).await.unwrap();
    administrator.click("button[type=submit]").await.unwrap();
    administrator.see("nav", "Quản trị", SOON).await.unwrap();

    for browser in [&administrator, &colleague] {
        let refused: Vec<String> = browser
            .console()
            .await
            .unwrap()
            .into_iter()
            .filter(|line| line.contains("Content Security Policy") || line.contains("Refused"))
            .collect();
        assert_eq!(refused, [] as [String; 0]);
    }
    drop((administrator, colleague));
    centre.stop().unwrap();
}
