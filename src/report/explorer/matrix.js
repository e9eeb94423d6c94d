// Who stands where on what, as a table: actors by matters, or actors by actors.
//
// In: statements that pass the filters. Out: a table whose cells open the evidence. Never here: more rows and columns
// than can be read; those with most statements are taken, and the reader is told.
const matrix = (() => {
  "use strict";

  const { el } = words;
  const MOST_ROWS = 80;
  const MOST_COLUMNS = 40;
  const [AT_ONCE, LATER] = [18, 14];
  const box = document.getElementById("x-matrix");
  let stale = true;

  /** Actors with statements that pass, by bloc, most first. */
  const actorsShown = () => {
    const all = data.actors.map((actor, id) => ({ id, bloc: actor.bloc ?? data.blocs.length, n: filter.counts.actors[id] })).filter((row) => row.n);
    all.sort((a, b) => b.n - a.n || a.id - b.id);
    const rows = all.slice(0, MOST_ROWS).sort((a, b) => a.bloc - b.bloc || b.n - a.n || a.id - b.id);
    return { rows, all: all.length };
  };

  /** What the cells open: the cells have only its number, and one listener hears them all. */
  let picks = [];

  const cell = ([pro, contra, invited = 0, withheld = 0], label, pick) => {
    const kind = pro && contra ? "both" : pro ? "support" : contra ? "oppose" : "invite";
    const text = pro && contra ? `+${words.number(pro)} −${words.number(contra)}` : pro ? `+${words.number(pro)}` : contra ? `−${words.number(contra)}` : invited ? words.number(invited) : `×${words.number(withheld)}`;
    const strength = Math.min(3, Math.max(pro, contra, invited, withheld));
    return { kind: `cell ${kind} s${strength}`, label: `${label}: ${told(pro, contra, invited, withheld)}`, pick, text };
  };
  const told = (pro, contra, invited, withheld) => [pro && words.count(pro, "statement for", "statements for"), contra && words.count(contra, "statement against", "statements against"), invited && words.count(invited, "invitation", "invitations"), withheld && words.count(withheld, "invitation not made", "invitations not made")].filter(Boolean).join(", ");
  const td = (made) => {
    if (made === "self") return el("td", { class: "self" });
    return made ? el("td", {}, words.button({ class: made.kind, "aria-label": made.label, "data-pick": picks.push(made.pick) - 1 }, made.text)) : el("td");
  };

  /** Characters of a name; those of East Asian width count double, as those do already that are two units of a string. */
  const long = (name) => name.length + (name.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g)?.length ?? 0);
  /** Widths are told, so that the table need not be laid out to find them, nor again with each row. */
  const widths = (rows, columns) => {
    const name = Math.max(...rows.map((row) => long(row.name)));
    const cells = columns.map((_, k) => Math.max(2.3, ...rows.map((row) => 0.52 * (row.cells[k]?.text?.length ?? 0) + 0.6)));
    const first = Math.min(matchMedia("(max-width: 800px)").matches ? 10.5 : 16, Math.max(7, 0.5 * name + 2.2));
    return [first, ...cells];
  };

  const head = (corner, columns) => el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "corner" }, corner), columns.map((column) => el("th", { scope: "col" }, el("div", { "data-name": words.plain(column.textContent) }, column)))));
  /** Rows that are seen at first are made at once, the others after these are painted. */
  let later = null;
  const rest = () => later?.(Infinity);
  const frame = (caption, corner, columns, rows, note) => {
    let bloc = null;
    const body = el("tbody");
    const grow = (by) => {
      const lines = rows.splice(0, by).flatMap((row) => {
        const line = el("tr", {}, el("th", { scope: "row" }, quotes.actor(row.id)), row.cells.map(td));
        if (row.bloc === bloc) return [line];
        bloc = row.bloc;
        return [el("tr", { class: "blocrow" }, el("th", { scope: "rowgroup", colspan: columns.length + 1 }, data.blocs[bloc] ? quotes.bloc(bloc) : "In no bloc")), line];
      });
      body.append(...lines);
      if (!rows.length || later !== grow) return;
      words.painted(() => later === grow && grow(LATER));
    };
    const wide = widths(rows, columns);
    const table = el("table", { class: "matrix", style: `--wide:${wide.reduce((sum, width) => sum + width, 0)}` }, el("caption", { class: "unseen" }, caption),
      el("colgroup", {}, wide.map((width) => el("col", { style: `width:${width}rem` }))), head(corner, columns), body);
    later = grow;
    grow(AT_ONCE);
    return [note && el("p", { class: "note" }, note), el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": caption }, table)];
  };

  const byMatters = () => {
    const { rows, all } = actorsShown();
    const found = data.matters.map((_, id) => ({ id, n: filter.counts.matters[id] })).filter((row) => row.n).sort((a, b) => b.n - a.n || a.id - b.id);
    const columns = found.slice(0, MOST_COLUMNS);
    const place = new Map(columns.map((column, k) => [column.id, k]));
    const lines = rows.map((row) => {
      const cells = columns.map(() => null);
      for (const { matter, pro, contra } of standing.onMatters(row.id)) {
        if (!place.has(matter)) continue;
        const relation = pro >= contra ? "support" : "oppose";
        cells[place.get(matter)] = cell([pro, contra], `${words.plain(data.actors[row.id].name)} on ${words.plain(data.matters[matter].name)}`, { kind: "stand", actor: row.id, matter, relation });
      }
      return { ...row, name: data.actors[row.id].name, cells };
    }).filter((row) => row.cells.some(Boolean));
    if (!lines.length) return [el("p", { class: "note" }, "No stance on a matter passes the filters.")];
    const note = [all > MOST_ROWS && `The ${MOST_ROWS} actors of most statements, of ${words.number(all)}.`, found.length > MOST_COLUMNS && `The ${MOST_COLUMNS} matters of most statements, of ${words.number(found.length)}.`, (all > MOST_ROWS || found.length > MOST_COLUMNS) && "Filters show others."].filter(Boolean).join(" ");
    return frame("Actors by matters: statements for (+) and against (−)", "Actor", columns.map((column) => quotes.matter(column.id)), lines, note);
  };

  const byActors = () => {
    const { rows, all } = actorsShown();
    const columns = rows.slice(0, MOST_COLUMNS);
    const place = new Map(columns.map((column, k) => [column.id, k]));
    const lines = rows.map((row) => {
      const sums = columns.map(() => null);
      for (const t of data.tiesOf[row.id]) {
        const tie = data.ties[t];
        if (tie.from !== row.id || !place.has(tie.to) || !filter.counts.ties[t]) continue;
        const sum = (sums[place.get(tie.to)] ??= { by: [0, 0, 0, 0], best: t });
        for (const i of tie.statements) if (filter.passes[i]) sum.by[data.relation[i]]++;
        if (filter.counts.ties[t] > filter.counts.ties[sum.best]) sum.best = t;
      }
      const { name } = data.actors[row.id];
      const cells = sums.map((sum, k) => (columns[k].id === row.id ? "self" : sum && cell(sum.by, `${words.plain(name)} toward ${words.plain(data.actors[columns[k].id].name)}`, { kind: "tie", id: sum.best })));
      return { ...row, name, cells };
    });
    if (!lines.length) return [el("p", { class: "note" }, "No tie passes the filters.")];
    const note = all > MOST_COLUMNS ? `Rows: the ${Math.min(MOST_ROWS, all)} actors of most statements, of ${words.number(all)}; columns: ${Math.min(MOST_COLUMNS, all)} of them. Filters show others.` : "";
    return frame("Actors by actors: rows toward columns; statements of support (+), of opposition (−), and invitations", "Who, toward whom", columns.map((column) => quotes.actor(column.id)), lines, note);
  };

  const draw = () => {
    stale = false;
    picks = [];
    const by = state.now.by;
    const choose = (value, text) => words.button({ class: "chip", "aria-pressed": String(by === value), onclick: () => { state.set({ by: value }); box.querySelector("[aria-pressed=true]").focus(); } }, text);
    box.replaceChildren();
    words.add(box, [el("div", { class: "toolbar" },
      el("div", { class: "chips", role: "group", "aria-label": "Columns" }, choose("matters", "Actors by matters"), choose("actors", "Actors by actors")),
      el("p", { class: "key" }, el("span", { class: "cell support s2" }, "+2"), " for ", el("span", { class: "cell oppose s2" }, "−2"), " against ", el("span", { class: "cell both s2" }, "+1 −1"), " both", by === "actors" && [" ", el("span", { class: "cell invite s2" }, "1"), " invited ", el("span", { class: "cell invite s2" }, "×1"), " not invited"])),
      by === "actors" ? byActors() : byMatters()]);
  };

  const begin = () => {
    box.addEventListener("click", (event) => {
      const pick = picks[event.target.closest("[data-pick]")?.dataset.pick];
      if (pick) cards.open(pick, event);
    });
    addEventListener("beforeprint", rest);
    state.listen((keys) => {
      if (keys.has("by") || filter.KEYS.some((key) => keys.has(key))) stale = true;
      if (stale && state.now.tab === "matrix") draw();
    });
  };

  return { begin };
})();
