// Statements in words: who says what on whom, in which words, where.
//
// In: indices of statements. Out: elements. Never here: choosing.
const quotes = (() => {
  "use strict";

  const FIRST = 12;
  const MORE = 50;

  const relation = (kind, word) => el("span", { class: `rel ${words.RELATIONS[kind]}` }, word ?? words.VERBS[kind]);
  const { el } = words;

  /** A button that opens an actor's card; the mark has the colour and shape of the picture. */
  const actor = (id, attributes = {}) => {
    const { name, bloc, kind } = data.actors[id];
    return words.button({ class: "who", onclick: (event) => cards.open({ kind: "actor", id }, event), ...attributes },
      el("span", { class: `mark ${kind} ${tone(bloc)}`, "aria-hidden": "true" }), words.name(name));
  };
  const matter = (id) =>
    words.button({ class: "who", onclick: (event) => cards.open({ kind: "matter", id }, event) },
      el("span", { class: "mark matter", "aria-hidden": "true" }), words.name(data.matters[id].name));
  const bloc = (id) =>
    words.button({ class: "who", onclick: (event) => cards.open({ kind: "bloc", id }, event) },
      el("span", { class: `mark area ${tone(id)}`, "aria-hidden": "true" }), words.name(data.blocs[id].name));

  /** The class of a bloc's colour; the picture's colours come again after ten. */
  const tone = (id) => (id === null || id === undefined ? "alone" : `b${id % 10}`);

  const holder = (i) => (data.holder[i] !== data.NONE && data.actors[data.holder[i]].name === data.statements[i].holder
    ? actor(data.holder[i]) : words.name(data.statements[i].holder));
  const target = (i) => {
    const s = data.statements[i];
    const id = data.actor(s.target);
    if (s.target_kind !== "matter" && id !== undefined) return actor(id);
    return data.stand[i] !== data.NONE && data.matters[data.stand[i]].name === s.target ? matter(data.stand[i]) : words.name(s.target);
  };

  /** The quote in the words around it. */
  const context = (i) => {
    const s = data.statements[i];
    if (!s.quote) return el("p", { class: "noquote" }, "No quote: the table tells only where it is from.");
    return el("blockquote", { dir: "auto" },
      s.before && [s.before, ""], el("mark", { class: words.RELATIONS[data.relation[i]] }, s.quote), s.after);
  };

  const origin = (i) => {
    const s = data.statements[i];
    const d = data.document(s);
    const day = data.day[i];
    // Tables of events have a link for each statement.
    const url = d.url || s.extra?.url;
    const parts = [
      d.title ? el("cite", {}, words.name(d.title)) : null,
      words.name(d.publisher || (d.title ? "" : d.id)),
      day === data.UNDATED ? "no date" : el("time", { datetime: words.fromDay(day) }, words.date(day)),
      s.source && ["reported by ", words.name(s.source)],
    ].filter((part) => part && (!(part instanceof Node) || part.textContent));
    return el("p", { class: "origin" }, parts.flatMap((part, k) => (k ? [", ", part] : [part])),
      url && [" ", words.link(url, "Read the document")]);
  };

  const coder = (i) => {
    const s = data.statements[i];
    const sure = s.confidence === null || s.confidence === undefined ? null : `${words.percent(s.confidence)} sure`;
    const notes = [s.hedged && "hedged: conditional, alleged or only possible", s.withheld && "the text says that it was not made"];
    return el("p", { class: "coder" }, "Coded by ", words.name(s.coder || "human"), sure && `, ${sure}`,
      notes.filter(Boolean).map((note) => ["; ", note]));
  };

  /** One statement with its evidence. */
  const item = (i, tag = "li") =>
    el(tag, { class: "said", "data-statement": i },
      el("p", { class: "claim" }, holder(i), " ", relation(data.relation[i]), " ", target(i)),
      context(i), origin(i), coder(i));

  /** A list of statements that pass the filters, the rest told; long lists open in steps. */
  const list = (indices, heading = "Evidence") => {
    const passing = indices.filter((i) => filter.passes[i]);
    const hidden = indices.length - passing.length;
    const box = el("section", { class: "evidence" }, el("h3", {}, heading));
    const rows = el("ul", { class: "plainlist" });
    const more = words.button({ class: "more" });
    let shown = 0;
    const grow = (by) => {
      const next = passing.slice(shown, shown + by);
      shown += next.length;
      const items = next.map((i) => item(i));
      rows.append(...items);
      more.hidden = shown >= passing.length;
      more.textContent = `Show ${words.number(Math.min(MORE, passing.length - shown))} more of ${words.statements(passing.length)}`;
      return items[0];
    };
    more.addEventListener("click", () => {
      const first = grow(MORE);
      first?.querySelector("button, a")?.focus();
    });
    grow(FIRST);
    box.append(rows, more);
    if (hidden) {
      box.append(el("p", { class: "note" }, `${words.statements(hidden)} left out by the filters. `,
        words.button({ class: "plainly", onclick: () => filter.clear() }, "Clear filters")));
    }
    return box;
  };

  /** "4 statements in 2 documents, 6–9 June 2024" of those that pass. */
  const summary = (indices) => {
    const passing = indices.filter((i) => filter.passes[i]);
    const documents = new Set(passing.map((i) => data.statements[i].document)).size;
    let [first, last] = [Infinity, -Infinity];
    for (const i of passing) {
      if (data.day[i] === data.UNDATED) continue;
      first = Math.min(first, data.day[i]);
      last = Math.max(last, data.day[i]);
    }
    const when = first <= last ? `, ${words.span(first, last)}` : "";
    return `${words.statements(passing.length)} in ${words.documents(documents)}${when}`;
  };

  return { list, item, context, origin, coder, relation, actor, matter, bloc, tone, summary, holder, target };
})();
