"""Code articles with stancenet on Apache Spark.

In: files of one JSON document a line ({"id", "date", "title", "text", "url"}), anywhere that Spark reads from. Out: a folder
of parts, one a partition, that `stancenet merge` puts together to the table of one run on one machine.

Every partition is piped through the program. A partition whose worker dies is coded again, which changes nothing: what a
document's statements are depends on the document alone. Each document needs an `id` of its own, for the program sees no
more than its partition.

    spark-submit job.py articles/*.jsonl parts --stancenet /usr/local/bin/stancenet
    stancenet merge parts/part-* -o statements.csv
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", nargs="+", help="files of one JSON document a line")
    parser.add_argument("parts", help="the folder to write, which must not be there yet")
    parser.add_argument("--stancenet", default="stancenet", help="the program, at the same place on every worker")
    parser.add_argument("--options", default="", help="more options for it, such as --options='--lexicon DIR'")
    parser.add_argument("--partitions", type=int, default=None, help="at least so many parts; Spark's own choice when left out")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("stancenet").getOrCreate()
    # Spark runs one task a core, so the program needs but one thread; it holds a few documents at a time.
    command = f"{shlex.quote(args.stancenet)} code - --format jsonl --jobs 1 --quiet {args.options}"
    lines = spark.sparkContext.textFile(",".join(args.documents), args.partitions)
    # checkCode: a bad document fails its task, with the program's message in the worker's log.
    lines.pipe(command, checkCode=True).saveAsTextFile(args.parts)
    spark.stop()


if __name__ == "__main__":
    main()
