#!/usr/bin/env python3
"""Runs the shards of a scenario on Dask workers and merges them.

    pip install "dask[distributed]"
    python dask_shards.py Scenarios/pathfinder-2019.toml --shards 8 --workers 2 -- --replicas 2000

What follows `--` goes to every `quiebre run`. A worker that dies takes its shard's process along;
Dask gives the shard to another worker, which goes on from the last checkpoint if there is one.
`--kill-after SECONDS` kills a busy worker on purpose (SIGKILL), to see that nothing is lost.
With `--scheduler ADDRESS` the shards go to a cluster that is running already; scenario, data and
the folder of results must then stand at the same paths for all its workers.

SPDX-License-Identifier: Apache-2.0
"""
import argparse
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from dask.distributed import Client, LocalCluster, as_completed


def die_with_parent():
    """Linux: the shard's process ends when its worker does, however that ended."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def run_shard(command, number, count):
    """One shard, as one command; returns the line that it prints: its part and what is in it."""
    words = command + ["--shard", f"{number}/{count}", "--resume", "-j", "1"]
    done = subprocess.run(words, capture_output=True, text=True, preexec_fn=die_with_parent)
    if done.returncode != 0:
        raise RuntimeError(f"shard {number}: exit {done.returncode}\n{done.stderr}")
    return done.stdout.strip()


def kill_one(client, seconds, killed):
    """Kills a worker that has a shard under way."""
    time.sleep(seconds)
    pids = client.run(os.getpid)
    busy = [address for address, tasks in client.processing().items() if tasks]
    if busy:
        killed.append(busy[0])
        os.kill(pids[busy[0]], signal.SIGKILL)
        print(f"killed worker {busy[0]} (process {pids[busy[0]]})", flush=True)


def main():
    own, extra = sys.argv[1:], []
    if "--" in own:
        own, extra = own[: own.index("--")], own[own.index("--") + 1 :]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario")
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--quiebre", default="quiebre")
    parser.add_argument("--out", default="results")
    parser.add_argument("--scheduler")
    parser.add_argument("--kill-after", type=float)
    asked = parser.parse_args(own)

    command = [asked.quiebre, "run", asked.scenario, "--out", asked.out] + extra
    if asked.scheduler:
        client = Client(asked.scheduler)
    else:
        client = Client(LocalCluster(
            n_workers=asked.workers, threads_per_worker=1, dashboard_address=None))
    killed = []
    if asked.kill_after is not None:
        threading.Thread(
            target=kill_one, args=(client, asked.kill_after, killed), daemon=True).start()
    # Not pure: a shard is done again if its worker is lost, and so is its file if that is lost.
    shards = [
        client.submit(run_shard, command, number, asked.shards, pure=False, retries=2)
        for number in range(1, asked.shards + 1)
    ]
    parts = []
    for shard in as_completed(shards):
        line = shard.result()
        print(line, flush=True)
        parts.append(line.split(": shard ")[0].split(": fragmento ")[0])
    client.close()
    if asked.kill_after is not None and not killed:
        sys.exit("no worker was busy when one was to be killed: choose a shorter --kill-after")
    merge = [asked.quiebre, "merge", "--out", asked.out]
    for flag in ("--geo", "--lang"):
        if flag in extra:
            merge += [flag, extra[extra.index(flag) + 1]]
    sys.exit(subprocess.run(merge + sorted(parts)).returncode)


if __name__ == "__main__":
    main()
