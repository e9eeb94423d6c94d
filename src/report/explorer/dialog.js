// Questions to the reader: a name, a correction, an address to copy.
//
// In: what is asked. Out: a promise of the answer, null where the reader cancels. Never here: what follows from it.
const dialog = (() => {
  "use strict";

  const { el } = words;
  const box = document.getElementById("x-dialog");

  const ask = (title, fields, yes, read) => new Promise((resolve) => {
    const back = document.activeElement;
    let answer = null;
    const problem = el("p", { class: "problem", role: "alert" });
    const form = el("form", { novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      const got = read();
      if (typeof got === "string") {
        problem.textContent = got;
        return;
      }
      answer = got.value;
      box.close();
    } }, el("h2", { id: "x-dialog-title" }, title), fields, problem,
      el("div", { class: "buttons" }, yes && el("button", { type: "submit", class: "strong" }, yes), words.button({ onclick: () => box.close() }, yes ? "Cancel" : "Close")));
    box.replaceChildren(form);
    box.addEventListener("close", () => {
      if (back?.isConnected) back.focus({ preventScroll: true });
      resolve(answer);
    }, { once: true });
    box.showModal();
    form.querySelector("input, select")?.focus();
  });

  const field = (label, control, help) => el("label", { class: "field" }, el("span", {}, label), control, help && el("small", {}, help));

  /** The reviewer's name. */
  const reviewer = () => {
    const input = el("input", { type: "text", autocomplete: "name", maxlength: 120, value: words.plain(review.reviewer()) });
    return ask("Who is reviewing?", [field("Your name", input, "It will stand in the column “coder” of all statements that you accept or correct.")], "Begin", () => {
      const name = input.value.trim().replace(/\s+/g, " ");
      return name ? { value: name } : "Write a name; initials will do.";
    });
  };

  /** A correction of a statement. */
  const correction = (i) => {
    const s = data.statements[i];
    const was = review.get(i);
    const from = was?.verdict === "correct" ? was : { holder: s.holder, relation: words.RELATIONS[data.relation[i]], target: s.target, matter: s.matter || "" };
    const text = (value, list) => el("input", { type: "text", value, list, autocomplete: "off", dir: "auto" });
    const inputs = { holder: text(from.holder, "x-actors"), target: text(from.target, "x-targets"), matter: text(from.matter, "x-matters") };
    const relation = el("select", {}, words.RELATIONS.map((value, k) => el("option", { value, selected: value === from.relation }, words.VERBS[k])));
    const names = (id, all) => el("datalist", { id }, all.slice(0, 2000).map((value) => el("option", { value: words.plain(value) })));
    const actors = data.actors.map((actor) => actor.name);
    const matters = data.matters.map((matter) => matter.name);
    return ask("Correct this statement", [
      quotes.context(i),
      field("Who (holder)", inputs.holder), field("Relation", relation), field("Toward whom or what (target)", inputs.target),
      field("Matter", inputs.matter, "One name for all wordings of the same matter; may be empty."),
      names("x-actors", actors), names("x-targets", [...actors, ...matters]), names("x-matters", matters),
    ], "Correct", () => {
      const value = { verdict: "correct", relation: relation.value };
      for (const key of ["holder", "target", "matter"]) value[key] = inputs[key].value.trim().replace(/\s+/g, " ");
      if (!value.holder || !value.target) return "Holder and target must not be empty. To take the statement out, reject it.";
      if (value.holder === value.target) return "Holder and target are the same: a stance of an actor toward itself is none. Reject the statement instead.";
      const is = { holder: s.holder, relation: words.RELATIONS[data.relation[i]], target: s.target, matter: s.matter || "" };
      return { value: Object.keys(is).every((key) => is[key] === value[key]) ? { verdict: "accept" } : value };
    });
  };

  const address = (url) => {
    const input = el("input", { type: "text", readonly: true, value: url, onfocus: (event) => event.target.select() });
    return ask("Link to this view", [field("Copy this address", input)], null, () => ({ value: null }));
  };

  return { reviewer, correction, address };
})();
