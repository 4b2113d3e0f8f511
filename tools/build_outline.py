"""Build the schematic outline of Mali that maps are drawn on. A developer's tool; its result is committed.

Around the point of each commune lies the land nearer to it than to any other commune (Voronoi cells), clipped by
the country outline of Natural Earth (public domain). Communes are joined to cercles and to the regions of both
geographies, then simplified together so that neighbours keep one common border. The result is a drawing, not a
set of official boundaries.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.build_outline package/countries-10m.json
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

PLACES = Path(__file__).resolve().parent.parent / "src" / "sutura" / "places"
MALI = "466"  # ISO 3166-1 numeric
STRETCH = cos(radians(17.5))  # a degree of longitude in degrees of latitude, in the middle of the country
TOLERANCE = 0.11  # degrees of latitude, by area of the triangle left out
FINE = 0.02  # degrees: the edge of the country against which points are tried
SMALLEST = 0.0008  # square degrees: specks under this are dropped


def main() -> None:
    """Read the atlas and the register, write `places/outline/mali.json`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("atlas", type=Path, help="countries-10m.json of the npm package world-atlas 2.0.2")
    parser.add_argument("--out", type=Path, default=PLACES / "outline" / "mali.json")
    asked = parser.parse_args()
    country = projected(country_of(json.loads(asked.atlas.read_text()), MALI))
    communes = [row for row in read_units() if row["level"] == "3"]
    atoms = simplified(join(cells(communes, country), communes))
    drawing = bundle(atoms)
    fine = shapely.simplify(country, FINE)
    drawing["edge"] = {"ML": {"rings": rings(fine), "label": label(fine)}}
    text = json.dumps(drawing, separators=(",", ":"), sort_keys=True)
    asked.out.write_text(text + "\n")
    print(f"{asked.out}: {len(text)} characters")


def read_units() -> list[dict[str, str]]:
    """The rows of the register of places."""
    with (PLACES / "register" / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def country_of(topology: dict[str, Any], code: str) -> BaseGeometry:
    """One country of a TopoJSON file of countries, in degrees."""
    shape = next(g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == code)
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    decoded = [[ring_of(topology, ring) for ring in polygon] for polygon in polygons]
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in decoded])


def ring_of(topology: dict[str, Any], arcs: Iterable[int]) -> list[tuple[float, float]]:
    """A ring of a TopoJSON geometry: arcs one after the other, `~i` meaning arc i backwards."""
    ring: list[tuple[float, float]] = []
    for index in arcs:
        points = arc_of(topology, index if index >= 0 else ~index)
        ring.extend((points if index >= 0 else points[::-1])[1 if ring else 0 :])
    return ring


def arc_of(topology: dict[str, Any], index: int) -> list[tuple[float, float]]:
    """The points of an arc in degrees: steps in whole numbers, scaled and moved."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][index]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def projected(shape: BaseGeometry) -> BaseGeometry:
    """Degrees with longitude narrowed, so that distances to two communes compare as on the ground."""
    return shapely.transform(shape, lambda c: c * [STRETCH, 1.0])


def cells(communes: list[dict[str, str]], country: BaseGeometry) -> list[BaseGeometry]:
    """The part of the country nearest to each commune's point, in the order of the communes."""
    points = [Point(float(row["longitude"]) * STRETCH, float(row["latitude"])) for row in communes]
    diagram = shapely.voronoi_polygons(MultiPoint(points), extend_to=country.envelope, ordered=True)
    return [cell.intersection(country) for cell in diagram.geoms]


def join(pieces: list[BaseGeometry], communes: list[dict[str, str]]) -> dict[tuple[str, str], BaseGeometry]:
    """Cells joined by cercle and 2023 region: the atoms of both geographies."""
    groups: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    for piece, row in zip(pieces, communes, strict=True):
        groups[row["parent"], row["region_2023"]].append(piece)
    return {code: shapely.coverage_union_all(group) for code, group in sorted(groups.items())}


def simplified(atoms: dict[tuple[str, str], BaseGeometry]) -> dict[tuple[str, str], BaseGeometry]:
    """Fewer corners, with borders still common to neighbours."""
    return dict(zip(atoms, shapely.coverage_simplify(list(atoms.values()), TOLERANCE), strict=True))


def bundle(atoms: dict[tuple[str, str], BaseGeometry]) -> dict[str, Any]:
    """Rings by unit code for cercles, the regions of both geographies and the country."""
    named = {
        "cercle": {code: code[0] for code in atoms},
        "cod-ab-2021": {code: code[0][:4] for code in atoms},
        "reform-2023": {code: code[1] for code in atoms},
        "country": dict.fromkeys(atoms, "ML"),
    }
    out: dict[str, Any] = {}
    for level, codes in named.items():
        groups: dict[str, list[BaseGeometry]] = defaultdict(list)
        for code, unit in codes.items():
            groups[unit].append(atoms[code])
        shapes = {unit: shapely.coverage_union_all(group) for unit, group in sorted(groups.items())}
        out[level] = {unit: {"rings": rings(shape), "label": label(shape)} for unit, shape in shapes.items()}
    return out


def label(shape: BaseGeometry) -> list[int]:
    """Where a word has most room: longitude, latitude and room around it, in hundredths of a degree (of latitude)."""
    spoke = shapely.maximum_inscribed_circle(shape, tolerance=0.01)
    (x, y), (_x, _y) = spoke.coords
    return [round(x / STRETCH * 100), round(y * 100), round(spoke.length * 100)]


def rings(shape: BaseGeometry) -> list[list[float]]:
    """Rings of a shape as flat lists of longitude and latitude, hundredths of a degree; not closed."""
    polygons = [part for part in getattr(shape, "geoms", [shape]) if part.area >= SMALLEST]
    found = []
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            flat: list[float] = []
            for x, y in list(ring.coords)[:-1]:
                pair = [round(x / STRETCH * 100), round(y * 100)]
                if flat[-2:] != pair:
                    flat.extend(pair)
            found.append(flat)
    return found


if __name__ == "__main__":
    main()
