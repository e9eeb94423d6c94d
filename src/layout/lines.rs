//! Crossings of many straight lines, counted fast.
//!
//! In: lines between places. Out: how many of them a line would cross. Never here: curves.
//!
//! Coordinates are kept as single floats in four columns, so that the compiler tests several lines at once. Lines
//! that share an end do not count as crossing: one of the outer products is exactly 0 then.

use super::geometry::Point;

/// Lines, by index.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    ax: Vec<f32>,
    ay: Vec<f32>,
    bx: Vec<f32>,
    by: Vec<f32>,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, a: Point, b: Point) {
        self.ax.push(a.x as f32);
        self.ay.push(a.y as f32);
        self.bx.push(b.x as f32);
        self.by.push(b.y as f32);
    }

    /// Puts line `i` elsewhere.
    pub fn set(&mut self, i: usize, a: Point, b: Point) {
        self.ax[i] = a.x as f32;
        self.ay[i] = a.y as f32;
        self.bx[i] = b.x as f32;
        self.by[i] = b.y as f32;
    }

    /// How many of the lines the line from `a` to `b` crosses.
    pub fn crossed(&self, a: Point, b: Point) -> u32 {
        let (ax, ay, bx, by) = (a.x as f32, a.y as f32, b.x as f32, b.y as f32);
        let (dx, dy) = (bx - ax, by - ay);
        let n = self.ax.len();
        let (cx, cy, ex, ey) = (&self.ax[..n], &self.ay[..n], &self.bx[..n], &self.by[..n]);
        let mut count = 0;
        for i in 0..n {
            let (fx, fy) = (ex[i] - cx[i], ey[i] - cy[i]);
            let one = dx * (cy[i] - ay) - dy * (cx[i] - ax);
            let two = dx * (ey[i] - ay) - dy * (ex[i] - ax);
            let three = fx * (ay - cy[i]) - fy * (ax - cx[i]);
            let four = fx * (by - cy[i]) - fy * (bx - cx[i]);
            count += u32::from((one * two < 0.0) & (three * four < 0.0));
        }
        count
    }
}

/// How often these lines between nodes cross, each pair counted once. O(lines²).
pub fn crossings(at: &[Point], lines: &[(u32, u32)]) -> u64 {
    let mut all = Lines::default();
    let ends = |&(a, b): &(u32, u32)| (at[a as usize], at[b as usize]);
    lines.iter().map(ends).for_each(|(a, b)| all.push(a, b));
    lines.iter().map(ends).map(|(a, b)| u64::from(all.crossed(a, b))).sum::<u64>() / 2
}

#[cfg(test)]
mod tests {
    use super::super::geometry::crossing;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_as_the_plain_test_does(
            ends in prop::collection::vec((0_u8..12, 0_u8..12, 0_u8..12, 0_u8..12), 1..40)
        ) {
            let place = |x: u8, y: u8| Point::new(f64::from(x) / 12.0, f64::from(y) / 12.0);
            // Points of a fine grid, slightly bent so that no three lie on a line by chance.
            let bend = |p: Point| Point::new(p.x + 0.013 * p.y * p.y, p.y + 0.017 * p.x * p.x);
            let lines: Vec<(Point, Point)> =
                ends.iter().map(|&(a, b, c, d)| (bend(place(a, b)), bend(place(c, d)))).collect();
            let mut fast = Lines::default();
            lines.iter().for_each(|&(a, b)| fast.push(a, b));
            let (a, b) = lines[0];
            let apart = |&(c, d): &(Point, Point)| ![c, d].contains(&a) && ![c, d].contains(&b);
            prop_assume!(lines.iter().skip(1).all(|line| line.0 != line.1));
            let plain = lines.iter().filter(|line| apart(line) && crossing(a, b, line.0, line.1)).count();
            prop_assert_eq!(fast.crossed(a, b) as usize, plain);
        }
    }
}
