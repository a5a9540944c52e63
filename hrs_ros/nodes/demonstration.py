"""The demonstration: player and perception node as processes, a client that asks, pictures of the answers."""

from __future__ import annotations

import contextlib
import json
import re
import time
from pathlib import Path
from typing import Any

import rclpy
from tqdm import tqdm

from hrs_msgs.srv import Query
from hrs_ros.data.frames import write_picture
from hrs_ros.drawing import draw_scene, mask_image
from hrs_ros.language import Answer, Candidate, Status
from hrs_ros.nodes.children import child_node, keep_to_this_machine
from hrs_ros.nodes.client import QueryClient, Reply
from hrs_ros.nodes.messages import mask_from_message
from hrs_ros.nodes.process import prepare_process


def demonstrate(
    *, source: str, requests: list[str], asks: int, model: Path, out: Path, timeout: float
) -> int:
    """Exit status 0 when every request was answered OK at least once, 1 otherwise."""
    out.mkdir(parents=True, exist_ok=True)
    keep_to_this_machine()
    prepare_process()
    print(f"clip     {source}\nmodel    {model}\n")
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((out / "nodes.log").open("w"))
        print("starting hrs_perception and hrs_player", flush=True)
        node = stack.enter_context(child_node("hrs_ros.nodes.perception", {"model": model}, log=log))
        stack.enter_context(child_node("hrs_ros.nodes.player", {"source": source, "loop": True}, log=log))
        rclpy.init()
        stack.callback(rclpy.shutdown)
        client = QueryClient()
        stack.callback(client.close)
        print("waiting  for the first images and their relations ...", flush=True)
        if not client.wait_for_frames(3, timeout=timeout):
            state = "still runs" if node.poll() is None else f"ended with status {node.returncode}"
            raise TimeoutError(
                f"no images with their relations within {timeout:.0f} s (hrs_perception {state}, "
                f"{client.scenes_seen} messages on relations); see {out / 'nodes.log'}"
            )
        start, seen = time.monotonic(), client.scenes_seen
        summaries = [_ask_repeatedly(client, text, asks=asks, out=out) for text in requests]
        rate = (client.scenes_seen - seen) / (time.monotonic() - start)
    print(f"\nrelations arrived at {rate:.1f} Hz while the questions were asked")
    (out / "answers.json").write_text(json.dumps(summaries, indent=2) + "\n", encoding="utf-8")
    print(f"pictures and answers.json are in {out.resolve()}")
    return 0 if all(summary["ok"] for summary in summaries) else 1


def _ask_repeatedly(client: QueryClient, text: str, *, asks: int, out: Path) -> dict[str, Any]:
    """Ask ``asks`` times while the clip plays, print the tally, save the last good answer as pictures."""
    replies: list[Reply] = []
    best: Reply | None = None
    for _ in tqdm(range(asks), desc=f'asking   "{text}"', unit="ask", leave=False):
        client.spin(0.4)
        reply = client.ask(text)
        replies.append(reply)
        if reply.response.status == Status.OK and (best is None or reply.whole):
            best = reply
    ok = sum(reply.response.status == Status.OK for reply in replies)
    shown = best or replies[-1]
    milliseconds = sorted(reply.milliseconds for reply in replies)[len(replies) // 2]
    print(f'\n"{text}"')
    print(f"  answered OK {ok} of {asks} times, median {milliseconds:.1f} ms a call")
    print(f"  {Status(shown.response.status).name}: {shown.response.sentence}")
    summary: dict[str, Any] = {
        "text": text,
        "asks": asks,
        "ok": ok,
        "median_ms": round(milliseconds, 2),
        "status": Status(shown.response.status).name,
        "sentence": shown.response.sentence,
    }
    if best is not None:
        summary |= _save(best, out / re.sub(r"\W+", "_", text.lower()).strip("_"))
        print(f"  object   {summary['object']}, {summary['pixels']} pixels, centre {summary['centre']}")
        print(f"  overlay  {summary.get('overlay', 'none: the image of the answered frame was lost')}")
        print(f"  mask     {summary['mask']}")
    return summary


def _save(reply: Reply, stem: Path) -> dict[str, Any]:
    """Write <stem>_mask.png, and <stem>_overlay.png where the frame was seen."""
    candidate = reply.response.candidates[0]
    mask = mask_from_message(candidate.entity.mask)
    mask_path = stem.with_name(stem.name + "_mask.png")
    write_picture(mask_path, mask_image(mask, reply.response.image_height, reply.response.image_width))
    x, y = mask.centroid
    saved: dict[str, Any] = {
        "object": candidate.entity.label,
        "pixels": mask.area,
        "centre": [round(x, 1), round(y, 1)],
        "mask": str(mask_path),
    }
    if reply.image is not None and reply.scene is not None:
        overlay_path = stem.with_name(stem.name + "_overlay.png")
        write_picture(overlay_path, draw_scene(reply.image, reply.scene, answer=_answer(reply.response)))
        saved["overlay"] = str(overlay_path)
    return saved


def _answer(response: Query.Response) -> Answer:
    """What the drawing needs of a service response."""
    candidates = tuple(
        Candidate(entity_id=row.entity.id, relation_index=None, score=row.score, sentence=row.sentence)
        for row in response.candidates
    )
    return Answer(status=Status(response.status), sentence=response.sentence, candidates=candidates)
