#!/bin/sh
# Checks one shard as a task of a Slurm array job, in a folder that all nodes see:
#
#   sbatch --array=0-63 slurm.sh LIST DIR
#   sbatch --dependency=afterok:JOB --wrap='./collect.sh 64 DIR 汇总.xlsx'
#
#SBATCH --job-name=ziping
#SBATCH --cpus-per-task=2
#SBATCH --mem=512M
#SBATCH --requeue
set -eu
# Slurm runs a copy of this file: the folder that sbatch was called in has the others.
exec "${SLURM_SUBMIT_DIR:-.}/shard.sh" "$1" "$SLURM_ARRAY_TASK_COUNT" "$SLURM_ARRAY_TASK_ID" "$2"
