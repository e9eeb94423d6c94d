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

  /** Whether holder or target is in the bloc; of none, where it is -1. */
  const touches = (i, bloc) => {
    const { blocOf, holder, ends } = data;
    if (holder[i] !== data.NONE && blocOf[holder[i]] === bloc) return true;
    for (let k = ends.begins[i]; k < ends.begins[i + 1]; k++) if (blocOf[ends.all[k]] === bloc) return true;
    return false;
  };

  let runs = 0;
  const run = () => {
    runs++;
    const { relations, bloc, matter, sure, hedged } = state.now;
    const { ends, tied, holder } = data;
    counts.actors.fill(0);
    counts.matters.fill(0);
    counts.statements = 0;
    const since = state.now.since ?? -Infinity;
    const until = state.now.until ?? Infinity;
    const dates = state.now.since !== null || state.now.until !== null;
    for (let i = 0; i < n; i++) {
      const ok =
        relations[data.relation[i]] &&
        (matter === null || data.matter[i] === matter) &&
        data.sure[i] >= sure &&
        (hedged || !data.hedged[i]) &&
        (bloc === null || touches(i, bloc));
      but[i] = ok ? 1 : 0;
      const day = data.day[i];
      passes[i] = ok && (!dates || (day !== data.UNDATED && day >= since && day <= until)) ? 1 : 0;
      if (!passes[i]) continue;
      counts.statements++;
      if (holder[i] !== data.NONE) counts.actors[holder[i]]++;
      for (let k = ends.begins[i]; k < ends.begins[i + 1]; k++) counts.actors[ends.all[k]]++;
      if (data.matter[i] !== data.NONE) counts.matters[data.matter[i]]++;
    }
    for (let t = 0; t < counts.ties.length; t++) {
      let sum = 0;
      for (let k = tied.begins[t]; k < tied.begins[t + 1]; k++) sum += passes[tied.all[k]];
      counts.ties[t] = sum;
    }
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

  return { passes, counts, run, runs: () => runs, histogram, isActive, clear, KEYS };
})();
