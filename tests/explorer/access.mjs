// axe-core finds nothing to complain of: all views, light and dark, desktop and phone.
import { assert, axeSource, open, run, DESKTOP, PHONE } from "./browser.mjs";

const [file] = process.argv.slice(2);
const VIEWS = ["", "#actor=Northland&only=oppose,support", "#topic=harbour+treaty", "#tab=matrix", "#tab=matrix&by=actors", "#tab=statements&review=yes&statement=none"];

const audit = async (page) => {
  await page.addInitScript(() => {});
  // The page's policy lets no script in; the debugger may.
  const found = await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")))`);
  assert.deepEqual(found, []);
};

const tests = {};
for (const [size, options] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    tests[`${size}, ${colorScheme}`] = async () => {
      const { page, check } = await open(file, { ...options, colorScheme, bypassCSP: false });
      for (const view of VIEWS) {
        await page.evaluate((hash) => (location.hash = hash), view);
        await page.waitForTimeout(60);
        await audit(page);
      }
      // With decisions in the table, and with a question open.
      const press = (k, verdict) => page.locator("table.statements tbody tr").nth(k).getByRole("button", { name: verdict, exact: true }).click();
      await press(0, "Accept");
      await audit(page);
      await page.getByLabel("Your name").fill("R. Viewer");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("tr.accepted"));
      await press(1, "Reject");
      await audit(page);
      await press(2, "Correct");
      await audit(page);
      await page.keyboard.press("Escape");
      await page.locator("#x-search").fill("h");
      await audit(page);
      await check();
    };
  }
}
tests["the picture is dark in the dark"] = async () => {
  const { page, check } = await open(file, { ...DESKTOP, colorScheme: "dark" });
  assert.equal(await page.locator("#background polygon").evaluate((node) => getComputedStyle(node).fill), "rgb(21, 24, 29)");
  await check();
};
await run(tests);
