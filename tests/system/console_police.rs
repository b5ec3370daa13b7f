//! Traffic officers at the console, in real browsers over the running service: one takes a suspicion of the sample road, goes through
//! the checklist and confirms, rejects the next; the other one sees what the first has, sees the decision at once and is refused on the
//! same case; one asks for a grant across places, a leader approves it, and the two alone may search under it; a plate is looked for,
//! corrected and taken along as a file, which is read and stands in the register; a plate is listed as wanted by two officers, passes
//! again, and they are told. Camera, node, broker and centre are real. With
//! CHILANG_UPDATE_DOCS=1 the pictures of docs/vi/canh-sat-giao-thong.md are written anew.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use stage::browser::Browser;
use stage::cast::Cast;
use stage::checkout::clips;
use stage::guide::look_over;
use stage::person::Person;
use stage::process::eventually;
use stage::set::{Choices, Stage};

const PASSWORD: &str = "Duyet-nghi-van-ca-sang-2026";
const POLICE: &str = "traffic-police:traffic_officer";
const SOON: Duration = Duration::from_secs(30);
/// The clip lasts 76 s and plays again and again; the first vehicles of the lane come early in it.
const PATIENCE: Duration = Duration::from_secs(200);
/// The main Enter key; U+E007 is that of the number pad, which has another code.
const ENTER: char = '\u{E006}';

async fn sign_in(browser: &Browser, url: &str, name: &str) {
    browser.open(url).await.unwrap();
    browser.see("h1", "Chi Lăng", SOON).await.unwrap();
    browser.type_into("input[name=user]", name).await.unwrap();
    browser.type_into("input[name=password]", PASSWORD).await.unwrap();
    browser.click("button[type=submit]").await.unwrap();
    let menu = browser.see("nav", "Duyệt nghi vấn", SOON).await.unwrap();
    assert!(menu.contains("Phương tiện") && !menu.contains("Bàn trực") && !menu.contains("Nhật ký"), "{menu}");
}

/// Waits until every picture of the case on the screen is drawn and a decision is possible; answers the case's number.
async fn case_on_screen(browser: &Browser) -> String {
    let script = "const ready = document.querySelector('.case-choices .button-main:not(:disabled)'); \
                  const drawn = [...document.querySelectorAll('.evidence-window')].every((w) => w.querySelector('canvas')); \
                  return ready && drawn ? document.querySelector('.case-facts .caution').innerText : ''";
    let case = eventually("a case with its pictures to be on the screen", SOON, async || {
        let text = browser.script(script).await?.as_str().unwrap_or_default().to_owned();
        Ok((!text.is_empty()).then(|| text.split(" · ").next().unwrap_or_default().replace("Hồ sơ ", "")))
    })
    .await;
    match case {
        Ok(number) => number,
        Err(error) => panic!("{error}; the screen shows: {}", browser.shown("main").await.unwrap()),
    }
}

/// Presses a key again until the screen says `told`: a key counts on a case that stood there for 0.4 s. For keys that do nothing
/// more once they did it.
async fn key_until(browser: &Browser, key: char, css: &str, told: &str) {
    let done = eventually(told, SOON, async || {
        if browser.shown(css).await?.contains(told) {
            return Ok(Some(()));
        }
        browser.press(key).await?;
        Ok(None)
    })
    .await;
    if let Err(error) = done {
        panic!("{error}; the screen shows: {}", browser.shown("main").await.unwrap());
    }
}

/// Waits until three suspicions with a plate wait and all pictures are at the centre; answers all, the nearest deadline first.
async fn three_suspicions(officer: &Person) -> Vec<Value> {
    eventually("three suspicions with their pictures", PATIENCE, async || {
        let list = officer.get("/api/v1/suspicions").await?;
        let mut whole = Vec::new();
        for item in list["items"].as_array().into_iter().flatten() {
            let detail =
                officer.get(&format!("/api/v1/suspicions/{}", item["id"].as_str().unwrap_or_default())).await?;
            let pictures = detail["evidence"].as_array().cloned().unwrap_or_default();
            if pictures.len() >= 2 && pictures.iter().all(|p| p["state"] == "stored") {
                whole.push(detail);
            }
        }
        let all = list["items"].as_array().map_or(0, Vec::len);
        let read = whole.iter().filter(|case| case["plate"].is_string()).count();
        Ok((read >= 3 && whole.len() == all).then_some(whole))
    })
    .await
    .unwrap()
}

/// Throws out what has no plate, and answers the others.
async fn with_a_plate(officer: &Person, cases: Vec<Value>) -> Vec<Value> {
    let (read, unread): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case["plate"].is_string());
    for case in unread {
        let path = format!("/api/v1/suspicions/{}/reject", case["id"].as_str().unwrap());
        let (status, answer) = officer.post(&path, &json!({ "reason": "plate_unreadable" })).await.unwrap();
        assert_eq!(status, 200, "{answer}");
    }
    read
}

/// The second officer asks for leave to look for the vehicle of a case at several places; the leader approves it, and under it the
/// vehicle is found. Who asked may not approve, and who is neither of the two may not search.
async fn a_grant_of_two(asks: &Browser, leads: &Browser, other: &Browser, url: &str, waiting: &[&Value]) {
    asks.click(".review-row:not(.review-decided)").await.unwrap();
    let case = eventually("a case that waits to be on the screen", SOON, async || {
        let said = asks.shown(".case-facts .caution").await?;
        Ok(waiting.iter().find(|case| said.starts_with(&format!("Hồ sơ {} ", case["number"].as_str().unwrap()))))
    })
    .await
    .unwrap();
    let (number, plate) = (case["number"].as_str().unwrap(), case["plate"].as_str().unwrap());
    key_until(asks, 't', "[role=dialog]", "Xin tra cứu nhiều địa điểm").await;
    asks.see("[role=dialog]", plate, SOON).await.unwrap();
    asks.type_into("input[name=grant-reason]", "Xác minh hành trình mẫu").await.unwrap();
    look_over(asks, "csgt-xin-giay-phep").await;
    asks.click("[role=dialog] button[type=submit]").await.unwrap();
    asks.see("[role=dialog] .notice-good", "Cán bộ thứ hai cần phê duyệt", SOON).await.unwrap();

    for browser in [asks, leads, other] {
        browser.open(&format!("{url}/vehicles")).await.unwrap();
        browser.see("form.page-head", "Biển số", SOON).await.unwrap();
        browser.click("[data-tab=grants]").await.unwrap();
        browser.see("[data-grant=asked]", number, SOON).await.unwrap();
    }
    asks.see("[data-grant=asked]", "Cần cán bộ thứ hai phê duyệt", SOON).await.unwrap();
    leads.click("[data-grant=asked] .button-main").await.unwrap();
    leads.see("[role=dialog]", "Xác minh hành trình mẫu", SOON).await.unwrap();
    leads.click("[role=dialog] button[type=submit]").await.unwrap();
    leads.see("[data-grant=granted]", "Người quyết định: lanhdao-mau-01", SOON).await.unwrap();
    look_over(leads, "csgt-giay-phep").await;
    for browser in [asks, other] {
        browser.open(&format!("{url}/vehicles")).await.unwrap();
        browser.see("form.page-head", "Biển số", SOON).await.unwrap();
        browser.click("[data-tab=grants]").await.unwrap();
        browser.see("[data-grant=granted]", number, SOON).await.unwrap();
    }
    let may = "return document.querySelector('[data-act=search-grant]') !== null";
    assert_eq!(other.script(may).await.unwrap(), false, "an officer who is neither of the two may search");
    asks.click("[data-act=search-grant]").await.unwrap();
    asks.see(".notice-warn", &format!("giấy phép của hồ sơ {number}"), SOON).await.unwrap();
    asks.see(".table", plate, SOON).await.unwrap();
}

async fn case_of(officer: &Person, cases: &[Value], number: &str) -> (String, Value) {
    let id = cases.iter().find(|c| c["number"] == number).and_then(|c| c["id"].as_str()).unwrap_or_else(|| {
        panic!("{number} is none of the cases that waited: {cases:?}");
    });
    let path = format!("/api/v1/suspicions/{id}");
    let case = officer.get(&path).await.unwrap();
    (path, case)
}

/// One officer lists a plate as wanted and another approves it; the vehicle comes again, and the alert waits for whoever looks.
async fn a_wanted_plate(asks: &Browser, approves: &Browser, stage: &mut Stage, plate: &str) {
    let url = stage.centre.people_url();
    let lists = async |browser: &Browser| {
        browser.open(&format!("{url}/vehicles")).await.unwrap();
        browser.see("form.page-head", "Biển số", SOON).await.unwrap();
        browser.click("[data-tab=lists]").await.unwrap();
    };
    lists(asks).await;
    asks.see("main", "Danh sách", SOON).await.unwrap();
    asks.click("[data-act=propose]").await.unwrap();
    asks.see("[role=dialog]", "Biển số", SOON).await.unwrap();
    asks.type_into("input[name=list-plate]", plate).await.unwrap();
    asks.type_into("input[name=list-reason]", "Xe mẫu cần xác minh").await.unwrap();
    asks.type_into("input[name=list-keeper]", "Đội mẫu 01").await.unwrap();
    look_over(asks, "csgt-danh-sach-de-nghi").await;
    asks.click("[role=dialog] button[type=submit]").await.unwrap();
    asks.see("[data-entry=proposed]", plate, SOON).await.unwrap();
    let may = "return document.querySelector('[data-entry=proposed] [data-act=approve]') !== null";
    assert_eq!(asks.script(may).await.unwrap(), false, "whoever proposes may not approve");
    lists(approves).await;
    approves.see("[data-entry=proposed]", "Đội mẫu 01", SOON).await.unwrap();
    approves.click("[data-entry=proposed] [data-act=approve]").await.unwrap();
    approves.see("[role=dialog]", "Xe mẫu cần xác minh", SOON).await.unwrap();
    approves.click("[role=dialog] button[type=submit]").await.unwrap();
    approves.see("[data-entry=approved]", plate, SOON).await.unwrap();
    look_over(approves, "csgt-danh-sach").await;

    approves.click("[data-tab=alerts]").await.unwrap();
    approves.see("main", "Không có cảnh báo nào ở đây", SOON).await.unwrap();
    stage.node.start().unwrap();
    // Told by the feed: nobody asks again.
    approves.see("[data-alert=unseen]", plate, PATIENCE).await.unwrap();
    look_over(approves, "csgt-canh-bao").await;
    approves.click("[data-alert=unseen] [data-act=seen]").await.unwrap();
    approves.see("[data-alert=seen]", "lanhdao-mau-01", SOON).await.unwrap();
    stage.node.stop().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn officers_review_suspicions_by_keyboard_never_two_on_one_and_take_a_search_along() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices { cast: Cast::Road, ..Choices::default() };
    let mut stage = Stage::put_up(&folder.path().join("run"), &clips(), &choices, |_| ()).unwrap();
    for name in ["canbo-mau-01", "canbo-mau-02"] {
        stage.centre.add_user(name, PASSWORD, &[POLICE]).unwrap();
    }
    let third = Person::sign_in(&stage.centre, "canbo-mau-03", &[POLICE]).await.unwrap();
    stage.node.start().unwrap();
    let cases = three_suspicions(&third).await;
    let passes = passes_read(&third, &cases).await;
    // What follows is the officers' work: nothing new comes meanwhile.
    stage.node.stop().unwrap();
    let cases = with_a_plate(&third, cases).await;
    let url = stage.centre.people_url();
    let (at_first, at_second) = (folder.path().join("first"), folder.path().join("second"));
    for dir in [&at_first, &at_second] {
        std::fs::create_dir_all(dir).unwrap();
    }
    let (first, second) = (Browser::start(&at_first).await.unwrap(), Browser::start(&at_second).await.unwrap());

    // The first officer is handed the case with the nearest deadline, with the rule of the day; the second one the next.
    sign_in(&first, &url, "canbo-mau-01").await;
    let number = case_on_screen(&first).await;
    first.see(".law", "168/2024 Đ", SOON).await.unwrap();
    first.see(".law", "Dữ liệu chưa có nguyên văn", SOON).await.unwrap();
    look_over(&first, "csgt-duyet-nghi-van").await;
    sign_in(&second, &url, "canbo-mau-02").await;
    assert_ne!(case_on_screen(&second).await, number, "two officers have one case");
    second.see(".review-held", "Đang xử lý: canbo-mau-01", SOON).await.unwrap();

    // The second one may look at the first one's case and not decide; nor may a program that leaves the console out.
    second.click(".review-held").await.unwrap();
    second.see(".notice-warn", "Cán bộ canbo-mau-01 đang xử lý hồ sơ này", SOON).await.unwrap();
    look_over(&second, "csgt-can-bo-khac").await;
    let (path, _) = case_of(&third, &cases, &number).await;
    for key in ['b', '8'] {
        second.press(key).await.unwrap();
    }
    let (status, answer) = third.post(&format!("{path}/reject"), &json!({ "reason": "duplicate" })).await.unwrap();
    assert_eq!((status, &answer["error"]["code"]), (409, &json!("held_by_other")));
    assert_eq!(case_of(&third, &cases, &number).await.1["state"], "pending_review");

    // Six keys: the checklist is opened, each statement made, and sent.
    key_until(&first, 'x', ".case-panel", "Biển số trên ảnh").await;
    for key in ['1', '2', '3', '4'] {
        first.press(key).await.unwrap();
    }
    first.see(".case-panel", "☑ Không phải xe ưu tiên", SOON).await.unwrap();
    look_over(&first, "csgt-danh-muc").await;
    first.press(ENTER).await.unwrap();
    first.see(".notice-good", &format!("Hồ sơ {number}: đã xác nhận vi phạm."), SOON).await.unwrap();
    second.see(".review-decided", "Đã có quyết định: canbo-mau-01", SOON).await.unwrap();
    let (_, confirmed) = case_of(&third, &cases, &number).await;
    assert_eq!((&confirmed["state"], &confirmed["decision"]["by"]), (&json!("confirmed"), &json!("canbo-mau-01")));
    let checked = confirmed["decision"]["checked"].as_array().unwrap();
    assert!(checked.len() == 5 && checked[4].as_str().unwrap().starts_with("168/2024 Đ"), "{checked:?}");
    let (status, answer) = third.post(&format!("{path}/reject"), &json!({ "reason": "duplicate" })).await.unwrap();
    assert_eq!((status, &answer["error"]["code"]), (409, &json!("already_decided")));

    // The next case is there by itself; two keys throw it out.
    let next = case_on_screen(&first).await;
    assert_ne!(next, number);
    key_until(&first, 'b', ".case-panel", "Lý do loại bỏ").await;
    first.press('8').await.unwrap();
    first.see(".notice-good", &format!("Hồ sơ {next}: đã loại bỏ."), SOON).await.unwrap();
    let (_, rejected) = case_of(&third, &cases, &next).await;
    assert_eq!(
        (&rejected["state"], &rejected["decision"]["reason"]),
        (&json!("rejected"), &json!("wrong_recognition"))
    );

    // The leader sees each officer's work of today and is handed no case by looking.
    stage.centre.add_user("lanhdao-mau-01", PASSWORD, &["traffic-police:traffic_leader"]).unwrap();
    let at_leader = folder.path().join("leader");
    std::fs::create_dir_all(&at_leader).unwrap();
    let leader = Browser::start(&at_leader).await.unwrap();
    sign_in(&leader, &url, "lanhdao-mau-01").await;
    leader.see("main", "canbo-mau-01", SOON).await.unwrap();
    let work = "return [...document.querySelectorAll('main tr')].find((r) => r.innerText.startsWith('canbo-mau-01'))?.innerText ?? ''";
    let row = leader.script(work).await.unwrap();
    let row: Vec<&str> = row.as_str().unwrap().split_whitespace().collect();
    assert_eq!(row[row.len() - 2..], ["1", "1"], "one confirmed, one rejected: {row:?}");
    look_over(&leader, "csgt-dieu-hanh").await;

    let decided = [json!(number), json!(next)];
    let waiting: Vec<_> = cases.iter().filter(|case| !decided.contains(&case["number"])).collect();
    a_grant_of_two(&second, &leader, &first, &url, &waiting).await;

    // A plate is looked for by its last five, corrected, and the search taken along.
    let (text, last5) = passes;
    first.open(&format!("{url}/vehicles")).await.unwrap();
    first.see("form.page-head", "Biển số", SOON).await.unwrap();
    first.type_into("form.page-head .field input[maxlength='14']", &format!("{last5}{ENTER}")).await.unwrap();
    first.see(".table", &text, SOON).await.unwrap();
    first.click(".table .link").await.unwrap();
    first.see(".plate-large", &text, SOON).await.unwrap();
    first.click(".correct-open").await.unwrap();
    // Control and A: what stands there is replaced.
    first.type_into("input[name=plate]", "\u{E009}a\u{E000}12A-999.99").await.unwrap();
    first.type_into("input[name=reason]", "=Mẫu: số cuối nhìn rõ trên ảnh").await.unwrap();
    first.click(".correct button[type=submit]").await.unwrap();
    first.see(".corrected", &format!("Máy đọc: {text}"), SOON).await.unwrap();
    first.see(".plate-large", "12A-999.99", SOON).await.unwrap();
    look_over(&first, "csgt-sua-bien-so").await;
    first.click(".dialog-close").await.unwrap();
    first.see(".table", "cán bộ sửa", SOON).await.unwrap();
    first.click(".found-tools button").await.unwrap();
    first.type_into("input[name='export-reason']", "Xác minh hồ sơ mẫu").await.unwrap();
    first.type_into("select[name='export-format']", "CSV").await.unwrap();
    look_over(&first, "csgt-trich-xuat").await;
    first.click(".dialog button[type=submit]").await.unwrap();
    first.see(".dialog .notice-good", "Đã trích xuất", SOON).await.unwrap();
    let file = saved(&at_first.join("downloads")).await;
    let line = file.lines().find(|line| line.contains("12A-999.99")).unwrap_or_else(|| panic!("{file}"));
    assert!(line.contains(&text) && line.contains("canbo-mau-01") && line.contains("'=Mẫu: số cuối"), "{line}");

    // What left the house stands in the register, which the leader reads.
    leader.open(&format!("{url}/exports")).await.unwrap();
    let register = leader.see("main table", "Xác minh hồ sơ mẫu", SOON).await.unwrap();
    assert!(register.contains("canbo-mau-01") && register.contains("CSV"), "{register}");
    look_over(&leader, "csgt-so-trich-xuat").await;

    a_wanted_plate(&first, &leader, &mut stage, confirmed["plate"].as_str().unwrap()).await;

    // Names and plates stood in no address, and the content policy refused nothing.
    for (browser, refusals) in [(&first, false), (&second, true), (&leader, false)] {
        let script = "return performance.getEntriesByType('resource').map((r) => r.name).join(' ') + location.href + document.cookie";
        let addresses = browser.script(script).await.unwrap().to_string();
        for secret in [PASSWORD, "canbo-mau", &text, &last5, "99999", "chilang_session"] {
            assert!(!addresses.contains(secret), "{secret}: {addresses}");
        }
        let mut complaints = browser.console().await.unwrap();
        // That another officer had the case is an answer, and the browser notes every answer that is no success.
        complaints.retain(|line| !(refusals && line.contains("/take") && line.contains("409")));
        // A library's word about itself, at each load of the page.
        complaints.retain(|line| !line.contains("i18next is made possible by"));
        // Nobody is signed in when a page is opened for the first time.
        complaints.retain(|line| !(line.contains("/api/v1/session") && line.contains("401")));
        assert_eq!(complaints, [] as [String; 0]);
    }
    drop((first, second, leader));
    stage.take_down().unwrap();
}

/// A vehicle whose plate was read that day at the place of these cases: as it is written, and its last five.
async fn passes_read(officer: &Person, cases: &[Value]) -> (String, String) {
    let site = &cases[0]["site"];
    let at = contract::clock::UtcMicros::from_rfc3339(cases[0]["occurred_at"]["utc"].as_str().unwrap()).unwrap();
    let from = contract::clock::vietnam_day_start(at);
    let search =
        json!({ "site": site, "from": from.to_rfc3339(), "to": from.plus_us(contract::clock::DAY_US).to_rfc3339() });
    eventually("a plate to be read", PATIENCE, async || {
        let (_, found) = officer.post("/api/v1/passes/search", &search).await?;
        let plate = found["items"].as_array().into_iter().flatten().map(|p| &p["plate"]).find(|p| p["key"].is_string());
        Ok(plate.and_then(|plate| {
            let (key, text) = (plate["key"].as_str()?, plate["text"].as_str()?);
            Some((text.to_owned(), key.get(key.len().checked_sub(5)?..)?.to_owned()))
        }))
    })
    .await
    .unwrap()
}

/// The file the browser saved.
async fn saved(folder: &Path) -> String {
    eventually("the file to be saved", SOON, async || {
        let Ok(entries) = std::fs::read_dir(folder) else { return Ok(None) };
        let done = entries.filter_map(Result::ok).map(|e| e.path()).find(|p| p.extension().is_some_and(|e| e == "csv"));
        Ok(done.map(std::fs::read_to_string).transpose()?.filter(|text| !text.is_empty()))
    })
    .await
    .unwrap()
}
