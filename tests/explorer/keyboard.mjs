// All of it without a mouse; what a screen reader is told.
import { assert, open, run, DESKTOP } from "./browser.mjs";

const [file] = process.argv.slice(2);
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") || document.activeElement.innerText || document.activeElement.id);
/** Presses Tab until the focus is on what the test looks for. */
const tabTo = async (page, selector, most = 60) => {
  for (let k = 0; k < most; k++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`Tab does not come to ${selector}`);
};

await run({
  async "the order of focus is the order of reading"() {
    const { page, heading, check } = await open(file);
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to the evidence");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), await heading());
    await page.evaluate(() => document.activeElement.blur());
    const seen = [];
    for (const selector of ["#x-skip", "#x-search", "[role=tab]", "#x-link", ".chip", "select", "input[type=range]", "#actors > g", "#x-in", "aside button"]) {
      if (selector === "#x-skip") await page.locator("#x-skip").focus();
      else await tabTo(page, selector);
      seen.push(selector);
    }
    assert.equal(seen.length, 10);
    await check();
  },
  async "focus is seen"() {
    const { page, check } = await open(file);
    await page.keyboard.press("Tab");
    for (let k = 0; k < 30; k++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const node = document.activeElement;
        if (node.closest("svg")) return document.querySelector(".ring.on") !== null;
        return node === document.body || getComputedStyle(node).outlineStyle !== "none" || node.matches("input[type=range]");
      });
      assert.ok(seen, await focused(page));
    }
    await check();
  },
  async "search is a list that arrows move in"() {
    const { page, heading, check } = await open(file);
    const input = page.getByRole("combobox", { name: /Find/ });
    await input.focus();
    await page.keyboard.type("east");
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    const id = await input.getAttribute("aria-activedescendant");
    assert.match(await page.locator(`#${id}`).innerText(), /Eastholm/);
    await page.keyboard.press("Enter");
    assert.equal(await heading(), "Eastholm");
    assert.equal(await focused(page), "Eastholm", "the focus goes to the card");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.id), "x-search", "and returns");
    await check();
  },
  async "arrows go from mark to mark, Enter opens, Escape returns"() {
    const { page, heading, check } = await open(file);
    await page.locator("#x-save-csv").focus();
    await tabTo(page, "#actors > g");
    const names = new Set([await focused(page)]);
    for (const key of ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"]) {
      await page.keyboard.press(key);
      names.add(await focused(page));
    }
    assert.ok(names.size > 2, [...names].join(" | "));
    const name = await page.evaluate(() => document.activeElement.dataset.name);
    await page.keyboard.press("Enter");
    if (name) assert.equal(await heading(), name);
    assert.equal(await page.locator("#x-said").innerText() !== "", true, "told to a screen reader");
    await page.keyboard.press("Escape");
    assert.ok(await page.evaluate(() => document.activeElement.closest("svg") !== null));
    const box = () => page.locator("#x-picture svg").getAttribute("viewBox");
    const whole = await box();
    await page.keyboard.press("+");
    assert.notEqual(await box(), whole);
    const near = await box();
    await page.keyboard.press("Shift+ArrowLeft");
    assert.notEqual(await box(), near);
    await page.keyboard.press("0");
    assert.equal(await box(), whole);
    await check();
  },
  async "ties can be reached from an actor's card"() {
    const { page, panel, heading, check } = await open(file, DESKTOP, "#bloc=" + encodeURIComponent(await (async () => {
      const { page: one, check: done } = await open(file);
      const name = await one.evaluate(() => JSON.parse(document.getElementById("data").textContent).blocs[0].name);
      await done();
      return name;
    })()));
    const row = panel.locator("button.row").first();
    await row.focus();
    await page.keyboard.press("Enter");
    assert.match(await heading(), /supports|opposes|invites/);
    await check();
  },
  async "tabs are moved with arrows"() {
    const { page, check } = await open(file);
    await page.getByRole("tab", { name: "Network" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.locator("#x-matrix").isVisible());
    await page.keyboard.press("End");
    assert.ok(await page.locator("#x-statements").isVisible());
    assert.equal(await page.locator("[role=tab][tabindex='0']").count(), 1, "one stop of the tab key");
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.locator("#x-network").isVisible());
    await check();
  },
  async "sliders and chips answer keys"() {
    const { page, check } = await open(file);
    const count = page.locator(".filters .count");
    await page.getByLabel("First day").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await count.innerText(), "10 of 14 statements");
    await page.keyboard.press("Home");
    assert.equal(await count.innerText(), "14 statements");
    await page.getByRole("button", { name: /^supports/ }).focus();
    await page.keyboard.press("Space");
    assert.equal(await count.innerText(), "7 of 14 statements");
    assert.match(await page.locator("#x-said").innerText(), /7 of 14/);
    await check();
  },
  async "numbers and dates follow the reader's locale"() {
    const { page, check } = await open(file, { ...DESKTOP, locale: "de-DE" }, "#tab=statements");
    assert.match(await page.locator("td.date").first().innerText(), /2\. März 2031/);
    await check();
  },
  async "on paper there are no controls"() {
    const { page, check } = await open(file, DESKTOP, "#actor=Northland");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const id of ["#x-search", "#x-filters", "#x-in", "#x-link"]) assert.equal(await page.locator(id).isVisible(), false, id);
    assert.ok(await page.locator("#x-panel h2").isVisible());
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 10000);
    await check();
  },
});
