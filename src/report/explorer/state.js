// What the reader has chosen, and the address that says so.
//
// In: choices; the part of the address behind "#". Out: the same the other way round, so that a view can be sent, and
// the browser's Back goes back. Never here: elements.
const state = (() => {
  "use strict";

  const TABS = ["network", "matrix", "statements"];
  const fresh = () => ({
    tab: "network", pick: null,
    relations: [true, true, true, true], bloc: null, matter: null, since: null, until: null, sure: 0, hedged: true,
    text: "", sort: "date", down: false, page: 0, review: false, by: "matters", view: null,
  });
  const now = fresh();
  const listeners = [];

  const numberOf = (text, low, high) => {
    const value = Number(text);
    return text !== null && text !== "" && Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : null;
  };

  /** What the address picks: names, not numbers, so that it outlives a new run. */
  const pickFrom = (query) => {
    const [actor, matter, bloc] = ["actor", "topic", "bloc"].map((key) => query.get(key));
    if (actor !== null) return data.actor(actor) === undefined ? null : { kind: "actor", id: data.actor(actor) };
    if (bloc !== null) return data.blocNamed(bloc) === undefined ? null : { kind: "bloc", id: data.blocNamed(bloc) };
    if (matter !== null) return data.matterNamed(matter) === undefined ? null : { kind: "matter", id: data.matterNamed(matter) };
    if (query.has("statement")) {
      const id = data.statements.findIndex((s) => s.id === query.get("statement"));
      return id < 0 ? null : { kind: "statement", id };
    }
    if (!query.has("tie")) return null;
    const [a, b] = [data.blocNamed(query.get("fromBloc")), data.blocNamed(query.get("toBloc"))];
    if (a !== undefined && b !== undefined) return { kind: "between", from: a, to: b, relation: query.get("tie") };
    const [relation, from, to] = [query.get("tie"), data.actor(query.get("from")), data.actor(query.get("to"))];
    if (from === undefined || !words.RELATIONS.slice(0, 3).includes(relation)) return null;
    if (to !== undefined && data.tie(from, relation, to) !== undefined) return { kind: "tie", id: data.tie(from, relation, to) };
    const on = data.matterNamed(query.get("to"));
    return on === undefined ? null : { kind: "stand", actor: from, matter: on, relation };
  };

  const pickInto = (query, pick) => {
    if (!pick) return;
    if (pick.kind === "actor") query.set("actor", data.actors[pick.id].name);
    if (pick.kind === "bloc") query.set("bloc", data.blocs[pick.id].name);
    if (pick.kind === "matter") query.set("topic", data.matters[pick.id].name);
    if (pick.kind === "statement") query.set("statement", data.statements[pick.id].id);
    if (pick.kind === "between") {
      query.set("tie", pick.relation);
      query.set("fromBloc", data.blocs[pick.from].name);
      query.set("toBloc", data.blocs[pick.to].name);
    }
    const tie = pick.kind === "tie" ? data.ties[pick.id] : null;
    if (!tie && pick.kind !== "stand") return;
    query.set("tie", tie ? tie.relation : pick.relation);
    query.set("from", data.actors[tie ? tie.from : pick.actor].name);
    query.set("to", tie ? data.actors[tie.to].name : data.matters[pick.matter].name);
  };

  const read = () => {
    const query = new URLSearchParams(location.hash.slice(1));
    const next = fresh();
    if (TABS.includes(query.get("tab"))) next.tab = query.get("tab");
    next.pick = pickFrom(query);
    const only = query.get("only")?.split(",");
    if (only) next.relations = words.RELATIONS.map((relation) => only.includes(relation));
    next.bloc = query.get("in") === "none" ? -1 : data.blocNamed(query.get("in")?.replace(/^=/, "")) ?? null;
    next.matter = data.matterNamed(query.get("on")) ?? null;
    next.since = words.toDay(query.get("since"));
    next.until = words.toDay(query.get("until"));
    next.sure = numberOf(query.get("sure"), 0, 1) ?? 0;
    next.hedged = query.get("hedged") !== "no";
    next.text = query.get("q") ?? "";
    const sort = query.get("sort");
    if (sort) [next.down, next.sort] = [sort.startsWith("-"), sort.replace(/^-/, "")];
    next.page = Math.floor(numberOf(query.get("page"), 1, 1e6) ?? 1) - 1;
    next.review = query.get("review") === "yes";
    if (query.get("by") === "actors") next.by = "actors";
    const view = query.get("view")?.split(",").map(Number);
    if (view?.length === 3 && view.every(Number.isFinite) && view[2] > 0) next.view = view;
    Object.assign(now, next);
  };

  const written = () => {
    const query = new URLSearchParams();
    if (now.tab !== "network") query.set("tab", now.tab);
    pickInto(query, now.pick);
    if (now.relations.includes(false)) query.set("only", words.RELATIONS.filter((_, i) => now.relations[i]).join(","));
    if (now.bloc !== null) query.set("in", now.bloc < 0 ? "none" : `=${data.blocs[now.bloc].name}`);
    if (now.matter !== null) query.set("on", data.matters[now.matter].name);
    if (now.since !== null) query.set("since", words.fromDay(now.since));
    if (now.until !== null) query.set("until", words.fromDay(now.until));
    if (now.sure) query.set("sure", now.sure);
    if (!now.hedged) query.set("hedged", "no");
    if (now.text) query.set("q", now.text);
    if (now.sort !== "date" || now.down) query.set("sort", (now.down ? "-" : "") + now.sort);
    if (now.page) query.set("page", now.page + 1);
    if (now.review) query.set("review", "yes");
    if (now.by !== "matters") query.set("by", now.by);
    if (now.view) query.set("view", now.view.map(Math.round).join(","));
    return query.toString();
  };

  let timer = 0;
  let steps = [];
  const put = (way, hash) => {
    if (hash === (location.hash || "#")) return;
    try {
      history[way](null, "", hash);
    } catch {
      // Some browsers let a page from disk write its address only so often: the page works without.
    }
  };
  const putSteps = () => {
    const all = steps;
    steps = [];
    all.forEach((hash) => put("pushState", hash));
  };
  /** Writes the address; as a new step of the browser's history where the reader went somewhere. That takes some
   * milliseconds, so it is done after the answer is painted. */
  const write = (step) => {
    clearTimeout(timer);
    if (!step) {
      timer = setTimeout(() => put("replaceState", `#${written()}`), 250);
      return;
    }
    steps.push(`#${written()}`);
    if (steps.length === 1) words.painted(putSteps);
  };

  /** Changes the state, writes the address and tells all parts which keys have changed. */
  const set = (changes, step = false) => {
    const keys = Object.keys(changes).filter((key) => now[key] !== changes[key]);
    if (!keys.length) return;
    Object.assign(now, changes);
    write(step);
    tell(new Set(keys));
  };

  const tell = (keys) => listeners.forEach((listener) => listener(keys));

  const begin = () => {
    read();
    const again = () => {
      if (`#${written()}` === (location.hash || "#")) return;
      read();
      tell(new Set(Object.keys(now)));
    };
    addEventListener("popstate", again);
    addEventListener("hashchange", again);
    tell(new Set(Object.keys(now)));
  };

  return { now, set, begin, TABS, listen: (listener) => listeners.push(listener), address: () => `${location.href.split("#")[0]}#${written()}` };
})();
