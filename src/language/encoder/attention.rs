//! What each piece takes from the pieces that it looks at: attention by heads, with softmax of scaled products (Vaswani et
//! al. 2017, eq. 1).
//!
//! In: queries, and what the pieces show. Out: for each query the mixed values. Products are exact sums of 16-bit numbers,
//! so the bits are the same on all machines.

use super::super::engine::boost::boosted;
use super::super::engine::kernel::Level;
use super::super::engine::numeric::{exp, largest, sum, to_i16};
use super::super::engine::words::{STRIP, multiply, place};

/// Numbers of a head at most: so many products of [`FINE`] by [`FINE`] fit into 32 bits.
pub const HEAD: usize = 32;

/// The largest number of a query or a key.
const FINE: f32 = 8191.0;

/// The largest share and the largest number of a value; the shares of a query make one share in all.
const WHOLE: f32 = 32767.0;

/// Queries that are worked on together, so that their shares stay in the cache.
const TOGETHER: usize = 16;

/// Keys and values of some pieces in one layer, with the worth of a unit in each head.
#[derive(Debug, Default)]
pub struct Shown {
    count: usize,
    /// By head, the pieces as columns.
    keys: Vec<i16>,
    /// By head, the numbers of a value as columns.
    values: Vec<i16>,
    units: Vec<[f32; 2]>,
}

impl Shown {
    /// Takes up `count` rows, each of a piece, keys and values of `heads` times `size` numbers behind each other in `stride`.
    pub fn fill(&mut self, told: &[f32], stride: usize, count: usize, (heads, size): (usize, usize)) {
        self.count = count;
        self.units.clear();
        self.units.resize(heads, [0.0; 2]);
        for numbers in [&mut self.keys, &mut self.values] {
            numbers.clear();
            numbers.resize(heads * size * count.next_multiple_of(STRIP), 0);
        }
        shown(self, &told[..count * stride], stride, size);
    }

    /// Places of pieces, the last of which may be empty.
    fn room(&self) -> usize {
        self.count.next_multiple_of(STRIP)
    }

    /// Keys or values of one head.
    fn of<'a>(&self, numbers: &'a [i16], head: usize) -> &'a [i16] {
        let size = numbers.len() / self.units.len().max(1);
        &numbers[head * size..][..size]
    }
}

boosted! {
    fn shown(to: &mut Shown, told: &[f32], stride: usize, size: usize) {
        let (heads, room) = (to.units.len(), to.room());
        for (head, units) in to.units.iter_mut().enumerate() {
            let (key, value) = (head * size, (heads + head) * size);
            let limits = [FINE, WHOLE];
            let mut scales = [0.0; 2];
            for ((scale, unit), (at, limit)) in scales.iter_mut().zip(units).zip([key, value].into_iter().zip(limits)) {
                let top = told.chunks_exact(stride).map(|row| largest(&row[at..][..size])).fold(1e-6, f32::max);
                (*scale, *unit) = (limit / top, top / limit);
            }
            let keys = &mut to.keys[head * size * room..][..size * room];
            let values = &mut to.values[head * size * room..][..size * room];
            for (at, row) in told.chunks_exact(stride).enumerate() {
                for (pair, k) in row[key..][..size].chunks_exact(2).enumerate() {
                    let to = &mut keys[place(size / 2, at, 2 * pair)..][..2];
                    (to[0], to[1]) = (to_i16(k[0] * scales[0]), to_i16(k[1] * scales[0]));
                }
                for (strip, v) in row[value..][..size].chunks_exact(STRIP).enumerate() {
                    let to = &mut values[place(room / 2, strip * STRIP, at / 2 * 2)..][..2 * STRIP];
                    to.chunks_exact_mut(2).zip(v).for_each(|(to, v)| to[at % 2] = to_i16(v * scales[1]));
                }
            }
        }
    }
}

/// Memory that is used again from input to input.
#[derive(Debug, Default)]
pub struct Room {
    queries: Vec<i16>,
    units: Vec<f32>,
    scores: Vec<f32>,
    sums: [Vec<i32>; 2],
    shares: [Vec<i16>; 2],
}

/// What rows of `stride` numbers, the queries, take from what is shown; `mixed` has a row of all heads for each.
pub fn attend(
    level: Level,
    queries: &[f32],
    stride: usize,
    (heads, size): (usize, usize),
    seen: [&Shown; 2],
    room: &mut Room,
    mixed: &mut [f32],
) {
    let width = heads * size;
    for (queries, mixed) in queries.chunks(TOGETHER * stride).zip(mixed.chunks_mut(TOGETHER * width)) {
        for head in 0..heads {
            ask(queries, stride, head * size, size, room);
            for (shown, sums) in seen.iter().zip(&mut room.sums) {
                multiply(level, shown.of(&shown.keys, head), size / 2, &room.queries, sums);
            }
            share(seen, head, room);
            for ((shown, sums), shares) in seen.iter().zip(&mut room.sums).zip(&room.shares) {
                if let Some(units) = shown.units.get(head) {
                    multiply(level, shown.of(&shown.values, head), shown.room() / 2, shares, sums);
                    mix(sums, units[1] / WHOLE, size, head * size, width, mixed);
                }
            }
        }
    }
}

boosted! {
    /// The queries of a head, which stand at `at`, each scaled by itself.
    fn ask(queries: &[f32], stride: usize, at: usize, size: usize, room: &mut Room) {
        room.queries.clear();
        room.units.clear();
        let scale = 1.0 / (size as f32).sqrt();
        for query in queries.chunks_exact(stride) {
            let query = &query[at..][..size];
            let top = largest(query).max(1e-6);
            room.units.push(top / FINE * scale);
            room.queries.extend(query.iter().map(|q| to_i16(q * (FINE / top))));
        }
    }
}

boosted! {
    /// Sums of products to the shares of all that is seen.
    fn share(seen: [&Shown; 2], head: usize, room: &mut Room) {
        let (rooms, counts) = (seen.map(Shown::room), seen.map(|shown| shown.count));
        for (shares, places) in room.shares.iter_mut().zip(rooms) {
            shares.resize(room.units.len() * places, 0);
        }
        room.scores.resize(rooms[0] + rooms[1], 0.0);
        for (row, unit) in room.units.iter().enumerate() {
            let units = seen.map(|shown| unit * shown.units.get(head).map_or(0.0, |units| units[0]));
            let sums: [&[i32]; 2] = std::array::from_fn(|b| &room.sums[b][row * rooms[b]..][..rooms[b]]);
            // The largest of whole numbers is found many at a time.
            let top_of = |b: usize| sums[b][..counts[b]].iter().copied().reduce(i32::max).map(|top| top as f32 * units[b]);
            let top = (0..2).filter_map(top_of).fold(f32::MIN, f32::max);
            let (before, own) = room.scores.split_at_mut(rooms[0]);
            for (b, scores) in [before, own].into_iter().enumerate() {
                scores.iter_mut().zip(sums[b]).for_each(|(score, &sum)| *score = exp(sum as f32 * units[b] - top));
                scores[counts[b]..].fill(0.0);
            }
            let whole = WHOLE / sum(&room.scores, |x| x);
            let (before, own) = room.scores.split_at(rooms[0]);
            for (scores, shares) in [before, own].into_iter().zip(&mut room.shares) {
                let shares = &mut shares[row * scores.len()..][..scores.len()];
                shares.iter_mut().zip(scores).for_each(|(share, s)| *share = to_i16(s * whole));
            }
        }
    }
}

boosted! {
    /// Adds sums of values, `size` in each row, to the rows of `mixed` from `at` on.
    fn mix(sums: &[i32], unit: f32, size: usize, at: usize, width: usize, mixed: &mut [f32]) {
        for (mixed, sums) in mixed.chunks_exact_mut(width).zip(sums.chunks_exact(size)) {
            mixed[at..][..size].iter_mut().zip(sums).for_each(|(m, &s)| *m += s as f32 * unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_those_of_the_formula() {
        let (heads, size, count, earlier) = (2, 32, 19, 5);
        let width = heads * size;
        let number = |i: usize| ((i * 7919 % 1009) as f32 / 1009.0 - 0.5) * 4.0;
        let told: Vec<f32> = (0..(count + earlier) * 2 * width).map(number).collect();
        let queries: Vec<f32> = (0..count * width).map(|i| number(i + 17)).collect();
        let (mut before, mut own) = (Shown::default(), Shown::default());
        before.fill(&told, 2 * width, earlier, (heads, size));
        own.fill(&told[earlier * 2 * width..], 2 * width, count, (heads, size));
        let mut mixed = vec![0.0; count * width];
        let level = Level::best();
        attend(level, &queries, width, (heads, size), [&before, &own], &mut Room::default(), &mut mixed);
        for (query, mixed) in queries.chunks(width).zip(mixed.chunks(width)) {
            for at in (0..width).step_by(size) {
                let rows = || told.chunks(2 * width);
                let score =
                    |row: &[f32]| (0..size).map(|d| query[at + d] * row[at + d]).sum::<f32>() / (size as f32).sqrt();
                let weights: Vec<f32> = rows().map(|row| score(row).exp()).collect();
                let all: f32 = weights.iter().sum();
                for d in 0..size {
                    let right: f32 = rows().zip(&weights).map(|(row, w)| w / all * row[width + at + d]).sum();
                    assert!((mixed[at + d] - right).abs() < 2e-3, "{} {right}", mixed[at + d]);
                }
            }
        }
    }
}
