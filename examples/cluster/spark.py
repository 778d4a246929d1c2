#!/usr/bin/env python3
"""Checks the workbooks of a list by Spark, each partition through one ziping check.

    spark-submit spark.py LIST N DIR

The names of the list are paths that every executor can open; the program is on its
PATH. DIR gets a part for each partition, and is summed up by

    ziping collect --from-jsonl -o 汇总.xlsx DIR/part-*
"""
import sys

from pyspark import SparkContext

# 1 and 2 are results, see shard.sh; Spark takes them for a failure of the task.
CHECK = "ziping check --format jsonl --files-from - || [ $? -le 2 ]"

if __name__ == "__main__":
    listed, partitions, parts = sys.argv[1:]
    spark = SparkContext(appName="ziping check")
    names = spark.textFile(listed).repartition(int(partitions))
    names.pipe("sh -c '%s'" % CHECK, checkCode=True).saveAsTextFile(parts)
