//! Colours as they look to people who see red or green weakly or not at all.
//!
//! The views are those of Machado, Oliveira and Fernandes (2009), table 1 at severity 1, on linear sRGB; distances are
//! CIE76 in CIELAB under D65.

/// A linear map of red, green and blue.
pub type Sight = [[f64; 3]; 3];

/// All colours are seen.
pub const ALL: Sight = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

/// Without the cones for red.
pub const PROTAN: Sight =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

/// Without the cones for green.
pub const DEUTAN: Sight =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

/// sRGB to XYZ, IEC 61966-2-1.
const XYZ: Sight = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];

/// The colours of support, opposition and invitations, as a picture draws them.
pub fn of_relations(svg: &str) -> [[u8; 3]; 3] {
    let document = roxmltree::Document::parse(svg).unwrap();
    ["support", "oppose", "invite"].map(|relation| {
        let class = format!("tie {relation}");
        let tie = document.descendants().find(|e| e.attribute("class").is_some_and(|c| c.starts_with(&class))).unwrap();
        let ink = tie.descendants().find_map(|e| e.attribute("stroke").filter(|s| s.starts_with('#'))).unwrap();
        [1, 3, 5].map(|i| u8::from_str_radix(&ink[i..i + 2], 16).unwrap())
    })
}

fn product(map: Sight, v: [f64; 3]) -> [f64; 3] {
    map.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
}

/// An sRGB colour as it is seen, in linear light.
pub fn seen(colour: [u8; 3], sight: Sight) -> [f64; 3] {
    let linear = colour.map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    });
    product(sight, linear).map(|v| v.clamp(0.0, 1.0))
}

/// CIE76 distance of two colours in linear light; 2.3 can just be noticed side by side.
pub fn distance(one: [f64; 3], two: [f64; 3]) -> f64 {
    let lab = |colour| {
        let [x, y, z] = product(XYZ, colour);
        let f = |t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let (x, y, z) = (f(x / 0.9505), f(y), f(z / 1.089));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    };
    lab(one).iter().zip(lab(two)).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
