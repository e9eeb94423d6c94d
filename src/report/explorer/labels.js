// Names stay readable when the whole picture is small, as on a phone.
//
// In: the scale of the picture on the screen. Out: names grown to a readable size, the lesser ones hidden where there is
// no room for all. Never here: names at a scale at which they can be read as they were drawn.
const labels = (() => {
  "use strict";

  const READABLE = 9.5;
  const MOST = 4;
  let all = null;
  let marks = [];
  let grown = false;
  let kept = [];
  let scale = 1;
  let lit = new Set();

  /** Boxes and anchors, measured once: a name grows away from its mark. */
  const measure = () => {
    const rows = [];
    const size = (node) => Number(node.querySelector("text")?.getAttribute("font-size")) || 0;
    for (const area of picture.areas) {
      if (!area.node.classList.contains("bloc-name")) continue;
      const b = area.node.getBBox();
      rows.push({ node: area.node, box: b, size: size(area.node), x: b.x + b.width / 2, y: b.y + b.height / 2, weight: Infinity });
    }
    for (const mark of picture.marks.values()) {
      const m = mark.node.getBBox();
      const core = { x: m.x + 0.2 * m.width, y: m.y + 0.2 * m.height, width: 0.6 * m.width, height: 0.6 * m.height };
      const [mx, my] = [m.x + m.width / 2, m.y + m.height / 2];
      for (const node of mark.labels) {
        const b = node.getBBox();
        const near = (value, low, length) => Math.min(low + length, Math.max(low, value));
        const weight = picture.weight(mark.pick);
        if (node === mark.labels[0]) marks.push({ box: core, weight });
        rows.push({ node, box: b, size: size(node), x: near(mx, b.x, b.width), y: near(my, b.y, b.height), weight });
      }
    }
    return rows.sort((a, b) => b.weight - a.weight);
  };

  const fit = () => {
    all ??= measure();
    const least = Math.min(...all.map((row) => row.size));
    if (!all.length || least * scale >= READABLE) {
      if (grown) all.forEach(({ node }) => { node.removeAttribute("transform"); node.classList.remove("crowded"); });
      grown = false;
      return;
    }
    grown = true;
    const scene = zoom.scene();
    const [middle, , breadth] = zoom.view();
    const low = Math.min(scene.x, middle - breadth / 2);
    const high = Math.max(scene.x + scene.w, middle + breadth / 2);
    kept = [];
    const covers = (box, left, top, right, bottom) => left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
    for (const row of lit.size ? all.filter((one) => !lit.has(one.node)) : []) row.node.classList.toggle("crowded", row.weight !== Infinity);
    for (const row of lit.size ? all.filter((one) => lit.has(one.node) || one.weight === Infinity).sort((a, b) => lit.has(b.node) - lit.has(a.node)) : all) {
      const factor = Math.min(MOST, Math.max(1, READABLE / (row.size * scale)));
      const { box } = row;
      const width = box.width * factor;
      let left = row.x + (box.x - row.x) * factor;
      const shift = Math.max(low - left, 0) || Math.min(high - left - width, 0);
      left += shift;
      const top = row.y + (box.y - row.y) * factor;
      const [right, bottom] = [left + width, top + box.height * factor];
      const crowded = kept.some((k) => left < k[2] && right > k[0] && top < k[3] && bottom > k[1])
        || (Number.isFinite(row.weight) && !lit.size && marks.some((mark) => 2 * mark.weight >= row.weight && covers(mark.box, left, top, right, bottom)));
      row.node.classList.toggle("crowded", crowded);
      if (factor > 1) row.node.setAttribute("transform", `translate(${row.x + shift} ${row.y}) scale(${factor}) translate(${-row.x} ${-row.y})`);
      else row.node.removeAttribute("transform");
      if (!crowded) kept.push([left, top, right, bottom]);
    }
  };

  /** Anew where other groups are lit: only their names are seen then. */
  const again = (groups) => {
    lit = groups;
    if (grown) fit();
  };
  const begin = () => zoom.paints((next) => {
    scale = next;
    fit();
  });

  /** Where the names that are seen stand: left, top, right, bottom. */
  const boxes = () => (grown ? [...kept] : (all ?? []).map(({ box }) => [box.x, box.y, box.x + box.width, box.y + box.height]));

  return { begin, again, boxes };
})();
