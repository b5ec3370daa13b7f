//! A real Chromium without a window, driven over the WebDriver protocol by Debian's ChromeDriver: plain JSON over loopback,
//! which needs no crate of its own. What a person does: open, type, press, read.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::process::{Output, Process, free_port, listening, until};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser with one window.
#[derive(Debug)]
pub struct Browser {
    _driver: Process,
    port: u16,
    session: String,
    client: reqwest::Client,
}

impl Browser {
    /// Starts ChromeDriver and Chromium with a new profile in `dir`.
    pub async fn start(dir: &Path) -> Result<Self> {
        // The second installation in one process is refused, and is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port()?;
        let argument = format!("--port={port}");
        let log = dir.join("chromedriver.log");
        let mut driver =
            Process::start("ChromeDriver", Path::new("/usr/bin/chromedriver"), &[&argument], &log, Output::Log)
                .context("ChromeDriver is not installed (Debian packages: chromium chromium-driver)")?;
        until("ChromeDriver to listen", Duration::from_secs(20), || {
            driver.check_alive()?;
            Ok(listening(port).then_some(()))
        })?;
        let profile = dir.join("profile");
        let downloads = std::path::absolute(dir.join("downloads"))?;
        let mut arguments = vec![
            "--headless".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--user-data-dir={}", profile.display()),
        ];
        // Chromium's own sandbox cannot be set up by root.
        if rustix::process::geteuid().is_root() {
            arguments.push("--no-sandbox".to_owned());
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": arguments, "prefs": {
                // A file is saved without asking where, in a folder of the test's own.
                "download.default_directory": downloads, "download.prompt_for_download": false,
            }},
        }}});
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60)).build()?;
        let mut browser = Self { _driver: driver, port, session: String::new(), client };
        let made = browser.post("/session", &wanted).await.context("starting Chromium")?;
        browser.session = made["sessionId"].as_str().context("ChromeDriver gave no session")?.to_owned();
        Ok(browser)
    }

    /// Goes to an address.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.ask("/url", &json!({ "url": url })).await.map(drop)
    }

    /// The address it is at.
    pub async fn address(&self) -> Result<String> {
        self.script("return location.href").await.map(|v| v.as_str().unwrap_or_default().to_owned())
    }

    /// Types into the element that a CSS selector finds.
    pub async fn type_into(&self, css: &str, text: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.ask(&format!("/element/{element}/value"), &json!({ "text": text })).await.map(drop)
    }

    /// Presses it.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.ask(&format!("/element/{element}/click"), &json!({})).await.map(drop)
    }

    /// Presses one key, wherever the page listens.
    pub async fn press(&self, key: char) -> Result<()> {
        let strokes = ["keyDown", "keyUp"].map(|stroke| json!({ "type": stroke, "value": key }));
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("/actions", &actions).await.map(drop)
    }

    /// Presses a key while the ones before it are held.
    pub async fn press_together(&self, keys: &[char]) -> Result<()> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let strokes: Vec<Value> = down.chain(up).collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("/actions", &actions).await.map(drop)
    }

    /// What is on the screen now, as a PNG at six tenths of its size.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let size = self.script("return [innerWidth, innerHeight]").await?;
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 0.6 });
        let asked = json!({ "cmd": "Page.captureScreenshot", "params": { "format": "png", "clip": clip } });
        let taken = self.ask("/goog/cdp/execute", &asked).await?;
        let text = taken["data"].as_str().context("the browser gave no picture")?;
        BASE64.decode(text).context("reading the browser's picture")
    }

    /// What a person sees in the element now; empty where it is not shown.
    pub async fn shown(&self, css: &str) -> Result<String> {
        // As it is shown. What is not rendered would give its hidden text.
        let script = format!(
            "const e = document.querySelector({css:?}); return e && e.getClientRects().length ? e.innerText : ''"
        );
        Ok(self.script(&script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until what a person sees in the element holds `wanted`.
    pub async fn see(&self, css: &str, wanted: &str, patience: Duration) -> Result<String> {
        let deadline = Instant::now() + patience;
        loop {
            let seen = self.shown(css).await?;
            if seen.contains(wanted) {
                return Ok(seen);
            }
            if Instant::now() >= deadline {
                bail!("waited {} s to see {wanted:?} in {css}; it shows {seen:?}", patience.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Runs a script in the page and gives back what it returns.
    pub async fn script(&self, script: &str) -> Result<Value> {
        self.ask("/execute/sync", &json!({ "script": script, "args": [] })).await
    }

    /// What the window shows now, as a PNG file.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        use base64::Engine as _;
        let url = format!("http://127.0.0.1:{}/session/{}/screenshot", self.port, self.session);
        let answer: Value = self.client.get(url).send().await?.json().await?;
        let text = answer["value"].as_str().context("the browser gave no picture")?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text).context("reading the browser's picture")?;
        std::fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
    }

    /// What the page wrote to its console since the last look: refusals of the content policy among it.
    pub async fn console(&self) -> Result<Vec<String>> {
        let lines = self.ask("/se/log", &json!({ "type": "browser" })).await?;
        Ok(lines.as_array().into_iter().flatten().filter_map(|l| l["message"].as_str().map(str::to_owned)).collect())
    }

    /// What axe finds serious or critical on what is shown now: its rule and where. The console's own packages hold axe; `./setup`
    /// puts them there.
    pub async fn barriers(&self) -> Result<Vec<String>> {
        let file = crate::checkout::root().join("central/web/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        self.script(&format!("if (!window.axe) {{ {axe} }}")).await.context("bringing axe into the page")?;
        const RUN: &str = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'] }).then((r) => done(r.violations \
            .filter((v) => v.impact === 'serious' || v.impact === 'critical') \
            .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)), (e) => done([String(e)]))";
        let found = self.ask("/execute/async", &json!({ "script": RUN, "args": [] })).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect())
    }

    async fn find(&self, css: &str) -> Result<String> {
        let found = self.ask("/element", &json!({ "using": "css selector", "value": css })).await?;
        found[ELEMENT].as_str().map(str::to_owned).with_context(|| format!("{css} is not on the page"))
    }

    async fn ask(&self, path: &str, body: &Value) -> Result<Value> {
        self.post(&format!("/session/{}{path}", self.session), body).await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let answer: Value = self.client.post(url).json(body).send().await?.json().await?;
        if let Some(error) = answer["value"]["error"].as_str() {
            bail!("the browser: {error}: {}", answer["value"]["message"].as_str().unwrap_or_default());
        }
        Ok(answer["value"].clone())
    }
}

impl Drop for Browser {
    /// Ends Chromium with its session: killing ChromeDriver alone would leave it behind.
    fn drop(&mut self) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let _ = write!(
            stream,
            "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            self.session, self.port
        );
        let _ = stream.read(&mut [0; 64]);
    }
}
