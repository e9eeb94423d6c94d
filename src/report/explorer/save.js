// Files for the reader: the picture as seen, the statements that pass, the reviewed table.
//
// In: the picture, statements. Out: downloads. Never here: network access; a file is made in memory.
const save = (() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const FAINT = "0.1";

  const download = (name, type, text) => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const anchor = words.el("a", { href: url, download: name, hidden: true });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    words.say(`${name} saved`);
  };

  /** A cell as RFC 4180 has it. */
  const cell = (value) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
  };

  /** What stands in a column of the statements table. */
  const value = (s, column) => {
    if (column === "document") return data.document(s).id;
    if (column === "toward") return (s.toward ?? []).join(";");
    if (column === "withheld" || column === "hedged") return s[column] ? "true" : "false";
    return Object.hasOwn(s, column) ? s[column] : s.extra?.[column] ?? "";
  };
  const csv = (statements, blanks = []) => {
    const rows = statements.map((s) => data.columns.map((column) => value(s, column)));
    const bare = blanks.map(([document, coder]) => data.columns.map((column) => (column === "document" ? document : column === "coder" ? coder : "")));
    return [data.columns, ...rows, ...bare].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  };

  /** The picture as it came, with what is faint now, cut to the present view; its headline, legend and source stay. */
  const svg = () => {
    const doc = new DOMParser().parseFromString(picture.original, "image/svg+xml");
    const root = doc.documentElement;
    const faint = picture.faint();
    [...root.querySelectorAll(picture.PARTS)].forEach((node, i) => faint[i] && node.setAttribute("opacity", FAINT));
    if (state.now.view) {
      const { x, y, w, h } = zoom.scene();
      const [cx, cy, width] = state.now.view;
      const height = (width * h) / w;
      const inner = doc.createElementNS(SVG, "svg");
      const put = { x, y, width: w, height: h, viewBox: `${cx - width / 2} ${cy - height / 2} ${width} ${height}`, overflow: "hidden" };
      for (const [name, number] of Object.entries(put)) inner.setAttribute(name, number);
      const scene = ["blocs", "ties", "actors", "labels", "bloc-names"].map((id) => root.querySelector(`:scope > [id="${id}"]`)).filter(Boolean);
      scene[0]?.before(inner);
      inner.append(...scene);
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
  };

  const link = async () => {
    const url = state.address();
    try {
      await navigator.clipboard.writeText(url);
      words.say("Link copied");
      const text = document.getElementById("x-link").firstChild;
      text.data = "Link copied ";
      setTimeout(() => (text.data = "Copy link "), 2000);
    } catch {
      dialog.address(url);
    }
  };

  const reviewed = () => {
    download("statements-reviewed.csv", "text/csv;charset=utf-8", csv(review.statements(), review.blanks()));
    review.saved();
  };

  const begin = () => {
    const on = (id, action) => document.getElementById(id).addEventListener("click", action);
    on("x-link", link);
    on("x-save-svg", () => download("network.svg", "image/svg+xml", svg()));
    on("x-save-csv", () => {
      const chosen = state.now.tab === "statements" ? [...table.all()].sort((a, b) => a - b) : data.statements.map((_, i) => i).filter((i) => filter.passes[i]);
      download("statements.csv", "text/csv;charset=utf-8", csv(chosen.map((i) => data.statements[i])));
    });
  };

  return { begin, reviewed, csv, svg };
})();
