// The order of statements by each column, and their words for finding, made before they are asked for.
//
// In: all statements. Out: for a column the place of each statement in its order; the folded text of a statement. Never
// here: which statements are seen. Made in slices while the reader does nothing, or at once where that was too slow.
const order = (() => {
  "use strict";

  const SLICE = 1000;
  const COLUMNS = ["date", "holder", "relation", "target", "quote", "matter", "document", "sure", "coder"];
  const n = data.statements.length;
  const texts = Array(n);
  const made = new Map();

  const text = (i) => {
    if (texts[i] === undefined) {
      const s = data.statements[i];
      const d = data.document(s);
      texts[i] = words.folded([s.holder, s.holder_for, s.target, s.matter, s.quote, s.source, s.coder, d.id, d.title, d.publisher, ...(s.toward ?? [])].join("\n"));
    }
    return texts[i];
  };

  /** Sorts, and stops after each small part of the work. */
  const sorting = function* (list, compare) {
    let runs = [];
    for (let k = 0; k < list.length; k += SLICE) {
      runs.push(list.slice(k, k + SLICE).sort(compare));
      yield;
    }
    while (runs.length > 1) {
      const next = [];
      for (let k = 0; k < runs.length; k += 2) {
        const [a, b, both] = [runs[k], runs[k + 1] ?? [], []];
        let [i, j] = [0, 0];
        while (i < a.length && j < b.length) both.push(compare(a[i], b[j]) <= 0 ? a[i++] : b[j++]);
        while (i < a.length) both.push(a[i++]);
        while (j < b.length) both.push(b[j++]);
        next.push(both);
        yield;
      }
      runs = next;
    }
    return runs[0] ?? [];
  };

  /** What a column sorts by, and how two of these compare. */
  const by = (column) => {
    const numbers = { date: data.day, sure: data.sure, relation: data.relation }[column];
    if (numbers) return { values: numbers, compare: (a, b) => a - b };
    const same = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    if (column === "document") {
      const spelled = data.documents.map((d) => d.title || d.id || "");
      return { values: data.statements.map((s) => s.document), compare: (a, b) => words.compare(spelled[a] ?? "", spelled[b] ?? "") || a - b };
    }
    const compare = column === "quote" ? same : (a, b) => words.compare(a, b) || same(a, b);
    return { values: data.statements.map((s) => s[column] ?? ""), compare };
  };

  const making = function* (column) {
    if (made.has(column)) return;
    const { values, compare } = by(column);
    yield;
    const sorted = yield* sorting([...new Set(values)], compare);
    const places = new Map(sorted.map((value, k) => [value, k]));
    yield;
    made.set(column, { places: Int32Array.from(values, (value) => places.get(value)), many: sorted.length });
  };

  /** The statements of a list in the order of a column; those of one value in the order of the list. */
  const sorted = (list, column, down) => {
    for (const _ of making(column));
    const { places, many } = made.get(column);
    const key = (i) => (down ? many - 1 - places[i] : places[i]);
    const begins = new Int32Array(many + 1);
    for (const i of list) begins[key(i) + 1]++;
    for (let k = 0; k < many; k++) begins[k + 1] += begins[k];
    const out = Array(list.length);
    for (const i of list) out[begins[key(i)]++] = i;
    return out;
  };

  const makingAll = function* () {
    for (let k = 0; k < n; k++) {
      text(k);
      if (k % SLICE === SLICE - 1) yield;
    }
    for (const column of COLUMNS) yield* making(column);
  };

  return { sorted, text, COLUMNS, making: makingAll };
})();
