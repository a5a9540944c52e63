"""Talk: two or three people face each other; into a phone at the ear; into a microphone."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.episodes.acting import SIDES, Act, ahead_of, arm, outward
from hrs_ros.synthetic.episodes.gestures import gesture
from hrs_ros.synthetic.episodes.handling import Where, best_grip, handles_of
from hrs_ros.synthetic.episodes.looking import eyes, look
from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, frame, unit
from hrs_ros.synthetic.stage import Cast, Episode, Spot, Stage
from hrs_ros.synthetic.things.model import Handle, Model

EAR_GAP = 0.35  # dm from the middle of the phone to the skin at the ear


def talk_together(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """Two or three people in a ring; each talks to one of the others."""
    act = Act(stage, rng, spot)
    count = int(rng.choice([2, 2, 3]))
    radius = rng.uniform(3.0, 4.5) if count == 2 else rng.uniform(3.6, 4.8)
    first = rng.uniform(0, 2 * np.pi)
    drafts = []
    for k in range(count):
        angle = first + 2 * np.pi * k / count + rng.uniform(-0.2, 0.2)
        drafts.append(act.person(radius * np.cos(angle), radius * np.sin(angle), angle + np.pi))
    # Everybody but the speaker of the moment faces the speaker.
    speaker = int(rng.integers(count))
    listener = (speaker + int(rng.integers(1, count))) % count
    partner = [listener if k == speaker else speaker for k in range(count)]
    for k, draft in enumerate(drafts):
        look(draft, eyes(drafts[partner[k]]))
        for side in SIDES:
            if rng.random() < (0.6 if k == speaker else 0.15):
                gesture(draft, side, rng)
    humans = [act.enter(draft) for draft in drafts]
    for human, other in zip(humans, partner, strict=True):
        act.claim(human, "look at", humans[other], "face")
        act.claim(human, "talk", humans[other], "face")
    return act.cast


def talk_on_phone(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A phone at the ear."""
    act = Act(stage, rng, spot)
    draft, side = act.person(yaw=rng.uniform(-0.8, 0.8)), act.side()
    look(draft, eyes(draft) + ahead_of(draft) * 20 + rng.normal(0, 3, 3))
    model = act.choose("talk", entities=("phone",))
    handles = handles_of(model, "talk", "hold", "use")
    _, handle, where = best_grip(draft, side, model, _at_ear(draft, side, model, handles), rng)
    phone = act.put(model, where.rotation, where.translation)
    human = act.enter(draft)
    act.claim(human, "talk", phone, "face")
    act.claim(human, "hold", phone, arm(side))
    act.claim(human, "use", phone, arm(side))
    act.watch(where.point(handle.point))
    return act.cast


def talk_into_microphone(stage: Stage, rng: np.random.Generator, spot: Spot) -> Cast:
    """A microphone in the hand, its head before the mouth."""
    act = Act(stage, rng, spot)
    draft, side = act.person(yaw=rng.uniform(-0.8, 0.8)), act.side()
    look(draft, eyes(draft) + ahead_of(draft) * 20 + rng.normal(0, 3, 3))
    model = act.choose("talk", entities=("microphone",), habitat="hand")
    where = [_before_mouth(draft, side, model, slope) for slope in (0.9, 1.2, 0.6)]
    choices = [(handle, place) for place in where for handle in handles_of(model, "talk", "hold", "use")]
    _, handle, chosen = best_grip(draft, side, model, choices, rng)
    microphone = act.put(model, chosen.rotation, chosen.translation)
    human = act.enter(draft)
    act.claim(human, "talk", microphone, "face")
    act.claim(human, "hold", microphone, arm(side))
    act.claim(human, "use", microphone, arm(side))
    act.watch(chosen.point(handle.point))
    return act.cast


def ear(draft: Draft, side: Side) -> Array:
    """World point (3,) on the skin of an ear: the vertex of the head that lies furthest out at eye height."""
    rest, figure = draft.figure.vertices, draft.figure
    level = figure.joint(f"eye.{side}")[1]
    rows = figure.body.visible_vertices
    near = rows[(np.abs(rest[rows, 1] - level + 0.2) < 0.4) & (np.abs(rest[rows, 0]) < 1.2)]
    out = rest[near, 0] * (1 if side == "L" else -1)
    return np.asarray(draft.skin()[near[int(out.argmax())]], float)


def _at_ear(
    draft: Draft, side: Side, model: Model, handles: tuple[Handle, ...]
) -> list[tuple[Handle, Where]]:
    """Places of a phone along the cheek: its face to the head, its lower end towards the mouth."""
    low, high = model.bounds
    centre, size = (low + high) / 2, high - low
    thin, long = int(size.argmin()), int(size.argmax())
    out = unit(outward(draft, side) + 0.15 * ahead_of(draft))
    point = ear(draft, side)
    mouth = grasp.mouth_point(draft)
    along = unit((point - mouth) * np.array([1, 1, 1]) - out * ((point - mouth) @ out) + 0.6 * UP)
    result = []
    for turn in (1.0, -1.0):
        for face in (1.0, -1.0):
            rest = frame(np.eye(3)[long] * turn, np.eye(3)[thin] * face)
            rotation = frame(along, out) @ rest.T
            target = point + out * (EAR_GAP - 0.2 + size[thin] / 2) - along * size[long] * 0.2
            where = Where.bringing(centre, target, rotation)
            # The palm covers the side that shows away from the head.
            result += [(h, where) for h in handles if (rotation @ np.asarray(h.out)) @ out > -0.5]
    return result


def _before_mouth(draft: Draft, side: Side, model: Model, slope: float) -> Where:
    """The microphone stands on its foot in its own frame; its head goes to the lips, tilted by ``slope``."""
    head = model.mouth if model.mouth is not None else (0.0, float(model.bounds[1][1]), 0.0)
    mouth, forward = grasp.mouth_point(draft), ahead_of(draft)
    up = unit(np.cos(slope) * UP - np.sin(slope) * (forward + 0.25 * outward(draft, side)))
    rotation = frame(up, forward) @ frame(UP, (0, 0, 1)).T
    return Where.bringing(head, mouth + forward * 0.45 - up * 0.05, rotation)


EPISODES = (
    Episode("talk together", ("talk", "look at"), talk_together, radius=7.0, people=(2, 3)),
    Episode("talk on phone", ("talk", "hold", "use"), talk_on_phone, radius=4.0),
    Episode("talk into microphone", ("talk", "hold", "use"), talk_into_microphone, radius=4.5, weight=0.6),
)
