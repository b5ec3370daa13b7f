//! Screens that stand in the guides (docs/vi): whatever a guide shows is looked over for barriers each time, and with
//! `CHILANG_UPDATE_DOCS` set its picture is taken anew, so that it never ages.

use crate::browser::Browser;
use crate::checkout::root;

/// Looks the screen over with axe, and takes its picture for the guide when that is asked for. No face stands in docs: the
/// pictures of whoever waits at a desk are hidden meanwhile.
///
/// # Panics
/// Where axe finds something serious, or the picture cannot be taken.
pub async fn look_over(browser: &Browser, name: &str) {
    let barriers = browser.barriers().await.expect("axe looks at the page");
    assert!(barriers.is_empty(), "{name}: {barriers:?}");
    if std::env::var_os("CHILANG_UPDATE_DOCS").is_none() {
        return;
    }
    let hide = |how: &str| {
        format!("document.querySelectorAll('.desk canvas').forEach((c) => {{ c.style.visibility = '{how}' }})")
    };
    browser.script(&hide("hidden")).await.expect("pictures can be hidden");
    let picture = browser.picture().await.expect("the browser gives a picture");
    browser.script(&hide("visible")).await.expect("pictures can be shown");
    let folder = root().join("docs/vi/images");
    std::fs::create_dir_all(&folder).expect("the guides' folder can be made");
    std::fs::write(folder.join(format!("{name}.png")), picture).expect("the picture can be written");
}
