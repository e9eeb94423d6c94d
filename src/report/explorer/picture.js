// The picture answers: clicks and keys open cards, hovering shows neighbours, what does not pass the filters fades.
//
// In: the SVG of the page, the state. Out: classes on its groups. Never here: drawing.
const picture = (() => {
  "use strict";

  const svg = zoom.svg;
  const box = document.getElementById("x-picture");
  /** The picture as it came, for saving; before anything is changed in it. */
  const original = new XMLSerializer().serializeToString(svg);
  const marks = new Map();
  const ties = [];
  const areas = [];
  const byElement = new WeakMap();
  let lit = new Set();
  let hovered = null;

  /** A large picture is painted anew after the evidence stands, and not under a moving pointer. */
  const large = Boolean(zoom.over);
  const after = (action) => (large ? words.painted(action) : action());
  const REST = large ? 90 : 0;

  const key = (pick) => `${pick.kind}:${pick.id}`;

  /** Marks, labels, names and areas of blocs, by what they stand for. */
  const readMarks = () => {
    const byName = new Map();
    const numbers = new Map();
    for (const node of svg.querySelectorAll("#actors > g")) {
      const name = node.dataset.name;
      const id = node.dataset.id || name;
      const kind = node.classList.contains("matter") ? "matter" : node.classList.contains("group") ? "bloc" : "actor";
      const found = kind === "actor" ? data.actor(id) : kind === "matter" ? data.matterNamed(id) : data.blocNamed(name);
      if (found === undefined) continue;
      if (kind === "actor" && node.dataset.bloc && data.actors[found].bloc !== null) numbers.set(node.dataset.bloc, data.actors[found].bloc);
      const pick = { kind, id: found };
      const mark = { pick, node, labels: [], ties: [] };
      marks.set(key(pick), mark);
      byName.set(name, mark);
      byElement.set(node, pick);
    }
    for (const label of svg.querySelectorAll("#labels > .label")) {
      const mark = byName.get(label.dataset.name);
      if (!mark) continue;
      mark.labels.push(label);
      byElement.set(label, mark.pick);
    }
    const bloc = (node, id) => {
      if (id === undefined || !data.blocs[id]) return;
      areas.push({ node, id });
      byElement.set(node, { kind: "bloc", id });
    };
    for (const area of svg.querySelectorAll("#blocs > .bloc")) bloc(area, numbers.get(area.id.replace("bloc-", "")));
    for (const name of svg.querySelectorAll("#bloc-names > .bloc-name")) {
      const title = name.querySelector("title")?.textContent ?? "";
      bloc(name, numbers.get(name.dataset.bloc) ?? data.blocs.findIndex((b) => title.startsWith(`${b.name} (`)));
    }
    return byName;
  };

  /** Statements behind a line, and what a click on it opens. */
  const behind = (from, to, relation, withheld) => {
    if (relation === "concerns") {
      const statements = data.byMatter[from.id].filter((i) => data.stand[i] === from.id && data.ends.of(i).includes(to.id));
      return { statements, pick: { kind: "matter", id: from.id } };
    }
    if (from.kind === "bloc") {
      const inside = (a, b) => (tie) => tie.relation === relation && data.actors[tie.from].bloc === a && data.actors[tie.to].bloc === b;
      return { statements: data.ties.filter(inside(from.id, to.id)).flatMap((tie) => tie.statements), pick: { kind: "between", from: from.id, to: to.id, relation } };
    }
    if (to.kind === "matter") {
      return { statements: data.standing(from.id, to.id, relation), pick: { kind: "stand", actor: from.id, matter: to.id, relation } };
    }
    const tie = data.tie(from.id, relation, to.id);
    if (tie === undefined) return null;
    const own = data.ties[tie].statements.filter((i) => (data.relation[i] === 3) === withheld);
    return { statements: own.length ? own : data.ties[tie].statements, pick: { kind: "tie", id: tie } };
  };

  const readTies = (byName) => {
    for (const node of svg.querySelectorAll("#ties > .tie")) {
      const [from, to] = [byName.get(node.dataset.source), byName.get(node.dataset.target)];
      if (!from || !to) continue;
      const found = behind(from.pick, to.pick, node.dataset.relation, node.classList.contains("withheld"));
      if (!found) continue;
      const tie = { node, from, to, ...found };
      ties.push(tie);
      from.ties.push(tie);
      to.ties.push(tie);
      byElement.set(node, tie.pick);
    }
  };

  const groupOf = (node) => node?.closest?.("#actors > g, #labels > g, #ties > g, #blocs > g, #bloc-names > g");

  /** What lies under a point: marks before lines before areas; a line also where the point is beside it. */
  const under = (x, y, reach) => {
    const direct = groupOf(document.elementFromPoint(x, y));
    const pick = direct && svg.contains(direct) ? byElement.get(direct) : null;
    if (pick && direct.parentNode.id !== "blocs") return { pick, node: direct };
    // Rings so close that no line slips through, not even between its dashes.
    // In a large picture, where each question takes long, half as close.
    const step = large ? 4 : 2;
    for (let radius = step; radius <= reach; radius += step) {
      const points = (8 * radius) / step;
      for (let k = 0; k < points; k++) {
        const angle = (2 * k * Math.PI) / points;
        const node = groupOf(document.elementFromPoint(x + radius * Math.cos(angle), y + radius * Math.sin(angle)));
        const near = node && svg.contains(node) && node.parentNode.id !== "blocs" ? byElement.get(node) : null;
        if (near) return { pick: near, node };
      }
    }
    return pick ? { pick, node: direct } : null;
  };

  /** The groups that belong to a pick: itself, its ties, its neighbours. */
  const around = (pick, node) => {
    const near = new Set();
    const addMark = (mark) => mark && [mark.node, ...mark.labels].forEach((part) => near.add(part));
    const addTie = (tie) => {
      near.add(tie.node);
      addMark(tie.from);
      addMark(tie.to);
    };
    if (pick.kind === "actor" || pick.kind === "matter") {
      const mark = marks.get(key(pick));
      addMark(mark);
      mark?.ties.forEach(addTie);
    } else if (pick.kind === "bloc") {
      const members = new Set(data.blocs[pick.id].members);
      areas.filter((area) => area.id === pick.id).forEach((area) => near.add(area.node));
      members.forEach((id) => addMark(marks.get(`actor:${id}`)));
      ties.filter((tie) => tie.from.pick.kind === "actor" && tie.to.pick.kind === "actor" && members.has(tie.from.pick.id) && members.has(tie.to.pick.id)).forEach(addTie);
      const mark = marks.get(key(pick));
      addMark(mark);
      mark?.ties.forEach(addTie);
    } else {
      const wanted = new Set(pick.kind === "statement" ? [pick.id] : pick.kind === "tie" ? data.ties[pick.id].statements : pick.kind === "stand" ? data.standing(pick.actor, pick.matter, pick.relation) : []);
      const exact = ties.filter((tie) => (node ? tie.node === node : same(tie.pick, pick)));
      const lines = exact.length ? exact : ties.filter((tie) => tie.pick.kind !== "matter" && tie.statements.some((i) => wanted.has(i)));
      lines.forEach(addTie);
      if (pick.kind === "tie") [data.ties[pick.id].from, data.ties[pick.id].to].forEach((id) => addMark(marks.get(`actor:${id}`)));
    }
    return near;
  };
  const same = (a, b) => a.kind === b.kind && Object.keys(a).every((k) => a[k] === b[k]);

  const light = () => {
    const pick = hovered?.pick ?? state.now.pick;
    const next = pick ? around(pick, hovered && hovered.node.parentNode.id === "ties" ? hovered.node : null) : new Set();
    if (large) bring(next);
    else {
      for (const node of lit) if (!next.has(node)) node.classList.remove("lit");
      for (const node of next) node.classList.add("lit");
      labels.again(next);
    }
    lit = next;
    svg.classList.toggle("focus", next.size > 0);
    names.again(next);
  };

  const copies = document.createElementNS("http://www.w3.org/2000/svg", "g");
  copies.setAttribute("stroke-linejoin", "round");
  /** Copies of what is lit, over a large picture that fades as a whole. Its names are written by `names`. */
  const bring = (next) => {
    const ORDER = ["blocs", "ties", "actors"];
    const place = (node) => ORDER.indexOf(node.parentNode.id);
    copies.classList.toggle("many", next.size > 400);
    copies.replaceChildren(...[...next].filter((node) => place(node) >= 0).sort((a, b) => place(a) - place(b)).map((node) => {
      const copy = node.cloneNode(true);
      ["id", "role", "tabindex", "aria-label"].forEach((name) => copy.removeAttribute(name));
      copy.querySelector("title")?.remove();
      return copy;
    }));
  };

  const fade = () => {
    const active = filter.isActive();
    const off = (nodes, on) => nodes.forEach((node) => node.classList.toggle("off", active && !on));
    const has = ({ kind, id }) => kind === "actor" ? filter.counts.actors[id] > 0 : kind === "matter" ? filter.counts.matters[id] > 0 : data.blocs[id].members.some((a) => filter.counts.actors[a] > 0);
    for (const mark of marks.values()) off([mark.node, ...mark.labels], has(mark.pick));
    for (const tie of ties) off([tie.node], tie.statements.some((i) => filter.passes[i]));
    for (const area of areas) off([area.node], has({ kind: "bloc", id: area.id }));
    if (large && lit.size) bring(lit);
  };

  /** One stop of the tab key; arrows go on to the nearest mark that way. */
  const keys = () => {
    const all = [...[...marks.values()].map((mark) => ({ node: mark.node, pick: mark.pick })), ...areas.filter((a) => a.node.classList.contains("bloc")).map((a) => ({ node: a.node, pick: { kind: "bloc", id: a.id } }))];
    if (!all.length) return;
    const ring = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ring.setAttribute("class", "ring");
    (zoom.over ?? svg).append(ring);
    const stops = new Map(all.map((stop) => [stop.node, stop]));
    for (const { node } of all) {
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "-1");
      node.setAttribute("aria-label", words.plain((node.querySelector("title")?.textContent ?? "").split("\n").slice(0, 2).join(", ")));
    }
    // The first stop is the mark of most statements.
    const first = (stop) => (stop.node.parentNode.id === "actors" ? weight(stop.pick) : -1);
    let current = all.reduce((a, b) => (first(b) > first(a) ? b : a));
    current.node.setAttribute("tabindex", "0");
    const middle = (node) => {
      const b = node.getBBox();
      return [b.x + b.width / 2, b.y + b.height / 2];
    };
    const go = (stop) => {
      current.node.setAttribute("tabindex", "-1");
      current = stop;
      current.node.setAttribute("tabindex", "0");
      current.node.focus({ preventScroll: true });
    };
    // On the box: an SVG that listens for focus takes it itself.
    box.addEventListener("focusin", (event) => {
      const stop = stops.get(event.target);
      if (!stop) return;
      if (stop !== current) {
        current.node.setAttribute("tabindex", "-1");
        (current = stop).node.setAttribute("tabindex", "0");
      }
      const b = stop.node.getBBox();
      const margin = 0.004 * (zoom.view()?.[2] ?? 24000);
      const put = { x: b.x - margin, y: b.y - margin, width: b.width + 2 * margin, height: b.height + 2 * margin };
      for (const [name, value] of Object.entries(put)) ring.setAttribute(name, value);
      ring.classList.toggle("on", stop.node.matches(":focus-visible"));
      if (stop.node.matches(":focus-visible")) {
        zoom.reveal(b);
        hover({ pick: stop.pick, node: stop.node });
      }
    });
    box.addEventListener("focusout", () => {
      ring.classList.remove("on");
      hover(null);
    });
    svg.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        cards.open(current.pick, event);
        return;
      }
      if (event.key === "Escape") return hover(null);
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way || event.shiftKey) return;
      event.preventDefault();
      const [x, y] = middle(current.node);
      let best = null;
      for (const stop of all) {
        if (stop === current || stop.node.classList.contains("off")) continue;
        const [u, v] = middle(stop.node);
        const along = (u - x) * way[0] + (v - y) * way[1];
        const across = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
        if (along <= 0) continue;
        const cost = along + 2 * across;
        if (!best || cost < best.cost) best = { cost, stop };
      }
      if (best) go(best.stop);
    });
  };
  const weight = (pick) => (pick.kind === "actor" ? data.actors[pick.id].statements : pick.kind === "matter" ? data.byMatter[pick.id].length : Infinity);

  const hover = (found) => {
    if (hovered?.node === found?.node) return;
    hovered = found;
    light();
  };

  const pointer = () => {
    let waiting = 0;
    svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const found = under(event.clientX, event.clientY, 4);
        box.classList.toggle("hand", Boolean(found));
        hover(found && found.pick.kind !== "bloc" ? found : null);
      }, REST);
    });
    svg.addEventListener("pointerleave", () => {
      clearTimeout(waiting);
      hover(null);
    });
    svg.addEventListener("click", (event) => {
      if (zoom.wasDrag()) return;
      const found = under(event.clientX, event.clientY, event.pointerType === "touch" ? 12 : 8);
      if (found) cards.open(found.pick, event.pointerType ? null : event);
      else if (state.now.pick) state.set({ pick: null }, true);
    });
  };

  const begin = () => {
    svg.setAttribute("role", "group");
    svg.removeAttribute("aria-labelledby");
    svg.setAttribute("aria-label", "Picture of the network. Arrow keys go from mark to mark, Enter opens the evidence, plus and minus zoom, 0 shows all.");
    svg.querySelector(":scope > title")?.remove();
    svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
    ["width", "height"].forEach((side) => svg.removeAttribute(side));
    [svg, box.parentNode].forEach((node) => node.classList.toggle("large", large));
    zoom.over?.append(copies);
    readTies(readMarks());
    keys();
    pointer();
    state.listen((changed) => {
      if (filter.KEYS.some((k) => changed.has(k))) after(fade);
      if (changed.has("pick")) {
        hovered = null;
        after(light);
        const mark = state.now.pick && marks.get(key(state.now.pick));
        if (mark && state.now.tab === "network") zoom.reveal(mark.node.getBBox());
      }
    });
  };

  const PARTS = "#actors > g, #labels > g, #ties > g, #blocs > g, #bloc-names > g";
  /** For each group of the picture, in its order, whether it is faint now. */
  const faint = () => [...svg.querySelectorAll(PARTS)].map((node) => node.classList.contains("off") || (lit.size > 0 && node.parentNode.id !== "blocs" && !lit.has(node)));

  return { begin, original, faint, weight, PARTS, marks, areas };
})();
