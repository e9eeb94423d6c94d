// Words and elements.
//
// In: text of documents, numbers, dates. Out: elements whose text can do nothing, and strings in the reader's locale.
// Never here: markup made of data. Everything from documents becomes a text node, or an attribute without power.
const words = (() => {
  "use strict";

  const locale = navigator.languages?.length ? [...navigator.languages] : undefined;
  const format = new Intl.NumberFormat(locale);
  const small = [];
  const number = (n) => (n < 1000 ? (small[n] ??= format.format(n)) : format.format(n));
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const collator = new Intl.Collator(locale, { sensitivity: "base", numeric: true });

  /** Relations as the page counts them: an invitation that was not made is one of its own. */
  const RELATIONS = ["support", "oppose", "invite", "withheld"];
  const VERBS = ["supports", "opposes", "invites", "does not invite"];
  const LEGEND = ["supports", "opposes", "invites", "withholds"];

  /** Control characters as pictures of themselves, so that they are seen and do nothing. */
  const shown = (text) =>
    String(text ?? "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (c) => {
      const code = c.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
    });

  /** Text for an attribute, where no element can isolate it: without marks of direction. */
  const plain = (text) => shown(text).replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

  /** An element: attributes, listeners (keys that begin with "on") and children; strings become text. */
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    add(node, children);
    return node;
  };

  const add = (node, children) => {
    for (const child of children.flat(9)) {
      if (child === null || child === undefined || child === false) continue;
      node.append(child instanceof Node ? child : shown(child));
    }
    return node;
  };

  /** A name, kept apart from the direction of the text around it. */
  const name = (text, attributes = {}) => el("bdi", attributes, text);

  const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);

  /** The address if a click on it is harmless. */
  const address = (url) => {
    try {
      const parsed = new URL(String(url));
      return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed : null;
    } catch {
      return null;
    }
  };

  const link = (url, label) => {
    const parsed = address(url);
    if (!parsed) return el("span", { class: "dead" }, "Address: ", name(url));
    return el("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, label, " (", name(parsed.hostname), ")");
  };

  const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;
  const statements = (n) => count(n, "statement", "statements");
  const documents = (n) => count(n, "document", "documents");

  /** Days since 1970 of "2024-06-09"; null for anything else. */
  const toDay = (text) => {
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
    const time = parts ? Date.UTC(+parts[1], +parts[2] - 1, +parts[3]) : NaN;
    return Number.isFinite(time) ? time / 864e5 : null;
  };
  const fromDay = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
  const date = (days) => day.format(new Date(days * 864e5));
  const span = (first, last, form = day) => {
    const [a, b] = [new Date(first * 864e5), new Date(last * 864e5)];
    return first === last ? form.format(a) : form.formatRange ? form.formatRange(a, b) : `${form.format(a)} – ${form.format(b)}`;
  };

  /** For finding: without accents and capitals. */
  const folded = (text) => {
    const string = String(text ?? "");
    return (/^[\x00-\x7f]*$/.test(string) ? string : string.normalize("NFD").replace(/\p{M}+/gu, "")).toLowerCase();
  };

  /** What need not be there at once is done when the answer is painted. */
  const painted = (action) => requestAnimationFrame(() => setTimeout(action));

  /** Steps of some milliseconds each, done while the reader does nothing. */
  const idle = (steps) => {
    const request = window.requestIdleCallback ?? ((action) => setTimeout(action, 30));
    const some = (deadline) => {
      do if (steps.next().done) return;
      while (deadline?.timeRemaining() > 8);
      request(some);
    };
    request(some);
  };

  /** Tells a screen reader. */
  const say = (text) => (document.getElementById("x-said").textContent = plain(text));

  return {
    RELATIONS, VERBS, LEGEND, shown, plain, el, add, name, button, address, link, count, statements, documents,
    toDay, fromDay, date, span, short, folded, say, painted, idle, number,
    percent: (n) => percent.format(n), compare: (a, b) => collator.compare(a, b),
  };
})();
