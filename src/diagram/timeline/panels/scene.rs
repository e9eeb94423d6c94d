//! One layout for all panels, and what of it a panel shows.
//!
//! In: the network of all statements, the size of a panel. Out: places, and for each panel a picture with its layout.
//! Never here: blocs over time.

use super::super::super::canvas::Canvas;
use super::super::super::picture::{LEADING, Line, Mark, Picture, What, is_called};
use super::super::super::style::Sizes;
use super::super::super::text::{shorten, width};
use super::super::super::{DiagramOptions, Matters};
use super::super::labels::{Wanted, place};
use super::Panel;
use super::key::RING;
use crate::Result;
use crate::clusters::Blocs;
use crate::layout::geometry::{Curve, Point, Rect};
use crate::layout::{Effort, Label, Layout, layout};
use crate::network::Network;
use crate::statement::Relation;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The layout is made on a page of at least this width at page size 1, so that it leaves room for names.
const LAID_OUT: f64 = 640.0;

/// How much finer gaps and halos are than on a page with one network.
const SMALLER: f64 = 0.55;

/// Which mark: whether it is a matter's, and the name.
pub type Key = (bool, String);
/// Which line: from, to, relation, whether of withheld invitations.
type Course = (Key, Key, Option<Relation>, bool);

/// Places and sizes that all panels share.
pub struct Scene {
    places: BTreeMap<Key, Point>,
    bends: BTreeMap<Course, f64>,
    sizes: Sizes,
    /// Statements of the most active actor in any panel.
    most: u32,
}

/// The marks of matters, and those of the actors with most statements.
pub fn most_active(picture: &Picture, network: &Network, most: usize) -> BTreeSet<Key> {
    let mut actors: Vec<(Reverse<u32>, Key)> = Vec::new();
    let mut kept = BTreeSet::new();
    for mark in &picture.marks {
        match mark.what {
            What::Actor(node) => actors.push((Reverse(network.graph[node].statements), key(mark))),
            _ => {
                kept.insert(key(mark));
            }
        }
    }
    actors.sort();
    kept.extend(actors.into_iter().take(most).map(|(_, key)| key));
    kept
}

/// Keeps these marks and the lines between them.
pub fn keep(picture: &mut Picture, marks: &BTreeSet<Key>) {
    let mut new: Vec<Option<usize>> = Vec::with_capacity(picture.marks.len());
    let mut next = 0;
    for mark in &picture.marks {
        let kept = marks.contains(&key(mark));
        new.push(kept.then_some(next));
        next += usize::from(kept);
    }
    picture.marks.retain(|mark| marks.contains(&key(mark)));
    for lines in [&mut picture.lines, &mut picture.hidden] {
        lines.retain_mut(|line| match (new[line.from], new[line.to]) {
            (Some(from), Some(to)) => {
                (line.from, line.to) = (from, to);
                true
            }
            _ => false,
        });
    }
    for bloc in &mut picture.blocs {
        bloc.members = bloc.members.iter().filter_map(|&i| new[i]).collect();
    }
}

fn key(mark: &Mark) -> Key {
    (matches!(mark.what, What::Matter(_)), mark.id.clone())
}

fn course(picture: &Picture, line: &Line) -> Course {
    (key(&picture.marks[line.from]), key(&picture.marks[line.to]), line.relation, line.withheld)
}

/// Stretches the places over the panel, but for a rim where names of marks at the side begin. Neither way is stretched
/// by much more than the other.
fn spread(places: &mut [Point], cell: Rect, (rim, most): (Point, f64)) {
    let span = |of: fn(&Point) -> f64| {
        let (low, high) =
            places.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        (0.5 * (low + high), (high - low).max(1e-9))
    };
    let ((x, wide), (y, high)) = (span(|p| p.x), span(|p| p.y));
    if places.is_empty() {
        return;
    }
    let across = (2.0 * (cell.half.x - rim.x)).max(1.0) / wide;
    let down = (2.0 * (cell.half.y - rim.y)).max(1.0) / high;
    let (across, down) = (across.min(most * down), down.min(most * across));
    // A single mark, or marks in one line, are stretched by no more than this.
    let (across, down) = (across.min(4.0), down.min(4.0));
    for p in places {
        *p = cell.center + Point::new((p.x - x) * across, (p.y - y) * down);
    }
}

impl Scene {
    /// Lays the marks of `kept` out for panels like `cell`.
    pub fn new(
        (network, kept): (&Network, &BTreeSet<Key>),
        blocs: Option<&Blocs>,
        panels: &[Panel],
        options: &DiagramOptions,
        (cell, unit, effort): (Rect, f64, Effort),
    ) -> Result<Self> {
        let (wide, high) = (2.0 * cell.half.x, 2.0 * cell.half.y);
        let scale = (LAID_OUT * unit / wide).max(1.0);
        let unnamed = DiagramOptions { bloc_names: Vec::new(), ..options.clone() };
        let mut picture = Picture::new(network, blocs, &unnamed, scale * wide, scale * high)?;
        keep(&mut picture, kept);
        let placed = layout(&picture.graph(scale * wide, scale * high, options.seed, effort));
        let mut places: Vec<Point> = placed.positions.iter().map(|&p| p * (1.0 / scale)).collect();
        spread(&mut places, cell, (Point::new((0.13 * wide).min(46.0 * unit), 14.0 * unit), 1.5));
        let bends = picture.lines.iter().zip(&placed.bends).map(|(line, &bend)| (course(&picture, line), bend));
        let line = (wide / (330.0 * unit)).clamp(0.55, 1.2) * unit;
        let radius = (picture.sizes.radius / scale).clamp(2.4 * unit, 8.5 * unit);
        let sizes = Sizes {
            gap: 1.2 * SMALLER * unit,
            page: SMALLER * unit,
            label: (wide / (30.0 * unit)).clamp(8.2, 11.5) * unit,
            radius,
            line,
            head: (1.25 * radius).clamp(3.6 * unit, 8.0 * unit),
            opacity: 0.95,
            segments: 14,
        };
        let statements = panels.iter().flat_map(|p| p.network.graph.node_weights().map(|a| a.statements));
        Ok(Self {
            bends: bends.collect(),
            places: picture.marks.iter().map(key).zip(places).collect(),
            sizes,
            most: statements.max().unwrap_or(1).max(1),
        })
    }

    /// What a panel shows, and where; and its network, without the matters that have no place.
    pub fn panel(
        &self,
        panel: &Panel,
        (blocs, moved): (&Blocs, &BTreeSet<String>),
        options: &DiagramOptions,
        cell: Rect,
    ) -> Result<(Network, Picture, Layout)> {
        let mut network = panel.network.clone();
        network.matters.retain(|matter| self.places.contains_key(&(true, matter.name.clone())));
        let here = |name: &String| network.graph.node_weights().any(|a| is_called(&a.name, name));
        let highlight: Vec<String> = options.highlight.iter().filter(|name| here(name)).cloned().collect();
        let nobody = highlight.is_empty() && !options.highlight.is_empty();
        let all = DiagramOptions { matters: Matters::Show, highlight, ..options.clone() };
        let mut picture = Picture::new(&network, Some(blocs), &all, 2.0 * cell.half.x, 2.0 * cell.half.y)?;
        keep(&mut picture, &self.places.keys().cloned().collect());
        picture.sizes = self.sizes;
        picture.lines.iter_mut().for_each(|line| line.faded |= nobody);
        let corner = cell.center - cell.half;
        let mut placed = Layout::default();
        for mark in &mut picture.marks {
            mark.radius = self.sizes.radius
                * match mark.what {
                    What::Actor(node) => {
                        let share = f64::from(network.graph[node].statements) / f64::from(self.most);
                        0.72 + 0.55 * share.min(1.0).sqrt()
                    }
                    _ => 0.6,
                };
            mark.light = true;
            mark.faded |= nobody;
            let room = if matches!(mark.what, What::Matter(_)) { 15.0 } else { 12.0 } * self.sizes.label;
            mark.labels = vec![vec![shorten(&mark.name, self.sizes.label, mark.weight(), room)]];
            placed.positions.push(corner + self.places.get(&key(mark)).copied().unwrap_or_default());
        }
        placed.bends =
            picture.lines.iter().map(|line| self.bends.get(&course(&picture, line)).copied().unwrap_or(0.0)).collect();
        placed.labels = self.labels(&picture, &placed, moved, cell);
        Ok((network, picture, placed))
    }

    /// Names for as many as there is room for, the most active first; first where they cover no line either.
    fn labels(&self, picture: &Picture, placed: &Layout, moved: &BTreeSet<String>, cell: Rect) -> Vec<Option<Label>> {
        let size = self.sizes.label;
        let boxes: Vec<Rect> = picture
            .marks
            .iter()
            .zip(&placed.positions)
            .map(|(mark, &at)| {
                let ring = if moved.contains(&mark.id) { RING * self.sizes.page / SMALLER } else { self.sizes.page };
                let half = mark.shape.half(mark.radius) + ring;
                Rect::new(at, half, half)
            })
            .collect();
        let mut segments = Vec::new();
        for (line, &bend) in picture.lines.iter().zip(&placed.bends) {
            let curve = Curve::new(placed.positions[line.from], placed.positions[line.to], bend);
            let points: Vec<Point> = (0..=6).map(|k| curve.at(f64::from(k) / 6.0)).collect();
            segments.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let mut order: Vec<usize> = (0..picture.marks.len()).collect();
        // Matters first: they say what the lines to them are about.
        let rank = |i: usize| {
            let mark = &picture.marks[i];
            (mark.faded, !matches!(mark.what, What::Matter(_)), !moved.contains(&mark.id))
        };
        order.sort_by(|&a, &b| {
            rank(a).cmp(&rank(b)).then(picture.marks[b].radius.total_cmp(&picture.marks[a].radius)).then(a.cmp(&b))
        });
        // To the sides and below a name may reach a little over the rim; above stand the window's dates.
        let (left, top, right, bottom) = cell.grow(0.6 * size).sides();
        let bounds = Rect::between(left, top + 0.6 * size, right, bottom);
        let mut labels = vec![None; picture.marks.len()];
        let mut taken = boxes.clone();
        for lines in [&segments[..], &[]] {
            let open: Vec<usize> = order.iter().copied().filter(|&i| labels[i].is_none()).collect();
            let wanted: Vec<Wanted> = open
                .iter()
                .map(|&i| Wanted {
                    at: boxes[i].center,
                    half: boxes[i].half,
                    ways: picture.marks[i].labels.clone(),
                    weight: picture.marks[i].weight(),
                    beside: true,
                    up: true,
                    down: true,
                    far: false,
                    bounds,
                })
                .collect();
            for (&i, found) in open.iter().zip(place(&wanted, &taken, lines, size)) {
                let Some(found) = found else { continue };
                // The marks' own writing sets lines a little wider apart.
                let wide = width(&found.lines[0], size, picture.marks[i].weight()) + 0.2 * size;
                let rect = Rect::new(found.rect.center, 0.5 * wide, 0.5 * LEADING * size);
                taken.push(found.rect);
                labels[i] = Some(Label { variant: 0, rect, side: found.side });
            }
        }
        labels
    }

    /// Pale dots for those who are not in a panel.
    pub fn draw_absent(&self, canvas: &mut Canvas, picture: &Picture, cell: Rect) -> Result<()> {
        let here: BTreeSet<Key> = picture.marks.iter().map(key).collect();
        let corner = cell.center - cell.half;
        canvas.open(&[("class", &"absent"), ("aria-hidden", &"true")], None);
        for (_, &at) in self.places.iter().filter(|(key, _)| !key.0 && !here.contains(key)) {
            canvas.disc(corner + at, 0.5 * self.sizes.radius, canvas.palette.rule)?;
        }
        canvas.close();
        Ok(())
    }
}
