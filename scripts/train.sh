#!/bin/sh
# Trains the shipped language model: scripts/train.sh FOLDER-OF-TREEBANKS
#
# Two networks of two seeds, the first in two runs; then the first goes on, taught
# by the answers of both; then the model file. Two threads; two to three CPU minutes for each pass.
set -eu
data=${1:?say where the treebanks are}
export RUSTFLAGS="-C target-cpu=native"
train() {
    cargo run --release --features train --example train -- "$@" --data "$data"
}
train network --name first --epochs 24 --seed 1
train network --name longer --from runs/first.net --epochs 6 --rate 8e-4 --seed 2
train network --name second --epochs 16 --seed 7
train network --name model --from runs/longer.net --teachers runs/longer.net,runs/second.net \
    --epochs 10 --rate 1.5e-3 --seed 11
train export --name model
