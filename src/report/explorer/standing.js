// Who stands where: counted from statements that pass the filters.
//
// In: an actor, a bloc, a matter. Out: counts and rankings. Never here: elements.
const standing = (() => {
  "use strict";

  /** Who stands where on what, counted once for each setting of the filters. */
  let counted = null;
  const stands = () => {
    if (counted?.run === filter.runs()) return counted;
    counted = { run: filter.runs(), byActor: data.actors.map(() => []), byMatter: data.matters.map(() => []) };
    data.stands.forEach((own, actor) => {
      for (const [matter, by] of own) {
        const row = { actor, matter, pro: filter.count(by[0]), contra: filter.count(by[1]) };
        if (!row.pro && !row.contra) continue;
        counted.byActor[actor].push(row);
        counted.byMatter[matter].push(row);
      }
    });
    counted.byActor.forEach((rows) => rows.sort((a, b) => b.pro + b.contra - a.pro - a.contra || a.matter - b.matter));
    return counted;
  };

  /** Where an actor stands on matters: counts for and against, most first. */
  const onMatters = (actor) => stands().byActor[actor];

  const side = ({ pro, contra }) => Math.sign(pro - contra);

  /**
   * Allies and opponents of an actor, strongest first: a statement of support between the two counts 1, one of opposition
   * -1, an invitation a quarter, one withheld minus a quarter; a matter on which they take the same side 1, opposite
   * sides -1 (the weights by which blocs are sought, before norming).
   */
  const relations = (actor) => {
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
      for (const theirs of stands().byMatter[mine.matter]) {
        const both = theirs.actor === actor ? 0 : side(mine) * side(theirs);
        if (!both) continue;
        const row = of(theirs.actor);
        row.score += both;
        row[both > 0 ? "same" : "opposite"]++;
      }
    }
    const rows = [...others.values()].sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || words.compare(data.actors[a.other].name, data.actors[b.other].name));
    return { allies: rows.filter((row) => row.score > 0), opponents: rows.filter((row) => row.score < 0), undecided: rows.filter((row) => row.score === 0) };
  };

  /** Who is for a matter, against it, and on both sides. */
  const onMatter = (matter) => {
    const all = [...stands().byMatter[matter]];
    all.sort((a, b) => Math.abs(b.pro - b.contra) - Math.abs(a.pro - a.contra) || data.actors[b.actor].statements - data.actors[a.actor].statements || a.actor - b.actor);
    return { all, pro: all.filter((row) => side(row) > 0), contra: all.filter((row) => side(row) < 0), both: all.filter((row) => !side(row)) };
  };

  /** For each bloc its actors' sides on each matter. */
  const sidesOfBlocs = () => {
    const sides = data.blocs.map(() => new Map());
    data.actors.forEach((actor, a) => {
      if (actor.bloc === null || !sides[actor.bloc]) return;
      for (const row of onMatters(a)) {
        const own = sides[actor.bloc];
        if (!own.has(row.matter)) own.set(row.matter, { pro: [], contra: [] });
        if (side(row)) own.get(row.matter)[side(row) > 0 ? "pro" : "contra"].push(a);
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
      const [a, b] = [data.actors[tie.from].bloc, data.actors[tie.to].bloc];
      if (!filter.counts.ties[t] || (a !== id && b !== id)) return;
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

  return { onMatters, onMatter, relations, bloc, side };
})();
