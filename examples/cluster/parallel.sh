#!/bin/sh
# Checks the workbooks of a list on several machines by GNU parallel over ssh, in a
# folder that all of them see, and sums them up.
#
#   parallel.sh LIST N DIR SUMMARY.xlsx MACHINE...
#
# A machine is as parallel's --sshlogin has it: 8/user@host, or 8/ssh -p 2222 host.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
list=$1 n=$2 dir=$3 summary=$4
shift 4
for machine; do
  set -- "$@" -S "$machine"
  shift
done
seq 0 $((n - 1)) |
  parallel --will-cite --halt soon,fail=1 --retries 3 --workdir "$PWD" --env PATH "$@" \
    "'$here/shard.sh'" "'$list'" "$n" {} "'$dir'"
"$here/collect.sh" "$n" "$dir" "$summary"
