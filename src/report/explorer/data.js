// The data of the page, indexed once.
//
// In: the JSON of the page. Out: tables of numbers that filters run over, and who has which statements.
// Never here: the state of the page, elements.
const data = (() => {
  "use strict";

  const { actors, blocs, matters, documents, ties, statements, columns, blanks, limits, mark, ...about } = JSON.parse(document.getElementById("data").textContent);

  const actorOf = new Map(actors.map((actor, i) => [actor.name, i]));
  const matterOf = new Map(matters.map((matter, i) => [matter.name, i]));
  const tieKey = (from, relation, to) => `${from}\u0000${relation}\u0000${to}`;
  const tieOf = new Map(ties.map((tie, i) => [tieKey(tie.from, tie.relation, tie.to), i]));

  const n = statements.length;
  const NONE = -1;
  const UNDATED = -2147483648;
  const relation = new Uint8Array(n);
  const day = new Int32Array(n);
  const sure = new Float64Array(n);
  const hedged = new Uint8Array(n);
  const holder = new Int32Array(n).fill(NONE);
  /** The matter that a statement is about, by any wording; and, of a stance on a matter, that matter. */
  const matter = new Int32Array(n).fill(NONE);
  const stand = new Int32Array(n).fill(NONE);

  /** Lists of numbers as one array of all and where each begins: no object for each of 50,000. */
  const packed = (lists) => {
    const begins = new Int32Array(lists.length + 1);
    lists.forEach((list, i) => (begins[i + 1] = begins[i] + list.length));
    const all = new Int32Array(begins[lists.length]);
    lists.forEach((list, i) => all.set(list, begins[i]));
    return { begins, all, of: (i) => all.subarray(begins[i], begins[i + 1]) };
  };

  const number = (name) => {
    if (!matterOf.has(name)) {
      matterOf.set(name, matters.length);
      matters.push({ name });
    }
    return matterOf.get(name);
  };

  statements.forEach((s, i) => {
    relation[i] = s.withheld ? 3 : words.RELATIONS.indexOf(s.relation);
    day[i] = words.toDay(s.date) ?? UNDATED;
    sure[i] = s.confidence ?? 2;
    hedged[i] = s.hedged ? 1 : 0;
    const about = s.matter || (s.target_kind === "matter" ? s.target : "");
    if (about) matter[i] = number(about);
    if (s.target_kind === "matter") stand[i] = matter[i];
  });
  const none = [];
  const others = Array(n).fill(none);
  ties.forEach((tie) => {
    for (const s of tie.statements) {
      holder[s] = tie.from;
      if (others[s] === none) others[s] = [tie.to];
      else if (!others[s].includes(tie.to)) others[s].push(tie.to);
    }
  });
  /** Actors at the other end, and the statements of ties. */
  const ends = packed(others);
  const tied = packed(ties.map((tie) => tie.statements));
  statements.forEach((s, i) => {
    if (holder[i] === NONE) holder[i] = actorOf.get(s.holder) ?? actorOf.get(s.holder_for) ?? NONE;
  });

  const lists = (length) => Array.from({ length }, () => []);
  const byActor = lists(actors.length);
  const byMatter = lists(matters.length);
  const tiesOf = lists(actors.length);
  /** Who takes a stand on what, the stand that each statement is part of, and the stands of each actor and on each matter. */
  const stands = [];
  const standOf = new Int32Array(n).fill(NONE);
  const standsOf = Array.from({ length: actors.length }, () => new Map());
  const standsOn = lists(matters.length);
  for (let i = 0; i < n; i++) {
    if (holder[i] !== NONE) byActor[holder[i]].push(i);
    for (const end of others[i]) if (end !== holder[i]) byActor[end].push(i);
    if (matter[i] !== NONE) byMatter[matter[i]].push(i);
    if (stand[i] === NONE || holder[i] === NONE) continue;
    const own = standsOf[holder[i]];
    let row = own.get(stand[i]);
    if (row === undefined) {
      own.set(stand[i], (row = stands.length));
      standsOn[stand[i]].push(row);
      stands.push({ actor: holder[i], matter: stand[i], statements: [] });
    }
    stands[row].statements.push(i);
    standOf[i] = row;
  }
  ties.forEach((tie, i) => {
    tiesOf[tie.from].push(i);
    if (tie.to !== tie.from) tiesOf[tie.to].push(i);
  });
  const blocOf = Int32Array.from(actors, (actor) => actor.bloc ?? NONE);

  const dated = day.filter((d) => d !== UNDATED);
  const days = dated.length ? [dated.reduce((a, b) => Math.min(a, b)), dated.reduce((a, b) => Math.max(a, b))] : null;

  /** Index of a tie, or undefined. */
  const tie = (from, relation, to) => tieOf.get(tieKey(from, relation, to));

  /** Statements behind a stand of an actor on a matter. */
  const standing = (actor, matter, kind) => {
    const own = stands[standsOf[actor]?.get(matter)]?.statements ?? [];
    const wanted = kind === "invite" ? [2, 3] : [words.RELATIONS.indexOf(kind)];
    return own.filter((i) => wanted.includes(relation[i]));
  };

  return {
    actors, blocs, matters, documents, ties, statements, columns, blanks, limits, about, mark, NONE, UNDATED,
    relation, day, sure, hedged, holder, matter, stand, ends, tied, byActor, byMatter, tiesOf, blocOf,
    stands, standOf, standsOf, standsOn, days, tie, standing,
    actor: (name) => actorOf.get(name), matterNamed: (name) => matterOf.get(name),
    blocNamed: (name) => { const i = blocs.findIndex((bloc) => bloc.name === name); return i < 0 ? undefined : i; },
    document: (statement) => documents[statement.document] ?? { id: "" },
  };
})();
