// The reviewer's decisions on statements, kept until they are saved.
//
// In: decisions. Out: the statements as reviewed; local storage, where the browser allows it, against loss.
// Never here: elements.
const review = (() => {
  "use strict";

  const KEY = `stancenet review ${data.mark}`;
  const NAME = "stancenet reviewer";
  const FIELDS = ["holder", "relation", "target", "matter"];
  let decisions = new Map();
  let reviewer = "";
  let keeps = true;
  let unsaved = false;
  let last = [];
  const listeners = [];

  const valid = (entry) => Array.isArray(entry) && Number.isInteger(entry[0]) && data.statements[entry[0]] && ["accept", "correct", "reject"].includes(entry[1]?.verdict)
    && (entry[1].verdict !== "correct" || FIELDS.every((field) => typeof entry[1][field] === "string"));

  const load = () => {
    try {
      reviewer = localStorage.getItem(NAME) ?? "";
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      decisions = new Map(Array.isArray(kept) ? kept.filter(valid) : []);
      localStorage.setItem(`${NAME}?`, "");
      localStorage.removeItem(`${NAME}?`);
    } catch {
      keeps = false;
    }
  };

  const keep = () => {
    unsaved = true;
    try {
      localStorage.setItem(KEY, JSON.stringify([...decisions]));
      if (reviewer) localStorage.setItem(NAME, reviewer);
      keeps = true;
    } catch {
      keeps = false;
    }
    listeners.forEach((listener) => listener());
  };

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const decide = (i, decision) => {
    if (same(decisions.get(i), decision)) return;
    last.push([i, decisions.get(i)]);
    if (decision) decisions.set(i, decision);
    else decisions.delete(i);
    keep();
  };
  /** Takes the last decision back; tells which statement it was about. */
  const undo = () => {
    const step = last.pop();
    if (!step) return null;
    if (step[1]) decisions.set(step[0], step[1]);
    else decisions.delete(step[0]);
    keep();
    return step[0];
  };

  /** What a correction says, with what follows from it: kinds of known actors, whose matter it is, an id made anew. */
  const corrected = (s, decision) => {
    const withheld = decision.relation === "withheld";
    const next = { ...s, coder: reviewer, confidence: null, id: "", relation: withheld ? "invite" : decision.relation, withheld, matter: decision.matter };
    if (decision.holder !== s.holder) {
      const known = data.actors[data.actor(decision.holder)];
      Object.assign(next, { holder: decision.holder, holder_kind: known?.kind ?? "", holder_for: known?.affiliation ?? "" });
    }
    if (decision.target !== s.target) {
      const known = data.actors[data.actor(decision.target)];
      const kind = known?.kind ?? (decision.matter && decision.matter === s.matter && s.target_kind === "matter" ? "matter" : data.matterNamed(decision.target) !== undefined ? "matter" : "");
      Object.assign(next, { target: decision.target, target_kind: kind, toward: kind === "matter" && s.target_kind === "matter" ? s.toward : [] });
    }
    return next;
  };

  /** The table after the review: rejected rows are gone, accepted and corrected ones are the reviewer's. */
  const statements = () =>
    data.statements.flatMap((s, i) => {
      const decision = decisions.get(i);
      if (!decision) return [s];
      if (decision.verdict === "reject") return [];
      return [decision.verdict === "accept" ? { ...s, coder: reviewer } : corrected(s, decision)];
    });

  /** Documents that were coded and hold no statement, with who says so: also those of which all is rejected, lest they be coded
   * anew. */
  const blanks = () => {
    const [gone, left] = [new Set(), new Set()];
    data.statements.forEach((s, i) => (decisions.get(i)?.verdict === "reject" ? gone : left).add(s.document));
    return [...data.blanks, ...[...gone].filter((d) => !left.has(d)).map((d) => [data.documents[d].id, reviewer])];
  };

  const tally = () => {
    const counts = { accept: 0, correct: 0, reject: 0 };
    for (const { verdict } of decisions.values()) counts[verdict]++;
    return counts;
  };

  const begin = () => {
    load();
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      load();
      listeners.forEach((listener) => listener());
    });
    addEventListener("beforeunload", (event) => {
      if (!keeps && unsaved && decisions.size) event.preventDefault();
    });
  };

  return {
    begin, decide, undo, statements, blanks, tally, corrected, FIELDS, get: (i) => decisions.get(i), size: () => decisions.size,
    reviewer: () => reviewer, setReviewer: (name) => { reviewer = name; keep(); }, keeps: () => keeps, saved: () => (unsaved = false), listen: (listener) => listeners.push(listener),
  };
})();
