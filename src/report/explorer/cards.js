// The evidence panel: a card for what is picked.
//
// In: the state's pick. Out: the panel. Never here: counting (standing), the wording of statements (quotes).
const cards = (() => {
  "use strict";

  const { el } = words;
  const panel = document.getElementById("x-panel");
  const KINDS = { country: "Country", institution: "Institution", person: "Person" };
  const LONG = 12;
  const MORE = 100;
  const NARROW = "(max-width: 800px)";
  let origin = null;
  let stale = true;
  let scrolled = false;
  let drawings = 0;
  /** Whether another card was picked since the last drawing. */
  let changed = false;

  /** Opens a card; the keyboard's focus follows there, and returns on Escape. */
  const open = (pick, event) => {
    const byKey = event && (event.type === "keydown" || event.detail === 0);
    if (!panel.contains(document.activeElement)) origin = document.activeElement;
    state.set({ pick }, true);
    if (byKey) panel.querySelector("h2")?.focus();
  };
  const close = () => {
    state.set({ pick: null }, true);
    (origin?.isConnected ? origin : document.getElementById("x-skip")).focus({ preventScroll: true });
  };

  /** A list of which the first are seen, and made, the others on demand. */
  const long = (rows, make, attributes = {}) => {
    const list = el("ul", { class: "plainlist", ...attributes });
    const more = words.button({ class: "more" });
    let shown = 0;
    const grow = (by) => {
      const items = rows.slice(shown, shown + by).map((row, k) => make(row, shown + k));
      list.append(...items);
      shown += items.length;
      const left = rows.length - shown;
      more.hidden = left <= 0;
      more.textContent = `Show ${words.number(Math.min(MORE, left))} more${left > MORE ? ` of ${words.number(left)}` : ""}`;
      return items[0];
    };
    more.addEventListener("click", () => grow(MORE)?.querySelector("button, a")?.focus());
    grow(LONG);
    return more.hidden ? list : [list, more];
  };

  const section = (heading, ...children) => el("section", {}, el("h3", {}, heading), children);
  const bar = (pro, contra, most) =>
    el("span", { class: "tally", "aria-hidden": "true" },
      el("i", { class: "support", style: `width:${(100 * pro) / most}%` }), el("i", { class: "oppose", style: `width:${(100 * contra) / most}%` }));
  /** As above, without the words where all say the same. */
  const howMany = (row) => (row.pro && row.contra ? forAgainst(row) : words.number(row.pro + row.contra));
  const forAgainst = ({ pro, contra }) => [pro && `${words.number(pro)} for`, contra && `${words.number(contra)} against`].filter(Boolean).join(", ");

  /** A tie as a line that opens it. */
  const tie = (t) => {
    const { from, to, relation } = data.ties[t];
    const passing = data.ties[t].statements.filter((i) => filter.passes[i]);
    const withheld = passing.length && passing.every((i) => data.relation[i] === 3);
    return el("li", {}, words.button({ class: "row", onclick: (event) => open({ kind: "tie", id: t }, event) },
      el("span", {}, words.name(data.actors[from].name), " ", quotes.relation(withheld ? 3 : words.RELATIONS.indexOf(relation)), " ", words.name(data.actors[to].name)),
      el("b", {}, words.number(passing.length))));
  };

  const actorCard = (id) => {
    const actor = data.actors[id];
    const { allies, opponents, undecided } = standing.relations(id);
    const matters = standing.onMatters(id);
    const most = Math.max(1, ...matters.map((row) => row.pro + row.contra));
    const speaks = actor.affiliation && data.actor(actor.affiliation);
    // Said of the other: what the actor does to it, then what it does to the actor.
    const told = ["is supported", "is opposed", "is invited", "is not invited", "supports", "opposes", "invites", "does not invite"];
    const who = (row) => {
      const notes = row.notes.flatMap((n, k) => (n ? [`${told[k]}${n > 1 ? ` ×${words.number(n)}` : ""}`] : []));
      if (row.same) notes.push(`same side on ${words.count(row.same, "matter", "matters")}`);
      if (row.opposite) notes.push(`opposite sides on ${words.count(row.opposite, "matter", "matters")}`);
      return el("li", {}, quotes.actor(row.other), el("small", {}, notes.join(", ")));
    };
    return [
      [KINDS[actor.kind] ?? "Actor", actor.name],
      el("dl", {},
        actor.affiliation && [el("dt", {}, "Speaks for"), el("dd", {}, speaks !== undefined && speaks !== null ? quotes.actor(speaks) : words.name(actor.affiliation))],
        actor.code && [el("dt", {}, "Code"), el("dd", {}, words.name(actor.code))],
        el("dt", {}, "Bloc"),
        el("dd", {}, actor.bloc === null ? "in no bloc with others" : quotes.bloc(actor.bloc),
          actor.stability !== null && actor.stability !== undefined && el("small", {}, `\u00a0 ${words.percent(actor.stability)}\u00a0sure`)),
        el("dt", {}, "Evidence"), el("dd", {}, quotes.summary(data.byActor[id]))),
      matters.length && section("Stances by matter", long(matters, (row) => {
        const relation = standing.side(row) >= 0 ? "support" : "oppose";
        return el("li", {}, words.button({ class: "row", onclick: (event) => open({ kind: "stand", actor: id, matter: row.matter, relation }, event) },
          words.name(data.matters[row.matter].name), bar(row.pro, row.contra, most), el("small", {}, forAgainst(row))));
      })),
      allies.length && section("Allies", long(allies, who, { class: "plainlist people" })),
      opponents.length && section("Opponents", long(opponents, who, { class: "plainlist people" })),
      undecided.length && section("Both ways", long(undecided, who, { class: "plainlist people" })),
      (allies.length || opponents.length) && el("p", { class: "note" },
        "Ranked by statements between the two (support 1, opposition −1, an invitation ¼) and matters on which they take the same side (1) or opposite sides (−1)."),
      quotes.list(data.byActor[id]),
    ];
  };

  const tieCard = (id) => {
    const { from, to, relation, statements } = data.ties[id];
    const passing = statements.filter((i) => filter.passes[i]);
    const withheld = (passing.length ? passing : statements).every((i) => data.relation[i] === 3);
    const also = data.tiesOf[from].filter((t) => t !== id && [data.ties[t].from, data.ties[t].to].every((a) => a === from || a === to));
    return [
      ["Tie", [quotes.actor(from), " ", quotes.relation(withheld ? 3 : words.RELATIONS.indexOf(relation)), " ", quotes.actor(to)]],
      el("p", { class: "sum" }, quotes.summary(statements)),
      quotes.list(statements),
      also.length && section("Also between them", el("ul", { class: "plainlist" }, also.map(tie))),
    ];
  };

  const standCard = ({ actor, matter, relation }) => {
    const statements = data.standing(actor, matter, relation);
    const other = relation === "support" ? "oppose" : "support";
    const opposite = data.standing(actor, matter, other);
    return [
      ["Stance on a matter", [quotes.actor(actor), " ", quotes.relation(words.RELATIONS.indexOf(relation)), " ", quotes.matter(matter)]],
      el("p", { class: "sum" }, quotes.summary(statements)),
      quotes.list(statements),
      opposite.length > 0 && quotes.list(opposite, other === "oppose" ? "Against it, too" : "For it, too"),
    ];
  };

  const blocCard = (id) => {
    const bloc = data.blocs[id];
    const { shared, inside, others } = standing.bloc(id);
    const names = (actors) => actors.slice(0, 6).map((a, k) => [k ? ", " : "", quotes.actor(a)]).concat(actors.length > 6 ? ` and ${words.number(actors.length - 6)} more` : []);
    const sided = (pro) => quotes.relation(pro ? 0 : 1, pro ? "for" : "against");
    const friendly = inside.filter((t) => data.ties[t].relation !== "oppose");
    const strife = inside.filter((t) => data.ties[t].relation === "oppose");
    const apart = (row) => section(["What divides it from ", quotes.bloc(row.other)],
      row.matters.length > 0 && long(row.matters, (m) => el("li", { class: "prose" }, quotes.matter(m.matter), ": ", sided(m.pro), " it here ", names(m.mine), "; ", sided(!m.pro), " it there ", names(m.theirs))),
      row.hostile > 0 && [el("h4", {}, `Opposition: ${words.statements(row.hostile)}`), long(row.ties.filter((t) => data.ties[t].relation === "oppose"), tie)],
      row.ties.some((t) => data.ties[t].relation !== "oppose") && [el("h4", {}, "But also"), long(row.ties.filter((t) => data.ties[t].relation !== "oppose"), tie)]);
    return [
      ["Bloc", bloc.name],
      section(words.count(bloc.members.length, "member", "members"), long(bloc.members, (a) =>
        el("li", {}, quotes.actor(a), el("small", {}, data.actors[a].stability === null ? "" : `${words.percent(data.actors[a].stability)} sure`)), { class: "plainlist people" })),
      section("What unites it",
        shared.length > 0 && long(shared, (row) => el("li", { class: "prose" }, names(row.actors), row.actors.length > 1 ? " are " : " is ", sided(row.pro), " ", quotes.matter(row.matter), row.against.length > 0 && [" (", names(row.against), row.against.length > 1 ? " are not)" : " is not)"])),
        friendly.length > 0 && [el("h4", {}, "Ties inside"), long(friendly, tie)],
        shared.length + friendly.length === 0 && el("p", { class: "note" }, "No stance inside it that passes the filters: its members have the same friends and opponents.")),
      strife.length > 0 && section("Discord inside", long(strife, tie)),
      others.slice(0, 2).map(apart),
      // What is far below comes when the rest is painted.
      () => others.slice(2).map(apart),
    ];
  };

  const matterCard = (id) => {
    const { pro, contra, both } = standing.onMatter(id);
    const side = (heading, rows, relation) => rows.length && el("section", { class: "side" }, el("h3", {}, quotes.relation(relation === "support" ? 0 : 1, heading), ` ${words.number(rows.length)}`),
      long(rows, (row) => el("li", {}, quotes.actor(row.actor), words.button({ class: "plainly", onclick: (event) => open({ kind: "stand", actor: row.actor, matter: id, relation }, event), "aria-label": `Evidence: ${words.plain(data.actors[row.actor].name)} on ${words.plain(data.matters[id].name)}, ${forAgainst(row)}` }, howMany(row))), { class: "plainlist people" }));
    return [
      ["Matter", data.matters[id].name],
      el("p", { class: "sum" }, quotes.summary(data.byMatter[id])),
      el("div", { class: "sides" }, side("For it", pro, "support"), side("Against it", contra, "oppose")),
      both.length > 0 && section("On both sides", el("ul", { class: "plainlist people" }, both.map((row) => el("li", {}, quotes.actor(row.actor))))),
      quotes.list(data.byMatter[id]),
    ];
  };

  /** All ties of a relation from one bloc to another, as a picture of thousands shows them. */
  const betweenCard = ({ from, to, relation }) => {
    const ties = [];
    const sums = [{ invite: 0, support: 0, oppose: 0 }, { invite: 0, support: 0, oppose: 0 }];
    data.ties.forEach((tie, t) => {
      const [a, b, n] = [data.blocOf[tie.from], data.blocOf[tie.to], filter.counts.ties[t]];
      if (!n || !((a === from && b === to) || (a === to && b === from))) return;
      if (a === from && b === to && tie.relation === relation) ties.push(t);
      sums[a === from && b === to ? 0 : 1][tie.relation] += n;
    });
    ties.sort((a, b) => filter.counts.ties[b] - filter.counts.ties[a] || a - b);
    const also = sums.flatMap((sum, k) => words.RELATIONS.slice(0, 3).map((kind) => ({ kind: "between", from: k ? to : from, to: k ? from : to, relation: kind, n: sum[kind] })))
      .filter((pick) => pick.n && !(pick.from === from && pick.to === to && pick.relation === relation));
    return [
      ["Ties between blocs", [quotes.bloc(from), " ", quotes.relation(words.RELATIONS.indexOf(relation)), " ", quotes.bloc(to)]],
      section(words.count(ties.length, "tie", "ties"), long(ties, tie)),
      also.length > 0 && section("Also between them", long(also, (pick) => el("li", {}, words.button({ class: "row", onclick: (event) => open({ ...pick, n: undefined }, event) },
        el("span", {}, words.name(data.blocs[pick.from].name), " ", quotes.relation(words.RELATIONS.indexOf(pick.relation)), " ", words.name(data.blocs[pick.to].name)), el("b", {}, words.number(pick.n)))))),
      quotes.list(ties.flatMap((t) => data.ties[t].statements)),
    ];
  };

  const statementCard = (id) => {
    const [from, ties] = [data.holder[id], []];
    for (const t of from === data.NONE ? [] : data.tiesOf[from]) if (data.ties[t].statements.includes(id)) ties.push(t);
    return [
      ["Statement", [quotes.holder(id), " ", quotes.relation(data.relation[id]), " ", quotes.target(id)]],
      el("div", { class: "evidence" }, quotes.item(id, "div")),
      data.matter[id] !== data.NONE && section("On the matter", quotes.matter(data.matter[id])),
      ties.length > 0 && section("It makes these ties", long(ties, tie)),
    ];
  };

  /** What is seen when nothing is picked: what there is, and where to begin. */
  const overview = () => {
    const left = [
      data.limits?.actors_left_out && words.count(data.limits.actors_left_out, "actor", "actors"),
      data.limits?.statements_left_out && words.statements(data.limits.statements_left_out),
    ].filter(Boolean);
    const matters = data.matters.map((_, id) => ({ id, n: filter.counts.matters[id] })).filter((row) => row.n).sort((a, b) => b.n - a.n || a.id - b.id);
    const actors = data.actors.map((_, id) => ({ id, n: filter.counts.actors[id] })).filter((row) => row.n).sort((a, b) => b.n - a.n || a.id - b.id);
    return [
      ["Evidence", "Who says so, and where?"],
      el("p", { class: "sum" }, "Click a line, a name or an area of the picture: here stand the statements behind it, word for word, with their documents."),
      left.length > 0 && el("p", { class: "limits" }, `This page holds the largest part: ${left.join(" and ")} are left out.`),
      data.blocs.length > 0 && section("Blocs", long(data.blocs, (bloc, id) => el("li", {}, quotes.bloc(id), el("small", {}, words.count(bloc.members.length, "actor", "actors"))), { class: "plainlist people" })),
      matters.length > 0 && section("Matters", long(matters, (row) => el("li", {}, quotes.matter(row.id), el("small", {}, words.statements(row.n))), { class: "plainlist people" })),
      section("Actors", long(actors, (row) => el("li", {}, quotes.actor(row.id), el("small", {}, words.statements(row.n))), { class: "plainlist people" })),
    ];
  };

  const make = (pick) => {
    if (!pick) return overview();
    if (pick.kind === "actor") return actorCard(pick.id);
    if (pick.kind === "tie") return tieCard(pick.id);
    if (pick.kind === "stand") return standCard(pick);
    if (pick.kind === "between") return betweenCard(pick);
    if (pick.kind === "bloc") return blocCard(pick.id);
    if (pick.kind === "matter") return matterCard(pick.id);
    return statementCard(pick.id);
  };

  const draw = () => {
    const pick = state.now.pick;
    const [[kind, title], ...body] = make(pick);
    const heading = el("h2", { tabindex: "-1" }, Array.isArray(title) ? title : words.name(title));
    const head = el("div", { class: "head" }, el("p", { class: "kind" }, kind), heading,
      pick && words.button({ class: "close", onclick: close }, "Close"));
    panel.replaceChildren();
    stale = false;
    words.add(panel, [head, body.map((part) => (typeof part === "function" ? null : part || null))]);
    const mine = ++drawings;
    const later = body.filter((part) => typeof part === "function");
    if (later.length) words.painted(() => mine === drawings && words.add(panel, later.map((part) => part())));
    document.body.classList.toggle("picked", Boolean(pick));
    if (changed && scrolled) panel.scrollTop = 0;
    // On a phone the panel covers the lower half: the picture goes up.
    if (changed && pick && state.now.tab === "network" && matchMedia(NARROW).matches) document.getElementById("x-network").scrollIntoView({ block: "start" });
    if (changed && pick) words.say(`${kind}: ${heading.textContent}`);
    changed = false;
  };

  const begin = () => {
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.now.pick) close();
    });
    document.getElementById("x-skip").addEventListener("click", () => {
      const heading = panel.querySelector("h2");
      if (heading.offsetParent) heading.focus();
      else document.querySelector("[role=tabpanel]:not([hidden])").querySelector("button, input, [tabindex]").focus();
    });
    // To ask where it is scrolled to in the middle of a change would lay out the page once more.
    panel.addEventListener("scroll", () => (scrolled = panel.scrollTop > 0), { passive: true });
    const narrow = matchMedia(NARROW);
    const seen = () => state.now.pick || state.now.tab === "network" || narrow.matches;
    narrow.addEventListener("change", () => stale && draw());
    state.listen((keys) => {
      changed ||= keys.has("pick");
      if (changed || filter.KEYS.some((key) => keys.has(key))) stale = true;
      if (stale && seen()) draw();
      // Out of sight nothing is drawn; but it has to go there.
      else if (changed) document.body.classList.remove("picked");
    });
  };

  return { open, close, begin };
})();
