// Names that the picture had no room for, as soon as there is: closer, and of what is lit.
//
// In: marks without a name in the picture, the view, what is lit. Out: a layer of names over the picture, anew for each
// view. Never here: names that the picture has (labels); the picture that is saved.
const names = (() => {
  "use strict";

  const SIZE = 11;
  const MOST = 150;
  const SVG = "http://www.w3.org/2000/svg";
  const layer = document.createElementNS(SVG, "g");
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${SIZE}px sans-serif`;
  let unnamed = null;
  let lit = new Set();
  let scale = 1;
  let waiting = 0;

  /** Marks without a name: middle, reach and words. */
  const measure = () => [...picture.marks.values()].filter((mark) => zoom.over || !mark.labels.length).map((mark) => {
    const b = mark.node.getBBox();
    const text = words.plain(mark.node.dataset.name);
    return { node: mark.node, named: mark.labels.length > 0, x: b.x + b.width / 2, y: b.y + b.height / 2, reach: b.width / 2, text, wide: pen.measureText(text).width, weight: picture.weight(mark.pick) };
  }).sort((a, b) => b.weight - a.weight);

  const draw = () => {
    layer.replaceChildren();
    if (state.now.tab !== "network" || !zoom.view() || (!state.now.view && !lit.size)) return;
    unnamed ??= measure();
    const [cx, cy, wide] = zoom.view();
    const high = (wide * zoom.svg.clientHeight) / zoom.svg.clientWidth;
    const size = SIZE / scale;
    // Over a large picture all that is lit is named here, for its names fade with it.
    const taken = zoom.over && lit.size ? [] : labels.boxes();
    const [left, right] = [cx - wide / 2, cx + wide / 2];
    const hits = ([l, t, r, b]) => l < left || r > right || taken.some((k) => l < k[2] && r > k[0] && t < k[3] && b > k[1]);
    let n = 0;
    for (const mark of unnamed) {
      if (Math.abs(mark.x - cx) > wide / 2 || Math.abs(mark.y - cy) > high / 2) continue;
      if (lit.size ? !lit.has(mark.node) : mark.named || mark.node.classList.contains("off")) continue;
      const length = mark.wide / scale;
      const gap = mark.reach + 0.3 * size;
      const side = [1, -1].find((way) => !hits([way > 0 ? mark.x + gap : mark.x - gap - length, mark.y - 0.6 * size, way > 0 ? mark.x + gap + length : mark.x - gap, mark.y + 0.6 * size]));
      if (!side) continue;
      const text = document.createElementNS(SVG, "text");
      const put = { x: mark.x + side * gap, y: mark.y, dy: "0.35em", "text-anchor": side > 0 ? "start" : "end", "font-size": size };
      for (const [name, value] of Object.entries(put)) text.setAttribute(name, value);
      text.textContent = mark.text;
      layer.append(text);
      taken.push([side > 0 ? mark.x : mark.x - gap - length, mark.y - 0.6 * size, side > 0 ? mark.x + gap + length : mark.x, mark.y + 0.6 * size]);
      if (++n === MOST) return;
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  };

  const begin = () => {
    if (!zoom.over && [...picture.marks.values()].every((mark) => mark.labels.length)) return;
    layer.setAttribute("class", "names");
    layer.setAttribute("aria-hidden", "true");
    (zoom.over ?? zoom.svg).append(layer);
    zoom.listen((next) => {
      layer.replaceChildren();
      scale = next;
      soon();
    });
    state.listen((keys) => filter.KEYS.some((key) => keys.has(key)) && soon());
  };

  return { begin, again: (groups) => { lit = groups; soon(); } };
})();
