#!/usr/bin/env python3
"""Other programs that cluster signed graphs, and ours, side by side on the same files.

    benches/peers.py [--program target/release/stancenet] [--only NAME,...] [FILE ...]

Files are signed edge lists (source,target,weight; .gz too). Without files: those of signed/ in the folder that
STANCENET_SHARED names, or else in ../shared, and the large graph that its gen_signed_sbm.py makes.
The peers are installed by name into a virtual environment (bench-peers/ in the folder for temporary files; --venv).
Each runs in a process of its own. The cost of each partition (negative weight inside clusters plus positive weight
between them) is worked out here, the same way for all. CPU seconds are those in user mode of the whole process, reading
included, and in parentheses those of the search alone, where the peer tells; MB is the peak of resident memory.
"""

import argparse
import csv
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

PEERS = ["igraph", "leidenalg", "networkx"]
PACKAGES = ["igraph", "leidenalg", "networkx", "numpy"]
LARGE = "--n 150000 --m 1200000 --k 25 --p-in .65 --flip .10 --neutral-out .05 --weights lognormal --seed 13".split()
MANY_PAIRS = 1_000_000


def read(path):
    """Names, and the net weight of each pair of positions that has one."""
    number, net = {}, {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file)
        next(rows)
        for source, target, weight in rows:
            i, j = number.setdefault(source, len(number)), number.setdefault(target, len(number))
            if i != j:
                pair = (i, j) if i < j else (j, i)
                net[pair] = net.get(pair, 0.0) + float(weight)
    return list(number), {pair: w for pair, w in net.items() if abs(w) > 1e-12}


def search(peer, path):
    """Runs a peer in this process; returns names, the cluster of each, and the CPU seconds of the search."""
    names, net = read(path)
    pairs, weights = list(net), list(net.values())
    seeds = 10 if len(pairs) < MANY_PAIRS else 3
    if peer == "networkx":
        import networkx

        graph = networkx.Graph()
        graph.add_nodes_from(range(len(names)))
        graph.add_weighted_edges_from((i, j, w) for (i, j), w in net.items())
        clock = time.process_time()
        found = networkx.community.louvain_communities(graph, seed=0)
        of = {i: c for c, members in enumerate(found) for i in members}
        return names, [of[i] for i in range(len(names))], time.process_time() - clock
    import igraph

    graph = igraph.Graph(n=len(names), edges=pairs)
    clock = time.process_time()
    if peer == "leidenalg":
        import leidenalg

        kind = leidenalg.CPMVertexPartition
        found = leidenalg.find_partition(graph, kind, weights=weights, n_iterations=-1, seed=0, resolution_parameter=0)
        return names, found.membership, time.process_time() - clock
    import random

    best, seconds = None, 0.0
    for seed in range(seeds):
        random.seed(seed)
        clock = time.process_time()
        found = graph.community_leiden(objective_function="CPM", resolution=0, weights=weights, n_iterations=10)
        seconds += time.process_time() - clock
        least = cost(net, found.membership)
        if best is None or least < best[0]:
            best = (least, found.membership)
    return names, best[1], seconds


def cost(net, of):
    return sum(abs(w) for (i, j), w in net.items() if (of[i] == of[j]) == (w < 0))


def run_peer(peer, path, out):
    names, of, seconds = search(peer, path)
    with open(out, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Id", "Cluster", "Stability"])
        rows.writerows((name, c, "") for name, c in zip(names, of))
    print(f"{seconds:.3f}")


def measure(command):
    """What a command says, its user CPU seconds and its peak MB; None, why, 0 when it fails.

    A process begins with the peak of the one that it was forked from, so that a small one goes between."""
    done = subprocess.run([sys.executable, __file__, "--measure", *command], stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def measured(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return None, " ".join(done.stderr.strip().splitlines()[-1:]), 0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout.strip(), usage.ru_utime, usage.ru_maxrss / 1024


def table(paths, commands, python, folder):
    print(f"{'graph':<16}{'program':<25}{'cost':>12}{'clusters':>10}{'CPU s':>9}{'(search)':>10}{'MB':>7}")
    for path in paths:
        names, net = read(path)
        for program, command in commands(python, path):
            out = folder / "partition.csv"
            said, seconds, memory = measure(command + [str(out)])
            if said is None:
                print(f"{path.stem:<16}{program:<25}failed: {seconds}", flush=True)
                continue
            with open(out, newline="", encoding="utf-8") as file:
                cluster = {row["Id"]: row["Cluster"] for row in csv.DictReader(file)}
            of = [cluster.get(name, ("alone", name)) for name in names]
            alone = f"({said})" if program.split()[0] in PEERS else ""
            line = f"{cost(net, of):>12.3f}{len(set(of)):>10}{seconds:>9.2f}{alone:>10}{memory:>7.0f}"
            print(f"{path.stem:<16}{program:<25}{line}", flush=True)


def inputs(files, folder, python):
    """The files, unpacked; or those that are shared, and the large one, made."""
    given = [pathlib.Path(f) for f in files]
    if not given:
        shared = pathlib.Path(os.environ.get("STANCENET_SHARED", "../shared")) / "signed"
        names = ["avatar.csv", "bitcoin_otc.csv", "sbm_10k.csv.gz", "wiki_rfa.csv.gz"]
        given = [shared / name for name in names if (shared / name).is_file()]
        maker = shared / "gen_signed_sbm.py"
        if maker.is_file():
            large = folder / "sbm_150k.csv"
            labels = folder / "sbm_150k.labels"
            command = [python, str(maker), *LARGE, "--out", str(large), "--labels", str(labels)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            given.append(large)
    for path in given:
        if path.suffix == ".gz":
            plain = folder / path.stem
            with gzip.open(path, "rb") as packed:
                plain.write_bytes(packed.read())
            path = plain
        yield path


def environment(folder):
    """The virtual environment's Python, with the peers installed."""
    python = folder / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return str(python)


def main():
    if sys.argv[1:2] == ["--measure"]:
        return print(json.dumps(measured(sys.argv[2:])))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--program", default="target/release/stancenet")
    parser.add_argument("--only", help="programs to run, of: ours, " + ", ".join(PEERS))
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "bench-peers")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--out", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peer:
        return run_peer(args.peer, args.files[0], args.out)
    only = args.only.split(",") if args.only else ["ours", *PEERS]

    def commands(python, path):
        if "ours" in only:
            ours = [args.program, "clusters", str(path), "--format", "csv"]
            yield "stancenet", [*ours, "-o"]
            # Peers prove nothing, and do not say how sure they are.
            alone = ["--proof", "none", "--resamplings", "0"]
            yield "stancenet, search alone", [*ours, *alone, "-o"]
            yield "stancenet --effort high", [*ours, *alone, "--effort", "high", "-o"]
        for peer in PEERS:
            if peer in only:
                yield peer, [python, __file__, "--peer", peer, str(path), "--out"]

    python = environment(args.venv)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        table(list(inputs(args.files, folder, python)), commands, python, folder)


if __name__ == "__main__":
    main()
