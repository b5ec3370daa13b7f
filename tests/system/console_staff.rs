//! The days of those who keep the gates going, in real browsers over the running service: a registrar withdraws one person, proposes
//! another and enters a host; a second one approves, which the first may not; a guard writes a visitor down and calls the host, and looks through the gate's camera for a purpose; an operator looks at a camera, which nobody can be
//! recognised on, draws a line, tries it and sends it down; an auditor reads who did it and checks the chain. Cameras, node, broker and
//! centre are real. With CHILANG_UPDATE_DOCS=1 the pictures of docs/vi/dang-ky.md and docs/vi/ky-thuat-van-hanh.md are written anew: no
//! face is on them.

use std::path::Path;
use std::time::Duration;

use stage::browser::Browser;
use stage::cast::{Cast, OFFICE};
use stage::checkout::{clips, models};
use stage::guide::look_over;
use stage::process::eventually;
use stage::set::{Choices, NODE, Stage};

const PASSWORD: &str = "Giu-cong-hang-ngay-2026";
/// What must be shown as it was typed.
const HOSTILE: &str = "Thêm vạch <img src=x onerror=document.title='xss'>";
const SOON: Duration = Duration::from_secs(60);
/// The main Enter key; U+E007 is that of the number pad, which has another code.
const ENTER: char = '\u{E006}';

async fn signed_in(stage: &Stage, dir: &Path, name: &str, role: &str, menu: &str) -> Browser {
    stage.centre.add_user(name, PASSWORD, &[&format!("{OFFICE}:{role}")]).unwrap();
    let dir = dir.join(name);
    std::fs::create_dir_all(&dir).unwrap();
    let browser = Browser::start(&dir).await.unwrap();
    browser.open(&stage.centre.people_url()).await.unwrap();
    browser.see("form.sign-in-card", "Mật khẩu", SOON).await.unwrap();
    browser.type_into("input[name=user]", name).await.unwrap();
    browser.type_into("input[name=password]", PASSWORD).await.unwrap();
    browser.click("button[type=submit]").await.unwrap();
    let shown = browser.see("nav", menu, SOON).await.unwrap();
    for other in ["Bàn trực", "Duyệt nghi vấn", "Phương tiện", "Quản trị", "Nhật ký", "Người", "Thiết bị"]
    {
        // Who reads the audit log reads what is kept how long besides; a desk may look for a vehicle at its place.
        let also = [("auditor", "Quản trị"), ("desk", "Phương tiện")].contains(&(role, other));
        assert_eq!(shown.contains(other), other == menu || also, "{role} sees {shown}");
    }
    browser
}

/// Presses the button of these words below an element, once it may be pressed.
async fn press(browser: &Browser, within: &str, words: &str) {
    let script = format!(
        "const b = [...document.querySelectorAll({within:?} + ' button')].find((b) => b.innerText.trim().startsWith({words:?}) && !b.disabled); \
         if (b) b.click(); return b !== undefined"
    );
    let done =
        eventually(words, SOON, async || Ok((browser.script(&script).await?.as_bool() == Some(true)).then_some(())));
    if let Err(error) = done.await {
        panic!("{error}; the screen shows: {}", browser.shown("body").await.unwrap());
    }
}

/// Types into the field with this label.
async fn fill(browser: &Browser, label: &str, text: &str) {
    let script = format!(
        "const l = [...document.querySelectorAll('[role=dialog] label')].find((l) => l.innerText.trim().startsWith({label:?})); \
         const f = l && document.getElementById(l.htmlFor); if (f) f.setAttribute('data-now', {label:?}); return Boolean(f)"
    );
    assert_eq!(browser.script(&script).await.unwrap().as_bool(), Some(true), "no field {label}");
    browser.type_into(&format!("[data-now={label:?}]"), text).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn registrars_a_guard_an_operator_and_an_auditor_play_their_days() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices { cast: Cast::Gates, ..Choices::default() };
    let mut stage = Stage::put_up(&folder.path().join("run"), &clips(), &choices, |_| ()).unwrap();
    stage.node.start().unwrap();
    let dir = folder.path();

    // A registrar withdraws the sample person and holds the certificate.
    let first = signed_in(&stage, dir, "dangky-mau-01", "registrar", "Người").await;
    press(&first, "main", "Đã phê duyệt").await;
    first.see("main table", "Mẫu 01", SOON).await.unwrap();
    press(&first, "main table", "Rút đăng ký").await;
    first.see("[role=dialog]", "Không khôi phục được", SOON).await.unwrap();
    press(&first, "[role=dialog] .dialog-actions", "Rút đăng ký").await;
    first.see("[role=dialog]", "Đã thực hiện", SOON).await.unwrap();
    press(&first, "[role=dialog] .dialog-actions", "Đóng").await;
    press(&first, "main", "Đã rút").await;
    first.see("main table", "(đã xóa dữ liệu)", SOON).await.unwrap();
    press(&first, "main table", "Giấy xác nhận đã xóa").await;
    first.see("[role=dialog] pre", "withdrawn", SOON).await.unwrap();
    first.click(".dialog-close").await.unwrap();

    // Proposes another one: what a picture was worth is said in words.
    press(&first, "main", "Đề nghị đăng ký").await;
    first.see("[role=dialog]", "Họ và tên", SOON).await.unwrap();
    fill(&first, "Họ và tên", "Mẫu 02").await;
    fill(&first, "Đơn vị", "Đơn vị mẫu").await;
    fill(&first, "Căn cứ", "Quyết định mẫu 02/QĐ").await;
    first.click(&format!("input[data-gate='{NODE}/gate-1']")).await.unwrap();
    let portrait = models().join("cache/portrait.png");
    first.type_into("[role=dialog] input[type=file]", &portrait.to_string_lossy()).await.unwrap();
    look_over(&first, "dang-ky-de-nghi").await;
    press(&first, "[role=dialog] .dialog-actions", "Gửi đề nghị").await;
    first.see("[role=dialog]", "Cán bộ thứ hai cần phê duyệt", SOON).await.unwrap();
    first.see("[role=dialog]", "Ảnh 1: đạt", SOON).await.unwrap();
    press(&first, "[role=dialog] .dialog-actions", "Đóng").await;
    press(&first, "main", "Chờ phê duyệt").await;
    let row = first.see("main table", "Mẫu 02", SOON).await.unwrap();
    assert!(row.contains("Cần cán bộ thứ hai phê duyệt"), "{row}");
    look_over(&first, "dang-ky-cho-phe-duyet").await;

    // A host the desk may call for a visitor.
    first.click("[data-tab=hosts]").await.unwrap();
    press(&first, "main", "Thêm người tiếp").await;
    for (name, text) in [("name", "Mẫu 03"), ("department", "Phòng mẫu"), ("room", "P.204"), ("phone", "0205 000 003")]
    {
        first.type_into(&format!("input[name=host-{name}]"), text).await.unwrap();
    }
    press(&first, "[role=dialog] .dialog-actions", "Lưu").await;
    first.see("main table", "P.204", SOON).await.unwrap();
    look_over(&first, "dang-ky-tiep-khach").await;

    // The second registrar approves what the first one may not.
    let second = signed_in(&stage, dir, "dangky-mau-02", "registrar", "Người").await;
    second.see("main table", "Mẫu 02", SOON).await.unwrap();
    press(&second, "main table", "Phê duyệt").await;
    press(&second, "[role=dialog] .dialog-actions", "Phê duyệt").await;
    second.see("[role=dialog]", "Đã thực hiện", SOON).await.unwrap();
    press(&second, "[role=dialog] .dialog-actions", "Đóng").await;
    press(&second, "main", "Đã phê duyệt").await;
    second.see("main table", "Mẫu 02", SOON).await.unwrap();

    // A visitor comes to that host: written down, the host called, let in, gone, and found in the day's book for a reason.
    let guard = signed_in(&stage, dir, "baove-mau-01", "desk", "Bàn trực").await;
    guard.see("[role=status].line", "Trực tiếp", SOON).await.unwrap();
    // Until the screen has its keys a press is nobody's; a second V may land in the dialog that the first one opens.
    let opened = eventually("the visitors of the place", SOON, async || {
        if guard.shown("[role=dialog]").await?.contains("Không có khách nào đang ở đây") {
            return Ok(Some(()));
        }
        guard.press('v').await?;
        Ok(None)
    });
    if let Err(error) = opened.await {
        panic!("{error}; the screen shows: {}", guard.shown("body").await.unwrap());
    }
    guard.click("[data-act=new-visit]").await.unwrap();
    // Over whatever a V too many has left there: all of it is marked (Ctrl+A) and written over.
    guard.type_into("input[name=visitor]", "\u{E009}a\u{E000}Mẫu 04").await.unwrap();
    guard.type_into("input[name=host]", "mau 03").await.unwrap();
    guard.see("[role=listbox]", "P.204", SOON).await.unwrap();
    guard.press(ENTER).await.unwrap();
    guard.type_into("input[name=purpose]", "Nộp hồ sơ mẫu").await.unwrap();
    guard.type_into("input[name=badge]", "K07").await.unwrap();
    press(&guard, ".visit-form", "Ghi vào sổ").await;
    guard.see(".visits-stage", "Mẫu 04", SOON).await.unwrap();
    press(&guard, ".visits-stage", "Gọi người tiếp").await;
    guard.see(".visits-stage", "0205 000 003", SOON).await.unwrap();
    look_over(&guard, "ban-truc-khach").await;
    for (button, told) in [("Có hẹn, mời vào", "Người tiếp mời vào"), ("Cho vào", "Đã cho vào")] {
        press(&guard, ".visits-stage", button).await;
        guard.see(".visits", told, SOON).await.unwrap();
    }
    press(&guard, ".visits-stage .visit-acts", "Khách ra về").await;
    guard.see(".visits-stage", "Đã trả thẻ khách", SOON).await.unwrap();
    press(&guard, ".visits-stage form", "Khách ra về").await;
    guard.see(".visits", "Đã ra về", SOON).await.unwrap();
    guard.click("[data-visits=book]").await.unwrap();
    guard.type_into("input[name=book-reason]", "Đối chiếu cuối ca").await.unwrap();
    guard.type_into("input[name=visit-text]", "mau 04").await.unwrap();
    press(&guard, "[role=dialog] form", "Tìm").await;
    let book = guard.see("[role=dialog] table", "K07", SOON).await.unwrap();
    assert!(book.contains("Mẫu 04") && book.contains("Mẫu 03"), "{book}");
    look_over(&guard, "ban-truc-so-khach").await;

    // The gate's camera of this moment, clearly: nothing is sent before a purpose is given, and the look is on record.
    guard.click(".dialog-close").await.unwrap();
    let opened = eventually("the gate's camera", SOON, async || {
        if guard.shown("[role=dialog]").await?.contains("Hình camera lúc này") {
            return Ok(Some(()));
        }
        guard.press('h').await?;
        Ok(None)
    });
    if let Err(error) = opened.await {
        panic!("{error}; the screen shows: {}", guard.shown("body").await.unwrap());
    }
    let drawn = "return document.querySelector('[role=dialog] canvas') !== null";
    assert_eq!(guard.script(drawn).await.unwrap(), false, "a picture without a purpose");
    guard.type_into("[role=dialog] input[name=purpose]", "Nghe tiếng động mẫu ngoài cổng").await.unwrap();
    press(&guard, "[role=dialog] form", "Xem hình rõ").await;
    guard.see("[role=dialog] .still-figure figcaption", "cách đây", SOON).await.unwrap();
    guard.see("[role=dialog] .still-side", "Lần xem này đã được ghi nhật ký", SOON).await.unwrap();
    assert_eq!(guard.script(drawn).await.unwrap(), true);
    press(&guard, "[role=dialog] .still-side", "Ẩn hình").await;
    guard.click(".dialog-close").await.unwrap();

    // The operator: everything works, one camera's picture, coarse, and a line of one's own.
    let operator = signed_in(&stage, dir, "kythuat-mau-01", "operator", "Thiết bị").await;
    operator.see("main", "2 camera hoạt động bình thường", SOON).await.unwrap();
    look_over(&operator, "ky-thuat-thiet-bi").await;
    operator.click("[data-camera='gate-1']").await.unwrap();
    operator.click("[data-act=still]").await.unwrap();
    operator.see(".still-figure figcaption", "cách đây", SOON).await.unwrap();
    assert_eq!(
        operator.script("return document.querySelector('input[name=purpose]') === null").await.unwrap(),
        true,
        "no clear view"
    );
    operator.click("[data-part=lines]").await.unwrap();
    operator.see("main", "Thiết bị đã nhận bản số 1", SOON).await.unwrap();
    operator.click("[data-act=add-line]").await.unwrap();
    operator.click("[data-act=try]").await.unwrap();
    let tried = eventually("what the lines would have counted", SOON, async || {
        let shown = operator.shown(".editor-side").await?;
        Ok((shown.contains("lượt đi thiết bị còn nhớ") || shown.contains("chưa nhớ lượt đi nào")).then_some(()))
    });
    if let Err(error) = tried.await {
        panic!("{error}; the screen shows: {}", operator.shown("main").await.unwrap());
    }
    operator.see(".editor-stage figcaption", "cách đây", SOON).await.unwrap();
    look_over(&operator, "ky-thuat-vach").await;
    operator.type_into("input[name=reason]", HOSTILE).await.unwrap();
    operator.click("[data-act=send-lines]").await.unwrap();
    operator.see("main", "Thiết bị đã nhận bản số 2", SOON).await.unwrap();
    operator.click("[data-part=history]").await.unwrap();
    operator.see("main", "Những lúc mất tín hiệu", SOON).await.unwrap();
    look_over(&operator, "ky-thuat-lich-su").await;

    // The auditor reads who did all this; no name of a person stands there.
    let auditor = signed_in(&stage, dir, "kiemtra-mau-01", "auditor", "Nhật ký").await;
    let log = auditor.see("main table", "cameras.set_lines", SOON).await.unwrap();
    for (done, by) in [
        ("people.withdraw", "dangky-mau-01"),
        ("people.propose", "dangky-mau-01"),
        ("people.approve", "dangky-mau-02"),
        ("hosts.enter", "dangky-mau-01"),
        ("visits.search", "baove-mau-01"),
        ("cameras.clear_still", "baove-mau-01"),
        ("cameras.set_lines", "kythuat-mau-01"),
    ] {
        assert!(log.lines().any(|line| line.contains(done)) && log.contains(by), "{done} by {by}: {log}");
    }
    assert!(!log.contains("Mẫu 0"), "{log}");
    // Markup in a reason is only text.
    assert!(log.contains(HOSTILE), "{log}");
    let made = "return document.title === 'xss' || document.querySelector('td img') !== null";
    assert_eq!(auditor.script(made).await.unwrap(), false);
    auditor.see("main", "Chuỗi bản ghi của ngày này nguyên vẹn", SOON).await.unwrap();
    press(&auditor, "main", "Kiểm tra chuỗi").await;
    auditor.see("[role=dialog]", "không bản ghi nào bị sửa", SOON).await.unwrap();

    for browser in [&first, &second, &guard, &operator, &auditor] {
        let mut complaints = browser.console().await.unwrap();
        complaints.retain(|line| !line.contains("i18next is made possible by"));
        // On a busy machine a camera may have no fresh frame at this moment, and the centre owes that refusal; whether a picture came in
        // the end was seen above.
        complaints.retain(|line| !(line.contains("/still") && line.contains("status of 409")));
        // Nobody is signed in when a page is opened for the first time.
        complaints.retain(|line| !(line.contains("/api/v1/session") && line.contains("401")));
        assert_eq!(complaints, [] as [String; 0]);
    }
    drop((first, second, guard, operator, auditor));
    stage.take_down().unwrap();
}
