"""Colours (RGB) that stay apart for colour-blind eyes: Paul Tol's "muted" and "vibrant" schemes.

https://personal.sron.nl/~pault/ (CC0). The two sides of a body have hues of their own that no entity uses.
"""

from __future__ import annotations

from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
ANSWER: Colour = (255, 221, 51)
LEFT_SIDE: Colour = (238, 119, 51)  # orange
RIGHT_SIDE: Colour = (0, 119, 187)  # blue
MIDDLE_PART: Colour = (187, 187, 187)  # acting parts without a side: face, hair
GEOMETRIC: Colour = (221, 221, 221)  # arrows of geometric relations

_ENTITIES: tuple[Colour, ...] = (
    (204, 102, 119),  # rose
    (68, 170, 153),  # teal
    (221, 204, 119),  # sand
    (170, 68, 153),  # purple
    (17, 119, 51),  # green
    (51, 34, 136),  # indigo
    (136, 34, 85),  # wine
)
# A second, lighter round before colours repeat.
ENTITIES: tuple[Colour, ...] = _ENTITIES + tuple(
    (round(0.5 * r + 127), round(0.5 * g + 127), round(0.5 * b + 127)) for r, g, b in _ENTITIES
)


def entity_colours(scene: Scene) -> dict[int, Colour]:
    """Entity id -> colour. No two are the same while the palette lasts.

    A colour follows the track where there is one. Else it follows the class and the order from left to right,
    not the id: ids are given anew in every frame, and a video would flicker.
    """
    order = sorted(
        scene.entities,
        key=lambda entity: (entity.track_id, entity.class_id, entity.mask.x, entity.id),
    )
    free = list(range(len(ENTITIES)))
    colours: dict[int, Colour] = {}
    for entity in order:
        if not free:
            free = list(range(len(ENTITIES)))
        wanted = (entity.class_id + max(entity.number - 1, 0)) % len(_ENTITIES)
        # The first free place at or after the one of the class, going round.
        place = min(free, key=lambda place: (place - wanted) % len(ENTITIES))
        free.remove(place)
        colours[entity.id] = ENTITIES[place]
    return colours


def part_colour(part_id: int) -> Colour:
    """The hue of a body part's own side."""
    side = vocabulary().parts[part_id].split()[0]
    return {"left": LEFT_SIDE, "right": RIGHT_SIDE}.get(side, MIDDLE_PART)


def text_colour(background: Colour) -> Colour:
    """Black or white, whichever is easier to read on the background (ITU-R BT.601 luma)."""
    red, green, blue = background
    return BLACK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else WHITE
