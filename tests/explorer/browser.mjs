// A browser with one page of the explorer in it.
//
// In: the page's path, the packages of STANCENET_NODE_PATH. Out: helpers of the tests, and what the page did wrong: words on
// the console, errors, requests. Never here: what the page should do.
import { createRequire } from "node:module";
import { accessSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const require = createRequire(join(process.env.STANCENET_NODE_PATH, "from-here.js"));
const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export { assert };

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where the browser is: the first of its names on PATH. */
function executable() {
  for (const folder of (process.env.PATH ?? "").split(":")) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), 1);
        return join(folder, name);
      } catch {
        // The next one.
      }
    }
  }
  throw new Error("no chromium on PATH");
}

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let browser = null;

/** A page in a context of its own; `check` fails where it logged anything or asked for anything but itself. */
export async function open(file, options = DESKTOP, hash = "") {
  browser ??= await chromium.launch({ executablePath: executable(), args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const wrong = [];
  const own = pathToFileURL(file).href;
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", (popup) => wrong.push(`popup: ${popup.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== own && !url.startsWith("blob:")) wrong.push(`request: ${url}`);
  });
  await page.goto(own + hash);
  page.setDefaultTimeout(20000);
  const panel = page.locator("#x-panel");
  return {
    page, panel,
    heading: () => panel.locator("h2").innerText(),
    /** Waits until the panel tells all of some words: its sections are laid out a frame after they are put there. */
    tells: async (...words) => {
      const text = await panel.elementHandle();
      try {
        await page.waitForFunction(([text, words]) => words.every((word) => text.innerText.includes(word)), [text, words]);
      } catch {
        const told = await panel.innerText();
        assert.deepEqual(words.filter((word) => !told.includes(word)), [], `in: ${told}`);
      }
    },
    hash: async () => {
      // The address is written a moment later, by the page's clock.
      await page.evaluate(() => new Promise((go) => setTimeout(() => requestAnimationFrame(() => setTimeout(go)), 320)));
      return new URLSearchParams(new URL(page.url()).hash.slice(1));
    },
    tab: (name) => page.getByRole("tab", { name }).click(),
    actor: (name) => page.locator(`#actors > g[data-name="${name}"]`),
    /** The text of a download that an action starts. */
    saved: async (action) => {
      const [download] = await Promise.all([page.waitForEvent("download"), action()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    },
    check: async () => {
      assert.deepEqual(wrong, []);
      await context.close();
    },
  };
}

/** Runs the tests of a file, one after the other, and ends the program. */
export async function run(tests) {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}: ${error.stack}`);
    }
  }
  await browser?.close();
  process.exit(failed ? 1 : 0);
}

/** Rows of a CSV table as RFC 4180 has it, by column. */
export function rows(text) {
  const cells = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const row = cells[cells.length - 1];
    if (quoted) {
      if (c !== '"') row[row.length - 1] += c;
      else if (text[i + 1] === '"') row[row.length - 1] += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") row.push("");
    else if (c === "\r" && text[i + 1] === "\n") {
      cells.push([""]);
      i++;
    } else row[row.length - 1] += c;
  }
  assert.deepEqual(cells.pop(), [""], "the last line ends");
  const [header, ...rest] = cells;
  return rest.map((row) => {
    assert.equal(row.length, header.length);
    return Object.fromEntries(header.map((name, k) => [name, row[k]]));
  });
}
