#!/usr/bin/env bash
# Installs what the tests read our exports with, reckon agreement with, and drive the explorer with, from PyPI and npm, into
# target/readers/, and prints where it is:
#   eval "$(scripts/readers.sh)"; cargo test --test cli readers
# graphviz, jing and R (with igraph) come from the system: apt-get install graphviz jing r-base-core r-cran-igraph.
# What cannot be installed is told on standard error, in a line, and its tests skip.
set -uo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/target/readers
mkdir -p "$folder"

for_python="networkx==3.6.1 igraph==1.0.0 pandas==3.1.1 lxml==6.1.3 krippendorff==0.9.0 scikit-learn==1.9.1"
for_node="graphology@0.26.0 graphology-gexf@0.13.2 graphology-graphml@0.5.2 cytoscape@3.34.4 papaparse@5.7.1 playwright-core@1.65.1 axe-core@4.14.1"

python() {
    # The environment has no pip of its own, which some systems keep in a package apart.
    timeout 60 python3 -m venv --clear --without-pip "$folder/python" &&
        timeout 240 python3 -m pip --python "$folder/python/bin/python" install --quiet --disable-pip-version-check $for_python
}

node() {
    echo '{"private":true}' >"$folder/package.json" &&
        timeout 240 npm install --prefix "$folder" --no-audit --no-fund --silent $for_node
}

# readers FUNCTION PACKAGES: installs PACKAGES by FUNCTION, unless these very ones are there.
readers() {
    local start=$SECONDS mark="$folder/$1.packages"
    [ "$(cat "$mark" 2>/dev/null)" = "$2" ] && return 0
    rm -f "$mark"
    if "$1" >"$folder/log" 2>&1; then
        echo "$2" >"$mark"
        echo "installed in $((SECONDS - start)) s: $2" >&2
    else
        echo "could not be installed, so tests with them skip: $2 ($(tail -n 1 "$folder/log"))" >&2
        return 1
    fi
}

readers python "$for_python" && printf 'export STANCENET_PYTHON=%q\n' "$folder/python/bin/python"
readers node "$for_node" && printf 'export STANCENET_NODE_PATH=%q\n' "$folder/node_modules"
exit 0
