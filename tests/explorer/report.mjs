// The report of the blocs as a page: axe-core finds nothing to complain of, a phone need not scroll sideways, and printed
// on A4 by the browser no line, row or quote is cut, and no heading stands alone at the foot of a page. Writes the print to
// the second path; that is looked at by pdftotext, and not where there is none.
import { assert, axeSource, open, run, DESKTOP, PHONE } from "./browser.mjs";
import { bare, pages, CLOSE, MM } from "./print.mjs";

const [file, print] = process.argv.slice(2);
const tests = {};
for (const [size, options] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    tests[`${size}, ${colorScheme}`] = async () => {
      const { page, check } = await open(file, { ...options, colorScheme });
      // The page's policy lets no script in; the debugger may.
      const found = await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")))`);
      assert.deepEqual(found, []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "nothing is wider than the page");
      await check();
    };
  }
}

const [WIDTH, HEIGHT, SIDE, EDGE] = [210 * MM, 297 * MM, 18 * MM, 20 * MM];

tests["printed on A4 nothing is cut"] = async () => {
  const { page, check } = await open(file);
  await page.pdf({ path: print, preferCSSPageSize: true, printBackground: true });
  const all = pages(print);
  if (!all) return check();
  assert.ok(all.length > 3, `${all.length} pages`);
  for (const [k, { width, height, words }] of all.entries()) {
    assert.ok(Math.abs(width - WIDTH) < 1 && Math.abs(height - HEIGHT) < 1, `page ${k + 1} is ${width} by ${height} points`);
    assert.ok(words.length > 0, `page ${k + 1} is empty`);
    const over = words.filter((w) => w.x < SIDE - CLOSE || w.right > WIDTH - SIDE + CLOSE || w.y < EDGE - CLOSE || w.foot > HEIGHT - EDGE + CLOSE);
    assert.deepEqual(over, [], `words over the margins of page ${k + 1}`);
  }
  // What must stand on one page as a whole: rows, quotes, headings with how that begins which follows.
  const whole = await page.evaluate(() => {
    const rows = [...document.querySelectorAll("tbody tr, li li, h1, h2, h3")].map((node) => {
      const next = /^H/.test(node.tagName) ? node.nextElementSibling : null;
      const first = next?.querySelector("tr, li") ?? next;
      return node.textContent + (first && !/^H/.test(first.tagName) ? first.textContent.slice(0, 40) : "");
    });
    return { rows, all: document.querySelector("main").textContent };
  });
  const cut = whole.rows.filter((row) => !all.some((printed) => printed.all.includes(bare(row))));
  assert.deepEqual(cut, [], "these are cut between two pages");
  // Nothing is lost between two pages, or printed twice but for the heads of tables.
  const [seen, printed] = [bare(whole.all).length, all.reduce((sum, one) => sum + one.all.length, 0)];
  assert.ok(printed >= seen && printed < 1.05 * seen, `${printed} letters of ${seen}`);
  console.log(`   ${all.length} pages, ${whole.rows.length} rows, quotes and headings`);
  await check();
};
await run(tests);
