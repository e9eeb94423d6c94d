//! The signs in cells.
//!
//! In: what a cell holds. Out: its marks. A disc is support, a bar opposition, an open chevron an invitation, with a
//! cross before it one that was not made; a bar across a disc is both. Hollow signs are hedged. A number is written
//! where there is more than one statement. Never here: where a cell is.

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::style::GRID;
use super::super::text::{Weight, width};
use super::stances::{Part, Says};
use crate::Result;
use crate::layout::geometry::{Point, Rect};
use plotters::style::RGBColor;

/// A number in a sign is at most this large, and at least half of it, in page units.
const NUMBER: f64 = 12.0;
/// Signs grow no larger than for a cell of this size, in page units.
const LARGEST: f64 = 28.0;

/// Draws the parts of a cell of `size` around `at`.
pub fn draw(canvas: &mut Canvas, parts: &[Part], at: Point, size: Point, unit: f64) -> Result<()> {
    let find = |says: Says| parts.iter().find(|p| p.says == says);
    let (support, oppose) = (find(Says::Support), find(Says::Oppose));
    let others: Vec<&Part> = [Says::Invite, Says::Withheld].into_iter().filter_map(find).collect();
    let signs = usize::from(support.is_some() || oppose.is_some()) + others.len();
    if signs == 0 {
        return Ok(());
    }
    let step = size.x / signs as f64;
    let side = size.y.min(if signs > 1 { 1.15 * step } else { step }).min(LARGEST * unit);
    let pen = Pen { side, wide: step.min(1.3 * side), unit };
    let mut center = Point::new(at.x - size.x / 2.0 + step / 2.0, at.y);
    match (support, oppose) {
        (Some(support), Some(oppose)) => pen.both(canvas, support, oppose, center)?,
        (Some(support), None) => pen.disc(canvas, support, center)?,
        (None, Some(oppose)) => pen.bar(canvas, oppose, center)?,
        (None, None) => center.x -= step,
    }
    for part in others {
        center.x += step;
        pen.chevron(canvas, part, center)?;
    }
    Ok(())
}

/// Draws signs into squares of one size.
struct Pen {
    side: f64,
    /// How wide bars can be.
    wide: f64,
    unit: f64,
}

impl Pen {
    /// Thickness of the line of a hollow sign.
    fn line(&self) -> f64 {
        (0.085 * self.side).max(1.2 * self.unit)
    }

    fn disc(&self, canvas: &mut Canvas, part: &Part, at: Point) -> Result<()> {
        let radius = if self.side < 18.0 * self.unit { 0.41 } else { 0.37 } * self.side;
        let colour = canvas.palette.relation(part.says.relation());
        self.round(canvas, at, radius, colour, part.is_hedged())?;
        self.number(canvas, part, at, 1.6 * radius, colour)
    }

    fn round(&self, canvas: &mut Canvas, at: Point, radius: f64, colour: RGBColor, hollow: bool) -> Result<()> {
        canvas.disc(at, radius, colour)?;
        if hollow { canvas.disc(at, radius - self.line(), canvas.palette.paper) } else { Ok(()) }
    }

    fn bar(&self, canvas: &mut Canvas, part: &Part, at: Point) -> Result<()> {
        let colour = canvas.palette.relation(part.says.relation());
        let half = self.bar_half(part.statements > 1, part.is_hedged());
        self.flat(canvas, at, half, colour, part.is_hedged())?;
        self.number(canvas, part, at, 1.7 * half.x, colour)
    }

    /// Half the width and the height of a bar, which is higher where it holds a number.
    fn bar_half(&self, number: bool, hollow: bool) -> Point {
        let mut high = 0.125 * self.side;
        if number {
            high = high.max(0.37 * self.number_size() + 1.1 * self.unit);
        }
        if hollow {
            high = high.max(0.15 * self.side).max(1.6 * self.line());
        }
        Point::new((0.42 * self.wide).min(0.5 * self.side), high)
    }

    fn flat(&self, canvas: &mut Canvas, at: Point, half: Point, colour: RGBColor, hollow: bool) -> Result<()> {
        canvas.area(&Rect { center: at, half }.corners(), colour, 1.0)?;
        if hollow {
            let inner = Point::new(half.x - self.line(), half.y - self.line());
            canvas.area(&Rect { center: at, half: inner }.corners(), canvas.palette.paper, 1.0)?;
        }
        Ok(())
    }

    /// A bar across a disc, kept apart by some free space. Its number is that of both: "2:1" where 2 support, 1 opposes.
    fn both(&self, canvas: &mut Canvas, support: &Part, oppose: &Part, at: Point) -> Result<()> {
        let (green, red) =
            (canvas.palette.relation(support.says.relation()), canvas.palette.relation(oppose.says.relation()));
        let several = support.statements.saturating_add(oppose.statements) > 2;
        self.round(canvas, at, 0.4 * self.side, green, support.is_hedged())?;
        let mut half = self.bar_half(several, oppose.is_hedged());
        half.x = if several { (0.46 * self.wide).min(0.6 * self.side) } else { 0.46 * self.side };
        let halo = 0.07 * self.side;
        canvas.area(
            &Rect { center: at, half: Point::new(half.x + halo, half.y + halo) }.corners(),
            canvas.palette.paper,
            1.0,
        )?;
        self.flat(canvas, at, half, red, oppose.is_hedged())?;
        if several {
            let text = format!("{}:{}", brief(support.statements), brief(oppose.statements));
            let colour = if oppose.is_hedged() { red } else { canvas.palette.paper };
            self.write(canvas, &text, at, 1.85 * half.x, colour)?;
        }
        Ok(())
    }

    fn chevron(&self, canvas: &mut Canvas, part: &Part, at: Point) -> Result<()> {
        let colour = canvas.palette.relation(part.says.relation());
        let (not, several) = (part.says == Says::Withheld, part.statements > 1);
        let reach = if not || several { 0.24 } else { 0.28 } * self.side;
        let mut at = at;
        if several {
            at.x -= 0.16 * self.side;
        }
        let tip = Point::new(at.x + if not { 0.38 * self.side } else { 0.5 * reach }, at.y);
        let dots = if part.is_hedged() {
            format!("{} {}", (0.02 * GRID).max(1.0).round(), (2.0 * self.line() * GRID).round())
        } else {
            String::new()
        };
        let cap: (&str, &dyn std::fmt::Display) = ("stroke-linecap", &"round");
        canvas.open(&[cap, ("stroke-linejoin", &"round"), ("stroke-dasharray", &dots)], None);
        let wing = |up: f64| Point::new(tip.x - reach, tip.y + up * reach * 1.1);
        canvas.line(&[wing(-1.0), tip, wing(1.0)], colour, 1.25 * self.line())?;
        canvas.close();
        if not {
            let (center, arm) = (Point::new(tip.x - reach - 0.26 * self.side, tip.y), 0.15 * self.side);
            canvas.open(&[cap], None);
            for up in [-1.0, 1.0] {
                let arm = Point::new(arm, up * arm);
                canvas.line(&[center - arm, center + arm], colour, 1.25 * self.line())?;
            }
            canvas.close();
        }
        if several {
            let place = Point::new(tip.x + 0.08 * self.side, at.y + 0.36 * self.number_size());
            let set = Type { size: self.number_size(), weight: Weight::Bold, colour, anchor: Anchor::Start };
            canvas.text(&brief(part.statements), place, set)?;
        }
        Ok(())
    }

    fn number_size(&self) -> f64 {
        (0.42 * self.side).clamp(0.58 * NUMBER * self.unit, NUMBER * self.unit)
    }

    /// The number of statements, where it is more than one.
    fn number(&self, canvas: &mut Canvas, part: &Part, at: Point, room: f64, colour: RGBColor) -> Result<()> {
        if part.statements < 2 {
            return Ok(());
        }
        let ink = if part.is_hedged() { colour } else { canvas.palette.paper };
        self.write(canvas, &brief(part.statements), at, room, ink)
    }

    fn write(&self, canvas: &mut Canvas, text: &str, at: Point, room: f64, colour: RGBColor) -> Result<()> {
        let size = self.number_size();
        let size = size * (room / width(text, size, Weight::Bold)).min(1.0);
        let set = Type { size, weight: Weight::Bold, colour, anchor: Anchor::Middle };
        canvas.text(text, Point::new(at.x, at.y + 0.36 * size), set)
    }
}

/// A number in at most four characters: 999, 12k, 3M.
fn brief(n: u32) -> String {
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => format!("{}k", n / 1_000),
        _ => format!("{}M", n / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_brief() {
        let all = [2, 999, 1_000, 12_345, 999_999, 1_000_000, u32::MAX].map(brief);
        assert_eq!(all, ["2", "999", "1k", "12k", "999k", "1M", "4294M"]);
    }
}
