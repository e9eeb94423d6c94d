//! One layout for all panels, and what of it a panel shows.
//!
//! In: the network of all statements, the size of a panel. Out: places, and for each panel a picture with its layout.
//! Never here: blocs over time.

use super::super::super::DiagramOptions;
use super::super::super::canvas::Canvas;
use super::super::super::picture::{LEADING, Picture};
use super::super::super::style::Sizes;
use super::super::super::text::{shorten, width};
use super::super::labels::{Wanted, place};
use super::Panel;
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

/// Which tie: from, to, relation, whether of withheld invitations.
type Course = (String, String, Option<Relation>, bool);

/// Places and sizes that all panels share.
pub struct Scene {
    places: BTreeMap<String, Point>,
    bends: BTreeMap<Course, f64>,
    sizes: Sizes,
    /// Statements of the most active actor in any panel.
    most: u32,
}

/// The actors with most statements.
pub fn most_active(network: &Network, most: usize) -> BTreeSet<String> {
    let mut actors: Vec<(Reverse<u32>, &str)> =
        network.graph.node_weights().map(|a| (Reverse(a.statements), a.name.as_str())).collect();
    actors.sort();
    actors.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}

/// Keeps these actors and the lines between them.
pub fn keep(picture: &mut Picture, actors: &BTreeSet<String>) {
    let mut new: Vec<Option<usize>> = Vec::with_capacity(picture.marks.len());
    let mut next = 0;
    for mark in &picture.marks {
        let kept = actors.contains(&mark.id);
        new.push(kept.then_some(next));
        next += usize::from(kept);
    }
    picture.marks.retain(|mark| actors.contains(&mark.id));
    picture.hidden.clear();
    picture.lines.retain_mut(|line| match (new[line.from], new[line.to]) {
        (Some(from), Some(to)) => {
            (line.from, line.to) = (from, to);
            true
        }
        _ => false,
    });
    for bloc in &mut picture.blocs {
        bloc.members = bloc.members.iter().filter_map(|&i| new[i]).collect();
    }
}

fn course(picture: &Picture, line: &super::super::super::picture::Line) -> Course {
    let id = |mark: usize| picture.marks[mark].id.clone();
    (id(line.from), id(line.to), line.relation, line.withheld)
}

impl Scene {
    /// Lays all actors out for panels like `cell`.
    pub fn new(
        network: &Network,
        blocs: Option<&Blocs>,
        panels: &[Panel],
        options: &DiagramOptions,
        (cell, unit, effort): (Rect, f64, Effort),
    ) -> Result<Self> {
        let (wide, high) = (2.0 * cell.half.x, 2.0 * cell.half.y);
        let scale = (LAID_OUT * unit / wide).max(1.0);
        let unnamed = DiagramOptions { bloc_names: Vec::new(), ..options.clone() };
        let mut picture = Picture::new(network, blocs, &unnamed, scale * wide, scale * high)?;
        keep(&mut picture, &most_active(network, super::MOST_ACTORS));
        let placed = layout(&picture.graph(scale * wide, scale * high, options.seed, effort));
        let ids = picture.marks.iter().map(|mark| mark.id.clone());
        let bends = picture.lines.iter().zip(&placed.bends).map(|(line, &bend)| (course(&picture, line), bend));
        let line = (wide / (330.0 * unit)).clamp(0.55, 1.2) * unit;
        let radius = (picture.sizes.radius / scale).clamp(2.4 * unit, 8.5 * unit);
        let sizes = Sizes {
            page: 0.55 * unit,
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
            places: ids.zip(placed.positions.iter().map(|&p| p * (1.0 / scale))).collect(),
            sizes,
            most: statements.max().unwrap_or(1).max(1),
        })
    }

    /// What a panel shows, and where.
    pub fn panel(
        &self,
        panel: &Panel,
        blocs: &Blocs,
        options: &DiagramOptions,
        cell: Rect,
    ) -> Result<(Picture, Layout)> {
        // Who is highlighted may be absent in a window.
        let plain = DiagramOptions { highlight: Vec::new(), ..options.clone() };
        let mut picture = Picture::new(&panel.network, Some(blocs), &plain, 2.0 * cell.half.x, 2.0 * cell.half.y)?;
        keep(&mut picture, &self.places.keys().cloned().collect());
        picture.sizes = self.sizes;
        let corner = cell.center - cell.half;
        let mut placed = Layout::default();
        for mark in &mut picture.marks {
            let statements = match mark.what {
                super::super::super::picture::What::Actor(node) => panel.network.graph[node].statements,
                _ => 1,
            };
            let share = f64::from(statements) / f64::from(self.most);
            mark.radius = self.sizes.radius * (0.72 + 0.55 * share.min(1.0).sqrt());
            mark.light = true;
            mark.labels = vec![vec![shorten(&mark.name, self.sizes.label, mark.weight(), 12.0 * self.sizes.label)]];
            let at = self.places.get(&mark.id).copied().unwrap_or_default();
            placed.positions.push(corner + at);
        }
        placed.bends =
            picture.lines.iter().map(|line| self.bends.get(&course(&picture, line)).copied().unwrap_or(0.0)).collect();
        placed.labels = self.labels(&picture, &placed, cell);
        Ok((picture, placed))
    }

    /// Names for as many as there is room for, the most active first; first where they cover no line either.
    fn labels(&self, picture: &Picture, placed: &Layout, cell: Rect) -> Vec<Option<Label>> {
        let size = self.sizes.label;
        let boxes: Vec<Rect> = picture
            .marks
            .iter()
            .zip(&placed.positions)
            .map(|(mark, &at)| {
                let half = mark.shape.half(mark.radius) + self.sizes.page;
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
        order.sort_by(|&a, &b| picture.marks[b].radius.total_cmp(&picture.marks[a].radius).then(a.cmp(&b)));
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
                    bounds: cell.grow(0.6 * size),
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
        let here: BTreeSet<&str> = picture.marks.iter().map(|mark| mark.id.as_str()).collect();
        let corner = cell.center - cell.half;
        canvas.open(&[("class", &"absent"), ("aria-hidden", &"true")], None);
        for (_, &at) in self.places.iter().filter(|(id, _)| !here.contains(id.as_str())) {
            canvas.disc(corner + at, 0.5 * self.sizes.radius, canvas.palette.rule)?;
        }
        canvas.close();
        Ok(())
    }
}
