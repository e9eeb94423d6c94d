// The statements as a table: sorted, searched, and reviewed with single keys.
//
// In: statements that pass the filters, the text searched for, decisions of the review. Out: one page of rows.
// Never here: more rows than a page; what a decision does to the table that is saved (review).
const table = (() => {
  "use strict";

  const { el } = words;
  const PAGE = 50;
  const SLOW = 80;
  const box = document.getElementById("x-statements");
  const COLUMNS = [["holder", "Holder"], ["relation", "Stance"], ["target", "Target"], ["quote", "Quote"], ["matter", "Matter"], ["date", "Date"], ["document", "Document"], ["sure", "Sure"], ["coder", "Coder"]];
  const VERDICTS = { accept: "accepted", correct: "corrected", reject: "rejected" };
  let parts = null;
  let listed = [];
  let current = null;
  let stale = true;

  const find = () => {
    const wanted = words.folded(state.now.text).split(/\s+/).filter(Boolean);
    const found = [];
    for (let i = 0; i < data.statements.length; i++) {
      if (filter.passes[i] && wanted.every((word) => order.text(i).includes(word))) found.push(i);
    }
    listed = order.sorted(found, order.COLUMNS.includes(state.now.sort) ? state.now.sort : "date", state.now.down);
  };

  const pages = () => Math.max(1, Math.ceil(listed.length / PAGE));

  /** The statement as reviewed, in words. */
  const cells = (i) => {
    const decision = review.get(i);
    const s = data.statements[i];
    const fixed = decision?.verdict === "correct" ? decision : null;
    const was = (field, before) => fixed && fixed[field] !== before ? [words.name(fixed[field] || "none"), " ", el("del", {}, words.name(before || "none"))] : null;
    const d = data.document(s);
    const kind = data.relation[i];
    const changed = fixed && fixed.relation !== words.RELATIONS[kind];
    return [
      was("holder", s.holder) ?? words.name(s.holder),
      changed ? [quotes.relation(words.RELATIONS.indexOf(fixed.relation)), " ", el("del", {}, words.VERBS[kind])] : quotes.relation(kind),
      was("target", s.target) ?? words.name(s.target),
      words.button({ class: "quote", onclick: (event) => cards.open({ kind: "statement", id: i }, event), dir: "auto" }, s.quote || "no quote", s.hedged && el("small", {}, " hedged")),
      was("matter", s.matter || "") ?? (s.matter ? words.name(s.matter) : ""),
      data.day[i] === data.UNDATED ? "" : el("time", { datetime: words.fromDay(data.day[i]) }, words.date(data.day[i])),
      words.name(d.title || d.id),
      fixed || s.confidence === null || s.confidence === undefined ? "" : words.percent(s.confidence),
      words.name(decision && decision.verdict !== "reject" ? review.reviewer() : s.coder),
    ];
  };

  const verdictCell = (i) => {
    const decision = review.get(i);
    const pressed = (verdict) => String(decision?.verdict === verdict);
    const act = (verdict, text) => words.button({ class: `verdict ${verdict}`, "aria-pressed": pressed(verdict), onclick: () => decide(i, verdict) }, text);
    return el("td", { class: "verdicts" }, act("accept", "Accept"), act("correct", "Correct"), act("reject", "Reject"));
  };

  const row = (i) => {
    const decision = review.get(i);
    const content = cells(i);
    return el("tr", { "data-statement": i, class: decision ? VERDICTS[decision.verdict] : null, tabindex: i === current ? "0" : "-1", "aria-label": label(i), onfocus: () => mark(i) },
      state.now.review && verdictCell(i), COLUMNS.map(([key], k) => el("td", { class: key }, content[k])));
  };
  const label = (i) => {
    const s = data.statements[i];
    const decision = review.get(i);
    return words.plain(`${s.holder} ${words.VERBS[data.relation[i]]} ${s.target}: ${s.quote || "no quote"}${decision ? `; ${VERDICTS[decision.verdict]}` : ""}`);
  };

  const rowOf = (i) => parts.body.querySelector(`[data-statement="${i}"]`);
  const mark = (i) => {
    const before = current === null ? null : rowOf(current);
    before?.setAttribute("tabindex", "-1");
    current = i;
    rowOf(i)?.setAttribute("tabindex", "0");
  };
  const redraw = (i) => {
    const old = rowOf(i);
    if (!old) return;
    const had = old.contains(document.activeElement);
    const next = row(i);
    old.replaceWith(next);
    if (had) next.focus({ preventScroll: true });
  };

  /** Goes to another row, over the ends of pages too. */
  const step = (by) => {
    const at = listed.indexOf(current);
    const next = listed[at < 0 ? 0 : at + by];
    if (next === undefined) return;
    current = next;
    const page = Math.floor(listed.indexOf(next) / PAGE);
    if (page !== state.now.page) state.set({ page });
    const target = rowOf(next);
    mark(next);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  };

  const named = async () => {
    if (review.reviewer()) return true;
    const name = await dialog.reviewer();
    if (name) review.setReviewer(name);
    return Boolean(name);
  };

  const decide = async (i, verdict) => {
    mark(i);
    const focused = rowOf(i)?.contains(document.activeElement);
    if (!(await named())) return;
    let decision = review.get(i)?.verdict === verdict && verdict !== "correct" ? undefined : { verdict };
    if (verdict === "correct") {
      decision = await dialog.correction(i);
      if (!decision) return;
    }
    review.decide(i, decision);
    redraw(i);
    if (focused) rowOf(i)?.focus({ preventScroll: true });
    words.say(decision ? VERDICTS[decision.verdict] : "decision taken back");
    if (decision && focused) step(1);
  };

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, dialog")) return;
    const inRow = event.target.closest("tr[data-statement]");
    if (!inRow) return;
    const i = Number(inRow.dataset.statement);
    const verdict = state.now.review && { a: "accept", c: "correct", r: "reject" }[event.key.toLowerCase()];
    if (verdict) decide(i, verdict);
    else if (event.key === "ArrowDown" || event.key === "j") step(1);
    else if (event.key === "ArrowUp" || event.key === "k") step(-1);
    else if (event.key === "Enter" && event.target === inRow) cards.open({ kind: "statement", id: i }, event);
    else if (state.now.review && event.key.toLowerCase() === "u") {
      const back = review.undo();
      if (back !== null) {
        redraw(back);
        if (listed.includes(back)) {
          current = back;
          step(0);
        }
        words.say("decision taken back");
      }
    } else return;
    event.preventDefault();
  };

  const drawReview = () => {
    const on = state.now.review;
    parts.review.setAttribute("aria-pressed", String(on));
    parts.told.hidden = !on;
    if (!on) return;
    const { accept, correct, reject } = review.tally();
    const n = accept + correct + reject;
    parts.told.replaceChildren();
    words.add(parts.told, [
      el("p", {}, el("b", {}, `${words.number(n)} of ${words.number(data.statements.length)} reviewed`), `: ${words.number(accept)} accepted, ${words.number(correct)} corrected, ${words.number(reject)} rejected. `,
        words.button({ class: "strong", disabled: n === 0, onclick: save.reviewed }, "Save reviewed table (CSV)"), " ",
        review.reviewer() && words.button({ class: "plainly", onclick: async () => { const name = await dialog.reviewer(); if (name) { review.setReviewer(name); draw(); } } }, "Reviewer: ", words.name(review.reviewer()))),
      el("p", { class: "note keys" }, "In a row: ", el("kbd", {}, "A"), " accept, ", el("kbd", {}, "C"), " correct, ", el("kbd", {}, "R"), " reject, ", el("kbd", {}, "U"), " undo, ", el("kbd", {}, "↓"), " ", el("kbd", {}, "↑"), " next and previous."),
      !review.keeps() && el("p", { class: "limits" }, "This browser keeps nothing for this page: save the table before you close it."),
      data.limits?.statements_left_out > 0 && el("p", { class: "limits" }, `${words.statements(data.limits.statements_left_out)} are not on this page and will not be in the saved table.`),
    ]);
  };

  const make = () => {
    parts = {
      text: el("input", { type: "search", placeholder: "Words in quotes, names, documents", "aria-label": "Search in statements", value: "" }),
      review: words.button({ class: "chip", "aria-pressed": "false", onclick: () => state.set({ review: !state.now.review }) }, "Review"),
      told: el("div", { class: "review" }),
      count: el("p", { class: "count", role: "status" }),
      headRow: el("tr"), body: el("tbody"), pager: el("nav", { class: "pager", "aria-label": "Pages of statements" }),
    };
    // Each key is answered at once, but where that takes long, the last of a word.
    let [waiting, took] = [0, 0];
    parts.text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const began = performance.now();
        state.set({ text: parts.text.value, page: 0 });
        took = performance.now() - began;
      }, took > SLOW ? 150 : 0);
    });
    words.add(box, [
      el("div", { class: "toolbar" }, parts.text, parts.count, parts.review), parts.told,
      el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Table of statements" }, el("table", { class: "statements" }, el("caption", { class: "unseen" }, "Statements that pass the filters"), el("thead", {}, parts.headRow), parts.body)),
      parts.pager,
    ]);
    box.addEventListener("keydown", keys);
  };

  const drawHead = () => {
    const { sort, down } = state.now;
    parts.headRow.replaceChildren();
    words.add(parts.headRow, [state.now.review && el("th", { scope: "col" }, "Review"), COLUMNS.map(([key, name]) =>
      el("th", { scope: "col", class: key, "data-name": name, "aria-sort": sort === key ? (down ? "descending" : "ascending") : null },
        words.button({ class: "sort", onclick: () => { state.set({ sort: key, down: sort === key && !down, page: 0 }); parts.headRow.querySelector(`.${key} button`).focus(); } }, name, el("span", { "aria-hidden": "true" }, sort === key ? (down ? " ↓" : " ↑") : "")))) ]);
  };

  const drawPager = () => {
    const [page, all] = [Math.min(state.now.page, pages() - 1), pages()];
    parts.pager.hidden = all < 2;
    const go = (to, text, off) => words.button({ disabled: off, onclick: () => { state.set({ page: to }, true); parts.body.closest(".scroller").scrollTop = 0; } }, text);
    parts.pager.replaceChildren(go(0, "First", page === 0), go(page - 1, "Previous", page === 0), el("span", {}, `Page ${words.number(page + 1)} of ${words.number(all)}`), go(page + 1, "Next", page === all - 1), go(all - 1, "Last", page === all - 1));
  };

  const draw = () => {
    if (stale) find();
    stale = false;
    const page = Math.min(state.now.page, pages() - 1);
    const rows = listed.slice(page * PAGE, (page + 1) * PAGE);
    if (!rows.includes(current)) current = rows[0] ?? null;
    drawHead();
    parts.body.replaceChildren(...rows.map(row));
    if (document.activeElement !== parts.text) parts.text.value = state.now.text;
    parts.count.textContent = listed.length === data.statements.length ? words.statements(listed.length) : `${words.number(listed.length)} of ${words.statements(data.statements.length)}`;
    drawPager();
    drawReview();
  };

  const begin = () => {
    make();
    review.listen(drawReview);
    state.listen((keys) => {
      const asked = ["text", "sort", "down"].some((key) => keys.has(key)) || filter.KEYS.some((key) => keys.has(key));
      if (asked) stale = true;
      if (state.now.tab === "statements" && (stale || ["tab", "page", "review"].some((key) => keys.has(key)))) draw();
    });
  };

  /** Statements of the table in its order, for saving. */
  const all = () => {
    if (stale) find();
    stale = false;
    return listed;
  };

  return { begin, all };
})();
