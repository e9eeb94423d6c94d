// Finding by name, with completion.
//
// In: what the reader types. Out: a pick, or a search in the statements. Never here: the search itself in statements.
const search = (() => {
  "use strict";

  const { el } = words;
  const MOST = 10;
  const input = document.getElementById("x-search");
  const list = document.getElementById("x-found");
  let found = [];
  let at = -1;

  const names = () => [
    ...data.actors.map((actor, id) => ({ pick: { kind: "actor", id }, name: actor.name, told: actor.kind, weight: actor.statements })),
    ...data.blocs.map((bloc, id) => ({ pick: { kind: "bloc", id }, name: bloc.name, told: "bloc", weight: bloc.members.length })),
    ...data.matters.map((matter, id) => ({ pick: { kind: "matter", id }, name: matter.name, told: "matter", weight: data.byMatter[id].length })),
  ].map((entry) => ({ ...entry, folded: words.folded(entry.name) }));
  let all = null;

  /** Names that begin with the text, then those with a word that does, then those that hold it; most spoken of first. */
  const matching = (text) => {
    all ??= names();
    const wanted = words.folded(text.trim());
    if (!wanted) return [];
    const rank = (entry) => (entry.folded.startsWith(wanted) ? 0 : entry.folded.includes(` ${wanted}`) ? 1 : entry.folded.includes(wanted) ? 2 : 3);
    const rows = all.map((entry) => ({ entry, rank: rank(entry) })).filter((row) => row.rank < 3);
    rows.sort((a, b) => a.rank - b.rank || b.entry.weight - a.entry.weight || words.compare(a.entry.name, b.entry.name));
    return rows.slice(0, MOST).map((row) => row.entry);
  };

  const show = () => {
    const text = input.value.trim();
    found = matching(text);
    if (text) found.push({ text });
    at = -1;
    list.replaceChildren(...found.map((entry, k) => el("li", { role: "option", id: `x-found-${k}`, "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: (event) => take(k, event) },
      entry.text === undefined ? [words.name(entry.name), " ", el("small", {}, entry.told)] : ["Statements with the words ", el("q", {}, words.name(entry.text))])));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
  };

  const hide = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const move = (step) => {
    if (list.hidden) show();
    if (!found.length) return;
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `x-found-${at}`);
  };

  const take = (k, event) => {
    const entry = found[k];
    if (!entry) return;
    hide();
    if (entry.text !== undefined) state.set({ tab: "statements", text: entry.text, page: 0 }, true);
    else {
      input.value = "";
      cards.open(entry.pick, event);
    }
  };

  const begin = () => {
    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value.trim() && show());
    input.addEventListener("blur", hide);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter") take(at < 0 ? 0 : at, event);
      else if (event.key === "Escape" && !list.hidden) hide();
      else return;
      event.preventDefault();
    });
  };

  return { begin };
})();
