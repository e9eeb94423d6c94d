// Moving about in the picture: wheel, fingers, keys, buttons.
//
// In: what the reader does; the state's view (middle and width, in units of the picture). Out: the picture's viewBox.
// Never here: what is in the picture.
const zoom = (() => {
  "use strict";

  const SLACK = 4;
  const CLOSEST = 40;
  const LARGE = 5000;
  const SETTLED = 160;
  const box = document.getElementById("x-picture");
  const svg = box.querySelector("svg");
  /** A picture of tens of thousands of lines is painted as seldom as can be: what is lit stands in a second picture over it, and
   * while it moves, it moves as it was painted. */
  const over = svg.querySelectorAll("*").length > LARGE ? document.createElementNS("http://www.w3.org/2000/svg", "svg") : null;
  over?.setAttribute("class", "over");
  over?.setAttribute("aria-hidden", "true");
  const listeners = [];
  /** Those that change what is painted: called when it is painted anew. */
  const painters = [];
  let scene = null;
  let drawn = null;
  let dragged = false;

  /** All that is drawn but the words around it; null while it cannot be measured, being hidden. */
  const measure = () => {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ["blocs", "ties", "actors", "labels", "bloc-names"]) {
      const part = svg.getElementById(id)?.getBBox();
      if (!part || (!part.width && !part.height)) continue;
      [left, top] = [Math.min(left, part.x), Math.min(top, part.y)];
      [right, bottom] = [Math.max(right, part.x + part.width), Math.max(bottom, part.y + part.height)];
    }
    return left < right ? { x: left, y: top, w: right - left, h: bottom - top } : null;
  };

  const size = () => ({ w: box.clientWidth, h: box.clientHeight });

  /** Middle and width at which all is seen. */
  const whole = () => {
    const { w, h } = size();
    const margin = 1.04;
    return [scene.x + scene.w / 2, scene.y + scene.h / 2, margin * Math.max(scene.w, (scene.h * w) / h)];
  };

  let painted = null;
  let settling = 0;
  const both = over ? [svg, over] : [svg];
  const paint = (view) => {
    painted = view;
    for (const one of both) {
      one.setAttribute("viewBox", view.join(" "));
      one.style.transform = "";
    }
    painters.forEach((painter) => painter(size().w / view[2]));
  };
  const show = (view, w) => {
    clearTimeout(settling);
    const shape = (of) => of[3] / of[2];
    if (!over || !painted || Math.abs(shape(painted) - shape(view)) > 0.001) return paint(view);
    const scale = w / view[2];
    const transform = `translate(${(painted[0] - view[0]) * scale}px, ${(painted[1] - view[1]) * scale}px) scale(${painted[2] / view[2]})`;
    both.forEach((one) => (one.style.transform = transform));
    // Out of sight it waits until it is drawn again.
    settling = setTimeout(() => state.now.tab === "network" && paint(view), SETTLED);
  };

  const draw = () => {
    // Out of sight it has no size, and to ask for it would lay out the page.
    if (state.now.tab !== "network") return;
    const { w, h } = size();
    if (!w || !h) return;
    scene ??= measure();
    if (!scene) return;
    const [x, y, width] = (drawn = state.now.view ?? whole());
    const height = (width * h) / w;
    show([x - width / 2, y - height / 2, width, height], w);
    // At its whole a finger scrolls the page past the picture; closer, it moves the picture.
    box.style.touchAction = state.now.view ? "none" : "pan-y";
    listeners.forEach((listener) => listener(w / width));
  };

  const to = (x, y, width) => {
    const most = whole()[2];
    if (width >= most * 0.999) return state.set({ view: null });
    const inside = (value, low, length) => Math.min(low + length, Math.max(low, value));
    state.set({ view: [inside(x, scene.x, scene.w), inside(y, scene.y, scene.h), Math.max(width, most / CLOSEST)] });
  };

  /** Zooms by a factor around a point of the screen, which stays in its place. */
  const by = (factor, clientX, clientY) => {
    if (!drawn) return;
    const { left, top, width, height } = box.getBoundingClientRect();
    const [x, y, w] = drawn;
    const next = Math.max(w / factor, whole()[2] / CLOSEST);
    const [u, v] = [(clientX ?? left + width / 2) - left - width / 2, (clientY ?? top + height / 2) - top - height / 2];
    to(x + (u / width) * (w - next), y + ((v / width) * (w - next)), next);
  };

  const pan = (dx, dy) => {
    if (!drawn) return;
    const scale = drawn[2] / size().w;
    to(drawn[0] - dx * scale, drawn[1] - dy * scale, drawn[2]);
  };

  /** Brings a box of the picture into view where it is not. */
  const reveal = (part) => {
    if (!drawn || !part || !state.now.view) return;
    const { w, h } = size();
    const [x, y, width] = drawn;
    const height = (width * h) / w;
    const [px, py] = [part.x + part.width / 2, part.y + part.height / 2];
    if (Math.abs(px - x) > 0.46 * width || Math.abs(py - y) > 0.46 * height) to(px, py, width);
  };

  const fingers = () => {
    const down = new Map();
    const middle = () => {
      const all = [...down.values()];
      const [x, y] = [0, 1].map((k) => all.reduce((sum, p) => sum + p[k], 0) / all.length);
      return { x, y, far: all.length > 1 ? Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]) : 0 };
    };
    let last = null;
    let begun = null;
    box.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button) return;
      down.set(event.pointerId, [event.clientX, event.clientY]);
      last = middle();
      if (down.size === 1) [dragged, begun] = [false, [event.clientX, event.clientY]];
    });
    box.addEventListener("pointermove", (event) => {
      if (!down.has(event.pointerId)) return;
      down.set(event.pointerId, [event.clientX, event.clientY]);
      if (!dragged && down.size === 1 && Math.hypot(event.clientX - begun[0], event.clientY - begun[1]) < SLACK) return;
      if (!dragged) box.setPointerCapture(event.pointerId);
      dragged = true;
      box.classList.add("moving");
      const next = middle();
      if (down.size > 1 && last.far && next.far) by(next.far / last.far, next.x, next.y);
      pan(next.x - last.x, next.y - last.y);
      last = next;
    });
    const up = (event) => {
      down.delete(event.pointerId);
      if (down.size) last = middle();
      else box.classList.remove("moving");
    };
    box.addEventListener("pointerup", up);
    box.addEventListener("pointercancel", up);
  };

  const begin = () => {
    if (over) box.append(over);
    box.addEventListener("wheel", (event) => {
      event.preventDefault();
      const unit = event.deltaMode ? 30 : 1;
      by(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
    }, { passive: false });
    fingers();
    const on = (id, action) => document.getElementById(id).addEventListener("click", action);
    on("x-in", () => by(1.5));
    on("x-out", () => by(1 / 1.5));
    on("x-fit", () => state.set({ view: null }));
    box.addEventListener("keydown", (event) => {
      const step = 60;
      const move = event.shiftKey && { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (move) pan(...move);
      else if (event.key === "+" || event.key === "=") by(1.5);
      else if (event.key === "-") by(1 / 1.5);
      else if (event.key === "0") state.set({ view: null });
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    let waiting = 0;
    const soon = () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(draw);
    };
    new ResizeObserver(soon).observe(box);
    state.listen((keys) => {
      if (keys.has("tab")) soon();
      else if (keys.has("view")) draw();
    });
  };

  return { begin, reveal, wasDrag: () => dragged, listen: (listener) => listeners.push(listener), paints: (painter) => painters.push(painter), scene: () => scene, view: () => drawn, svg, over };
})();
