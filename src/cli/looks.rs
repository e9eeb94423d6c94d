//! How actors look in exports that keep places and colours: as in the picture.

use crate::Result;
use crate::clusters::Blocs;
use crate::diagram::{DiagramOptions, Seen, seen};
use crate::export::Look;
use crate::network::Network;

/// As `stancenet diagram` would draw them.
///
/// # Errors
/// Those of drawing.
pub fn looks(network: &Network, blocs: Option<&Blocs>, seed: u64) -> Result<Vec<Look>> {
    let options = DiagramOptions { seed, fit: true, ..DiagramOptions::default() };
    Ok(as_seen(&seen(network, blocs, &options)?))
}

/// As they are in a picture.
pub fn as_seen(seen: &[Seen]) -> Vec<Look> {
    // Hundredths of a pixel are finer than anybody sees.
    let round = |x: f64| (x * 100.0).round() / 100.0;
    let look = |one: &Seen| Look {
        at: one.at.map(|p| [round(p.x), round(p.y)]),
        radius: round(one.radius),
        colour: one.colour.into(),
    };
    seen.iter().map(look).collect()
}
