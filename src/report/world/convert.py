#!/usr/bin/env python3
"""Makes countries.csv, the outlines of the world map in comparisons.

usage: convert.py COUNTRIES_110M.json COUNTRIES_50M.json > countries.csv

The inputs are Natural Earth's countries (public domain) as TopoJSON, as the
package `world-atlas` 2.0.2 publishes them, with ISO 3166-1 numeric ids;
`pycountry` knows their two-letter codes. Each line is a code and an SVG path in
a box of 1000 by 487 units, in the Equal Earth projection, which keeps areas
true. Countries that only the finer file holds get a dot. Areas without a code
of their own have none and are drawn without a verdict.
"""
import json, math, sys
import pycountry

WIDTH = 1000
A = (1.340264, -0.081106, 0.000893, 0.003796)


def project(lon, lat):
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 ** 3
    x = math.radians(lon) * math.cos(t) / (math.sqrt(3) / 2 * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2)))
    y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))
    return x, y


XMAX, YMAX = project(180, 0)[0], project(0, 90)[1]
SCALE = WIDTH / (2 * XMAX)


def place(lon, lat):
    x, y = project(lon, lat)
    return round((x + XMAX) * SCALE), round((YMAX - y) * SCALE)


def rings(topology, geometry):
    scale, move = topology['transform']['scale'], topology['transform']['translate']

    def arc(index):
        points, x, y = [], 0, 0
        for dx, dy in topology['arcs'][~index if index < 0 else index]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        return points[::-1] if index < 0 else points

    shapes = geometry['arcs'] if geometry['type'] == 'MultiPolygon' else [geometry['arcs']]
    for shape in shapes:
        for ring in shape:
            points = []
            for index in ring:
                points += arc(index)[1 if points else 0:]
            yield points


def clipped(points, inside, cross):
    """The part of a ring on one side of a meridian."""
    out = []
    for a, b in zip(points, points[1:] + points[:1]):
        if inside(a):
            out.append(a)
        if inside(a) != inside(b):
            share = (cross - a[0]) / (b[0] - a[0])
            out.append((cross, a[1] + share * (b[1] - a[1])))
    return out


def parts(points):
    """A ring that crosses the antimeridian falls into two."""
    around, turn = [points[0]], 0
    for (a, _), (b, lat) in zip(points, points[1:]):
        turn += 360 if b - a < -180 else -360 if b - a > 180 else 0
        around.append((b + turn, lat))
    for shift in (-360, 0, 360):
        moved = [(lon + shift, lat) for lon, lat in around]
        east = clipped(moved, lambda p: p[0] <= 180, 180)
        yield clipped(east, lambda p: p[0] >= -180, -180) if east else []


def outline(points):
    return ''.join(path(part) for part in parts(points) if part)


def path(points):
    out, last = [], None
    for lon, lat in points:
        here = place(lon, lat)
        if here != last:
            out.append(here)
            last = here
    if len(out) > 1 and out[0] == out[-1]:
        out.pop()
    if len(out) < 3:
        return ''
    text = f'M{out[0][0]} {out[0][1]}l'
    steps = [f'{b[0] - a[0]} {b[1] - a[1]}' for a, b in zip(out, out[1:])]
    return text + ' '.join(steps) + 'z'


def code(geometry):
    if geometry['properties']['name'] == 'Kosovo':
        return 'xk'
    known = pycountry.countries.get(numeric=geometry.get('id') or '')
    return known.alpha_2.lower() if known else ''


def main():
    coarse, fine = (json.load(open(name)) for name in sys.argv[1:3])
    lines, seen = [], {'aq'}
    for geometry in coarse['objects']['countries']['geometries']:
        if code(geometry) != 'aq':
            seen.add(code(geometry))
            lines.append((code(geometry), ''.join(outline(r) for r in rings(coarse, geometry))))
    for geometry in fine['objects']['countries']['geometries']:
        if code(geometry) and code(geometry) not in seen:
            points = max(rings(fine, geometry), key=len)
            x, y = place(sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
            seen.add(code(geometry))
            lines.append((code(geometry), f'M{x - 3} {y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z'))
    print('code,path')
    for line in sorted(lines):
        print(','.join(line))


main()
