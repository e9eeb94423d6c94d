#!/bin/sh
# Trains the shipped language model: scripts/train.sh FOLDER-OF-TREEBANKS
#
# The vectors of words from outside (needs Python with numpy, and pip), then one network, then the model file. Two threads, some
# 25 minutes.
set -eu
data=${1:?say where the treebanks are}
export RUSTFLAGS="-C target-cpu=native"
train() {
    cargo run --release --features train --example train -- "$@" --data "$data"
}
mkdir -p runs
scripts/vectors.py runs/vectors.bin
train network --name model --epochs 24 --seed 1
train export --name model
