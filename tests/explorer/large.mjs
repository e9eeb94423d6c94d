// A page of 2,000 actors and 50,000 statements answers, and keeps few elements. How long it takes is told, not tested: it
// is a tenth of a second where nothing else runs.
import { assert, open, run, DESKTOP } from "./browser.mjs";

const [file] = process.argv.slice(2);

await run({
  async "blocs stand in the place of actors, and answer"() {
    const { page, panel, heading, check } = await open(file);
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
    await page.waitForTimeout(320);
    await page.reload();
    assert.match(await panel.innerText(), /^TIES BETWEEN BLOCS/, "its address names it");
    await check();
  },
  async "clicks are answered"() {
    const { page, heading, check } = await open(file);
    const took = await page.evaluate(async () => {
      const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
      const time = async (action) => {
        const start = performance.now();
        action();
        await frame();
        return Math.round(performance.now() - start);
      };
      const press = (selector) => () => document.querySelector(selector).click();
      const times = {};
      times.actor = await time(press("#x-panel .people:last-of-type button.who, #x-panel section:last-of-type button.who"));
      times.tie = await time(press("#x-panel .people button.who"));
      times.filter = await time(press('.chip[data-relation="oppose"]'));
      times.filterback = await time(press('.chip[data-relation="oppose"]'));
      times.matrix = await time(press("#x-tab-matrix"));
      times.actors = await time(() => [...document.querySelectorAll("#x-matrix .chip")].at(1).click());
      times.table = await time(press("#x-tab-statements"));
      times.sort = await time(press("th.holder button"));
      times.next = await time(() => [...document.querySelectorAll(".pager button")].at(2).click());
      times.network = await time(press("#x-tab-network"));
      return times;
    });
    console.log(`   ms: ${JSON.stringify(took)}`);
    assert.ok((await heading()).length > 0);
    const elements = await page.evaluate(() => document.querySelectorAll("*").length);
    assert.ok(elements < 8000, `${elements} elements`);
    await check();
  },
});
