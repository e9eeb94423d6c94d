//! Pictures as other people's programs see them: they are drawn by the program, and shown by a browser, by rsvg and as
//! PNG.
//!
//! In: `seeds/`, and a table with names that are long, in other scripts, or markup. Never here: whether the picture is
//! well laid out. A test whose viewer is not installed says so and passes.

#![allow(clippy::unwrap_used)]

mod colours;
mod paint;
mod viewers;

use paint::{Paint, difference};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every relation, withheld and hedged too, and names that try the writing of text.
const TABLE: &str = "document,date,holder,holder_kind,relation,target,target_kind,matter,withheld,hedged,quote\n\
    one,2024-02-26,محمد بن سلمان,person,oppose,Łódź – Ώmega,institution,,,,\n\
    one,2024-02-26,שמעון פרס,person,support,Łódź – Ώmega,institution,,,,“שלום”\n\
    two,2024-02-27,Организация Объединённых Наций,institution,invite,Ελλάδα,country,,,,\n\
    two,2024-02-27,Организация Объединённых Наций,institution,invite,Łódź – Ώmega,institution,,yes,,\n\
    two,2024-02-27,Organisation for the Prohibition of Chemical and Biological Weapons,institution,support,Ελλάδα,country,,,yes,\n\
    three,2024-03-01,\"<b onload='x'>\"\"&amp;\"\" </b>\",country,oppose,Ελλάδα,country,,,,\"]]> <!-- &\"\n\
    three,2024-03-01,Ελλάδα,country,support,\"<b onload='x'>\"\"&amp;\"\" </b>\",country,,,,\n\
    three,2024-03-02,Łódź – Ώmega,institution,oppose,Ελλάδα,country,,,,\n";

/// A folder with pictures that goes away with the test.
struct Gallery(tempfile::TempDir);

impl Gallery {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("table.csv"), TABLE).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `diagram` here: exit code, and what it said.
    fn diagram(&self, args: &[&str]) -> (i32, String) {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let args = args.iter().map(|&arg| if arg == "seeds" { seeds.as_os_str() } else { arg.as_ref() });
        let mut program = Command::new(env!("CARGO_BIN_EXE_stancenet"));
        let run = program.current_dir(self.0.path()).arg("diagram").args(args).output().unwrap();
        (run.status.code().unwrap_or(-1), String::from_utf8(run.stderr).unwrap())
    }

    /// The picture that `diagram` makes of this.
    #[track_caller]
    fn draw(&self, args: &[&str], name: &str) -> PathBuf {
        let (code, said) = self.diagram(&[args, &["--quiet", "-o", name]].concat());
        assert_eq!(code, 0, "{args:?}: {said}");
        self.path(name)
    }

    #[track_caller]
    fn fails(&self, args: &[&str], words: &str) {
        let (code, said) = self.diagram(args);
        assert!(code == 2 && said.contains(words), "{args:?}: {code} {said}");
    }
}

#[test]
fn every_picture_is_accepted_by_xmllint() {
    if !viewers::there("xmllint") {
        return;
    }
    let gallery = Gallery::new();
    let evil = "\"><script>alert(1)</script>\n'&#0;\u{1}\\, ]]>";
    let long = "Who “opposes” <whom> & why? ".repeat(4_000);
    let pictures: [&[&str]; 7] = [
        &["seeds"],
        &["seeds", "--theme", "dark", "--matters", "show"],
        &["table.csv"],
        &["table.csv", "--text", "outlines", "--theme", "print"],
        &["table.csv", "--font", evil, "--title", evil],
        &["table.csv", "--title", &long],
        &["table.csv", "--font", &long, "--width", "400", "--height", "300"],
    ];
    for (i, args) in pictures.iter().enumerate() {
        let picture = gallery.draw(args, &format!("{i}.svg"));
        let run = Command::new("xmllint").arg("--noout").arg(&picture).output().unwrap();
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
        let svg = std::fs::read_to_string(&picture).unwrap();
        assert!(!svg.contains("<script") && !svg.contains("<b ") && svg.len() < 1_000_000, "{} bytes", svg.len());
        assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    }
}

/// Mean and greatest difference of gray values, of 255, once the picture is blurred by two pixels each way. A tie or a
/// label more or less makes the greatest 60 or more.
const SAME: (f64, f64) = (0.6, 25.0);

/// The same where each viewer has its own way of setting text, perhaps in fonts of its own.
const ALIKE: (f64, f64) = (2.5, 150.0);

#[track_caller]
fn look_the_same(one: &Paint, two: &Paint, bounds: (f64, f64), what: &str) {
    let (mean, most) = difference(one, two);
    eprintln!("{what}: {mean:.2} {most:.0}");
    assert!(mean < bounds.0 && most < bounds.1, "{what}: differ by {mean:.2} on the whole, {most:.0} at most");
}

#[test]
fn browser_rsvg_and_png_show_the_same() {
    let gallery = Gallery::new();
    for input in ["seeds", "table.csv"] {
        let svg = gallery.draw(&[input, "--text", "outlines"], "picture.svg");
        let png = Paint::read(&gallery.draw(&[input, "--text", "outlines", "--zoom", "1"], "picture.png")).unwrap();
        assert_eq!((png.width, png.height), (1200, 900));
        for (name, seen) in [("a browser", viewers::browser(&svg)), ("rsvg", viewers::rsvg(&svg, None))] {
            let Some(seen) = seen else { continue };
            look_the_same(&seen, &png, SAME, &format!("{input} in {name}"));
        }
    }
    let svg = gallery.draw(&["seeds"], "text.svg");
    if let (Some(one), Some(two)) = (viewers::browser(&svg), viewers::rsvg(&svg, None)) {
        look_the_same(&one, &two, ALIKE, "seeds with text in a browser and rsvg");
    }
}

#[test]
fn outlines_need_no_fonts() {
    let gallery = Gallery::new();
    std::fs::create_dir(gallery.path("fonts")).unwrap();
    let none = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\
                <fontconfig><dir>fonts</dir><cachedir>cache</cachedir></fontconfig>";
    let fonts = gallery.path("fonts.conf");
    std::fs::write(&fonts, none).unwrap();
    let svg = gallery.draw(&["table.csv", "--text", "outlines"], "outlines.svg");
    let (Some(with), Some(without)) = (viewers::rsvg(&svg, None), viewers::rsvg(&svg, Some(&fonts))) else { return };
    assert_eq!(difference(&with, &without), (0.0, 0.0));
    assert!(!std::fs::read_to_string(&svg).unwrap().contains("<text"));
    assert!(std::fs::metadata(&svg).unwrap().len() < 1_500_000);
}

#[test]
fn a_png_is_the_same_every_time_and_as_large_as_asked_for() {
    let gallery = Gallery::new();
    let one = gallery.draw(&["table.csv", "--jobs", "1"], "one.png");
    let two = gallery.draw(&["table.csv", "--jobs", "2"], "two.PNG");
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(two).unwrap());
    let paint = Paint::read(&one).unwrap();
    assert_eq!((paint.width, paint.height), (2400, 1800));
    let small = gallery.draw(&["table.csv", "--width", "500", "--height", "400", "--zoom", "0.5"], "small.png");
    assert_eq!(Paint::read(&small).unwrap().width, 250);
    let outlines = Paint::read(&gallery.draw(&["table.csv", "--text", "outlines"], "o.png")).unwrap();
    look_the_same(&outlines, &paint, ALIKE, "outlines and text in a PNG");
}

#[test]
fn what_a_png_cannot_show_is_told() {
    let gallery = Gallery::new();
    std::fs::write(gallery.path("rare.csv"), "document,holder,relation,target\nd,\u{10E123} Island,support,👩‍👩‍👧 👍🏽\n")
        .unwrap();
    let (code, said) = gallery.diagram(&["rare.csv", "-o", "rare.png"]);
    assert!(
        code == 0 && said.contains("no font here has letters for ") && said.contains('\u{10E123}'),
        "{code} {said}"
    );
    let (code, said) = gallery.diagram(&["table.csv", "-o", "font.png", "--font", "No Such Font 9, <nor> this"]);
    assert!(code == 0 && said.contains("no font called No Such Font 9, <nor> this is installed"), "{code} {said}");
    let (code, said) = gallery.diagram(&["rare.csv", "-o", "rare.svg", "--text", "outlines"]);
    assert!(code == 0 && said.contains("text with letters that DejaVu Sans lacks"), "{code} {said}");
    gallery.fails(&["table.csv", "-o", "x.png", "--zoom", "12"], "14400 by 10800 pixels is too large");
    gallery.fails(&["table.csv", "-o", "x.png", "--zoom", "NaN"], "use 0.1 to 20");
    gallery.fails(&["table.csv", "-o", "x.svg", "--zoom", "2"], "--zoom is for PNG");
    gallery.fails(&["table.csv", "-o", "x.JPG"], "as SVG or PNG, not as .jpg");
    assert!(!gallery.path("x.png").exists());
}

#[test]
fn relations_are_told_apart_without_red_or_green() {
    let gallery = Gallery::new();
    for theme in ["light", "dark"] {
        let svg = gallery.draw(&["table.csv", "--theme", theme], "picture.svg");
        let inks = colours::of_relations(&std::fs::read_to_string(svg).unwrap());
        for sight in [colours::ALL, colours::PROTAN, colours::DEUTAN] {
            for (i, one) in inks.iter().enumerate() {
                for two in &inks[..i] {
                    let apart = colours::distance(colours::seen(*one, sight), colours::seen(*two, sight));
                    assert!(apart > 15.0, "{theme}: {one:?} and {two:?} are {apart:.1} apart to {sight:?}");
                }
            }
        }
    }
}

#[test]
fn relations_are_told_apart_by_their_shape() {
    let gallery = Gallery::new();
    for theme in ["light", "print"] {
        let svg = gallery.draw(&["table.csv", "--theme", theme], "picture.svg");
        let png = Paint::read(&gallery.draw(&["table.csv", "--theme", theme, "--zoom", "4"], "picture.png")).unwrap();
        let svg = std::fs::read_to_string(svg).unwrap();
        let words = ["supports", "opposes", "invites", "withholds an invitation"];
        let samples = words.map(|word| paint::sample(&png, &svg, word, 4.0));
        for i in 0..4 {
            for k in 0..i {
                let apart = paint::apart(&samples[i], &samples[k]);
                eprintln!("{theme}: {} and {}: {apart:.2}", words[i], words[k]);
                assert!(apart > 0.15, "{theme}: {} and {} look alike: {apart:.2}", words[i], words[k]);
            }
        }
    }
}
