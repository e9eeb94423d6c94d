//! Pixels: read from a PNG, compared, cut out.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// A picture in gray, each value 0 to 255, row by row.
pub struct Paint {
    pub width: usize,
    pub height: usize,
    gray: Vec<f64>,
}

impl Paint {
    /// Reads a PNG; what is transparent is white. `None` where there is no such file.
    pub fn read(path: &Path) -> Option<Self> {
        let mut decoder = png::Decoder::new(BufReader::new(File::open(path).ok()?));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let (width, height) = (info.width as usize, info.height as usize);
        let gray = bytes[..info.buffer_size()].chunks(info.color_type.samples()).map(gray).collect();
        Some(Self { width, height, gray })
    }

    /// Each value the mean of the square of `reach` around it.
    fn blurred(&self, reach: usize) -> Vec<f64> {
        let (w, h) = (self.width, self.height);
        let mean = |from: &[f64], at: usize, length: usize, step: usize, start: usize| {
            let near = at.saturating_sub(reach)..(at + reach + 1).min(length);
            let n = near.len() as f64;
            near.map(|k| from[start + k * step]).sum::<f64>() / n
        };
        let rows: Vec<f64> = (0..w * h).map(|i| mean(&self.gray, i % w, w, 1, i - i % w)).collect();
        (0..w * h).map(|i| mean(&rows, i / w, h, w, i % w)).collect()
    }
}

/// Rec. 601 luma over white.
fn gray(pixel: &[u8]) -> f64 {
    let colour = |i: usize| f64::from(pixel[i]);
    let (gray, alpha) = match pixel.len() {
        1 | 2 => (colour(0), pixel.get(1)),
        _ => (0.299 * colour(0) + 0.587 * colour(1) + 0.114 * colour(2), pixel.get(3)),
    };
    let alpha = alpha.map_or(1.0, |&a| f64::from(a) / 255.0);
    alpha * gray + (1.0 - alpha) * 255.0
}

/// Mean and greatest difference of two pictures of one size, blurred a little, since every program smooths edges in its
/// own way.
pub fn difference(one: &Paint, two: &Paint) -> (f64, f64) {
    assert_eq!((one.width, one.height), (two.width, two.height));
    let (one, two) = (one.blurred(2), two.blurred(2));
    let gaps = one.iter().zip(&two).map(|(a, b)| (a - b).abs());
    let (sum, most) = gaps.fold((0.0, 0.0), |(sum, most): (f64, f64), gap| (sum + gap, most.max(gap)));
    (sum / one.len() as f64, most)
}

/// The legend's sample of a line before these words, as ink or none; `zoom` pixels a page unit.
pub fn sample(paint: &Paint, svg: &str, words: &str, zoom: f64) -> Vec<bool> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let legend = document.descendants().find(|e| e.attribute("id") == Some("legend")).unwrap();
    let text =
        legend.children().find(|e| e.text() == Some(words)).unwrap_or_else(|| panic!("no {words} in the legend"));
    // Text is placed by its upper edge, on a grid of 20 steps a unit; the sample ends 8 units before, in its middle.
    let number = |name: &str| text.attribute(name).unwrap().parse::<f64>().unwrap() / 20.0;
    let (right, middle) = (number("x") - 8.0, number("y") + 0.4 * number("font-size"));
    let mut ink = Vec::new();
    for y in pixels(middle - 9.0, middle + 9.0, zoom) {
        for x in pixels(right - 36.0, right + 2.0, zoom) {
            ink.push(paint.gray[y * paint.width + x] < 200.0);
        }
    }
    ink
}

fn pixels(from: f64, to: f64, zoom: f64) -> std::ops::Range<usize> {
    let first = (from * zoom).round() as usize;
    first..first + ((to - from) * zoom).round() as usize
}

/// The share of ink that only one of two samples has.
pub fn apart(one: &[bool], two: &[bool]) -> f64 {
    let count = |test: fn(bool, bool) -> bool| one.iter().zip(two).filter(|(a, b)| test(**a, **b)).count() as f64;
    count(|a, b| a != b) / count(|a, b| a || b)
}
