#!/usr/bin/env python3
"""How fast a table of events becomes a network, beside DuckDB.

    python3 benches/events.py target/release/stancenet [--rows 10000000] [--folder /tmp] [--gz] [--keep]

Makes up a table like GDELT 2.0's (61 columns, some 370 bytes a row, names as frequent as by Zipf's law), lets `stancenet
edges` and DuckDB (`pip install duckdb`) make the same network of it on two threads, and checks that both find the same
ties and counts. Prints seconds of the clock and of the processor, rows a second, and the most memory that was held.
"""

import argparse
import csv
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTRIES = "USA GBR CHN RUS FRA DEU ISR IRN UKR IND PAK TUR SYR JPN AUS CAN EGY IRQ SAU NGA ZAF BRA MEX KOR PRK ITA ESP POL AFG VEN".split()
ROLES = ["", "", "", "", "GOV", "GOV", "GOV", "MIL", "COP", "OPP", "REB", "MED", "BUS", "CVL", "LEG", "JUD"]
CODES = "010 020 036 040 042 043 046 050 051 057 061 071 073 080 084 090 100 111 112 120 130 138 141 145 154 163 173 180 190 193 195".split()


def generate(path, rows, seed=1):
    """Writes the table; as many different lines are put together as it takes, and repeated with ids and days of their own."""
    dice = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(COUNTRIES))]

    def actor():
        if dice.random() < 0.22:
            return [""] * 10
        country = dice.choices(COUNTRIES, weights)[0]
        role = dice.choice(ROLES)
        return [country + role, "NAME OF " + country, country, "", "", "", "", role, "", ""]

    def place():
        return ["4", "Town, Province, Land", "US", "USDC", "", "38.8951", "-77.036", "531871"]

    def row():
        code = dice.choice(CODES)
        link = f"https://www.site{dice.randrange(5000)}.example/news/{dice.randrange(10**9)}/" + "words-of-a-headline-" * dice.randrange(1, 3)
        middle = actor() + actor() + ["1", code, code[:3], code[:2], str(dice.randrange(1, 5)), "-2.0", "4", "1", "4", "-1.75438596491228"]
        return "\t".join(middle + place() + place() + place() + ["20240101001500", link])

    lines = [row() for _ in range(200_000)]
    with open(path, "w", buffering=1 << 22) as out:
        for start in range(0, rows, 1000):
            day = 20240101 + (start * 28 // max(rows, 1))
            month, year = day // 100, day // 10000
            dated = f"\t{day}\t{month}\t{year}\t2024.0137\t"
            at = dice.randrange(len(lines) - 1000)
            first = 1_100_000_000 + start
            many = min(1000, rows - start)
            out.write("".join(f"{first + n}{dated}{lines[at + n]}\n" for n in range(many)))


def run(command):
    """Seconds of the clock, seconds of the processor, MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


DUCK = r"""
import csv, sys, duckdb
table, codes, roles, countries, out = sys.argv[1:6]
con = duckdb.connect()
con.execute("set threads = 2")
con.execute("create table codes(code varchar, relation varchar, weak boolean)")
con.executemany("insert into codes values (?, ?, ?)", [(r["code"], r["relation"], r["weak"] == "yes") for r in csv.DictReader(open(codes))])
con.execute("create table roles(code varchar, name varchar, speaks varchar)")
con.executemany("insert into roles values (?, ?, ?)", [(r["code"], r["name"], r["speaks_for"]) for r in csv.DictReader(open(roles))])
con.execute("create table countries(code varchar, name varchar)")
con.executemany("insert into countries values (?, ?)", [(r["code"], r["name"]) for r in csv.DictReader(open(countries)) if r["code"]])
names = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(61)) + "}"
con.execute(f'''
copy (
  with rows as (select c1 as day, c7 as a, c12 as ra, c17 as b, c22 as rb, c26 as code
    from read_csv('{table}', delim='\t', header=false, quote='', escape='', columns={names}, auto_detect=false)
    where c7 is not null and c17 is not null),
  tied as (select case when coalesce(ra.name, '') = '' then ca.name else ra.name || ' (' || ca.name || ')' end as source,
      case when coalesce(rb.name, '') = '' then cb.name else rb.name || ' (' || cb.name || ')' end as target,
      relation, weak, day
    from rows join codes on codes.code = rows.code
    join countries ca on ca.code = a join countries cb on cb.code = b
    left join roles ra on ra.code = rows.ra left join roles rb on rb.code = rows.rb
    where relation <> 'none')
  select source, target, relation, count(*) as n, sum(weak::int) as hedged, min(day) as first, max(day) as last
  from tied where source <> target group by source, target, relation order by source, target, relation
) to '{out}' (header, delimiter ',')''')
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder")
    parser.add_argument("--gz", action="store_true")
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    lexicon = Path(__file__).resolve().parent.parent / "lexicon"
    folder = Path(tempfile.mkdtemp(dir=args.folder))
    try:
        table = folder / "events.export.CSV"
        generate(table, args.rows)
        size = table.stat().st_size
        print(f"{args.rows} rows, {size / args.rows:.0f} bytes a row, {size / 1e9:.2f} GB")
        if args.gz:
            with open(table, "rb") as plain, gzip.open(f"{table}.gz", "wb", compresslevel=6) as packed:
                shutil.copyfileobj(plain, packed, 1 << 20)
            table.unlink()
            table = Path(f"{table}.gz")
        ours, theirs = folder / "ours.csv", folder / "theirs.csv"
        results = {}
        for _ in range(2):
            # The first turn brings the table into the system's memory.
            results["stancenet edges"] = run([args.program, "edges", str(table), "--jobs", "2", "-q", "-o", str(ours)])
            results["duckdb"] = run([sys.executable, "-c", DUCK, str(table), str(lexicon / "cameo.csv"),
                                     str(lexicon / "event_roles.csv"), str(lexicon / "countries.csv"), str(theirs)])
        for name, (wall, cpu, memory) in results.items():
            print(f"{name:16} {wall:6.2f} s, {cpu:6.2f} s of the processor, {args.rows / wall / 1e6:5.2f} million rows/s, {memory:7.0f} MiB")
        day = lambda text: text.replace("-", "")
        mine = {(r["Source"], r["Target"], r["Relation"]): (int(r["Statements"]), int(r["Hedged"]), day(r["FirstDate"]), day(r["LastDate"])) for r in csv.DictReader(open(ours))}
        other = {(r["source"], r["target"], r["relation"]): (int(r["n"]), int(r["hedged"]), r["first"], r["last"]) for r in csv.DictReader(open(theirs))}
        differ = [key for key in mine.keys() | other.keys() if mine.get(key) != other.get(key)]
        print(f"{len(mine)} ties, {sum(n for n, *_ in mine.values())} statements; {len(differ)} ties differ")
        if differ:
            sys.exit(json.dumps([(key, mine.get(key), other.get(key)) for key in differ[:5]]))
    finally:
        if args.keep:
            print(folder)
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
