// The data of the page, indexed once.
//
// In: the JSON of the page. Out: tables of numbers that filters run over, and who has which statements.
// Never here: the state of the page, elements.
const data = (() => {
  "use strict";

  const source = document.getElementById("data").textContent;
  const { actors, blocs, matters, documents, ties, statements, columns, limits, ...about } = JSON.parse(source);

  /** 53 bits that tell this data from other data (cyrb53): the name under which a review is kept. */
  const mark = (() => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < source.length; i++) {
      const c = source.charCodeAt(i);
      a = Math.imul(a ^ c, 2654435761);
      b = Math.imul(b ^ c, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
  })();

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
  const holder = new Int32Array(n).fill(NONE);
  /** The matter that a statement is about, by any wording; and, of a stance on a matter, that matter. */
  const matter = new Int32Array(n).fill(NONE);
  const stand = new Int32Array(n).fill(NONE);
  /** Actors at the other end. */
  const ends = Array.from({ length: n }, () => []);

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
    const about = s.matter || (s.target_kind === "matter" ? s.target : "");
    if (about) matter[i] = number(about);
    if (s.target_kind === "matter") stand[i] = matter[i];
  });
  ties.forEach((tie) => {
    for (const s of tie.statements) {
      holder[s] = tie.from;
      if (!ends[s].includes(tie.to)) ends[s].push(tie.to);
    }
  });
  statements.forEach((s, i) => {
    if (holder[i] === NONE) holder[i] = actorOf.get(s.holder) ?? actorOf.get(s.holder_for) ?? NONE;
  });

  const lists = (length) => Array.from({ length }, () => []);
  const byActor = lists(actors.length);
  const byMatter = lists(matters.length);
  const tiesOf = lists(actors.length);
  /** Stands of actors on matters: for each actor, then each matter, statements by relation. */
  const stands = Array.from({ length: actors.length }, () => new Map());
  for (let i = 0; i < n; i++) {
    if (holder[i] !== NONE) byActor[holder[i]].push(i);
    for (const end of ends[i]) if (end !== holder[i]) byActor[end].push(i);
    if (matter[i] !== NONE) byMatter[matter[i]].push(i);
    if (stand[i] !== NONE && holder[i] !== NONE) {
      const own = stands[holder[i]];
      if (!own.has(stand[i])) own.set(stand[i], [[], [], [], []]);
      own.get(stand[i])[relation[i]].push(i);
    }
  }
  ties.forEach((tie, i) => {
    tiesOf[tie.from].push(i);
    if (tie.to !== tie.from) tiesOf[tie.to].push(i);
  });

  const dated = day.filter((d) => d !== UNDATED);
  const days = dated.length ? [dated.reduce((a, b) => Math.min(a, b)), dated.reduce((a, b) => Math.max(a, b))] : null;

  /** Index of a tie, or undefined. */
  const tie = (from, relation, to) => tieOf.get(tieKey(from, relation, to));

  /** Statements behind a stand of an actor on a matter. */
  const standing = (actor, matter, relation) => {
    const own = stands[actor]?.get(matter);
    return own ? (relation === "invite" ? [...own[2], ...own[3]] : own[words.RELATIONS.indexOf(relation)]) : [];
  };

  return {
    actors, blocs, matters, documents, ties, statements, columns, limits, about, mark, NONE, UNDATED,
    relation, day, sure, holder, matter, stand, ends, byActor, byMatter, tiesOf, stands, days, tie, standing,
    actor: (name) => actorOf.get(name), matterNamed: (name) => matterOf.get(name),
    blocNamed: (name) => { const i = blocs.findIndex((bloc) => bloc.name === name); return i < 0 ? undefined : i; },
    document: (statement) => documents[statement.document] ?? { id: "" },
  };
})();
