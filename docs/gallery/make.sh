#!/usr/bin/env bash
# Makes the pictures of the gallery; run it from anywhere. STANCENET names the program, when it is not the release build.
set -euo pipefail
cd "$(dirname "$0")"
run=${STANCENET:-../../target/release/stancenet}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
draw() { "$run" diagram --quiet "$@"; }

draw data/five.csv -o 5.svg
draw data/tunnel.csv --title "Who is for the harbour tunnel, and who against?" -o 12.svg
draw data/tunnel.csv --matters hide --highlight Southbank --theme dark -o 12-highlight-dark.svg
draw data/tunnel.csv --theme print -o 12-print.svg
draw data/tunnel.csv --kind matrix -o matrix.svg
draw data/tunnel.csv --kind timeline -o timeline.svg
draw data/tunnel.csv --kind timeline --window quarter -o windows.svg
draw data/unison.csv -o one-bloc.svg
draw data/alone.csv -o no-ties.svg
draw data/guests.csv -o 40-invitations.svg
draw data/long.csv -o long-names.svg
draw data/scripts.csv -o scripts.svg
for size in "25 3 61 1" "60 4 150 2" "200 4 604 3" "5000 8 17541 4"; do
    set -- $size
    python3 ../../scripts/planted.py "$@" --nodes "$made/nodes$1.csv" > "$made/planted-$1.csv"
    sed -i 's/,cluster$//; s/,[0-9]*$//' "$made/nodes$1.csv"
done
draw "$made/planted-25.csv" --nodes "$made/nodes25.csv" -o 25.svg
draw "$made/planted-60.csv" --nodes "$made/nodes60.csv" -o 60.svg
draw "$made/planted-200.csv" --nodes "$made/nodes200.csv" -o 200.png
draw "$made/planted-5000.csv" -o 5000.svg
draw "$made/planted-5000.csv" --all --zoom 0.6 -o 5000-all.png
