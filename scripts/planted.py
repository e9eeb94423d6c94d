#!/usr/bin/env python3
"""A signed network with planted blocs, to try layouts and blocs on; all names are invented.

usage: planted.py ACTORS BLOCS TIES SEED [--nodes FILE] > ties.csv

Two thirds of the ties lie within blocs, where 8 in 100 are opposition; between blocs 9 in 100 are support. Some actors
have many ties and most have few. Writes an edge list (source, target, relation, sign, weight) and, to --nodes, what the
actors are called, what they are and which bloc they were planted in."""
import argparse, csv, itertools, random, sys

START = "Al Bar Cor Dal El Far Gan Hol Ist Jar Kel Lor Mar Nor Os Pel Quin Ras Sel Tor Ul Var Wes Yar Zan".split()
MIDDLE = "a e i o u an en in on ar er or al el il".split()
END = "dia land nia ria stan via mark gard ton bury dor wick".split()
GIVEN = "Ada Bela Cleo Dora Emil Finn Gita Hugo Ines Jona Kaya Lars Mina Nico Olga Pavel Rosa Sami Tilda Umar Vera".split()
BODY = "League Union Council Chamber Assembly Board Fund Forum Party Alliance".split()


def names(count, rng):
    """Different names of countries, institutions and persons, with their kinds."""
    found = {}
    while len(found) < count:
        place = rng.choice(START) + rng.choice(MIDDLE) + rng.choice(END)
        kind = rng.choice(["country", "institution", "person"])
        if kind == "institution":
            place = f"{place} {rng.choice(BODY)}"
        elif kind == "person":
            place = f"{rng.choice(GIVEN)} {rng.choice(START)}{rng.choice(MIDDLE)}{rng.choice('lmnrst')}"
        found.setdefault(place, kind)
    return list(found.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for what in ("actors", "blocs", "ties", "seed"):
        parser.add_argument(what, type=int)
    parser.add_argument("--nodes")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    actors = names(args.actors, rng)
    activity = list(itertools.accumulate(1 / (0.05 + rng.random()) ** 0.7 for _ in actors))
    bloc = [i % args.blocs for i in range(len(actors))]
    ties = {}
    for _ in range(200 * args.ties):
        if len(ties) == args.ties:
            break
        a = rng.choices(range(len(actors)), cum_weights=activity)[0]
        inside = args.blocs == 1 or rng.random() < 0.67
        b = a
        while b == a or (bloc[a] == bloc[b]) != inside:
            b = rng.choices(range(len(actors)), cum_weights=activity)[0]
        if (a, b) in ties or (b, a) in ties:
            continue
        friendly = rng.random() < (0.92 if inside else 0.09)
        ties[a, b] = ("support", 1) if friendly else ("oppose", -1)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["source", "target", "relation", "sign", "weight"])
    for (a, b), (relation, sign) in ties.items():
        out.writerow([actors[a][0], actors[b][0], relation, sign, rng.choice([1, 1, 1, 2, 2, 3])])
    if args.nodes:
        with open(args.nodes, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["id", "kind", "cluster"])
            table.writerows([name, kind, bloc[i]] for i, (name, kind) in enumerate(actors))


if __name__ == "__main__":
    main()
