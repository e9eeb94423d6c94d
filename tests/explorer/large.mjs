// A page of 2,000 actors and 50,000 statements answers, and keeps few elements. How long it takes is told, as the median of
// some rounds, and not tested: machines differ, and so does what else they do.
import { assert, open, run } from "./browser.mjs";

const [file] = process.argv.slice(2);
const ROUNDS = 5;

/** Runs in the page: does what a reader does, and measures from the event until its answer is laid out and painted. */
const ROUND = async () => {
  const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  const rest = (ms = 250) => new Promise((go) => setTimeout(go, ms));
  const times = {};
  const time = async (name, action, answer = frame) => {
    await frame();
    const start = performance.now();
    action();
    await answer();
    times[name] = Math.round(performance.now() - start);
    await rest();
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (selector, k = 0) => () => all(selector).at(k).click();
  const set = (selector, k, value, event) => () => {
    const control = all(selector)[k];
    control.value = typeof value === "function" ? value(Number(control.min), Number(control.max)) : value;
    control.dispatchEvent(new Event(event));
  };
  // Typing in the table is answered a moment after the last key: the time until then counts, too.
  const answered = (selector) => () => new Promise((go) => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      frame().then(go);
    });
    seen.observe(document.querySelector(selector), { childList: true, subtree: true, characterData: true });
  });

  // At once, before anything is made ready in idle time.
  await time("first click", press("#x-panel section:last-of-type button.who"));
  await rest(1500);
  await time("actor", press("#x-panel .people button.who"));
  await time("stance", press("#x-panel .row"));
  await time("close", press("#x-panel .close"));
  await time("bloc", press("#x-panel .people button.who"));
  await time("tie", press("#x-panel section .row", -1));
  await time("close again", press("#x-panel .close"));
  await time("relation off", press('.chip[data-relation="oppose"]'));
  await time("relation on", press('.chip[data-relation="oppose"]'));
  for (const [k, name] of ["bloc filter", "matter filter"].entries()) {
    await time(name, set(".filters select", k, "1", "change"));
    await time(`${name} off`, set(".filters select", k, "", "change"));
  }
  await time("first day", set(".dates input", 0, (low, high) => Math.round((low + high) / 2), "input"));
  await time("last day", set(".dates input", 1, (low, high) => Math.round(low + 0.7 * (high - low)), "input"));
  await time("all days", press(".filters .sofar button"));
  await time("sureness", set(".sure input", 0, 0.8, "input"));
  await time("any sureness", set(".sure input", 0, 0, "input"));
  await time("find a", set("#x-search", 0, "a", "input"));
  await time("find actor 12", set("#x-search", 0, "actor 12", "input"));
  await time("found", press("#x-found li"));
  await time("close found", press("#x-panel .close"));
  await time("matrix", press("#x-tab-matrix"));
  await time("by actors", press("#x-matrix .chip", 1));
  await time("cell", press("#x-matrix [data-pick]"));
  await time("close cell", press("#x-panel .close"));
  await time("filter in matrix", press('.chip[data-relation="oppose"]'));
  await time("filter in matrix off", press('.chip[data-relation="oppose"]'));
  await time("table", press("#x-tab-statements"));
  for (const column of ["holder", "quote", "document", "date"]) await time(`sort by ${column}`, press(`th.${column} button`));
  await time("next page", press(".pager button", 2));
  await time("last page", press(".pager button", -1));
  await time("row", press("button.quote"));
  await time("close row", press("#x-panel .close"));
  await time("words", set("#x-statements input", 0, "oppose", "input"), answered("#x-statements tbody"));
  await time("more words", set("#x-statements input", 0, "oppose actor 17", "input"), answered("#x-statements tbody"));
  await time("no words", set("#x-statements input", 0, "", "input"), answered("#x-statements tbody"));
  await time("filter in table", press('.chip[data-relation="oppose"]'));
  await time("filter in table off", press('.chip[data-relation="oppose"]'));
  await time("review", press("#x-statements .toolbar .chip"));
  await time("network", press("#x-tab-network"));
  return times;
};

await run({
  async "blocs stand in the place of actors, and answer"() {
    const { page, panel, heading, hash, check } = await open(file);
    await page.locator("#actors > .group").first().click();
    assert.match(await panel.innerText(), /^BLOC/);
    const [x, y] = await page.locator("#ties > g").first().evaluate((group) => {
      const { points } = group.querySelector("polyline");
      const [p, at] = [points[Math.floor(points.length / 2)], group.getScreenCTM()];
      return [p.x * at.a + at.e, p.y * at.d + at.f];
    });
    await page.mouse.click(x, y);
    assert.match(await heading(), /supports|opposes|invites/);
    assert.match(await panel.innerText(), /^TIES BETWEEN BLOCS/);
    assert.ok((await hash()).get("fromBloc"));
    await page.reload();
    assert.match(await panel.innerText(), /^TIES BETWEEN BLOCS/, "its address names it");
    await check();
  },
  async "clicks are answered"() {
    const all = {};
    for (let round = 0; round < ROUNDS; round++) {
      const { page, heading, check } = await open(file);
      const took = await page.evaluate(ROUND);
      for (const [name, ms] of Object.entries(took)) (all[name] ??= []).push(ms);
      assert.ok((await heading()).length > 0);
      const elements = await page.evaluate(() => document.querySelectorAll("*").length);
      assert.ok(elements < 8000, `${elements} elements`);
      await check();
    }
    const medians = Object.entries(all).map(([name, times]) => [name, times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]]);
    console.log(`   ms: ${JSON.stringify(Object.fromEntries(medians))}`);
    console.log(`   slowest: ${medians.reduce((a, b) => (b[1] > a[1] ? b : a)).join(" ")}`);
  },
});
