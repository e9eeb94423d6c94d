#!/usr/bin/env bash
# Gets pyspark into a folder that git ignores, and runs check.py with the program named (target/debug/stancenet when left
# out). Skips, with one line, where there is no Java or pyspark cannot be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/debug/stancenet}
python=target/spark-python
version=4.0.1
skip() { echo "the example for Spark is not run: $1"; exit 0; }

command -v python3 >/dev/null || skip "there is no python3"
java=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
[ "${java:-0}" -ge 17 ] || skip "there is no Java 17 or later"
if ! PYTHONPATH=$python python3 -c 'import pyspark' 2>/dev/null; then
    start=$SECONDS
    mkdir -p "$python"
    timeout 150 python3 -m pip install --quiet --disable-pip-version-check --target "$python" "pyspark==$version" 2>/dev/null \
        || skip "pyspark $version cannot be had from PyPI"
    echo "got pyspark $version in $((SECONDS - start)) s"
fi
PYTHONPATH=$PWD/$python timeout 240 python3 examples/spark/check.py "$program"
