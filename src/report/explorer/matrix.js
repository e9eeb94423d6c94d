// Who stands where on what, as a table: actors by matters, or actors by actors.
//
// In: statements that pass the filters. Out: a table whose cells open the evidence. Never here: more rows and columns
// than can be read; those with most statements are taken, and the reader is told.
const matrix = (() => {
  "use strict";

  const { el } = words;
  const MOST_ROWS = 80;
  const MOST_COLUMNS = 40;
  const box = document.getElementById("x-matrix");
  let stale = true;

  /** Actors with statements that pass, by bloc, most first. */
  const actorsShown = () => {
    const all = data.actors.map((actor, id) => ({ id, bloc: actor.bloc ?? data.blocs.length, n: filter.counts.actors[id] })).filter((row) => row.n);
    all.sort((a, b) => b.n - a.n || a.id - b.id);
    const rows = all.slice(0, MOST_ROWS).sort((a, b) => a.bloc - b.bloc || b.n - a.n || a.id - b.id);
    return { rows, all: all.length };
  };

  const cell = ([pro, contra, invited = 0, withheld = 0], attributes) => {
    const net = pro - contra;
    const kind = pro && contra ? "both" : pro ? "support" : contra ? "oppose" : "invite";
    const text = pro && contra ? `+${words.number(pro)} −${words.number(contra)}` : pro ? `+${words.number(pro)}` : contra ? `−${words.number(contra)}` : invited ? words.number(invited) : `×${words.number(withheld)}`;
    const strength = Math.min(3, Math.max(pro, contra, invited, withheld));
    return el("td", {}, words.button({ class: `cell ${kind} s${strength}`, "data-net": net, ...attributes }, text));
  };
  const told = (pro, contra, invited, withheld) => [pro && words.count(pro, "statement for", "statements for"), contra && words.count(contra, "statement against", "statements against"), invited && words.count(invited, "invitation", "invitations"), withheld && words.count(withheld, "invitation not made", "invitations not made")].filter(Boolean).join(", ");

  const head = (corner, columns) => el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "corner" }, corner), columns.map((column) => el("th", { scope: "col" }, el("div", {}, column)))));
  const frame = (caption, corner, columns, rows, note) => {
    let bloc = null;
    const body = el("tbody", {}, rows.flatMap((row) => {
      const lines = [];
      if (row.bloc !== bloc) {
        bloc = row.bloc;
        lines.push(el("tr", { class: "blocrow" }, el("th", { scope: "rowgroup", colspan: columns.length + 1 }, data.blocs[bloc] ? quotes.bloc(bloc) : "In no bloc")));
      }
      return [...lines, el("tr", {}, el("th", { scope: "row" }, row.head), row.cells)];
    }));
    return [note && el("p", { class: "note" }, note), el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: "matrix" }, el("caption", { class: "unseen" }, caption), head(corner, columns), body))];
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
        cells[place.get(matter)] = cell([pro, contra], {
          "aria-label": `${words.plain(data.actors[row.id].name)} on ${words.plain(data.matters[matter].name)}: ${told(pro, contra)}`,
          onclick: (event) => cards.open({ kind: "stand", actor: row.id, matter, relation }, event),
        });
      }
      return { ...row, head: quotes.actor(row.id), cells };
    }).filter((row) => row.cells.some(Boolean)).map((row) => ({ ...row, cells: row.cells.map((c) => c ?? el("td")) }));
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
      const cells = sums.map((sum, k) => (columns[k].id === row.id ? el("td", { class: "self" }) : !sum ? el("td") : cell(sum.by, {
        "aria-label": `${words.plain(data.actors[row.id].name)} toward ${words.plain(data.actors[columns[k].id].name)}: ${told(...sum.by)}`,
        onclick: (event) => cards.open({ kind: "tie", id: sum.best }, event),
      })));
      return { ...row, head: quotes.actor(row.id), cells };
    });
    if (!lines.length) return [el("p", { class: "note" }, "No tie passes the filters.")];
    const note = all > MOST_COLUMNS ? `Rows: the ${Math.min(MOST_ROWS, all)} actors of most statements, of ${words.number(all)}; columns: ${Math.min(MOST_COLUMNS, all)} of them. Filters show others.` : "";
    return frame("Actors by actors: rows toward columns; statements of support (+), of opposition (−), and invitations", "Who, toward whom", columns.map((column) => quotes.actor(column.id)), lines, note);
  };

  const draw = () => {
    stale = false;
    const by = state.now.by;
    const choose = (value, text) => words.button({ class: "chip", "aria-pressed": String(by === value), onclick: () => { state.set({ by: value }); box.querySelector("[aria-pressed=true]").focus(); } }, text);
    box.replaceChildren();
    words.add(box, [el("div", { class: "toolbar" },
      el("div", { class: "chips", role: "group", "aria-label": "Columns" }, choose("matters", "Actors by matters"), choose("actors", "Actors by actors")),
      el("p", { class: "key" }, el("span", { class: "cell support s2" }, "+2"), " for ", el("span", { class: "cell oppose s2" }, "−2"), " against ", el("span", { class: "cell both s2" }, "+1 −1"), " both", by === "actors" && [" ", el("span", { class: "cell invite s2" }, "1"), " invited ", el("span", { class: "cell invite s2" }, "×1"), " not invited"])),
      by === "actors" ? byActors() : byMatters()]);
  };

  const begin = () => state.listen((keys) => {
    if (keys.has("by") || filter.KEYS.some((key) => keys.has(key))) stale = true;
    if (stale && state.now.tab === "matrix") draw();
  });

  return { begin };
})();
