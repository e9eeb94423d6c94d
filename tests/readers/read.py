"""Reads our exports with Python's readers and compares them, value by value, with our JSON as Python's own parser has it.

usage: read.py READER, in a folder with nodes.csv, edges.csv, n.graphml, n.gexf, n.json, n.cyjs, n.jgf, pajek/ and dl/.
Prints "same", or fails and tells the first difference.
"""
import csv, json, re, sys, urllib.parse

truth = json.load(open("n.json", encoding="utf-8"))
NODES = {n["id"]: {k: v for k, v in n.items() if k != "id"} for n in truth["nodes"]}
EDGES = {(e["source"], e["target"], e["key"]): {k: v for k, v in e.items() if k not in ("source", "target", "key")}
         for e in truth["edges"]}
assert len(NODES) == len(truth["nodes"]) and len(EDGES) == len(truth["edges"])


def same(what, found, wanted):
    if found != wanted:
        keys = [k for k in {**found, **wanted} if found.get(k) != wanted.get(k)]
        sys.exit(f"{what}: {keys[0]!r} is {found.get(keys[0])!r}, not {wanted.get(keys[0])!r}")


def known(attributes, out=()):
    """What is known: neither left out nor what readers put in the place of nothing."""
    return {k: v for k, v in attributes.items() if k not in out and v is not None and v != "" and v == v}


def in_xml():
    """Our edges, with what XML cannot hold in quotes as U+FFFD."""
    impossible = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    return {k: {a: impossible.sub("\ufffd", v) if a == "quote" else v for a, v in d.items()} for k, d in EDGES.items()}


def networkx_graphml():
    import networkx as nx
    g = nx.read_graphml("n.graphml", force_multigraph=True)
    same("nodes", {n: known(d, ["name"]) for n, d in g.nodes(data=True)}, NODES)
    same("edges", {(s, t, d["relation"]): known(d, ["interaction"]) for s, t, d in g.edges(data=True)}, in_xml())
    assert g.is_directed() and all(d["name"] == n for n, d in g.nodes(data=True))
    assert all(d["interaction"] == d["relation"] for *_, d in g.edges(data=True))


def networkx_gexf():
    import networkx as nx
    g = nx.read_gexf("n.gexf", version="1.3")
    assert g.is_directed() and g.is_multigraph()
    same("nodes", {n: known(d, ["viz"]) for n, d in g.nodes(data=True)}, NODES)
    own = ["id", "kind", "label", "start", "end", "viz"]
    same("edges", {(s, t, d["relation"]): known(d, own) for s, t, d in g.edges(data=True)}, in_xml())
    for *_, d in g.edges(data=True):
        assert d["label"] == d["relation"]
        assert d.get("start") == d.get("first_date") and d.get("end") == d.get("last_date"), d
    for n, d in g.nodes(data=True):
        assert {"position", "size", "color"} <= set(d["viz"]), (n, d)


def networkx_json():
    import networkx as nx
    g = nx.node_link_graph(truth, edges="edges")
    same("nodes", dict(g.nodes(data=True)), NODES)
    same("edges", {(s, t, k): d for s, t, k, d in g.edges(keys=True, data=True)}, EDGES)


def networkx_cytoscape():
    import networkx as nx
    g = nx.cytoscape_graph(json.load(open("n.cyjs", encoding="utf-8")))
    same("nodes", {n: known(d, ["id", "name", "value"]) for n, d in g.nodes(data=True)}, NODES)
    own = ["id", "source", "target", "key", "interaction"]
    same("edges", {(s, t, k): known(d, own) for s, t, k, d in g.edges(keys=True, data=True)}, EDGES)


def relations():
    return sorted({key[2] for key in EDGES})


def weights(relation):
    return {(s, t): d["weight"] for (s, t, r), d in EDGES.items() if r == relation}


def unreferenced(label):
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), label)


def networkx_pajek():
    import networkx as nx
    for relation in relations():
        g = nx.read_pajek(f"pajek/{relation}.net")
        assert g.is_directed() and {unreferenced(n) for n in g} == set(NODES)
        found = {(unreferenced(s), unreferenced(t)): d["weight"] for s, t, d in g.edges(data=True)}
        same(relation, found, weights(relation))
    numbers = open("pajek/blocs.clu").read().split()[2:]
    order = [unreferenced(n) for n in g]
    same("blocs", dict(zip(order, map(int, numbers))), {n: d["cluster"] for n, d in NODES.items()})


def igraph_of(g, unescaped):
    names = [unescaped(n) for n in g.vs["name"]]
    return names, {(names[e.source], names[e.target]): e["weight"] for e in g.es}


def igraph_pajek():
    import igraph
    for relation in relations():
        g = igraph.Graph.Read_Pajek(f"pajek/{relation}.net")
        names, found = igraph_of(g, unreferenced)
        assert set(names) == set(NODES) and g.is_directed()
        same(relation, found, weights(relation))
        assert all(0 <= v["x"] <= 1 and 0 <= v["y"] <= 1 for v in g.vs)


def igraph_dl():
    import igraph
    for relation in relations():
        g = igraph.Graph.Read_DL(f"dl/{relation}.dl", directed=True)
        names, found = igraph_of(g, lambda label: urllib.parse.unquote(label.replace("_", " ")))
        assert set(names) == set(NODES)
        same(relation, found, weights(relation))


def igraph_graphml():
    import igraph
    g = igraph.Graph.Read_GraphML("n.graphml")
    assert g.is_directed()
    same("nodes", {v["name"]: known(v.attributes(), ["name", "id"]) for v in g.vs}, NODES)
    names = g.vs["name"]
    found = {(names[e.source], names[e.target], e["relation"]): known(e.attributes(), ["interaction"]) for e in g.es}
    same("edges", found, in_xml())


def header(name):
    return "".join(part.capitalize() for part in name.split("_"))


def on_one_line(d):
    return {k: " ".join(v.split()) if k == "quote" else v for k, v in d.items()}


def pandas():
    import pandas as pd
    def table(file):
        return pd.read_csv(file, keep_default_na=False, na_values={c: [""] for c in ["Cluster", "ClusterStability"]})
    nodes, edges = table("nodes.csv"), table("edges.csv")
    names = {header(k): k for d in [*NODES.values(), *EDGES.values()] for k in d}
    def rows(frame, out):
        for row in frame.to_dict("records"):
            yield row, known({names.get(k, k): v for k, v in row.items()}, out)
    same("nodes", {row["Id"]: d for row, d in rows(nodes, ["Id"])}, NODES)
    found = {(row["Source"], row["Target"], row["Relation"]): d for row, d in rows(edges, ["Source", "Target", "Type"])}
    same("edges", found, {k: on_one_line(d) for k, d in EDGES.items()})
    assert set(edges["Type"]) == {"Directed"}


def profiles():
    """The tables for other programs name the same actors in both, and no two the same."""
    for name, source, target, id in [("gephi", "Source", "Target", "Id"), ("cytoscape", "Source", "Target", "Id"),
                                     ("kumu", "From", "To", "Label"), ("nodexl", "Vertex 1", "Vertex 2", "Vertex")]:
        def read(what):
            return list(csv.DictReader(open(f"{name}.{what}.csv", newline="", encoding="utf-8-sig")))
        ids = [row[id] for row in read("nodes")]
        assert len(set(ids)) == len(NODES), name
        edges = read("edges")
        assert len(edges) == len(EDGES) and {e[c] for e in edges for c in (source, target)} <= set(ids), name
        assert all(len(line.splitlines()) == 1 for row in edges for line in row.values() if line), name


def lxml():
    from lxml import etree
    def find(root, tag):
        return [e for e in root.iter() if etree.QName(e).localname == tag]
    graphml = etree.parse("n.graphml").getroot()
    keys = {k.get("id"): (k.get("attr.name"), k.get("attr.type")) for k in find(graphml, "key")}
    casts = {"string": str, "long": int, "double": float}
    def data(e):
        pairs = ((keys[d.get("key")], d.text or "") for d in find(e, "data"))
        return {name: casts[kind](text) for (name, kind), text in pairs}
    same("nodes", {n.get("id"): known(data(n), ["name"]) for n in find(graphml, "node")}, NODES)
    edges = ((e.get("source"), e.get("target"), data(e)) for e in find(graphml, "edge"))
    same("edges", {(s, t, d["relation"]): known(d, ["interaction"]) for s, t, d in edges}, in_xml())
    gexf = etree.parse("n.gexf").getroot()
    assert {n.get("id") for n in find(gexf, "node")} == set(NODES)
    assert {(e.get("source"), e.get("target"), e.get("kind")) for e in find(gexf, "edge")} == set(EDGES)


def jgf():
    """No reader of JSON Graph Format is packaged for Python: by its schema's rules, version 2."""
    graph = json.load(open("n.jgf", encoding="utf-8"))["graph"]
    assert set(graph) <= {"id", "label", "directed", "type", "metadata", "nodes", "edges"} and graph["directed"] is True
    assert all(set(n) <= {"label", "metadata"} for n in graph["nodes"].values())
    assert all(set(e) <= {"id", "source", "target", "relation", "directed", "label", "metadata"} for e in graph["edges"])
    same("nodes", {id: n["metadata"] for id, n in graph["nodes"].items()}, NODES)
    same("edges", {(e["source"], e["target"], e["relation"]): e["metadata"] for e in graph["edges"]}, EDGES)


def graphviz():
    """What `dot -Tjson` found, in n.dot.json."""
    drawn = json.load(open("n.dot.json", encoding="utf-8"), strict=False)
    def plain(text):
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), text)
    nodes = [o for o in drawn["objects"] if "nodes" not in o and not o["name"].startswith("cluster")]
    assert {plain(n["name"]) for n in nodes} == set(NODES)
    names = {o["_gvid"]: plain(o["name"]) for o in nodes}
    casts = {k: type(v) for d in [*NODES.values(), *EDGES.values()] for k, v in d.items()}
    def attributes(o, out):
        renamed = {"weight" if k == "statement_weight" else k: v for k, v in o.items()}
        return known({k: casts[k](plain(v)) for k, v in renamed.items() if k in casts}, out)
    same("nodes", {names[n["_gvid"]]: attributes(n, ["label"]) for n in nodes},
         {n: {k: v for k, v in d.items() if k != "label"} for n, d in NODES.items()})
    same("edges", {(names[e["tail"]], names[e["head"]], e["relation"]): attributes(e, []) for e in drawn["edges"]}, EDGES)
    clusters = [o for o in drawn["objects"] if o["name"].startswith("cluster")]
    for cluster in clusters:
        assert len({NODES[names[n]]["cluster"] for n in cluster["nodes"]}) == 1


globals()[sys.argv[1]]()
print("same")
