#!/bin/sh
# Sums up the parts of all shards in one workbook, and says which are missing.
#
#   collect.sh N DIR SUMMARY.xlsx [options of ziping collect]
set -eu
n=$1 dir=$2 summary=$3
shift 3
set -- "$@" --from-jsonl -o "$summary"
missing=
i=0
while [ "$i" -lt "$n" ]; do
  part=$dir/part$i.jsonl
  [ -s "$part" ] || missing="$missing $i"
  set -- "$@" "$part"
  i=$((i + 1))
done
if [ -n "$missing" ]; then
  echo "缺少这些批次的审核结果，请重新运行 · shards without a part:$missing" >&2
  exit 2
fi
exec ziping collect "$@"
