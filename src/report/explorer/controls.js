// Filters, tabs, and the line that tells how much is seen.
//
// In: the state. Out: controls that change it. Never here: what passes (filter).
const controls = (() => {
  "use strict";

  const { el } = words;
  const BINS = 60;
  const box = document.getElementById("x-filters");
  let parts = null;

  /** A sample of a line as the picture draws it. */
  const sample = (kind) => el("span", { class: `sample ${kind}`, "aria-hidden": "true" });

  const chips = () => words.RELATIONS.map((relation, k) => {
    const n = data.relation.reduce((sum, r) => sum + (r === k ? 1 : 0), 0);
    if (!n) return null;
    const chip = words.button({ class: "chip", "data-relation": relation, "aria-pressed": "true", onclick: () => {
      const relations = state.now.relations.map((on, i) => (i === k ? !on : on));
      state.set({ relations, page: 0 });
    } }, sample(relation), words.LEGEND[k], " ", el("small", {}, words.number(n)));
    return { chip, k };
  }).filter(Boolean);

  const choice = (label, options, change) => {
    const select = el("select", { onchange: (event) => change(event.target.value === "" ? null : Number(event.target.value)) },
      options.map(([value, text]) => el("option", { value }, words.plain(text))));
    return { field: el("label", { class: "field" }, el("span", {}, label), select), select };
  };

  const dates = () => {
    if (!data.days || data.days[0] === data.days[1]) return null;
    const [first, last] = data.days;
    const bins = Math.min(BINS, last - first + 1);
    const bars = el("div", { class: "bars", "aria-hidden": "true" });
    for (let k = 0; k < bins; k++) bars.append(el("i", {}, el("b")));
    const handle = (label, at, key) => el("input", { type: "range", min: first, max: last, step: 1, value: at, "aria-label": label,
      oninput: (event) => {
        let value = Number(event.target.value);
        value = key === "since" ? Math.min(value, state.now.until ?? last) : Math.max(value, state.now.since ?? first);
        event.target.value = value;
        state.set({ [key]: value === (key === "since" ? first : last) ? null : value, page: 0 });
      } });
    const [since, until] = [handle("First day", first, "since"), handle("Last day", last, "until")];
    const told = el("output", {});
    const field = el("div", { class: "field dates", role: "group", "aria-label": "Dates" }, el("span", {}, "Dates ", told),
      el("div", { class: "slider" }, bars, since, until));
    return { field, bars, since, until, told, bins };
  };

  const make = () => {
    const undated = data.day.some((d) => d === data.UNDATED);
    parts = {
      chips: chips(),
      hedged: data.statements.some((s) => s.hedged) && words.button({ class: "chip", "aria-pressed": "true", onclick: () => state.set({ hedged: !state.now.hedged, page: 0 }) },
        sample("hedged"), "hedged ", el("small", {}, words.number(data.statements.filter((s) => s.hedged).length))),
      bloc: data.blocs.length > 0 && choice("Bloc", [["", "All"], ...data.blocs.map((bloc, i) => [i, bloc.name]), ...(data.actors.some((a) => a.bloc === null) ? [[-1, "In no bloc"]] : [])], (bloc) => state.set({ bloc, page: 0 })),
      matter: data.matters.length > 0 && choice("Matter", [["", "All"], ...data.matters.map((matter, i) => [i, matter.name]).sort((a, b) => words.compare(a[1], b[1]))], (matter) => state.set({ matter, page: 0 })),
      dates: dates(),
      sure: null, undated,
    };
    if (data.statements.some((s) => s.confidence !== null && s.confidence !== undefined)) {
      const told = el("output", {});
      const input = el("input", { type: "range", min: 0, max: 1, step: 0.01, value: 0, "aria-label": "How sure, at least", oninput: (event) => state.set({ sure: Number(event.target.value), page: 0 }) });
      parts.sure = { field: el("label", { class: "field sure" }, el("span", {}, "How sure ", told), input), input, told };
    }
    parts.clear = words.button({ class: "plainly", onclick: () => { filter.clear(); box.querySelector("button").focus(); } }, "Clear filters");
    parts.count = el("p", { class: "count" });
    words.add(box, [
      el("div", { class: "first" }, el("div", { class: "sofar" }, parts.count, parts.clear),
        el("div", { class: "chips", role: "group", "aria-label": "Relations" }, parts.chips.map((c) => c.chip), parts.hedged)),
      parts.bloc?.field, parts.matter?.field, parts.dates?.field, parts.sure?.field,
    ].map((part) => part || null));
  };

  const drawDates = () => {
    const { bars, since, until, told, bins } = parts.dates;
    const [first, last] = data.days;
    const { all, some } = filter.histogram(bins);
    const most = Math.max(1, ...all);
    const step = (last - first + 1) / bins;
    const [low, high] = [state.now.since ?? first, state.now.until ?? last];
    [...bars.children].forEach((bar, k) => {
      const day = first + k * step;
      bar.className = day + step > low && day <= high ? "" : "out";
      bar.style.height = `${all[k] ? Math.max(4, (100 * all[k]) / most) : 0}%`;
      bar.firstChild.style.height = `${all[k] ? (100 * some[k]) / all[k] : 0}%`;
    });
    [since.value, until.value] = [low, high];
    since.setAttribute("aria-valuetext", words.date(low));
    until.setAttribute("aria-valuetext", words.date(high));
    told.textContent = words.span(low, high, words.short);
  };

  const draw = () => {
    const s = state.now;
    parts.chips.forEach(({ chip, k }) => chip.setAttribute("aria-pressed", String(s.relations[k])));
    parts.hedged && parts.hedged.setAttribute("aria-pressed", String(s.hedged));
    if (parts.bloc) parts.bloc.select.value = s.bloc ?? "";
    if (parts.matter) parts.matter.select.value = s.matter ?? "";
    if (parts.sure) {
      parts.sure.input.value = s.sure;
      parts.sure.told.textContent = s.sure ? `at least ${words.percent(s.sure)}` : "any";
      parts.sure.input.setAttribute("aria-valuetext", s.sure ? words.percent(s.sure) : "any");
    }
    if (parts.dates) drawDates();
    const [n, all] = [filter.counts.statements, data.statements.length];
    const undated = parts.undated && (s.since !== null || s.until !== null) ? "; those without a date are left out" : "";
    parts.count.textContent = filter.isActive() ? `${words.number(n)} of ${words.statements(all)}${undated}` : words.statements(all);
    parts.clear.hidden = !filter.isActive();
    if (filter.isActive()) words.say(parts.count.textContent);
  };

  /** Tabs after the pattern of ARIA: arrows move, the tab is in the order of focus once. */
  const tabs = () => {
    const all = state.TABS.map((tab) => document.getElementById(`x-tab-${tab}`));
    all.forEach((button, k) => {
      button.addEventListener("click", () => state.set({ tab: state.TABS[k] }, true));
      button.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const next = step ? (k + step + all.length) % all.length : { Home: 0, End: all.length - 1 }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        state.set({ tab: state.TABS[next] }, true);
        all[next].focus();
      });
    });
  };
  const drawTabs = () => state.TABS.forEach((tab) => {
    const button = document.getElementById(`x-tab-${tab}`);
    const on = state.now.tab === tab;
    button.setAttribute("aria-selected", String(on));
    button.tabIndex = on ? 0 : -1;
    document.getElementById(`x-${tab}`).hidden = !on;
    document.body.classList.toggle(`at-${tab}`, on);
  });

  const begin = () => {
    make();
    tabs();
    const toggle = document.getElementById("x-filter-toggle");
    toggle.addEventListener("click", () => {
      const open = box.classList.toggle("open");
      toggle.setAttribute("aria-expanded", String(open));
    });
    state.listen((keys) => {
      if (keys.has("tab")) drawTabs();
      if (filter.KEYS.some((key) => keys.has(key))) draw();
    });
  };

  return { begin, sample };
})();
