"""Thresholds of all relations, and which entities take part in which; documented in docs/synthetic.md.

Lengths in decimetres, angles in radians.
"""

from __future__ import annotations

import numpy as np

# Hands, feet, mouth.
CONTACT = 0.3  # skin of a hand to the thing: hold, carry, touch, push, pull, use, play
BALL = 0.6  # foot to the ball: kick, play
THROWN = 3.0  # hand to what it throws
MOUTHFUL = 0.7  # mouth to what is eaten or drunk
AT_HEAD = 1.0  # mouth or ear to a phone or a microphone: talk
AT_LEG = 1.0  # leg to what is ridden
BULKY = 3.0  # longest side from which holding is carrying, even without a step
LEAN = np.deg2rad(3.0)  # of the trunk, towards what is pushed, away from what is pulled

# Head.
GAZE = np.deg2rad(15.0)  # between the line of sight and the nearest point of what is looked at
FACING = np.deg2rad(30.0)  # between face and head of whom one talks to
TALKING = 20.0  # between the heads of two who talk
NEAR_EYE = 0.2  # what is nearer to an eye than this hides nothing: lashes, glasses

# Support.
FEET_GAP = 0.3  # between sole and what one stands, squats or steps on
BODY_GAP = 0.5  # between hips or knees and what one sits or kneels on
LYING_GAP = 0.8  # between the trunk and what one lies on: head, heels or toes may hold it a little off
FEET_SUNK = 0.25  # how far a sole may lie below the surface it is on
BODY_SUNK = 0.6  # how far hips, back or knees may press into a soft support
SHARE = 0.15  # of the supported points that an instance must carry to count
RESTING = 0.3  # between the underside of a thing and what it rests on
IMMERSED = 0.5  # depth of the lowest point of somebody in water
ENCLOSED = 0.6  # share of level directions in which a hollow surrounds somebody who is in it

# Order.
NEXT_TO = 7.0  # gap on the ground
BEFORE = 12.0  # gap on the ground: in front of, behind
LEVEL = 3.0  # gap in height between somebody and what they are next to, in front of or behind
SIDEWAYS = np.deg2rad(45.0)  # from the picture plane: up to here next to, beyond in front of or behind
HEADROOM = 20.0  # footprints are of what lies below this height over the base: not of the crowns of trees
THICKNESS = 1.0  # half of a body's, around its skeleton
WIDEST = 40.0  # longest side on the ground of what has a place; what is larger is surroundings

WATER = frozenset({"water"})
HOLLOW = frozenset(
    {"aircraft", "amusement facilities", "basket", "boat", "box", "cabin", "car", "handcart", "pram", "sink",
     "swimming things", "tent"}
)  # fmt: skip
