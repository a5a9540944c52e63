"""The parameters of the perception node."""

from __future__ import annotations

from hrs_ros.inference.assemble import DEFAULT_THRESHOLDS
from hrs_ros.language import DEFAULT_MARGIN, DEFAULT_MEMORY
from hrs_ros.nodes.messages import MASK_ENCODINGS
from hrs_ros.nodes.parameters import Setting
from hrs_ros.tracking import DEFAULT_OPTIONS

MOST_REACH = 100.0  # across the picture for all but the tiniest people

THRESHOLDS = (
    Setting(
        "score_threshold",
        DEFAULT_THRESHOLDS.score,
        "least score of an entity without a relation",
        high=1,
        live=True,
    ),
    Setting(
        "relation_threshold",
        DEFAULT_THRESHOLDS.relation,
        "how sure a relation must be: its own score times those of its two ends to the power entity_weight",
        high=1,
        live=True,
    ),
    Setting(
        "part_threshold", DEFAULT_THRESHOLDS.part, "least probability of an acting part", high=1, live=True
    ),
    Setting(
        "duplicate_iou",
        1.0 if DEFAULT_THRESHOLDS.duplicate_iou is None else DEFAULT_THRESHOLDS.duplicate_iou,
        "entities of one class whose masks overlap more than this (IoU) are one entity; 1: none are",
        high=1,
        live=True,
    ),
    Setting(
        "exclusive_masks",
        DEFAULT_THRESHOLDS.exclusive_masks,
        "of what two entities of one class claim, the stronger claim gets each pixel",
        live=True,
    ),
    Setting(
        "contact_reach",
        MOST_REACH if DEFAULT_THRESHOLDS.contact_reach is None else DEFAULT_THRESHOLDS.contact_reach,
        "hold, touch, pull, push, carry and ride need the acting part at most this far from the thing, "
        "in lengths of the square root of the person's area",
        high=MOST_REACH,
        live=True,
    ),
    Setting(
        "entity_weight",
        DEFAULT_THRESHOLDS.entity_weight,
        "how much a relation's two ends count for relation_threshold; 1: fully, as in the paper",
        high=1,
        live=True,
    ),
)
"""Each is an attribute of the Predictor, by the same name."""

SETTINGS = (
    Setting(
        "model",
        "",
        "ONNX file written by `hrs export`; empty: the one that comes with the package",
        configured=True,
    ),
    Setting(
        "model_sha256",
        "",
        "SHA-256 that the model file must have, hexadecimal; empty: any",
        configured=True,
    ),
    Setting(
        "provider",
        "auto",
        "where ONNX Runtime computes; auto: CUDA where it works, else the CPU, with a warning; "
        "cuda: nowhere else, refused without it",
        choices=("auto", "cpu", "cuda"),
        configured=True,
    ),
    Setting(
        "threads",
        0,
        "ONNX Runtime threads on the CPU; 0: one per physical core",
        high=256,
        configured=True,
    ),
    Setting(
        "cameras",
        "",
        "names of the cameras, separated by blanks; each has topics of its own under its name; "
        "empty: one camera, whose topics carry no name",
        configured=True,
    ),
    Setting("use_compressed", False, "subscribe to image/compressed instead of image", configured=True),
    Setting(
        "max_image_pixels",
        33_554_432,
        "images of more pixels are refused; 8192 x 4096 by default",
        low=1,
        high=1 << 30,
        configured=True,
    ),
    Setting(
        "batch",
        4,
        "most images of different cameras in one run of the network; 1: one after the other",
        low=1,
        high=64,
        live=True,
    ),
    Setting(
        "batch_window",
        0.005,
        "with several cameras: how long the first image waits for the others [s]",
        high=1,
        live=True,
    ),
    *THRESHOLDS,
    Setting(
        "tracking",
        True,
        "things keep their identity from frame to frame, and relations are smoothed over time; "
        "false: every frame stands alone",
        live=True,
    ),
    Setting(
        "track_patience",
        DEFAULT_OPTIONS.patience,
        "how long a thing may be out of sight and keep its identity [s]",
        high=60,
        live=True,
    ),
    Setting(
        "relation_smoothing",
        DEFAULT_OPTIONS.smoothing,
        "time constant of the evidence for a relation [s]; 0: relations of each frame as they are",
        high=10,
        live=True,
    ),
    Setting(
        "mask_encoding",
        "rle",
        "how masks travel; rle: small, for networks; bits: fast, for one machine",
        choices=tuple(MASK_ENCODINGS),
        live=True,
    ),
    Setting(
        "memory",
        DEFAULT_MEMORY,
        "how long frames are remembered for queries [s]; the newest always is",
        high=60,
        live=True,
    ),
    Setting(
        "stale_after",
        2.0,
        "age of the newest frame from which queries answer STALE [s]",
        low=0.01,
        high=3600,
        live=True,
    ),
    Setting(
        "camera_timeout",
        2.0,
        "a camera is reported as silent after this long without an image [s]",
        low=0.1,
        high=3600,
        live=True,
    ),
    Setting(
        "ambiguity_margin",
        DEFAULT_MARGIN,
        "a query is AMBIGUOUS if the second candidate scores at least this share of the best",
        high=1,
        live=True,
    ),
    Setting(
        "find_timeout",
        30.0,
        "how long the action find waits for a goal without a timeout of its own [s]",
        low=0.1,
        high=86400,
        live=True,
    ),
    Setting(
        "use_depth",
        False,
        "subscribe to depth, registered to image, and to camera_info, for poses in answers",
        configured=True,
    ),
    Setting(
        "depth_slop",
        0.02,
        "most time between an image and the depth image that goes with it [s]",
        high=1,
        live=True,
    ),
    Setting(
        "annotated_rate",
        10.0,
        "most annotated images and markers a second [Hz], drawn only for subscribers",
        low=0.1,
        high=60,
        configured=True,
    ),
    Setting(
        "marker_distance",
        2.0,
        "distance at which markers are drawn where no depth was measured [m]",
        low=0.1,
        high=100,
        live=True,
    ),
)
