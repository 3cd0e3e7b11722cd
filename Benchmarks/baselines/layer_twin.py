"""Does with libpysal, esda and GEOS what `quiebre-bench --filter layer` does, one thread.

    pip install geopandas libpysal esda shapely
    python layer_twin.py --districts FILE.geojson --what neighbors|hotspots|simplify|dissolve --runs 5
"""
import argparse
import json
import statistics
import time
import warnings

import geopandas
import numpy as np

warnings.filterwarnings("ignore")


def main():
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--districts", required=True)
    flags.add_argument("--what", required=True)
    flags.add_argument("--runs", type=int, default=5)
    flags = flags.parse_args()
    layer = geopandas.read_file(flags.districts)
    layer = layer[layer.geometry.notna()].reset_index(drop=True)
    if flags.what in ("neighbors", "hotspots"):
        import libpysal

        if flags.what == "neighbors":

            def work():
                # Quiebre gives rook pairs and shared lengths in the same pass; this is Queen alone.
                return len(libpysal.weights.Queen.from_dataframe(layer, use_index=False).neighbors)

        else:
            import esda

            w = libpysal.weights.Queen.from_dataframe(layer, use_index=False)
            w.transform = "r"
            bounds = layer.bounds
            y = (bounds.minx + bounds.maxy).to_numpy()
            esda.Moran_Local(y, w, permutations=99, n_jobs=1, keep_simulations=False, seed=1)

            def work():
                return esda.Moran_Local(y, w, permutations=999, n_jobs=1, keep_simulations=False, seed=1).p_sim.sum()

    else:
        import shapely

        shapes = layer.geometry.to_numpy()
        groups = np.arange(len(shapes)) // 10

        def work():
            if flags.what == "simplify":
                return len(shapely.coverage_simplify(shapes, 0.0145))
            return len([shapely.coverage_union_all(shapes[groups == g]) for g in range(groups[-1] + 1)])

    cpu, wall = [], []
    for _ in range(flags.runs):
        c, t = time.process_time(), time.perf_counter()
        check = work()
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - t)
    print(json.dumps({"cpu": round(statistics.median(cpu), 4), "wall": round(statistics.median(wall), 4),
                      "check": float(check)}))


if __name__ == "__main__":
    main()
