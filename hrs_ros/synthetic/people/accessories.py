"""Things that are worn: each kind by name, fitted to a dressed figure at rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, box, join, sphere, torus, vertex_normals
from hrs_ros.synthetic.people.body import SIGN, Figure
from hrs_ros.synthetic.people.contours import circle, outline, strip, sweep
from hrs_ros.synthetic.people.headgear import earrings, glasses, headgear
from hrs_ros.synthetic.people.wearer import Wearer, Worn
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about, cross, frame, unit

HEADGEAR = ("cap", "beanie", "helmet", "headband", "sunhat")
COVERS_HAIR = ("cap", "beanie", "helmet", "sunhat")
BEARDS = ("full", "goatee", "moustache")
Z_AXIS = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True)
class Accessory:
    """A kind and where between its smallest and largest form it lies, in [0, 1]."""

    kind: str
    size: float


def fit(accessory: Accessory, wearer: Wearer) -> list[Worn]:
    """The pieces of one accessory on a dressed figure."""
    kind, size = accessory.kind, accessory.size
    if kind in HEADGEAR:
        return headgear(kind, wearer, size)
    if kind in BEARDS:
        return [_beard(kind, wearer, size)]
    make = {
        "sunglasses": lambda: glasses(wearer, size, dark=True),
        "glasses": lambda: glasses(wearer, size, dark=False),
        "earrings": lambda: earrings(wearer, size),
        "necklace": lambda: _necklace(wearer, size),
        "bracelet": lambda: _bracelet(wearer, size),
        "scarf": lambda: _scarf(wearer, size),
        "tie": lambda: _tie(wearer, size),
        "belt": lambda: _belt(wearer, size),
        "backpack": lambda: _backpack(wearer, size),
        "shoulder bag": lambda: _shoulder_bag(wearer, size),
    }
    if kind not in make:
        raise ValueError(f"unknown accessory {kind!r}: expected one of {sorted([*make, *HEADGEAR, *BEARDS])}")
    return make[kind]()


def _beard(kind: str, wearer: Wearer, size: float) -> Worn:
    """Skin of the lower face, lifted; thickest on the chin and thin at its edge."""
    figure, body = wearer.figure, wearer.figure.body
    amount = _beard_amount(kind, figure)
    amount[np.isin(np.arange(len(amount)), body.visible_vertices, invert=True)] = 0
    faces = body.faces[body.visible]
    kept = amount[faces].min(1) > 0
    faces, uv_faces = faces[kept], body.uv_faces[body.visible][kept]
    used, index = np.unique(faces, return_inverse=True)
    normals = vertex_normals(figure.vertices, faces, len(figure.vertices))[used]
    grain = 0.6 + 0.4 * np.modf(np.abs(np.sin(used * 12.9898) * 43758.5453))[0]  # hair is not smooth
    lift = (0.02 + (0.05 + 0.22 * size) * amount[used]) * grain
    vertices = figure.vertices[used] + normals * lift[:, None] - UP * (lift * 0.4)[:, None]
    uvs = np.zeros((len(used), 2))
    uvs[index.ravel()] = body.uvs[uv_faces.ravel()]
    mesh = Mesh(vertices, normals, uvs, index.reshape(-1, 3))
    return Worn(mesh, wearer.clinging(mesh), "beard", "hair")


def _beard_amount(kind: str, figure: Figure) -> Array:
    """How much beard grows at each vertex (V,), in [0, 1], by where it lies between mouth, nose and jaw."""
    vertices = figure.vertices.astype(float)
    mouth, chin = figure.joint("oris05"), figure.joint("special04")
    nose, jaw = figure.joint("levator06.L")[1], figure.joint("jaw")
    spread = abs(figure.joint("eye.L")[0])
    x, y, z = np.abs(vertices[:, 0]), vertices[:, 1], vertices[:, 2]
    lip_y = (mouth[1] + figure.joint("oris01")[1]) / 2
    lips = (x / (1.05 * spread)) ** 2 + ((y - lip_y) / (0.47 * spread)) ** 2 < 1
    ahead = z > jaw[2] - 0.1
    moustache = (y > lip_y) & (y < nose - 0.02) & (x < 1.1 * spread) & (z > mouth[2] - 0.35)
    side = np.clip((x - 0.9 * spread) / (1.6 * spread), 0, 1)
    upper = lip_y + side * (nose + 0.3 - lip_y) + 0.05
    jaws = (y < upper) & (y > chin[1] - 0.12) & ahead
    if kind == "moustache":
        grows = moustache
    elif kind == "goatee":
        grows = (jaws & (x < 0.85 * spread) & (z > chin[2] - 0.15)) | moustache
    else:
        grows = jaws | moustache
    depth = np.clip((upper + 0.1 - y) / (upper - chin[1] + 1e-6), 0.15, 1)
    return np.where(grows & ~lips, depth, 0.0)


def _collar(wearer: Wearer, drop: float, lift: float, count: int = 36) -> tuple[Array, Array]:
    """Ring (count, 3) about the neck that lies ``drop`` dm lower in front, and its outward directions."""
    figure = wearer.figure
    neck = figure.joint("neck01") + UP * lift
    ahead = unit(Z_AXIS - UP * drop)
    angles = np.arange(count) / count * 2 * np.pi
    near = wearer.trunk[np.linalg.norm((wearer.trunk - neck) * (1, 0.6, 1), axis=1) < 1.9]
    ring = outline(near, neck, X_AXIS, ahead, angles, 0.14)
    for _ in range(3):
        ring = (np.roll(ring, 1, 0) + 2 * ring + np.roll(ring, -1, 0)) / 4
    return ring, ring - neck


def _necklace(wearer: Wearer, size: float) -> list[Worn]:
    ring, outward = _collar(wearer, 0.9 + 0.5 * size, 0.1)
    ring = ring + 0.04 * outward / np.linalg.norm(outward, axis=1, keepdims=True)
    chain = sweep(ring, outward, circle(0.035 + 0.05 * size, 6), closed=True)
    pieces = [chain]
    if size > 0.5:
        front = ring[ring[:, 2].argmax()]
        pieces.append(torus(0.12, 0.05, 12, 6).moved(translation=front - UP * 0.15 + Z_AXIS * 0.05))
    mesh = join(*pieces)
    return [Worn(mesh, wearer.clinging(mesh), "jewelry")]


def _bracelet(wearer: Wearer, size: float) -> list[Worn]:
    """A watch or bangle on the left wrist."""
    figure, body = wearer.figure, wearer.figure.body
    wrist, elbow = figure.joint("wrist.L"), figure.joint("lowerarm02.L")
    axis = unit(wrist - elbow)
    centre = wrist - axis * 0.08
    skin = figure.vertices[body.visible_vertices].astype(float)
    near = skin[np.linalg.norm(skin - centre, axis=1) < 0.8]
    basis = frame(axis, UP)
    angles = np.arange(20) / 20 * 2 * np.pi
    ring = outline(near, centre, basis[:, 1], basis[:, 2], angles, 0.15)
    band = strip(0.16 + 0.14 * size, 0.06)
    pieces = [sweep(ring, ring - centre, band, closed=True)]
    if size > 0.5:  # the watch's case on the back of the hand
        top = int((ring @ UP).argmax())
        out = unit(ring[top] - centre)
        case = box(0.34, 0.34, 0.12).moved(frame(cross(out, axis), axis) @ np.eye(3), ring[top] + out * 0.07)
        pieces.append(case)
    mesh = join(*pieces)
    return [Worn(mesh, wearer.rigid(mesh, "lowerarm02.L"), "jewelry")]


def _hanging(wearer: Wearer, x: float, start: Array, length: float, count: int = 12) -> Array:
    """Points (count, 3) down the front of the trunk from ``start`` at a constant x."""
    trunk = wearer.trunk
    near = trunk[np.abs(trunk[:, 0] - x) < 0.3]
    rows = np.linspace(start[1], start[1] - length, count)
    front: list[float] = []
    for y in rows:
        level = near[np.abs(near[:, 1] - y) < 0.25]
        front.append(level[:, 2].max() if len(level) else front[-1])
    depth = np.array(front)
    depth[0] = max(depth[0], start[2])
    depth = np.convolve(np.pad(depth, 1, "edge"), [0.25, 0.5, 0.25], "valid")
    return np.stack([np.full(count, x), rows, depth + 0.03], 1)


def _scarf(wearer: Wearer, size: float) -> list[Worn]:
    ring, outward = _collar(wearer, 0.3, 0.42)
    thick = 0.2 + 0.1 * size
    outward = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    wrap = sweep(ring + outward * 0.5 * thick, outward, circle(thick, 10) * (1.6, 0.9), closed=True)
    pieces = [wrap]
    for k, sign in enumerate(SIGN.values()):
        if k == 1 and size < 0.4:
            continue
        front = ring[ring[:, 2].argmax()] + Z_AXIS * thick
        path = _hanging(wearer, sign * 0.35, front, (2.2 + 1.6 * size) * (1.0 if k else 0.85))
        path[:3, 2] = np.maximum(path[:3, 2], front[2])
        pieces.append(sweep(path, np.tile(Z_AXIS, (len(path), 1)), strip(0.75, 0.16), closed=False))
    mesh = join(*pieces)
    return [Worn(mesh, wearer.clinging(mesh), "scarf")]


def _tie(wearer: Wearer, size: float) -> list[Worn]:
    figure = wearer.figure
    neck, waist = figure.joint("neck01"), figure.joint("spine05")
    length = float(neck[1] - waist[1]) * (0.75 + 0.2 * size)
    path = _hanging(wearer, 0.0, neck - UP * 0.35, length, 16)
    outward = np.tile(Z_AXIS, (len(path), 1))
    blade = sweep(path, outward, strip(0.5, 0.06), closed=False)
    narrow = 0.5 + 0.5 * np.clip((path[0, 1] - blade.vertices[:, 1]) / (0.5 * length), 0, 1)
    vertices = blade.vertices * np.stack([narrow, np.ones_like(narrow), np.ones_like(narrow)], 1)
    blade = Mesh(vertices, blade.normals, blade.uvs, blade.faces)
    knot = box(0.36, 0.34, 0.22).moved(about(X_AXIS, 0.3), path[0] + UP * 0.05 + Z_AXIS * 0.08)
    mesh = join(blade, knot)
    return [Worn(mesh, wearer.clinging(mesh), "tie")]


def _belt(wearer: Wearer, size: float) -> list[Worn]:
    figure = wearer.figure
    centre = figure.joint("spine05") * (0, 1, 0) + UP * 0.35 + Z_AXIS * figure.joint("upperleg01.L")[2]
    angles = np.arange(44) / 44 * 2 * np.pi
    ring = outline(wearer.trunk, centre, X_AXIS, -Z_AXIS, angles, 0.22)
    mesh = sweep(ring, ring - centre, strip(0.3 + 0.15 * size, 0.07), closed=True)
    front = ring[ring[:, 2].argmax()]
    buckle = box(0.42, 0.38, 0.08).moved(translation=front * (0, 1, 1) + Z_AXIS * 0.1)
    return [
        Worn(mesh, wearer.clinging(mesh), "belt"),
        Worn(buckle, wearer.clinging(buckle), "belt", "metal"),
    ]


def _strap(wearer: Wearer, centre: Array, up: Array, slab: float, width: float) -> Mesh:
    """Ribbon around the trunk in the plane of +Z and ``up`` through ``centre``."""
    angles = np.arange(48) / 48 * 2 * np.pi
    path = outline(wearer.trunk, centre, Z_AXIS, up, angles, slab)
    path = (np.roll(path, 1, 0) + 2 * path + np.roll(path, -1, 0)) / 4
    return sweep(path, path - centre, strip(width, 0.08), closed=True)


def _shoulder_strap(wearer: Wearer, centre: Array, low: float) -> Mesh:
    """Ribbon from the upper back over a shoulder, down the chest, under the arm to the back at ``low``."""
    sign = np.sign(centre[0])
    over = outline(wearer.trunk, centre, Z_AXIS, UP, np.linspace(np.pi * 0.9, 0.0, 20), 0.22)
    around = np.linspace(np.pi / 2 - 0.75, -np.pi / 2 + 0.45, 14)  # from the front past the side to the back
    middle = np.array([0.0, low, centre[2]])
    level = outline(wearer.trunk, middle, sign * X_AXIS, Z_AXIS, around, 0.3)
    path = np.concatenate([over, level])
    for _ in range(6):
        path[1:-1] = (path[:-2] + 2 * path[1:-1] + path[2:]) / 4
    outward = np.concatenate([over - centre, level - middle])
    path = path + 0.06 * outward / np.linalg.norm(outward, axis=1, keepdims=True)
    return sweep(path, outward, strip(0.36, 0.08), closed=False)


def _backpack(wearer: Wearer, size: float) -> list[Worn]:
    """A rounded bag on the back and two straps over the shoulders and under the arms."""
    figure, trunk = wearer.figure, wearer.trunk
    shoulder, waist = figure.joint("upperarm01.L"), figure.joint("spine04")
    height = float(shoulder[1] - waist[1]) * (0.95 + 0.25 * size)
    width = shoulder[0] * (1.35 + 0.3 * size)
    depth = 0.9 + 0.7 * size
    middle = shoulder[1] + 0.1 - height / 2
    back = trunk[(np.abs(trunk[:, 1] - middle) < height / 2) & (np.abs(trunk[:, 0]) < width / 3)]
    bag = _pillow(width, height, depth).moved(translation=(0, middle, back[:, 2].min() - depth * 0.42))
    pocket = _pillow(width * 0.75, height * 0.45, depth * 0.5)
    pocket = pocket.moved(translation=(0, middle - height * 0.2, back[:, 2].min() - depth * 0.9))
    straps = []
    for sign in SIGN.values():
        centre = np.array([sign * shoulder[0] * 0.58, shoulder[1] - height * 0.3, shoulder[2]])
        straps.append(_shoulder_strap(wearer, centre, middle - height * 0.12))
    strap = join(*straps)
    body = join(bag, pocket)
    return [
        Worn(body, wearer.rigid(body, "spine01"), "bag"),
        Worn(strap, wearer.clinging(strap), "bag", "second"),
    ]


def _shoulder_bag(wearer: Wearer, size: float) -> list[Worn]:
    """A bag at the left hip on a strap over the right shoulder."""
    figure = wearer.figure
    shoulder, hip = figure.joint("upperarm01.R"), figure.joint("upperleg01.L")
    high = np.array([shoulder[0] * 0.5, shoulder[1] + 0.3, shoulder[2]])
    low = np.array([hip[0] * 1.35, hip[1] + 0.5, hip[2]])
    centre, up = (high + low) / 2, unit(high - low)
    strap = _strap(wearer, centre, up, 0.2, 0.24)
    width, height, depth = 1.6 + 1.0 * size, 1.3 + 0.9 * size, 0.5 + 0.4 * size
    side = wearer.trunk[np.abs(wearer.trunk[:, 1] - hip[1]) < 0.5][:, 0].max()
    bag = _pillow(depth, height, width).moved(
        translation=(side + depth * 0.45, hip[1] + 0.3 - height / 2, hip[2])
    )
    return [
        Worn(bag, wearer.rigid(bag, "spine05"), "bag"),
        Worn(strap, wearer.clinging(strap), "bag", "second"),
    ]


def _pillow(width: float, height: float, depth: float) -> Mesh:
    """A soft box: a superellipsoid."""
    ball = sphere(1.0, 24)
    rounded = np.sign(ball.vertices) * np.abs(ball.vertices) ** 0.45
    half = np.array([width, height, depth]) / 2
    vertices = rounded * half
    return Mesh(vertices, vertex_normals(vertices, ball.faces, len(vertices)), ball.uvs, ball.faces)
