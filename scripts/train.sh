#!/bin/sh
# Trains the shipped language model: scripts/train.sh FOLDER-OF-TREEBANKS
#
# Two runs, the second going on from the weights of the first at a lower rate,
# then the model file. Two threads; two to three CPU minutes for each pass.
set -eu
data=${1:?say where the treebanks are}
export RUSTFLAGS="-C target-cpu=native"
train() {
    cargo run --release --features train --example train -- "$@" --data "$data"
}
train network --name first --epochs 24 --seed 1
train network --name model --from runs/first.net --epochs 6 --rate 8e-4 --seed 2
train export --name model
