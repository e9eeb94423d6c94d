"""Check that stancenet on Spark, with a worker killed on the way, gives the bytes of a single run.

Makes documents, codes them on this machine, codes them again by job.py on a cluster of two workers (master
local-cluster[2,1,900]), kills one worker's process while it is coding, puts the parts together, and compares. Exits with 1
where the tables differ, or no worker was killed. Needs Java and pyspark; check.sh gets the latter.

    python3 check.py path/to/stancenet
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENTS = 800
PARTITIONS = 8
# Seconds that the whole run on the cluster may take.
PATIENCE = 170

ACTORS = ["France", "Poland", "Germany", "Hungary", "Italy", "Spain", "Sweden", "Norway", "Turkey", "the European Union"]
MATTERS = [
    "sending military instructors to Ukraine", "the training mission in Ukraine", "new sanctions against Russia",
    "tougher sanctions on Russia", "the ceasefire in Gaza", "a ceasefire agreement", "the fishing treaty", "an arms embargo",
]
SENTENCES = [
    "{a} condemned {b}.", "{a} supports {m}.", "{a} opposes {m}.", "{a} praised {b} on Monday.", "{a} rejected {m}.",
    "{a} invited {b} to join {m}.", "{a} plans {m}.", "{a} did not invite {b}.", "Ministers met «à l’été» in Oslo.",
]


def documents():
    dice = random.Random(7)
    for number in range(DOCUMENTS):
        sentences = []
        for _ in range(6):
            a, b = dice.sample(ACTORS, 2)
            sentence = dice.choice(SENTENCES).format(a=a, b=b, m=dice.choice(MATTERS))
            sentences.append(sentence[0].upper() + sentence[1:])
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield {"id": f"d{number}", "date": day, "title": f"Report {number}", "text": " ".join(sentences), "url": ""}


def processes():
    """Parents and command lines of all processes."""
    found = {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            found[int(folder.name)] = (int(stat.rsplit(")", 1)[1].split()[1]), command)
    return found


def worker_that_codes(job, stancenet):
    """A process of the job's cluster below which the program runs."""
    all_of_them = processes()
    for pid, (_, command) in all_of_them.items():
        if not command.startswith(f"{stancenet} code"):
            continue
        chain = [pid]
        while chain[-1] in all_of_them and chain[-1] != job:
            chain.append(all_of_them[chain[-1]][0])
        if chain[-1] == job:
            for ancestor in chain:
                if "CoarseGrainedExecutorBackend" in all_of_them.get(ancestor, (0, ""))[1]:
                    return ancestor
    return None


def on_cluster(folder, stancenet):
    """Codes the documents on a cluster, and kills a worker on the way; whether one was killed."""
    conf = {
        "spark.executor.memory": "512m", "spark.driver.memory": "512m", "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.local.dir": str(folder / "spark"),
        "spark.worker.dir": str(folder / "work"),
    }
    submit = ["--master", "local-cluster[2,1,900]"] + [w for k, v in conf.items() for w in ("--conf", f"{k}={v}")]
    environment = {
        **os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": " ".join(f'"{word}"' for word in submit) + " pyspark-shell", "SPARK_WORKER_DIR": str(folder / "work"),
    }
    command = [sys.executable, str(HERE / "job.py"), str(folder / "documents.jsonl"), str(folder / "parts")]
    command += ["--stancenet", stancenet, "--partitions", str(PARTITIONS)]
    killed, end = False, time.monotonic() + PATIENCE
    with open(folder / "log", "wb") as log:
        job = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder, start_new_session=True)
        try:
            while job.poll() is None and time.monotonic() < end:
                worker = None if killed else worker_that_codes(job.pid, stancenet)
                if worker:
                    time.sleep(0.3)
                    os.kill(worker, signal.SIGKILL)
                    killed = True
                    print(f"killed worker {worker} while it was coding")
                time.sleep(0.02)
        finally:
            if job.poll() is None:
                os.killpg(job.pid, signal.SIGKILL)
                job.wait()
    if job.returncode != 0:
        print((folder / "log").read_text(errors="replace")[-4000:])
        sys.exit(f"the run on the cluster failed or took more than {PATIENCE} s")
    lost = (folder / "log").read_text(errors="replace").count("Lost executor")
    print(f"the cluster lost {lost} worker(s), and went on")
    return killed and lost > 0


def main():
    stancenet = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="stancenet-spark-") as name:
        folder = pathlib.Path(name)
        with open(folder / "documents.jsonl", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents())
        start = time.monotonic()
        single = [stancenet, "code", str(folder / "documents.jsonl"), "-o", str(folder / "single.csv"), "--quiet"]
        subprocess.run(single, check=True)
        middle = time.monotonic()
        killed = on_cluster(folder, stancenet)
        parts = sorted(str(p) for p in (folder / "parts").glob("part-*"))
        merge = [stancenet, "merge", *parts, "-o", str(folder / "merged.csv"), "--quiet"]
        subprocess.run(merge, check=True)
        end = time.monotonic()
        one, many = (folder / "single.csv").read_bytes(), (folder / "merged.csv").read_bytes()
        rows = one.count(b"\n") - 1
        print(f"{DOCUMENTS} documents, {rows} statements: one run {middle - start:.0f} s, {len(parts)} parts {end - middle:.0f} s")
        if one != many or rows < DOCUMENTS:
            sys.exit("the parts put together are not the table of the single run")
        if not killed:
            sys.exit("no worker was killed while it was coding")
        print("the same bytes")


if __name__ == "__main__":
    main()
