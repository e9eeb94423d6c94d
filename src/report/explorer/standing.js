// Who stands where: counted from statements that pass the filters.
//
// In: an actor, a bloc, a matter. Out: counts and rankings. Never here: elements.
const standing = (() => {
  "use strict";

  /** Stands with what passes for and against, counted once for each setting of the filters; rows are made when asked for. */
  const pro = new Int32Array(data.stands.length);
  const contra = new Int32Array(data.stands.length);
  let run = 0;
  const count = () => {
    if (run === filter.runs()) return;
    run = filter.runs();
    pro.fill(0);
    contra.fill(0);
    for (let i = 0; i < filter.passes.length; i++) {
      if (!filter.passes[i] || data.standOf[i] === data.NONE) continue;
      if (data.relation[i] === 0) pro[data.standOf[i]]++;
      else if (data.relation[i] === 1) contra[data.standOf[i]]++;
    }
  };
  const rows = (stands) => {
    count();
    const made = [];
    for (const s of stands) if (pro[s] || contra[s]) made.push({ actor: data.stands[s].actor, matter: data.stands[s].matter, pro: pro[s], contra: contra[s] });
    return made;
  };

  /** Where an actor stands on matters: counts for and against, most first. */
  const onMatters = (actor) => rows(data.standsOf[actor].values()).sort((a, b) => b.pro + b.contra - a.pro - a.contra || a.matter - b.matter);

  /** Places of all actors in the reader's alphabet, found once: to compare numbers takes less than to compare names. */
  let places = null;
  const prepare = () => {
    if (places) return;
    places = new Int32Array(data.actors.length);
    data.actors.map((_, id) => id).sort((a, b) => words.compare(data.actors[a].name, data.actors[b].name)).forEach((id, k) => (places[id] = k));
  };

  const side = ({ pro, contra }) => Math.sign(pro - contra);

  /**
   * Allies and opponents of an actor, strongest first: a statement of support between the two counts 1, one of opposition
   * -1, an invitation a quarter, one withheld minus a quarter; a matter on which they take the same side 1, opposite
   * sides -1 (the weights by which blocs are sought, before norming).
   */
  const relations = (actor) => {
    prepare();
    const others = new Map();
    const of = (other) => {
      if (!others.has(other)) others.set(other, { other, score: 0, notes: [0, 0, 0, 0, 0, 0, 0, 0], same: 0, opposite: 0 });
      return others.get(other);
    };
    for (const t of data.tiesOf[actor]) {
      const tie = data.ties[t];
      if (tie.from === tie.to || !filter.counts.ties[t]) continue;
      const out = tie.from === actor;
      const row = of(out ? tie.to : tie.from);
      for (const i of tie.statements) {
        if (!filter.passes[i]) continue;
        const kind = data.relation[i];
        row.score += [1, -1, 0.25, -0.25][kind];
        row.notes[kind + (out ? 0 : 4)]++;
      }
    }
    for (const mine of onMatters(actor)) {
      for (const s of data.standsOn[mine.matter]) {
        const other = data.stands[s].actor;
        const both = other === actor ? 0 : side(mine) * Math.sign(pro[s] - contra[s]);
        if (!both) continue;
        const row = of(other);
        row.score += both;
        row[both > 0 ? "same" : "opposite"]++;
      }
    }
    const rows = [...others.values()].sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || places[a.other] - places[b.other]);
    return { allies: rows.filter((row) => row.score > 0), opponents: rows.filter((row) => row.score < 0), undecided: rows.filter((row) => row.score === 0) };
  };

  /** Who is for a matter, against it, and on both sides. */
  const onMatter = (matter) => {
    const all = rows(data.standsOn[matter]);
    all.sort((a, b) => Math.abs(b.pro - b.contra) - Math.abs(a.pro - a.contra) || data.actors[b.actor].statements - data.actors[a.actor].statements || a.actor - b.actor);
    return { all, pro: all.filter((row) => side(row) > 0), contra: all.filter((row) => side(row) < 0), both: all.filter((row) => !side(row)) };
  };

  /** For each matter the actors of each bloc who are for it and against it. */
  const sidesOfBlocs = () => {
    count();
    const sides = data.blocs.map(() => new Map());
    data.standsOf.forEach((stands, actor) => {
      const own = sides[data.blocOf[actor]];
      if (!own) return;
      for (const [matter, s] of stands) {
        if (pro[s] === contra[s]) continue;
        let both = own.get(matter);
        if (!both) own.set(matter, (both = { pro: [], contra: [] }));
        (pro[s] > contra[s] ? both.pro : both.contra).push(actor);
      }
    });
    return sides;
  };

  /** What a bloc shares, and each other bloc with what parts them, the most hostile first. */
  const bloc = (id) => {
    const sides = sidesOfBlocs();
    const shared = [];
    for (const [matter, { pro, contra }] of sides[id]) {
      const [most, least] = pro.length >= contra.length ? [pro, contra] : [contra, pro];
      if (most.length > 1 && most.length > 2 * least.length) shared.push({ matter, pro: most === pro, actors: most, against: least });
    }
    shared.sort((a, b) => b.actors.length - a.actors.length || a.matter - b.matter);
    const inside = [];
    const others = data.blocs.map((_, other) => ({ other, matters: [], ties: [], hostile: 0, friendly: 0 }));
    data.ties.forEach((tie, t) => {
      const [a, b] = [data.blocOf[tie.from], data.blocOf[tie.to]];
      if ((a !== id && b !== id) || !filter.counts.ties[t]) return;
      if (a === b) inside.push(t);
      else {
        const other = others[a === id ? b : a];
        if (!other) return;
        other.ties.push(t);
        if (tie.relation === "oppose") other.hostile += filter.counts.ties[t];
        if (tie.relation === "support") other.friendly += filter.counts.ties[t];
      }
    });
    others.forEach((row) => {
      if (row.other === id) return;
      for (const [matter, mine] of sides[id]) {
        const theirs = sides[row.other].get(matter);
        if (!theirs) continue;
        const [a, b] = [mine.pro.length - mine.contra.length, theirs.pro.length - theirs.contra.length];
        if (a * b < 0) row.matters.push({ matter, pro: a > 0, mine: a > 0 ? mine.pro : mine.contra, theirs: b > 0 ? theirs.pro : theirs.contra });
      }
      row.matters.sort((x, y) => y.mine.length + y.theirs.length - x.mine.length - x.theirs.length);
    });
    const strong = (t) => filter.counts.ties[t];
    const sort = (list) => list.sort((x, y) => strong(y) - strong(x) || x - y);
    sort(inside);
    others.forEach((row) => sort(row.ties));
    const met = others.filter((row) => row.other !== id && (row.ties.length || row.matters.length));
    met.sort((x, y) => y.hostile + y.matters.length - x.hostile - x.matters.length || x.other - y.other);
    return { shared, inside, others: met };
  };

  return { onMatters, onMatter, relations, bloc, side, prepare };
})();
