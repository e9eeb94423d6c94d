// Which statements pass the filters.
//
// In: the state. Out: for each statement whether it passes, and counts of these for ties, actors, matters and days.
// Never here: elements. One pass over tables of numbers, so that 50,000 statements take a few milliseconds.
const filter = (() => {
  "use strict";

  const n = data.statements.length;
  const passes = new Uint8Array(n).fill(1);
  /** Whether it passes all but the dates. */
  const but = new Uint8Array(n).fill(1);
  const counts = {
    statements: n,
    ties: new Uint32Array(data.ties.length),
    actors: new Uint32Array(data.actors.length),
    matters: new Uint32Array(data.matters.length),
  };
  const KEYS = ["relations", "bloc", "matter", "since", "until", "sure", "hedged"];

  const isActive = () => {
    const s = state.now;
    return s.relations.includes(false) || s.bloc !== null || s.matter !== null || s.since !== null || s.until !== null || s.sure > 0 || !s.hedged;
  };

  const blocOf = (actor) => (actor === data.NONE ? null : data.actors[actor].bloc);

  /** Whether holder or target is in the bloc; -1 asks for those that are in none. */
  const touches = (i, bloc) => {
    const is = (actor) => actor !== data.NONE && (bloc < 0 ? blocOf(actor) === null : blocOf(actor) === bloc);
    return is(data.holder[i]) || data.ends[i].some(is);
  };

  let runs = 0;
  const run = () => {
    runs++;
    const s = state.now;
    counts.actors.fill(0);
    counts.matters.fill(0);
    counts.statements = 0;
    const since = s.since ?? -Infinity;
    const until = s.until ?? Infinity;
    const dates = s.since !== null || s.until !== null;
    for (let i = 0; i < n; i++) {
      const ok =
        s.relations[data.relation[i]] &&
        (s.matter === null || data.matter[i] === s.matter) &&
        data.sure[i] >= s.sure &&
        (s.hedged || !data.statements[i].hedged) &&
        (s.bloc === null || touches(i, s.bloc));
      but[i] = ok ? 1 : 0;
      const day = data.day[i];
      passes[i] = ok && (!dates || (day !== data.UNDATED && day >= since && day <= until)) ? 1 : 0;
      if (!passes[i]) continue;
      counts.statements++;
      if (data.holder[i] !== data.NONE) counts.actors[data.holder[i]]++;
      for (const end of data.ends[i]) counts.actors[end]++;
      if (data.matter[i] !== data.NONE) counts.matters[data.matter[i]]++;
    }
    data.ties.forEach((tie, t) => {
      let sum = 0;
      for (const i of tie.statements) sum += passes[i];
      counts.ties[t] = sum;
    });
  };

  /** Statements a day (or a longer step), of those that pass all but the dates and of all. */
  const histogram = (bins) => {
    const [first, last] = data.days;
    const step = (last - first + 1) / bins;
    const [all, some] = [new Uint32Array(bins), new Uint32Array(bins)];
    for (let i = 0; i < n; i++) {
      if (data.day[i] === data.UNDATED) continue;
      const bin = Math.min(bins - 1, Math.floor((data.day[i] - first) / step));
      all[bin]++;
      some[bin] += but[i];
    }
    return { all, some };
  };

  const clear = () =>
    state.set({ relations: [true, true, true, true], bloc: null, matter: null, since: null, until: null, sure: 0, hedged: true, page: 0 });

  return { passes, counts, run, runs: () => runs, histogram, isActive, clear, KEYS, count: (list) => list.reduce((sum, i) => sum + passes[i], 0) };
})();
