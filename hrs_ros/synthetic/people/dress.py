"""Dressing, posing and adding one person to a scene graph, with the PIC part label of every triangle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.mesh import Corners, vertex_normals
from hrs_ros.synthetic.people.accessories import COVERS_HAIR, Accessory, fit
from hrs_ros.synthetic.people.body import Figure, Pose
from hrs_ros.synthetic.people.garments import Garment
from hrs_ros.synthetic.people.headgear import Skull, covers
from hrs_ros.synthetic.people.shells import Tailored, cut_shell, tailor
from hrs_ros.synthetic.people.wearer import Wearer, Worn
from hrs_ros.synthetic.rotation import UP, Array, about, cross
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, Posture, SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.vocabulary import vocabulary

HAIR_COLOURS = np.array(
    [(0.05, 0.045, 0.04), (0.16, 0.09, 0.05), (0.6, 0.42, 0.2), (0.4, 0.4, 0.4), (0.35, 0.12, 0.05)]
)
HAIR_COLOUR_SHARES = (0.35, 0.35, 0.15, 0.1, 0.05)  # black, brown, blond, grey, red
HAS_COAT = (
    "male_worksuit01",
    "male_elegantsuit01",
    "male_casualsuit05",
)  # outfits with a coat or overalls of their own
SHOWS_ANKLES = ("female_casualsuit02", "female_elegantsuit01")  # under other outfits socks would poke through
PATTERNED = ("stripe", "plaid", "dots", "denim")  # textures with colours of their own
HIDDEN_BELOW_BRIM = 0.4  # dm of hair kept above the lower edge of a hat


@dataclass(frozen=True, slots=True)
class Look:
    """What one person wears: names of garments and of procedural shells."""

    garments: tuple[str, ...]
    shells: tuple[str, ...]
    hair: str
    outfit: str | None  # None: shells only
    skin: int  # texture layer
    eyes: int
    skin_tint: tuple[float, float, float]
    hair_colour: tuple[float, float, float]
    tailored: tuple[Tailored, ...] = ()
    accessories: tuple[Accessory, ...] = ()
    # Materials by "garment", "garment/part id", "tailored piece", "accessory" or "accessory/second"; where
    # there are any, no fabric is drawn when the person is added.
    fabrics: Mapping[str, Material] = field(default_factory=dict)


def choose_look(studio: Studio, rng: np.random.Generator, *, female: bool) -> Look:
    """A random look from the assets of the studio's split."""

    def pick(names: list[str]) -> str:
        return names[rng.integers(len(names))]

    gender = "female" if female else "male"
    outfit: str | None = pick(studio.clothes("outfit", gender))
    hair = pick(studio.hair(female))
    garments = [hair, "high-poly"]
    garments += [pick(studio.clothes(kind)) for kind in ("shoes", "brow", "lash")]
    if rng.random() < 0.12:
        garments.append(pick(studio.clothes("hat")))
    shells: list[str] = []
    if rng.random() < 0.35:
        outfit = None
        combinations = (
            (["dress"], ["skirt", "top"], ["top", "leggings"]) if female else (["top", "leggings"],)
        )
        shells += combinations[rng.integers(len(combinations))]
    if "leggings" in shells and rng.random() < 0.5:
        shells.append("belt")
    if rng.random() < 0.12 and outfit not in HAS_COAT:
        shells.append("coat")
    if rng.random() < 0.1:
        shells.append("gloves")
    if outfit:
        garments.append(outfit)
    skins, shares = studio.skins(female)
    tint = np.clip(rng.uniform(0.8, 1.15) * rng.uniform(0.95, 1.05, 3), 0, 1.3)
    colour = HAIR_COLOURS[rng.choice(len(HAIR_COLOURS), p=HAIR_COLOUR_SHARES)] * rng.uniform(0.7, 1.3)
    return Look(
        garments=tuple(garments),
        shells=tuple(shells),
        hair=hair,
        outfit=outfit,
        skin=studio.layer[skins[rng.choice(len(skins), p=shares)]],
        eyes=studio.layer[pick(sorted(studio.pack.index["eye_textures"].values()))],
        skin_tint=_rgb(tint),
        hair_colour=_rgb(colour),
    )


def add_human(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    figure: Figure,
    rotations: Array,
    look: Look,
    *,
    root: ArrayLike,
    yaw: float,
    posture: Posture = "standing",
) -> PlacedHuman:
    """Dress a figure, pose it by local rotations and add it.

    ``root`` is the body's origin in the world, ``yaw`` turns it about +Y. ``rng`` chooses fabrics only.
    """
    body, pose, turn = figure.body, figure.pose(rotations), about(UP, yaw)
    root = np.asarray(root, float)
    placed = pose.placed(turn, root)
    instance = graph.instance("human")

    def add(
        posed: Array,
        uvs: Array,
        corners: Corners,
        part: ArrayLike,
        material: ArrayLike,
        faces: NDArray,
    ) -> None:
        """``faces`` (F, 3) of ``posed`` (V, 3): what normals are made of."""
        normals = vertex_normals(posed, faces, len(posed))
        graph.add_triangles(posed, normals, uvs, corners, instance=instance, part=part, material=material)

    garments = [studio.wardrobe[name] for name in look.garments]
    posed_body = figure.skin(figure.vertices, body.skin, placed)
    _add_skin(graph, studio, rng, figure, look, garments, posed_body, add)
    fitted = {garment.name: garment.fit(figure.vertices) for garment in garments}
    brim = min((fitted[g.name][:, 1].min() for g in garments if g.kind == "hat"), default=np.inf)
    capped = [piece.kind for piece in look.accessories if piece.kind in COVERS_HAIR]
    skull = Skull(Wearer(figure)) if capped else None
    for garment in garments:
        rest = fitted[garment.name]
        keep = _visible_faces(garment, rest, figure, look, brim)
        if skull is not None and garment.kind == "hair":
            keep &= ~covers(capped[0], skull, rest[garment.faces].mean(1))
        part, corners = garment.part[keep], garment.corners.only(keep)
        material = _garment_material(graph, studio, rng, garment, look, part)
        posed = figure.skin(rest, garment.skin, placed)
        add(posed, garment.uvs, corners, part, material, garment.faces[keep])
    for kind in look.shells:
        shell = cut_shell(kind, figure, rng)
        faces = body.faces[shell.faces]
        normals = vertex_normals(figure.vertices, faces, len(figure.vertices))
        rest = shell.vertices + normals * shell.offset
        row = graph.material(_shell_material(studio, rng, kind))
        part_id = vocabulary().part_id(shell.part)
        posed = figure.skin(rest, body.skin, placed)
        add(posed, body.uvs, body.corners.only(shell.faces), part_id, row, faces)

    clothes = [fitted[garment.name] for garment in garments if garment.kind == "outfit"]
    for piece in look.tailored:
        shell = tailor(piece, figure)
        used, index = np.unique(body.faces[shell.faces], return_inverse=True)
        faces = index.reshape(-1, 3).astype(np.int32)
        normals = vertex_normals(figure.vertices[used], faces, len(used))
        rest = shell.vertices[used] + normals * shell.offset
        clothes.append(rest)
        row = graph.material(look.fabrics[piece.kind])
        part_id = vocabulary().part_id(shell.part)
        uvs, cloth = _cloth_coordinates(rest, faces)
        add(figure.skin(rest, body.skin.at(used), placed), uvs, cloth, part_id, row, faces)
    wearer = Wearer(figure, tuple(clothes))
    for accessory in look.accessories:
        for worn in fit(accessory, wearer):
            row = graph.material(_accessory_material(look, accessory, worn))
            mesh, part_id = worn.mesh, vocabulary().part_id(worn.part)
            posed = figure.skin(mesh.vertices, worn.skin, placed)
            add(posed, mesh.uvs, Corners.alike(mesh.faces), part_id, row, mesh.faces)

    keypoints = _keypoints(figure, placed, posed_body)
    human = PlacedHuman(instance, figure, pose, turn, root, keypoints, posture)
    graph.humans.append(human)
    return human


def _cloth_coordinates(rest: Array, faces: NDArray) -> tuple[Array, Corners]:
    """Texture coordinates (2 V, 2) in metres and their use: cloth seen from the front or from the side."""
    first, second, third = (rest.take(faces[:, k], axis=0) for k in range(3))
    normals = np.abs(cross(second - first, third - first))
    aside = normals[:, 0] > normals[:, 2]
    uvs = 0.1 * rest[:, [0, 1, 2, 1]].reshape(-1, 2)
    both = np.arange(2 * len(rest))
    return uvs, Corners(both // 2, both, 2 * faces + aside[:, None])


def _accessory_material(look: Look, accessory: Accessory, worn: Worn) -> Material:
    """The look's own fabric for a piece, or what its kind is always made of."""
    if worn.material == "dark":
        return Material(look.fabrics[accessory.kind].texture, (0.01, 0.01, 0.012), 1.0, 0.12, 0.06)
    if worn.material == "metal":
        return Material(look.fabrics[accessory.kind].texture, (0.6, 0.55, 0.45), 1.0, 0.25, 0.4)
    key = accessory.kind if worn.material in ("main", "hair") else f"{accessory.kind}/{worn.material}"
    return look.fabrics.get(key, look.fabrics[accessory.kind])


def _add_skin(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    figure: Figure,
    look: Look,
    garments: list[Garment],
    posed: Array,
    add: Callable[..., None],
) -> None:
    """The visible skin; scalp triangles under the hair mesh count as hair."""
    body, words = figure.body, vocabulary()
    faces = body.faces[body.visible]
    skin = graph.material(
        Material(look.skin, look.skin_tint, roughness=rng.uniform(0.4, 0.6), specular=0.035, subsurface=0.8)
    )
    scalp_colour = _rgb(np.array(look.hair_colour) * 0.8)
    scalp = graph.material(Material(studio.surface(rng, "knit"), scalp_colour, roughness=0.5, specular=0.05))
    under_hair = np.zeros(len(posed), bool)
    under_hair[studio.wardrobe[look.hair].reference] = True
    above_eyes = _heights(figure.vertices, faces) > figure.joint("eye.L")[1] + 0.15
    part = body.part[body.visible].copy()
    part[_all(under_hair, faces) & (part == words.part_id("face")) & above_eyes] = words.part_id("hair")
    hidden = np.zeros(len(posed), bool)
    for garment in garments:
        hidden[garment.hidden_body_vertices] = True
    keep = ~_all(hidden, faces)
    material = np.where(part == words.part_id("hair"), scalp, skin)
    add(posed, body.uvs, body.corners.only(body.visible[keep]), part[keep], material[keep], faces)


def _visible_faces(
    garment: Garment, rest: Array, figure: Figure, look: Look, brim: float
) -> NDArray[np.bool_]:
    """Faces that do not poke through what is worn above or below."""
    words, part = vocabulary(), garment.part
    centre = _heights(rest, garment.faces)
    keep = np.ones(len(garment.faces), bool)
    if garment.kind == "shoes" and look.outfit and look.outfit not in SHOWS_ANKLES:
        keep &= part != words.part_id("socks")
    if garment.kind == "outfit" and "coat" in look.shells:  # only the collar and the lower legs stay in view
        collar, hip = figure.joint("neck01")[1] - 0.3, figure.joint("upperleg01.L")[1]
        keep &= np.where(part == words.part_id("uppercloth"), centre > collar, centre < hip)
    if garment.kind == "hair":
        keep &= centre < brim + HIDDEN_BELOW_BRIM
    return keep


def _garment_material(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    garment: Garment,
    look: Look,
    part: NDArray,
) -> NDArray | int:
    """Material row, one for all faces or one per face."""
    if look.fabrics and garment.kind in ("outfit", "shoes", "hat"):
        if garment.name in look.fabrics:
            return graph.material(look.fabrics[garment.name])
        rows = np.zeros(len(part), int)
        for value in np.unique(part):
            rows[part == value] = graph.material(look.fabrics[f"{garment.name}/{value}"])
        return rows
    texture = studio.layer[garment.texture] if garment.texture else None
    hair = np.array(look.hair_colour)
    if garment.kind == "eyes":
        return graph.material(Material(look.eyes, roughness=0.15, specular=0.05, alpha_cut=True))
    if garment.kind in ("hair", "brow", "lash"):
        assert texture is not None, f"{garment.name} has no texture"  # the studio offers textured ones only
        tint = {"hair": hair * 2.2, "brow": hair, "lash": np.full(3, 0.03)}[garment.kind]
        rough, specular = (0.45, 0.06) if garment.kind == "hair" else (0.8, 0.02)
        return graph.material(
            Material(texture, _rgb(tint), 1.0, roughness=rough, specular=specular, alpha_cut=True)
        )
    if texture is None or (garment.kind == "outfit" and rng.random() < 0.55):
        # The texture is missing, or for variety: one random fabric per part.
        words, material = vocabulary(), np.zeros(len(part), int)
        for value in np.unique(part):
            low = value in (words.part_id("pants"), words.part_id("skirt"))
            layer, colour = _fabric(studio, rng, low)
            fabric = Material(
                layer,
                colour,
                roughness=rng.uniform(0.6, 0.95),
                specular=0.03,
                bump=rng.uniform(0.05, 0.2),
                scale=3.0 if low else float(rng.choice([1, 1, 2])),
            )
            material[part == value] = graph.material(fabric)
        return material
    tint = np.clip(rng.uniform(0.7, 1.2, 3), 0, 1.3) if rng.random() < 0.5 else np.ones(3)
    grey = 0.0 if rng.random() < 0.7 else 0.8
    return graph.material(
        Material(texture, _rgb(tint), grey, roughness=rng.uniform(0.6, 0.9), specular=0.03, bump=0.08)
    )


def _shell_material(studio: Studio, rng: np.random.Generator, kind: str) -> Material:
    layer, tint = _fabric(studio, rng, low=False)
    if kind == "belt":
        layer, tint = studio.surface(rng, "knit"), _rgb(rng.uniform(0.02, 0.3) * np.array([1, 0.7, 0.5]))
    return Material(
        layer,
        tint,
        roughness=rng.uniform(0.6, 0.95),
        specular=0.03,
        bump=rng.uniform(0.1, 0.3),
        scale=float(rng.choice([3, 5])),
    )


def _fabric(studio: Studio, rng: np.random.Generator, low: bool) -> tuple[int, tuple[float, float, float]]:
    """Texture layer and tint of a cloth; ``low`` = for legs."""
    kinds = ("denim", "knit", "white") if low else ("knit", "knit", "stripe", "plaid", "dots", "white", "art")
    kind = kinds[rng.integers(len(kinds))]
    tint = np.ones(3) if kind in PATTERNED else rng.uniform(0.02, 0.8) * rng.uniform(0.3, 1, 3)
    return studio.surface(rng, kind), _rgb(tint)


def _all(flags: NDArray[np.bool_], faces: NDArray) -> NDArray[np.bool_]:
    """Which faces (F,) have three flagged vertices."""
    return flags[faces[:, 0]] & flags[faces[:, 1]] & flags[faces[:, 2]]


def _heights(vertices: Array, faces: NDArray) -> Array:
    """Height (F,) of the middle of each face."""
    y = vertices[:, 1]
    return (y[faces[:, 0]] + y[faces[:, 1]] + y[faces[:, 2]]) / 3


def _keypoints(figure: Figure, pose: Pose, posed_body: Array) -> Array:
    """The 16 keypoints in PIC (MPII) order."""

    def joint(bone: str) -> Array:
        return pose.position[figure.body.bone[bone]]

    left_hip, right_hip = joint("upperleg01.L"), joint("upperleg01.R")
    shoulders = (joint("upperarm01.L") + joint("upperarm01.R")) / 2
    legs_right = [joint("foot.R"), joint("lowerleg01.R"), right_hip]
    legs_left = [left_hip, joint("lowerleg01.L"), joint("foot.L")]
    trunk = [(left_hip + right_hip) / 2, (joint("neck01") + shoulders) / 2, joint("neck03")]
    arm_right = [joint("wrist.R"), joint("lowerarm01.R"), joint("upperarm01.R")]
    arm_left = [joint("upperarm01.L"), joint("lowerarm01.L"), joint("wrist.L")]
    top = np.asarray(posed_body[figure.body.top_vertex], float)
    return np.array([*legs_right, *legs_left, *trunk, top, *arm_right, *arm_left])


def _rgb(colour: ArrayLike) -> tuple[float, float, float]:
    red, green, blue = np.asarray(colour, float)
    return float(red), float(green), float(blue)
