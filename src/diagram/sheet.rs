//! A page of the network: what is on it, where, and how large.
//!
//! In: a network and a page. Out: the page laid out, which may lack labels, and the finished drawing. Never here: what to
//! do when there is no room.

use super::canvas::Canvas;
use super::frame::Frame;
use super::legend::Legend;
use super::picture::{Mark, Picture, What};
use super::style::unit_in_detail;
use super::{Captions, DiagramOptions, Places, blocs, lines, marks, overview, placement, words};
use crate::clusters::Blocs;
use crate::layout::geometry::{Point, Rect};
use crate::layout::{Effort, Graph, Layout, SMALL, layout};
use crate::network::Network;
use crate::{Error, Result};

/// A page with everything in its place.
#[derive(Debug)]
pub struct Sheet {
    page: Point,
    picture: Picture,
    frame: Frame,
    legend: Legend,
    room: Rect,
    placed: Layout,
}

impl Sheet {
    /// Lays a page of this size out, its marks and words smaller than usual by `detail`.
    pub fn new(
        network: &Network,
        blocs: Option<&Blocs>,
        options: &DiagramOptions,
        (page, detail): (Point, f64),
        effort: Effort,
    ) -> Result<Self> {
        let room = (page.x, 0.72 * page.y);
        let picture = match blocs {
            Some(blocs) if options.as_blocs(network) => overview::picture(network, blocs, options, room, detail),
            _ => Picture::in_detail(network, blocs, options, room, detail)?,
        };
        let Captions { title, subtitle, source, .. } = words_of(network, &picture, options);
        let unit = unit_in_detail(page.x, page.y, detail);
        let frame = Frame::with_unit(page, unit, &title, &subtitle, &source);
        let legend = Legend::new(&picture, frame.breadth());
        let room = frame.room(legend.height);
        let mut graph = picture.graph(2.0 * room.half.x, 2.0 * room.half.y, options.seed, effort);
        let corner = room.center - room.half;
        if let Some(places) = &options.places {
            pin(&mut graph, &picture, places, (page, corner))?;
        }
        let mut placed = layout(&graph);
        for p in &mut placed.positions {
            *p = *p + corner;
        }
        for label in placed.labels.iter_mut().flatten() {
            label.rect.center = label.rect.center + corner;
        }
        Ok(Self { page, picture, frame, legend, room, placed })
    }

    /// Whether all labels that should be there are.
    pub fn is_complete(&self) -> bool {
        self.picture.marks.len() > SMALL || self.placed.labels.iter().all(Option::is_some)
    }

    /// The error for a page on which labels find no room however small they are.
    pub fn too_small(&self) -> Error {
        let missing = self.placed.labels.iter().filter(|l| l.is_none()).count();
        Error::Usage(format!(
            "a page of {} x {} is too small for the labels of {} marks: {missing} find no room; try --width {} --height {}",
            self.page.x,
            self.page.y,
            self.picture.marks.len(),
            (1.5 * self.page.x).round(),
            (1.5 * self.page.y).round()
        ))
    }

    /// Draws it.
    pub fn svg(&self, network: &Network, options: &DiagramOptions) -> Result<String> {
        let Self { page, picture, frame, legend, room, placed } = self;
        let mut canvas = Canvas::new(page.x, page.y, options.text, options.font.as_deref(), options.theme);
        frame.draw_paper(&mut canvas)?;
        blocs::draw(&mut canvas, picture, placed, *room)?;
        lines::draw(&mut canvas, network, picture, placed)?;
        marks::draw(&mut canvas, network, picture, placed)?;
        blocs::draw_names(&mut canvas, picture, placed, *room)?;
        if picture.marks.is_empty() {
            frame.draw_note(&mut canvas, "No actors and no ties were found.", room.center)?;
        }
        frame.draw_words(&mut canvas)?;
        legend.draw(&mut canvas, frame.foot(legend.height), frame.breadth())?;
        Ok(frame.document(&words::description(network, picture), canvas))
    }

    /// All marks, and where they are.
    pub fn marks(&self) -> impl Iterator<Item = (&Mark, Point)> {
        self.picture.marks.iter().zip(self.placed.positions.iter().copied())
    }

    /// What stands around it.
    pub fn captions(&self, network: &Network, options: &DiagramOptions) -> Captions {
        words_of(network, &self.picture, options)
    }

    /// Where everything in it lies, as JSON.
    pub fn layout(&self, network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<String> {
        placement::to_json(network, blocs, &self.picture, &self.placed, (self.page, options.seed))
    }
}

/// What stands around a picture.
fn words_of(network: &Network, picture: &Picture, options: &DiagramOptions) -> Captions {
    let marked = picture.marks.iter().filter_map(|mark| match mark.what {
        What::Bloc(number) => Some((number, mark.name.clone())),
        _ => None,
    });
    Captions {
        title: words::title(picture, options),
        subtitle: words::subtitle(network, picture, options),
        source: options.source_line.clone().unwrap_or_else(|| words::source(network)),
        blocs: picture.blocs.iter().map(|bloc| (bloc.number, bloc.name.clone())).chain(marked).collect(),
    }
}

/// Gives marks their places from an earlier picture, moved into the room where that was larger.
fn pin(graph: &mut Graph, picture: &Picture, places: &Places, (page, corner): (Point, Point)) -> Result<()> {
    let mut found = false;
    for (node, mark) in graph.nodes.iter_mut().zip(&picture.marks) {
        if let Some(at) = places.of(mark.what, &mark.id, page) {
            let at = at - corner;
            node.at = Some(Point::new(at.x.clamp(0.0, graph.width), at.y.clamp(0.0, graph.height)));
            found = true;
        }
    }
    if found || graph.nodes.is_empty() {
        return Ok(());
    }
    Err(Error::Usage("the layout has places for none of the actors here; is it that of another network?".to_owned()))
}
