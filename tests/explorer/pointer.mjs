// What a mouse does: clicks on the picture, filters, tabs, zoom, saving.
import { assert, open, rows, run, PHONE, DESKTOP } from "./browser.mjs";

const [file] = process.argv.slice(2);
const middle = async (node) => {
  const box = await node.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};
/** A point on a line of the picture, on the screen. */
const onLine = (page, selector) => page.locator(selector).first().evaluate((group) => {
  const line = group.querySelector("polyline");
  const points = line.points;
  const at = line.getScreenCTM();
  const p = points[Math.floor(points.length / 2)];
  return [p.x * at.a + at.e, p.y * at.d + at.f];
});

await run({
  async "a click on an actor opens its card"() {
    const { page, panel, heading, tells, actor, hash, check } = await open(file);
    assert.equal(await heading(), "Who says so, and where?");
    await actor("Northland").click();
    assert.equal(await heading(), "Northland");
    await tells("COUNTRY", "Stances by matter", "harbour treaty", "Allies", "Opponents", "Eastholm", "Northland backs the harbour treaty with Southmark");
    assert.equal((await hash()).get("actor"), "Northland");
    await panel.getByRole("button", { name: "Close" }).click();
    assert.equal(await heading(), "Who says so, and where?");
    assert.equal((await hash()).get("actor"), null);
    await page.goBack();
    assert.equal(await heading(), "Northland");
    await check();
  },
  async "a click on a line opens the tie with its quote, context and source"() {
    const { page, panel, heading, tells, check } = await open(file);
    const [x, y] = await onLine(page, '.tie[data-source="Eastholm"][data-target="Northland"]');
    await page.mouse.click(x + 2, y + 2);
    assert.match(await heading(), /Eastholm\s+opposes\s+Northland/);
    await tells("Eastholm says no", "9 March 2031", "Harbour Radio", "rule:accuse", "85% sure");
    const quote = panel.locator(".said blockquote").filter({ has: page.locator("mark", { hasText: 'Eastholm accused Northland of "theft", by night' }) });
    assert.ok((await quote.innerText()).startsWith("Eastholm rejects the harbour treaty. Eastholm accused"));
    await check();
  },
  async "only http and https addresses are links"() {
    const { panel, page, tells, actor, check } = await open(file);
    await actor("Eastholm").click();
    const links = await panel.locator("a").evaluateAll((all) => all.map((a) => [a.protocol, a.rel, a.target]));
    assert.ok(links.length > 0);
    for (const link of links) assert.deepEqual([link[0].replace("https", "http"), link[1], link[2]], ["http:", "noopener noreferrer", "_blank"]);
    await tells('javascript:document.title="bad"');
    assert.notEqual(await page.title(), "bad");
    await check();
  },
  async "a click on a bloc tells what unites and what divides it"() {
    const { page, tells, check } = await open(file);
    const [x, y] = await middle(page.locator("#bloc-names > g").first());
    await page.mouse.click(x, y);
    await tells("BLOC", "member", "What unites it", "What divides it from");
    await check();
  },
  async "a matter tells who stands on which side"() {
    const { panel, heading, tells, check } = await open(file, DESKTOP, "#topic=harbour+treaty");
    assert.equal(await heading(), "harbour treaty");
    await tells("For it", "Against it");
    const sides = await panel.locator(".side").allInnerTexts();
    assert.ok(sides[0].startsWith("For it 3") && sides[0].includes("Harbour League"), sides[0]);
    assert.ok(sides[1].startsWith("Against it 2") && sides[1].includes("Bo Reck"), sides[1]);
    await check();
  },
  async "hovering shows neighbours"() {
    const { page, actor, check } = await open(file);
    const [x, y] = await middle(actor("Bo Reck"));
    await page.mouse.move(x, y);
    await page.waitForFunction(() => document.querySelector("#x-picture svg.focus"));
    const lit = await page.locator("#actors > .lit").evaluateAll((all) => all.map((g) => g.dataset.name));
    assert.ok(lit.includes("Bo Reck") && !lit.includes("Westfold"), lit.join());
    await page.mouse.move(5, 300);
    await page.waitForFunction(() => !document.querySelector("#x-picture svg.focus"));
    await check();
  },
  async "filters fade what does not match, and stand in the address"() {
    const { page, tells, actor, hash, check } = await open(file);
    const count = page.locator(".filters .count");
    assert.equal(await count.innerText(), "14 statements");
    await page.getByRole("button", { name: /^opposes/ }).click();
    assert.equal(await count.innerText(), "9 of 14 statements");
    assert.match(await actor("Bo Reck").getAttribute("class"), /off/);
    assert.equal((await hash()).get("only"), "support,invite,withheld");
    await page.getByRole("button", { name: "Clear filters" }).click();
    assert.doesNotMatch(await actor("Bo Reck").getAttribute("class"), /off/);
    await page.getByRole("button", { name: /^hedged/ }).click();
    assert.equal(await count.innerText(), "13 of 14 statements");
    await page.getByRole("button", { name: /^hedged/ }).click();
    await page.locator("label.field", { hasText: /^Matter/ }).locator("select").selectOption({ label: "fish quota" });
    assert.equal(await count.innerText(), "2 of 14 statements");
    assert.match(await actor("Southmark").getAttribute("class"), /off/);
    await actor("Northland").click();
    await tells("left out by the filters");
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await page.locator("label.field", { hasText: /^Bloc/ }).locator("select").selectOption({ index: 1 });
    assert.match(await count.innerText(), /of 14 statements/);
    await check();
  },
  async "dates and sureness are sliders"() {
    const { page, hash, check } = await open(file);
    const count = page.locator(".filters .count");
    await page.getByLabel("First day").evaluate((input) => {
      input.value = Date.UTC(2031, 2, 9) / 864e5;
      input.dispatchEvent(new Event("input"));
    });
    assert.equal(await count.innerText(), "10 of 14 statements");
    await page.getByLabel("Last day").evaluate((input) => {
      input.value = Date.UTC(2031, 2, 10) / 864e5;
      input.dispatchEvent(new Event("input"));
    });
    assert.equal(await count.innerText(), "4 of 14 statements");
    assert.equal((await hash()).get("since"), "2031-03-09");
    assert.equal(await page.getByLabel("First day").getAttribute("aria-valuetext"), "9 March 2031");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("How sure, at least").evaluate((input) => {
      input.value = 0.9;
      input.dispatchEvent(new Event("input"));
    });
    assert.equal(await count.innerText(), "5 of 14 statements", "what a person coded is sure");
    await check();
  },
  async "a view that is sent opens as it was"() {
    const { page, heading, check } = await open(file, DESKTOP, "#tie=oppose&from=Eastholm&to=Northland&only=oppose&sure=0.8&view=12000,9000,9000");
    assert.match(await heading(), /Eastholm\s+opposes\s+Northland/);
    assert.equal(await page.getByRole("button", { name: /^supports/ }).getAttribute("aria-pressed"), "false");
    assert.match(await page.locator("#x-picture svg").getAttribute("viewBox"), / 9000 /);
    await check();
  },
  async "an address of nonsense does nothing"() {
    const { heading, check } = await open(file, DESKTOP, "#tab=x&actor=%00&tie=a&from=b&only=%3Cscript%3E&since=99&sure=NaN&view=1,2,x&page=-4&sort=__proto__&in=constructor");
    assert.equal(await heading(), "Who says so, and where?");
    await check();
  },
  async "the picture zooms, moves and fits"() {
    const { page, hash, check } = await open(file);
    const box = () => page.locator("#x-picture svg").getAttribute("viewBox");
    const whole = await box();
    await page.getByRole("button", { name: "Zoom in" }).click();
    const near = await box();
    assert.notEqual(near, whole);
    const [x, y] = await middle(page.locator("#x-picture"));
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -300);
    await page.waitForFunction((before) => document.querySelector("#x-picture svg").getAttribute("viewBox") !== before, near);
    const nearer = await box();
    await page.mouse.down();
    await page.mouse.move(x + 80, y + 40, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await box(), nearer);
    assert.ok((await hash()).get("view"));
    await page.getByRole("button", { name: "Zoom out" }).click();
    await page.getByRole("button", { name: "Fit" }).click();
    assert.equal(await box(), whole);
    await check();
  },
  async "search completes names and finds statements"() {
    const { page, heading, check } = await open(file);
    const input = page.getByRole("combobox", { name: /Find/ });
    await input.fill("har");
    const options = await page.getByRole("option").allInnerTexts();
    assert.ok(options[0].startsWith("harbour treaty") || options[0].startsWith("Harbour League"), options.join());
    await page.getByRole("option", { name: /Harbour League/ }).click();
    assert.equal(await heading(), "Harbour League");
    await input.fill("theft");
    await page.getByRole("option", { name: /Statements with the words/ }).click();
    assert.equal(await page.locator("table.statements tbody tr").count(), 1);
    await check();
  },
  async "the matrix opens its cells"() {
    const { page, panel, heading, hash, tab, check } = await open(file);
    await tab("Matrix");
    await page.getByRole("button", { name: "Eastholm on harbour treaty: 1 statement against" }).click();
    assert.match(await heading(), /Eastholm\s+opposes\s+harbour treaty/);
    await page.getByRole("button", { name: "Actors by actors" }).click();
    await page.getByRole("button", { name: /^Northland toward Eastholm: .*1 statement against/ }).click();
    assert.match(await heading(), /Northland\s+opposes\s+Eastholm/);
    await panel.getByRole("button", { name: "Close" }).click();
    assert.equal(await panel.isVisible(), false, "it closes");
    assert.equal((await hash()).get("tie"), null);
    await tab("Network");
    assert.match(await heading(), /Who says so/);
    await check();
  },
  async "the table sorts and searches"() {
    const { page, panel, heading, hash, tab, check } = await open(file);
    await tab("Statements");
    const rowsNow = () => page.locator("table.statements tbody tr");
    assert.equal(await rowsNow().count(), 14);
    await page.getByRole("button", { name: "Sure" }).click();
    await page.getByRole("button", { name: "Sure" }).click();
    assert.equal(await page.locator("th.sure").getAttribute("aria-sort"), "descending");
    assert.equal((await hash()).get("sort"), "-sure");
    assert.match(await rowsNow().nth(1).innerText(), /condemned/);
    await page.getByLabel("Search in statements").fill("quota NORTHLAND");
    await page.waitForFunction(() => document.querySelectorAll("table.statements tbody tr").length === 2);
    await rowsNow().first().locator("button.quote").click();
    assert.match(await heading(), /fish quota/);
    await panel.getByRole("heading", { level: 2 }).focus();
    await page.keyboard.press("Escape");
    assert.equal(await panel.isVisible(), false, "it closes");
    await check();
  },
  async "the filtered statements are saved as a table"() {
    const { page, saved, check } = await open(file, DESKTOP, "#only=oppose");
    const { name, text } = await saved(() => page.getByRole("button", { name: /Save statements/ }).click());
    assert.equal(name, "statements.csv");
    const table = rows(text);
    assert.equal(table.length, 5);
    const row = table.find((r) => r.coder === "rule:accuse");
    assert.deepEqual([row.quote, row.note, row.start, row.source, row.confidence], ['Eastholm accused Northland of "theft", by night', "two, with a comma", "55", "Harbour Radio", "0.85"]);
    await check();
  },
  async "the view is saved as a picture"() {
    const { page, actor, saved, check } = await open(file, DESKTOP, "#only=oppose&view=12000,9000,9000");
    const { name, text } = await saved(() => page.getByRole("button", { name: /Save picture/ }).click());
    assert.equal(name, "network.svg");
    assert.match(text, /^<\?xml/);
    assert.match(text, /opacity="0.1"/);
    assert.ok(text.includes('id="legend"') && text.includes('id="headline"') && !text.includes("tabindex"));
    assert.equal((await actor("Northland").count()), 1);
    const inner = /<svg[^>]* viewBox="[\d.-]+ [\d.-]+ 9000 /;
    assert.match(text, inner);
    await check();
  },
  async "a link to the view is copied or shown"() {
    const { page, check } = await open(file, DESKTOP, "#actor=Northland");
    await page.getByRole("button", { name: /Copy link/ }).click();
    await page.waitForFunction(() => document.getElementById("x-dialog").open || document.getElementById("x-said").textContent === "Link copied");
    await check();
  },
  async "a phone shows all of it"() {
    const { page, panel, heading, tab, check } = await open(file, PHONE);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await wide(), 0);
    const mark = page.locator('#actors > g[data-name="Eastholm"]');
    const [x, y] = await middle(mark);
    await page.touchscreen.tap(x + 5, y + 5);
    assert.equal(await heading(), "Eastholm");
    const sheet = await panel.boundingBox();
    assert.ok(sheet.y > 300 && Math.round(sheet.y + sheet.height) === 844, JSON.stringify(sheet));
    const [, top] = await middle(mark);
    assert.ok(top > 0 && top < sheet.y, "the picture is seen above the evidence");
    await panel.getByRole("button", { name: "Close" }).tap();
    assert.equal(await page.locator("label.field", { hasText: /^Matter/ }).locator("select").isVisible(), false);
    await page.getByRole("button", { name: "Filters", exact: true }).tap();
    await page.locator("label.field", { hasText: /^Matter/ }).locator("select").selectOption({ label: "fish quota" });
    for (const name of ["Matrix", "Statements"]) {
      await tab(name);
      assert.equal(await wide(), 0, name);
    }
    assert.equal(await page.locator("table.statements tbody tr").count(), 2);
    await check();
  },
  async "two fingers zoom"() {
    const { page, check } = await open(file, PHONE);
    const box = () => page.locator("#x-picture svg").getAttribute("viewBox");
    const whole = await box();
    await page.locator("#x-picture").evaluate((node) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const fire = (type, id, dx) => node.dispatchEvent(new PointerEvent(type, { pointerId: id, pointerType: "touch", clientX: x + dx, clientY: y, bubbles: true, isPrimary: id === 1 }));
      node.setPointerCapture = () => {};
      fire("pointerdown", 1, -20);
      fire("pointerdown", 2, 20);
      for (let k = 1; k < 6; k++) {
        fire("pointermove", 1, -20 - 8 * k);
        fire("pointermove", 2, 20 + 8 * k);
      }
      fire("pointerup", 1, -60);
      fire("pointerup", 2, 60);
    });
    const near = await box();
    assert.ok(Number(near.split(" ")[2]) < 0.6 * Number(whole.split(" ")[2]), `${whole} to ${near}`);
    await check();
  },
});
