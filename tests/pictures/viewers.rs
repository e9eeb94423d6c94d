//! Other people's programs that show SVG.

use super::paint::Paint;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a program is installed; tells that a test does less when it is not.
pub fn there(program: &str) -> bool {
    let run = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if run.is_err() {
        eprintln!("skipped: {program} is not installed here");
    }
    run.is_ok()
}

/// A picture of 1200 by 900 as rsvg-convert paints it, with the fonts that a file of fontconfig names.
pub fn rsvg(svg: &Path, fonts: Option<&Path>) -> Option<Paint> {
    if !there("rsvg-convert") {
        return None;
    }
    let png = svg.with_extension("rsvg.png");
    let mut command = Command::new("rsvg-convert");
    if let Some(fonts) = fonts {
        command.env("FONTCONFIG_FILE", fonts);
    }
    let run = command.current_dir(svg.parent()?).arg(svg).arg("-o").arg(&png).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Paint::read(&png)
}

/// The same as Chromium shows it.
pub fn browser(svg: &Path) -> Option<Paint> {
    let program = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| there(name))?;
    let folder = svg.parent()?;
    let png = svg.with_extension("browser.png");
    let _ = std::fs::remove_file(&png);
    let run = Command::new(program)
        .env("HOME", folder)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
        .args(["--disable-dev-shm-usage", "--force-device-scale-factor=1", "--window-size=1200,900"])
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .arg(format!("--screenshot={}", png.display()))
        .arg(format!("file://{}", svg.display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let seen = Paint::read(&png);
    if seen.is_none() {
        eprintln!("skipped: {program} makes no pictures here: {}", String::from_utf8_lossy(&run.stderr));
    }
    seen
}
