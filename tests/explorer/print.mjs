// What stands on the pages of a print, by pdftotext of poppler.
//
// In: a PDF. Out: its pages with their words and where these stand. Never here: what should stand there.
import { execFileSync } from "node:child_process";

/** Points in a millimetre. */
export const MM = 72 / 25.4;
/** Boxes of words go by the heights of their fonts, which lines may be a little closer than. */
export const CLOSE = 3;

/** Letters and digits alone: fonts and readers of print differ in the rest. */
export const bare = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

const run = (pdf) => {
  try {
    return execFileSync("pdftotext", ["-raw", "-bbox", pdf, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    console.log("   skipped: no pdftotext (poppler-utils)");
    return null;
  }
};

/** The words of each page, with their boxes; null where nothing can tell. */
export const pages = (pdf) => {
  const plain = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };
  return run(pdf)?.split("<page ").slice(1).map((page) => {
    const [width, height] = ["width", "height"].map((name) => Number(new RegExp(`${name}="([\\d.]+)"`).exec(page)[1]));
    const words = [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/gs)]
      .map(([, x, y, right, foot, word]) => ({ x: +x, y: +y, right: +right, foot: +foot, word: word.replace(/&\w+;/g, (entity) => plain[entity] ?? entity) }));
    return { width, height, words, all: bare(words.map(({ word }) => word).join("")) };
  }) ?? null;
};
