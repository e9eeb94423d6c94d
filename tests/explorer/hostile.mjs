// A document that is full of traps does nothing: it is shown as text, wherever it is shown.
import { assert, open, rows, run, DESKTOP, PHONE } from "./browser.mjs";

const [file] = process.argv.slice(2);

await run({
  async "every view of it is text"() {
    for (const options of [DESKTOP, PHONE]) {
      const { page, panel, check } = await open(file, options);
      const data = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
      const hashes = [
        ...data.actors.map((actor) => ["actor", actor.name]), ...data.matters.map((matter) => ["topic", matter.name]),
        ...data.blocs.map((bloc) => ["bloc", bloc.name]), ...data.statements.map((s) => ["statement", s.id]),
      ].map((pair) => `#${new URLSearchParams([pair])}`);
      hashes.push("#tab=matrix", "#tab=matrix&by=actors", "#tab=statements&review=yes", "#tab=statements&q=%3Cscript%3E");
      for (const hash of hashes) {
        await page.evaluate((next) => (location.hash = next), hash);
        await page.waitForTimeout(20);
      }
      for (const [k, actor] of data.actors.entries()) {
        await page.evaluate((next) => (location.hash = next), `#${new URLSearchParams([["actor", actor.name]])}`);
        assert.ok((await panel.innerText()).length > 0, `${k}`);
      }
      const strange = await page.evaluate(() => ({
        scripts: document.querySelectorAll("script").length,
        images: document.querySelectorAll("img, iframe, object, embed, video, audio, base, form:not(dialog form), link, style ~ style").length,
        handlers: [...document.querySelectorAll("*")].filter((node) => [...node.attributes].some((a) => a.name.startsWith("on"))).length,
        links: [...document.querySelectorAll("a, area, use, image")].map((a) => a.href?.baseVal ?? a.href).filter((href) => !/^https?:/.test(href)),
        struck: window.struck ?? document.documentElement.dataset.struck ?? null,
      }));
      assert.deepEqual(strange, { scripts: 2, images: 0, handlers: 0, links: [], struck: null });
      await check();
    }
  },
  async "control characters are seen, directions do not leak"() {
    const { page, check } = await open(file, DESKTOP, "#tab=statements");
    const shown = await page.locator("table.statements").innerText();
    assert.doesNotMatch(shown, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
    const leaking = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const bad = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!/[\u202a-\u202e\u2066-\u2069]/.test(node.data) || node.parentElement.closest("script, svg")) continue;
        let up = node.parentElement;
        while (up && !/isolate|plaintext/.test(getComputedStyle(up).unicodeBidi)) up = up.parentElement;
        if (!up || up === document.documentElement) bad.push(node.data);
      }
      for (const node of document.querySelectorAll("[aria-label], option")) {
        if (/[\u202a-\u202e\u2066-\u2069]/.test(node.getAttribute("aria-label") ?? node.textContent)) bad.push(node.outerHTML);
      }
      return bad;
    });
    assert.deepEqual(leaking, []);
    await check();
  },
  async "it is saved as it came"() {
    const { page, saved, check } = await open(file);
    const data = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
    const { text } = await saved(() => page.getByRole("button", { name: /Save statements/ }).click());
    const table = rows(text);
    assert.deepEqual(table.map((r) => [r.holder, r.target, r.quote]), data.statements.map((s) => [s.holder, s.target, s.quote]));
    const picture = await saved(() => page.getByRole("button", { name: /Save picture/ }).click());
    const strange = await page.evaluate((svg) => {
      const doc = new DOMParser().parseFromString(svg, "image/svg+xml");
      return doc.querySelectorAll("parsererror, script, foreignObject, a, image").length;
    }, picture.text);
    assert.equal(strange, 0);
    await check();
  },
  async "the policy forbids what would leave the page"() {
    const { page } = await open(file);
    const got = await page.evaluate(async () => {
      const tried = [];
      document.addEventListener("securitypolicyviolation", (event) => tried.push(event.effectiveDirective));
      await fetch("https://example.org/").catch(() => tried.push("no fetch"));
      const image = new Image();
      image.src = "https://example.org/x.png";
      const script = document.createElement("script");
      script.textContent = "window.struck = 1";
      document.body.append(script);
      // Later, since a debugger may evaluate what a page may not.
      setTimeout(() => {
        try {
          new Function("window.struck = 2")();
        } catch {
          tried.push("no eval");
        }
      });
      await new Promise((go) => setTimeout(go, 100));
      return { tried, struck: window.struck ?? null };
    });
    assert.equal(got.struck, null);
    for (const what of ["no fetch", "no eval", "connect-src", "img-src", "script-src-elem"]) assert.ok(got.tried.includes(what), `${what} in ${got.tried}`);
    await page.context().close();
  },
});
