//! Some actors brought out, all others faded.
//!
//! In: a picture and names. Out: what in it is faded. Never here: how faded things look.

use super::picture::{Mark, Picture};
use crate::{Error, Result};

/// Fades all but those who are highlighted, their ties and those at the other ends. Nobody is, nothing fades.
///
/// # Errors
/// Somebody is wanted who is not in the picture.
pub fn highlight(picture: &mut Picture, wanted: &[String]) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut chosen = vec![false; picture.marks.len()];
    for wanted in wanted {
        let found: Vec<usize> = (0..chosen.len()).filter(|&i| picture.marks[i].is_called(wanted)).collect();
        if found.is_empty() {
            return Err(unknown(wanted, &picture.marks));
        }
        for i in found {
            chosen[i] = true;
        }
    }
    let mut near = chosen.clone();
    for line in &mut picture.lines {
        line.faded = !chosen[line.from] && !chosen[line.to];
        if !line.faded {
            near[line.from] = true;
            near[line.to] = true;
        }
    }
    // Their labels come before all others.
    let most = picture.marks.iter().map(|m| m.importance).fold(0.0, f64::max);
    for (mark, near) in picture.marks.iter_mut().zip(near) {
        mark.faded = !near;
        if near {
            mark.importance += most;
        }
    }
    Ok(())
}

/// The error for somebody who is not there, with the names that are most like it.
fn unknown(wanted: &str, marks: &[Mark]) -> Error {
    let mut like: Vec<(f64, &str)> = marks
        .iter()
        .map(|m| (strsim::jaro_winkler(&m.name.to_lowercase(), &wanted.to_lowercase()), &*m.name))
        .collect();
    like.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<&str> = like.iter().filter(|l| l.0 > 0.75).take(3).map(|l| l.1).collect();
    let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    Error::Usage(format!("--highlight: nobody in the picture is called {wanted}{hint}"))
}
