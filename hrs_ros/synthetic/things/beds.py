"""Sofas and beds."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.mesh import box, join
from hrs_ros.synthetic.things.kind import Design, handle, kind
from hrs_ros.synthetic.things.model import Rest, Seat, Surface
from hrs_ros.synthetic.things.seating import square_legs
from hrs_ros.synthetic.things.shapes import cushion, sheet
from hrs_ros.synthetic.things.variation import Variation


@kind("sofa", "sofa", "sit on, lie on, on, stand on, next to, behind", "floor")
def sofa(v: Variation) -> Design:
    """Sofa for two or three, or an armchair."""
    places = v.pick(2, 3, 3, 2, 1) if not v.chance(0.15) else 1
    each, d, seat, back = v.between(6.0, 7.2), v.between(8.0, 9.5), v.between(4.0, 4.6), v.between(7.4, 9.0)
    arm = v.between(0.8, 1.8)
    w = places * each
    base_height = seat - 1.2
    soft = v.between(0.12, 0.35)
    depth = d - 2.2  # of the seat, in front of the back
    parts = [
        box(w + 2 * arm - 0.2, base_height - 0.8, d - 0.4, (0, 0.8 + (base_height - 0.8) / 2, 0)),
        cushion(w + 2 * arm, back - 1.6, 2.2, (0, (back + 1.0) / 2, -d / 2 + 1.1), roundness=soft),
    ]
    height = seat + v.between(1.0, 2.2)
    for s in (-1, 1):
        parts.append(
            cushion(arm, height - 0.8, d, (s * (w + arm) / 2, 0.8 + (height - 0.8) / 2, 0), roundness=soft)
        )
    seats, pads = [], []
    for k in range(places):
        x = (k - (places - 1) / 2) * each
        pads.append(cushion(each - 0.1, 1.4, depth, (x, seat - 0.7, d / 2 - depth / 2), roundness=0.25))
        pads.append(
            cushion(
                each - 0.2, back - seat + 0.6, 1.2, (x, (seat + back) / 2 + 0.1, -d / 2 + 2.3), roundness=0.35
            )
        )
        seats.append(Seat((x, seat, 0.7)))
    legs = square_legs(w / 2, d / 2 - 0.5, 0.9, 0.5)
    look = v.pick("cloth", "leather", "plain cloth")
    surfaces = [
        Surface(join(*parts), look),
        Surface(join(*pads), look if v.chance(0.7) else "plain cloth.pad"),
        Surface(legs, "wood"),
    ]
    if v.chance(0.4):
        throw = cushion(3.8, 1.2, 3.6, _corner(places, each, seat, d), roundness=0.55)
        surfaces.append(Surface(throw, "cloth.throw"))
    arms = tuple(handle("flat", (s * (w + arm) / 2, height, d * 0.2), (0, 0, 1), (0, 1, 0)) for s in (1, -1))
    return Design(
        tuple(surfaces), {"touch": arms}, tuple(seats), (Rest((0, seat, 0.5), (w / 2, depth / 2 - 0.3)),)
    )


def _corner(places: int, each: float, seat: float, d: float) -> tuple[float, float, float]:
    """Where a loose cushion leans: in the corner of the last place."""
    return (places * each / 2 - 2.0, seat + 1.7, -d / 2 + 3.2)


@kind("bed", "bed", "lie on, sit on, on, stand on, next to, behind", "floor")
def bed(v: Variation) -> Design:
    """Bed with its head at -Z; one sits on a long side, facing +X or -X, or at the foot."""
    w, length, level = v.pick(9.0, 14.0, 16.0), v.between(19.5, 21), v.between(4.2, 5.6)
    board = v.between(7.5, 11)
    frame = [
        box(w + 0.6, 1.4, length + 0.6, (0, level - 2.2, 0)),
        box(w + 0.8, board - 0.3, 0.6, (0, (board - 0.3) / 2 + 0.3, -length / 2 - 0.4)),
        square_legs(w / 2 - 0.3, length / 2 - 0.3, level - 2, 0.7),
    ]
    if v.chance(0.4):
        frame.append(box(w + 0.8, level + 0.6, 0.5, (0, (level + 0.6) / 2, length / 2 + 0.4)))
    mattress = cushion(w, 2.0, length, (0, level - 1.0, 0), roundness=0.12)
    count = 1 if w < 10 else 2
    pillows = [
        cushion(
            min(6.5, w * 0.75),
            1.3,
            4.2,
            ((k - (count - 1) / 2) * w / 2, level + 0.25, -length / 2 + 2.8),
            roundness=0.55,
        )
        for k in range(count)
    ]
    start = v.between(0.25, 0.5)
    fall = level * 0.55
    cover_depth = length * (1 - start)

    def drape(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        over = np.clip((np.abs(x) - w / 2) / 0.6, 0, 1)
        return level + 0.16 + 0.05 * np.sin(3 * x + z) - over * fall

    cover = sheet(w + 1.2, cover_depth, 0.12, drape, cells=28).moved(
        translation=(0, 0, length / 2 - cover_depth / 2)
    )
    surfaces = (
        Surface(join(*frame), v.pick("wood", "leather", "white")),
        Surface(mattress, "linen"),
        Surface(join(*pillows), "linen.pillow"),
        Surface(cover, "cloth"),
    )
    seats = (
        Seat((w / 2 - 1.8, level, 1.0), (1, 0, 0)),
        Seat((1.8 - w / 2, level, 1.0), (-1, 0, 0)),
        Seat((0, level, length / 2 - 1.8)),
    )
    palm = tuple(
        handle("flat", (s * w * 0.25, level + 0.16, length / 2 - 2.0), (0, 0, -1), (0, 1, 0)) for s in (1, -1)
    )
    return Design(
        surfaces, {"touch": palm}, seats, (Rest((0, level, 0), (w / 2, length / 2)),), user=(0, 0, -1)
    )


KINDS = (
    sofa,
    bed,
)
