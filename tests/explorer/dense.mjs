// A picture of many lines: what is lit stands in a second picture over the first, which fades as a whole, and moves as it
// was painted until it rests.
import { assert, open, run, DESKTOP, PHONE } from "./browser.mjs";
import { pages, CLOSE, MM } from "./print.mjs";

const [file, print] = process.argv.slice(2);
const copies = (page) => page.locator("#x-picture .over :is(.actor, .tie)").evaluateAll((all) => all.map((node) => node.dataset.name ?? node.dataset.relation));

await run({
  async "what is picked is lit over the rest, with its names"() {
    const { page, heading, check } = await open(file);
    assert.ok(await page.evaluate(() => document.querySelectorAll("#x-picture > svg:first-of-type *").length) > 5000);
    await page.locator('#actors > g[data-name="Actor 7"]').click();
    assert.equal(await heading(), "Actor 7");
    await page.waitForFunction(() => document.querySelectorAll("#x-picture .over .names text").length > 3);
    const seen = await copies(page);
    assert.ok(seen.includes("Actor 7") && seen.includes("support") && seen.includes("oppose"), seen.join());
    const own = await page.evaluate(() => document.querySelectorAll('#ties > [data-source="Actor 7"], #ties > [data-target="Actor 7"]').length);
    assert.equal(seen.filter((name) => name === "support" || name === "oppose").length, own, "its ties, and no others");
    assert.ok(Number(await page.locator("#x-picture > svg").first().evaluate((svg) => getComputedStyle(svg).opacity)) < 0.2);
    assert.equal(await page.locator(".over [id], .over [tabindex], .over title").count(), 0, "copies are nobody's aim");
    await page.locator("#x-panel").getByRole("button", { name: "Close" }).click();
    await page.waitForFunction(() => !document.querySelector("#x-picture .over .actor"));
    await check();
  },
  async "both pictures move as one"() {
    const { page, check } = await open(file, DESKTOP, "#actor=Actor+7");
    await page.waitForFunction(() => document.querySelector("#x-picture .over .actor"));
    const apart = () => page.evaluate(() => {
      const place = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [a, b] = [place('#actors > [data-name="Actor 7"]'), place('.over [data-name="Actor 7"]')];
      return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.width - b.width));
    });
    assert.ok((await apart()) < 0.5);
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.ok((await apart()) < 0.5, "while it moves");
    await page.mouse.move(300, 400);
    await page.mouse.down();
    await page.mouse.move(360, 430, { steps: 3 });
    await page.mouse.up();
    assert.ok((await apart()) < 0.5, "and again");
    await page.waitForFunction(() => !document.querySelector("#x-picture > svg").style.transform);
    assert.ok((await apart()) < 0.5, "when it rests");
    await check();
  },
  async "filters hide lines, and the view is saved"() {
    const { page, saved, check } = await open(file, DESKTOP, "#actor=Actor+7");
    await page.getByRole("button", { name: /^opposes/ }).click();
    await page.waitForFunction(() => document.querySelector("#ties .oppose.off"));
    assert.equal(await page.locator("#ties .oppose").first().evaluate((tie) => getComputedStyle(tie).visibility), "hidden");
    assert.equal(await page.locator(".over .oppose:not(.off)").count(), 0, "what is lit fades, too");
    const { text } = await saved(() => page.getByRole("button", { name: /^Save picture/ }).click());
    const faint = text.match(/<g [^>]*class="tie oppose"[^>]*opacity="0\.1"/g) ?? [];
    assert.ok(faint.length > 100 && !/class="[^"]*(large|over|lit)/.test(text));
    await check();
  },
  async "arrows and tabs go there and back"() {
    const { page, check } = await open(file);
    await page.locator('#x-picture [tabindex="0"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector("#x-picture .over .actor") && document.querySelector("#x-picture .over .ring.on"));
    await page.getByRole("tab", { name: "Matrix" }).click();
    assert.equal(await page.locator("#x-network").evaluate((node) => getComputedStyle(node).contentVisibility), "hidden");
    for (let k = 0; k < 12; k++) {
      await page.keyboard.press("Tab");
      assert.ok(!(await page.evaluate(() => document.activeElement.closest("#x-network"))), "what is not seen takes no focus");
    }
    await page.getByRole("tab", { name: "Network" }).click();
    assert.ok(await page.locator("#actors > g").first().isVisible());
    await check();
  },
  async "the matrix is printed with all rows and columns, and the table with its head on each sheet"() {
    const { page, tab, check } = await open(file, DESKTOP, "#tab=matrix&by=actors");
    const sheets = async () => {
      await page.pdf({ path: print, preferCSSPageSize: true, printBackground: true });
      const all = pages(print);
      for (const { width, words } of all ?? []) {
        assert.ok(Math.abs(width - 297 * MM) < 1, "it lies across");
        assert.deepEqual(words.filter((word) => word.right > width - 14 * MM + CLOSE), []);
      }
      return all;
    };
    await page.waitForFunction(() => document.querySelectorAll(".matrix th[scope=row]").length === 80);
    const rows = await page.evaluate(() => [...document.querySelectorAll(".matrix th[scope=row]")].map((th) => th.textContent.replace(" ", "")));
    const matrix = await sheets();
    if (!matrix) return check();
    assert.ok(rows.every((name) => matrix.some((sheet) => sheet.all.includes(name))));
    await tab("Statements");
    const table = await sheets();
    const heads = table.filter((sheet) => sheet.all.includes("HolderStanceTargetQuote")).length;
    assert.ok(heads > 1 && heads >= table.length - 1, `${heads} heads on ${table.length} sheets`);
    await check();
  },
  async "a phone shows it, too"() {
    const { page, heading, check } = await open(file, PHONE);
    await page.getByRole("tab", { name: "Statements" }).tap();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    const first = page.locator("#x-statements .toolbar");
    assert.ok((await first.boundingBox()).y < 420, "the hidden picture takes no room");
    await page.getByRole("tab", { name: "Network" }).tap();
    await page.locator('#actors > g[data-name="Actor 7"]').tap();
    assert.equal(await heading(), "Actor 7");
    await check();
  },
});
