"""Procedural clothes cut from the body's helper surfaces: dress, skirt, top, leggings, coat, belt, gloves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.people.body import Figure
from hrs_ros.synthetic.rotation import Array

# Values of Body.fine (the pack's fine_names).
TORSO = 3
ARMS_AND_HANDS = (4, 5, 6, 7)
HANDS = (6, 7)
LEGS_AND_FEET = (8, 9, 10, 11)


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """A surface to be pushed ``offset`` decimetres along its normals."""

    faces: NDArray[np.integer]  # body face ids
    part: str
    offset: float
    vertices: Array  # body vertices (V, 3), moved onto the hems


@dataclass(frozen=True, slots=True)
class Tailored:
    """A piece of clothing of given measures."""

    kind: str  # trousers, top, blouse (tucked in), dress, skirt, jacket, coat, socks or gloves
    length: float = 1.0  # 0..1 from hip to ankle (legs, skirts), or from ankle to knee (socks)
    sleeve: float = 1.0  # 0 none, 1 to the wrist
    offset: float = 0.06  # dm of room over the skin
    neckline: float = 0.0  # 0 up the neck, 0.3 round, 1 deep
    opening: float = 0.0  # dm between the two halves of an open front


class Cutter:
    """Keeps triangles between cut planes and moves the far vertices of those that cross one onto it."""

    def __init__(self, figure: Figure) -> None:
        self.figure, self.vertices = figure, figure.vertices.copy()

    def cut(self, ids: NDArray, low: float = -1e9, high: float = 1e9, side: float = 1e9) -> NDArray:
        """Keep ``low`` < y < ``high`` and |x| < ``side``."""
        faces, vertices, margin = self.figure.body.faces, self.vertices, 0.02
        corners = vertices[faces[ids]]
        inside = (corners[:, :, 1].max(1) > low + margin) & (corners[:, :, 1].min(1) < high - margin)
        ids = ids[inside & (np.abs(corners[:, :, 0]).min(1) < side - margin)]
        used = np.unique(faces[ids])
        vertices[used, 1] = np.clip(vertices[used, 1], low, high)
        vertices[used, 0] = np.clip(vertices[used, 0], -side, side)
        return ids

    def neckline(self, ids: NDArray, depth: float) -> NDArray:
        """Keep what lies below a plane from the back of the neck down to the collarbones or the chest."""
        faces, vertices, figure = self.figure.body.faces, self.vertices, self.figure
        neck, build = figure.joint("neck01"), figure.joint("upperarm01.L")[0] / 1.9
        ahead, aside = vertices[:, 2] - neck[2], np.abs(vertices[:, 0])
        top = neck[1] - (0.2 + 0.15 * depth) * build - (0.35 + 0.6 * depth) * ahead
        top = top + 0.9 * np.maximum(0, aside - 0.4 * build)  # leaves the shoulders covered
        ids = ids[(vertices[faces[ids], 1] < top[faces[ids]] - 0.01).any(1)]
        used = np.unique(faces[ids])
        vertices[used, 1] = np.minimum(vertices[used, 1], top[used])
        return ids

    def open_front(self, ids: NDArray, width: float) -> NDArray:
        """Part the front of the trunk in two halves ``width`` apart."""
        faces, vertices = self.figure.body.faces, self.vertices
        middle = self.figure.joint("upperarm01.L")[2]
        corners = vertices[faces[ids]]
        front = (corners[:, :, 2].mean(1) > middle) & (np.abs(corners[:, :, 0]).min(1) < width / 2)
        side = np.sign(corners[:, :, 0])
        kept = ~front | ((np.abs(corners[:, :, 0]).max(1) > width / 2) & (np.abs(side.sum(1)) >= 2))
        used = np.unique(faces[ids[front & kept]])
        x = vertices[used, 0]
        vertices[used, 0] = np.where(np.abs(x) < width / 2, np.where(x < 0, -1, 1) * width / 2, x)
        return ids[kept]


def tailor(piece: Tailored, figure: Figure) -> Shell:
    """Cut a piece of given measures."""
    body, cutter = figure.body, Cutter(figure)
    faces, fine, tights, skirt = body.faces, body.fine, body.tights, body.skirt
    hip, ankle = (figure.joint(f"{bone}.L")[1] for bone in ("upperleg01", "foot"))
    shoulder, wrist = (abs(figure.joint(f"{bone}.L")[0]) for bone in ("upperarm01", "wrist"))
    build = (hip - ankle) / 8.6  # 1 for a grown man
    hem = hip + piece.length * (ankle - hip)
    sleeve = shoulder * 0.92 + piece.sleeve * (wrist - shoulder * 0.92)
    if piece.kind == "gloves":
        ids, part = body.visible[np.isin(fine[body.visible], HANDS)], "gloves"
    elif piece.kind == "socks":
        lower = body.visible[np.isin(fine[body.visible], LEGS_AND_FEET)]
        knee = figure.joint("lowerleg01.L")[1]
        ids, part = cutter.cut(lower, high=ankle + 0.35 * build + piece.length * (knee - ankle)), "socks"
    elif piece.kind == "trousers":
        legs = tights[~np.isin(fine[tights], ARMS_AND_HANDS)]
        ids, part = cutter.cut(legs, hem, hip + 1.1 * build), "pants"
    elif piece.kind in ("top", "blouse", "jacket"):
        low = hip - (0.2 + 0.7 * piece.length) * build
        if piece.kind == "blouse":
            low = hip + 0.75 * build
        middle = cutter.vertices[faces[tights]].mean(1)[:, 1]
        trunk = tights[~np.isin(fine[tights], LEGS_AND_FEET) | (middle > low - 0.2)]
        ids = _trunk(cutter, cutter.cut(trunk, low, side=sleeve), piece)
        part = "coat" if piece.kind == "jacket" else "uppercloth"
    elif piece.kind == "skirt":
        ids, part = cutter.cut(skirt, hem), "skirt"
    elif piece.kind in ("dress", "coat"):
        top = cutter.vertices[faces[skirt]][:, :, 1].max()
        ids = np.r_[cutter.cut(skirt, hem), cutter.cut(tights, top - 0.5 * build, side=sleeve)]
        ids, part = _trunk(cutter, ids, piece), piece.kind
    else:
        raise ValueError(f"unknown piece of clothing {piece.kind!r}")
    return Shell(ids, part, piece.offset, cutter.vertices)


def _trunk(cutter: Cutter, ids: NDArray, piece: Tailored) -> NDArray:
    if piece.neckline > 0:
        ids = cutter.neckline(ids, piece.neckline)
    return cutter.open_front(ids, piece.opening) if piece.opening > 0 else ids


def cut_shell(kind: str, figure: Figure, rng: np.random.Generator) -> Shell:
    """Cut one garment; lengths of hems and sleeves are random.

    Triangles that cross a cut plane are kept and their far vertices moved onto it, so hems are straight.
    """
    body, cutter = figure.body, Cutter(figure)
    vertices, cut = cutter.vertices, cutter.cut
    faces, fine = body.faces, body.fine
    hip, knee, ankle = (figure.joint(f"{bone}.L")[1] for bone in ("upperleg01", "lowerleg01", "foot"))
    shoulder, elbow, wrist = (
        abs(figure.joint(f"{bone}.L")[0]) for bone in ("upperarm01", "lowerarm01", "wrist")
    )
    if kind == "gloves":
        return Shell(body.visible[np.isin(fine[body.visible], HANDS)], "gloves", 0.035, vertices)
    sleeve = rng.choice([shoulder, shoulder + 0.4 * (elbow - shoulder), elbow, wrist])

    tights, skirt = body.tights, body.skirt
    if kind == "skirt":
        return Shell(cut(skirt, rng.uniform(knee - 2.5, hip - 1.5)), "skirt", 0.05, vertices)
    if kind in ("dress", "coat"):
        top = vertices[faces[skirt]][:, :, 1].max()
        dress = kind == "dress"
        low = rng.uniform(knee - 2.5, hip - 1.5) if dress else rng.uniform(knee - 1, hip - 0.6)
        ids = np.r_[cut(skirt, low), cut(tights, top - 0.5, side=sleeve if dress else wrist)]
        return Shell(ids, kind, 0.06 if dress else 0.22, vertices)
    if kind == "leggings":
        legs = tights[~np.isin(fine[tights], ARMS_AND_HANDS)]
        return Shell(cut(legs, rng.choice([ankle, knee, knee + 1.5]), hip + 1.2), "pants", 0.03, vertices)
    if kind == "top":
        above = vertices[faces[tights]].mean(1)[:, 1] > hip - 0.4
        trunk = tights[~np.isin(fine[tights], LEGS_AND_FEET) | above]
        return Shell(cut(trunk, hip - 0.2, side=sleeve), "uppercloth", 0.06, vertices)
    if kind == "belt":
        return Shell(cut(tights[fine[tights] == TORSO], hip + 0.75, hip + 1.15), "belt", 0.11, vertices)
    raise ValueError(f"unknown shell {kind!r}: expected dress, skirt, top, leggings, coat, belt or gloves")
