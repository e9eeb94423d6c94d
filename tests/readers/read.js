// Reads our exports with JavaScript's readers and compares them, value by value, with our JSON.
// usage: node read.js READER, in the folder of the files; NODE_PATH has the packages. Prints "same", or what differs.
const fs = require('fs'), { createRequire } = require('module'), path = require('path');
const load = createRequire(path.join(process.env.NODE_PATH, 'x.js'));
const truth = JSON.parse(fs.readFileSync('n.json', 'utf8'));
const text = file => fs.readFileSync(file, 'utf8');
const sorted = o => JSON.stringify(Object.entries(o).filter(([, v]) => v !== null && v !== '' && v !== undefined).sort());
const without = (o, keys) => Object.fromEntries(Object.entries(o).filter(([k]) => !keys.includes(k)));

function same(found) {
  const wanted = {};
  for (const n of truth.nodes) wanted['node ' + n.id] = sorted(without(n, ['id']));
  for (const e of truth.edges) wanted[`edge ${e.source} ${e.key} ${e.target}`] = sorted(without(e, ['source', 'target', 'key']));
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)]))
    if (wanted[key] !== found[key]) throw new Error(`${key} is ${found[key]}, not ${wanted[key]}`);
}

function graph(g, nodeOwn, edgeOwn) {
  // What XML cannot hold is U+FFFD in quotes.
  for (const e of truth.edges) if (e.quote) e.quote = e.quote.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');
  const found = {};
  g.forEachNode((id, a) => { found['node ' + id] = sorted(without(a, nodeOwn)); });
  g.forEachDirectedEdge((_, a, s, t) => { found[`edge ${s} ${a.relation} ${t}`] = sorted(without(a, edgeOwn)); });
  same(found);
}

const readers = {
  gexf() {
    const g = load('graphology-gexf').parse(load('graphology'), text('n.gexf'));
    // The reader puts an element's own label, kind, colour, size and place among the attributes.
    graph(g, ['color', 'size', 'x', 'y', 'z'], ['color', 'kind', 'label']);
    g.forEachNode((id, a) => { if (!(a.size > 0 && /^rgb/.test(a.color) && isFinite(a.x + a.y))) throw new Error('look of ' + id); });
  },
  graphml() {
    graph(load('graphology-graphml').parse(load('graphology'), text('n.graphml')), ['name'], ['interaction']);
  },
  cytoscape() {
    const cy = load('cytoscape')({ ...JSON.parse(text('n.cyjs')), headless: true, layout: { name: 'preset' } });
    const found = {};
    cy.nodes().forEach(n => { found['node ' + n.id()] = sorted(without(n.data(), ['id', 'name', 'value'])); });
    cy.edges().forEach(e => {
      const own = ['id', 'source', 'target', 'key', 'interaction'];
      found[`edge ${e.source().id()} ${e.data('key')} ${e.target().id()}`] = sorted(without(e.data(), own));
    });
    same(found);
    if (new Set(cy.nodes().map(n => JSON.stringify(n.position()))).size !== truth.nodes.length) throw new Error('places');
  },
  papaparse() {
    const parse = file => {
      const { data, errors } = load('papaparse').parse(text(file), { header: true, skipEmptyLines: true });
      if (errors.length) throw new Error(JSON.stringify(errors[0]));
      return data;
    };
    const known = [...truth.nodes, ...truth.edges].reduce((all, o) => ({ ...all, ...o }), {});
    const key = h => h.replace(/(?!^)([A-Z])/g, '_$1').toLowerCase();
    const typed = row => Object.fromEntries(Object.entries(row).map(([h, v]) =>
      [key(h), typeof known[key(h)] === 'number' && v !== '' ? +v : v]));
    for (const e of truth.edges) if (e.quote) e.quote = e.quote.trim().split(/\s+/).join(' ');
    const found = {};
    for (const n of parse('nodes.csv')) found['node ' + n.Id] = sorted(without(typed(n), ['id']));
    for (const e of parse('edges.csv'))
      found[`edge ${e.Source} ${e.Relation} ${e.Target}`] = sorted(without(typed(e), ['source', 'target', 'type']));
    same(found);
  },
};
readers[process.argv[2]]();
console.log('same');
