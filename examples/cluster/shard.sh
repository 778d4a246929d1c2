#!/bin/sh
# Checks one shard of many: of a list of workbooks, one name a line, every N-th from
# the I-th on (I from 0). Whatever runs commands on many machines runs this one there.
#
#   shard.sh LIST N I DIR    writes DIR/partI.jsonl
#
# A part that is whole is kept, so that a shard that failed can be run again with all
# the others. A part is written whole or not at all.
set -eu
list=$1 n=$2 i=$3 dir=$4
part=$dir/part$i.jsonl

whole() { [ -s "$part" ] && tail -n 1 "$part" | grep -q '^{"summary":'; }

whole && exit 0
mkdir -p "$dir"
# 1: something is wrong in a form. 2: a workbook could not be read, which its line in
# the part says. Both are results, and no reason to run the shard again.
awk -v n="$n" -v i="$i" '(NR - 1) % n == i' "$list" |
  ziping check --format jsonl --force -o "$part" --files-from - || [ $? -le 2 ]
whole
