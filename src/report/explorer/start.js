// Starts the page: words at its head and foot, then all parts, then the state that the address names.
//
// In: nothing. Out: a page that answers. Never here: anything else.
const start = (() => {
  "use strict";

  const { about } = data;
  document.getElementById("x-title").textContent = words.shown(about.title);
  document.getElementById("x-subtitle").textContent = words.shown(about.subtitle);
  const foot = document.getElementById("x-foot");
  words.add(foot, [about.source && words.el("p", {}, words.name(about.source)), words.el("p", {}, "Made with ", words.name(about.program), ". Nothing on this page is sent anywhere.")]);

  // Filters first: all else reads what passes.
  state.listen((keys) => {
    if (filter.KEYS.some((key) => keys.has(key))) filter.run();
  });
  review.begin();
  controls.begin();
  zoom.begin();
  picture.begin();
  labels.begin();
  names.begin();
  cards.begin();
  search.begin();
  matrix.begin();
  table.begin();
  save.begin();
  state.begin();
  // What the first click would wait for otherwise.
  words.idle((function* () {
    yield standing.prepare();
    yield* order.making();
  })());
  return {};
})();
