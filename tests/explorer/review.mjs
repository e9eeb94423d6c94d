// The review: single keys, corrections, what is kept, what is saved. Writes a saved table to the second path, and one of a
// reviewer who rejects all of a document to the third.
import { assert, open, rows, run, DESKTOP, PHONE } from "./browser.mjs";
import { writeFileSync } from "node:fs";

const [file, output, bare] = process.argv.slice(2);
const START = "#tab=statements&review=yes";
const name = async (page) => {
  await page.getByLabel("Your name").fill("R. Viewer");
  await page.keyboard.press("Enter");
};
const row = (page, quote) => page.locator("table.statements tbody tr").filter({ hasText: quote });

await run({
  async "single keys accept, reject and correct; the result is a table"() {
    const { page, saved, check } = await open(file, DESKTOP, START);
    await row(page, "Northland backs").focus();
    await page.keyboard.press("a");
    await name(page);
    await page.waitForFunction(() => document.querySelectorAll("tr.accepted").length === 1);
    assert.match(await page.evaluate(() => document.activeElement.innerText), /Southmark wants/, "the next row has the focus");
    await page.keyboard.press("r");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("k");
    await row(page, "Bo Reck may").focus();
    await page.keyboard.press("c");
    await page.getByLabel("Who (holder)").fill("Eastholm");
    await page.locator("dialog select").selectOption("support");
    await page.locator("dialog").getByLabel(/^Matter/).fill("  harbour   pact ");
    await page.getByRole("button", { name: "Correct", exact: true }).last().click();
    await page.waitForFunction(() => document.querySelectorAll("tr.corrected").length === 1);
    await row(page, "accused").focus();
    await page.keyboard.press("r");
    await row(page, "accused").focus();
    await page.keyboard.press("u");
    assert.match(await page.locator(".review").innerText(), /3 of 14 reviewed: 1 accepted, 1 corrected, 1 rejected/);
    const { name: called, text } = await saved(() => page.getByRole("button", { name: "Save reviewed table (CSV)" }).click());
    assert.equal(called, "statements-reviewed.csv");
    const table = rows(text);
    assert.equal(table.length, 13);
    const by = (coder) => table.filter((r) => r.coder === coder);
    assert.equal(by("R. Viewer").length, 2);
    const [fixed] = table.filter((r) => r.quote.startsWith("Bo Reck may"));
    assert.deepEqual([fixed.holder, fixed.holder_kind, fixed.relation, fixed.target, fixed.matter, fixed.coder, fixed.id], ["Eastholm", "country", "support", "the harbour treaty", "harbour pact", "R. Viewer", ""]);
    assert.ok(!table.some((r) => r.quote.startsWith("Southmark wants")));
    assert.ok(table.some((r) => r.quote.startsWith("Eastholm accused") && r.coder === "rule:accuse"));
    writeFileSync(output, text);
    await check();
  },
  async "a document of which all is rejected is still told of"() {
    const { page, saved, check } = await open(file, DESKTOP, START);
    for (const [k, quote] of ["Northland backs", "Southmark wants", "Ada Lind invited", "She did not"].entries()) {
      await row(page, quote).focus();
      await page.keyboard.press("r");
      if (!k) await name(page);
      await page.waitForFunction((n) => document.querySelectorAll("tr.rejected").length === n, k + 1);
    }
    const save = () => saved(() => page.getByRole("button", { name: "Save reviewed table (CSV)" }).click());
    const { text } = await save();
    const table = rows(text);
    assert.equal(table.length, 11, "ten statements, and the document");
    const last = Object.entries(table.at(-1)).filter(([, cell]) => cell);
    assert.deepEqual(last, [["document", "gazette-1"], ["coder", "R. Viewer"]]);
    writeFileSync(bare, text);
    await row(page, "Ada Lind invited").focus();
    await page.keyboard.press("a");
    await page.waitForFunction(() => document.querySelectorAll("tr.rejected").length === 3);
    assert.ok(rows((await save()).text).every((r) => r.holder), "it has a statement again");
    await check();
  },
  async "nothing is lost when the page is closed"() {
    const { page, check } = await open(file, DESKTOP, START);
    await row(page, "Northland backs").focus();
    await page.keyboard.press("a");
    await name(page);
    await page.waitForFunction(() => document.querySelectorAll("tr.accepted").length === 1);
    await page.reload();
    assert.equal(await page.locator("tr.accepted").count(), 1);
    await row(page, "Southmark wants").getByRole("button", { name: "Reject", exact: true }).click();
    assert.equal(await page.locator("tr.rejected").count(), 1, "the name is asked for once");
    await check();
  },
  async "cancelling decides nothing, and nonsense is told"() {
    const { page, check } = await open(file, DESKTOP, START);
    await row(page, "Northland backs").getByRole("button", { name: "Accept", exact: true }).click();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("tr.accepted").count(), 0);
    await row(page, "Northland backs").getByRole("button", { name: "Correct", exact: true }).click();
    await name(page);
    await page.getByLabel("Toward whom or what (target)").fill("");
    await page.getByRole("button", { name: "Correct", exact: true }).last().click();
    assert.match(await page.getByRole("alert").innerText(), /must not be empty/);
    await page.getByLabel("Toward whom or what (target)").fill("Northland");
    await page.getByRole("button", { name: "Correct", exact: true }).last().click();
    assert.match(await page.getByRole("alert").innerText(), /are the same/);
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.locator("tr.corrected").count(), 0);
    await row(page, "Northland backs").getByRole("button", { name: "Correct", exact: true }).click();
    await page.getByRole("button", { name: "Correct", exact: true }).last().click();
    await page.waitForFunction(() => document.querySelectorAll("tr.accepted").length === 1);
    assert.equal(await page.locator("tr.corrected").count(), 0, "a correction of nothing is an acceptance");
    await check();
  },
  async "keys do nothing outside of the review"() {
    const { page, check } = await open(file, DESKTOP, "#tab=statements");
    await row(page, "Northland backs").focus();
    await page.keyboard.press("r");
    assert.equal(await page.locator("tr.rejected, dialog[open]").count(), 0);
    await page.getByRole("button", { name: "Review" }).click();
    assert.equal(await page.getByRole("button", { name: "Reject", exact: true }).count(), 14);
    await check();
  },
  async "where the browser keeps nothing, the page says so"() {
    const { page, check } = await open(file, DESKTOP, START);
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await row(page, "Northland backs").getByRole("button", { name: "Accept", exact: true }).click();
    await name(page);
    await page.waitForFunction(() => document.querySelectorAll("tr.accepted").length === 1);
    assert.match(await page.locator(".review").innerText(), /keeps nothing for this page/);
    await check();
  },
  async "a phone reviews too"() {
    const { page, check } = await open(file, PHONE, START);
    await row(page, "Northland backs").getByRole("button", { name: "Accept", exact: true }).tap();
    await name(page);
    await page.waitForFunction(() => document.querySelectorAll("tr.accepted").length === 1);
    await check();
  },
});
