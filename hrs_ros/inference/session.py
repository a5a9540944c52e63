"""One ONNX Runtime session over an HRS graph: opened with care, checked, honest about where it runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.graph import INPUT_NAME, OUTPUT_NAMES, GraphMetadata, ModelError, read_metadata

Providers = Literal["auto", "cpu", "cuda"]

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
# The default exhaustive cuDNN search costs seconds at start and gives little on these layers.
CUDA_OPTIONS = {"cudnn_conv_algo_search": "HEURISTIC"}


class GraphSession:
    """Runs an HRS graph on images, one or several at a time.

    ``providers``: "auto" takes CUDA if it works and the CPU otherwise; "cuda" insists or raises ModelError.
    ``threads``: intra-op threads on the CPU; 0 leaves it to ONNX Runtime (one per physical core).
    """

    def __init__(self, model: Path, *, providers: Providers = "auto", threads: int = 0) -> None:
        if providers not in ("auto", "cpu", "cuda"):
            raise ValueError(f"providers must be 'auto', 'cpu' or 'cuda', got {providers!r}")
        if threads < 0:
            raise ValueError(f"threads must be 0 (automatic) or positive, got {threads}")
        if not model.is_file():
            raise ModelError(
                f"no model file at {model}: expected an ONNX file written by `hrs export`; check the path"
            )
        if model.suffix == ".safetensors":
            raise ModelError(
                f"{model} holds weights, expected a graph: "
                f"`hrs export --checkpoint {model} --out model.onnx` makes one (needs the `train` extra)"
            )
        runtime = import_onnxruntime()
        wanted = _wanted_providers(runtime, providers)
        with _as_model_error(model):
            self._session = runtime.InferenceSession(str(model), session_options(threads), providers=wanted)
        given = self._session.get_providers()
        if providers == "cuda" and CUDA not in given:
            raise ModelError(
                f"expected {CUDA}, ONNX Runtime {runtime.__version__} gave {given}; install the `gpu` extra "
                "(not beside `cpu`), check the driver with nvidia-smi, or ask for 'auto'"
            )
        self.provider: str = given[0]
        """The provider that ONNX Runtime really gave, by its own name."""
        self.metadata: GraphMetadata = read_metadata(
            self._session.get_modelmeta().custom_metadata_map, path=model
        )
        _check_tensors(self._session, model)
        self.input_height, self.input_width = self._input_size()

    def run(self, image: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        """Outputs by name for one letterboxed (H, W, 3) uint8 RGB image, without the batch axis."""
        return {name: value[0] for name, value in self.run_batch(image[None]).items()}

    def run_batch(self, images: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        """Outputs by name, with the batch axis, for (B, H, W, 3); B must be 1 unless ``batches``."""
        outputs = self._session.run(list(OUTPUT_NAMES), {INPUT_NAME: images})
        return dict(zip(OUTPUT_NAMES, outputs, strict=True))

    @property
    def batches(self) -> bool:
        """Whether the graph takes several images at once; one exported for a fixed size does not."""
        return not isinstance(self._session.get_inputs()[0].shape[0], int)

    def _input_size(self) -> tuple[int, int]:
        """A static graph dictates its size; a dynamic one runs at the size its configuration names."""
        _, height, width, _ = self._session.get_inputs()[0].shape
        config = self.metadata.config
        return (
            height if isinstance(height, int) else config.input_height,
            width if isinstance(width, int) else config.input_width,
        )


def import_onnxruntime() -> Any:
    """The ``onnxruntime`` module, imported late: it comes with one of two extras that exclude each other."""
    try:
        import onnxruntime
    except ImportError as error:
        raise ImportError(
            f"ONNX Runtime cannot be imported ({error}); install exactly one of the extras: "
            "`pip install hrs_ros[cpu]` or `pip install hrs_ros[gpu]`"
        ) from error
    return onnxruntime


def session_options(threads: int) -> Any:
    """``onnxruntime.SessionOptions`` for every session of this package."""
    options = import_onnxruntime().SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads halve the frame rate as soon as another process wants the cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors only: what falls back to the CPU is reported by `provider`
    return options


def _wanted_providers(runtime: Any, providers: Providers) -> list[Any]:
    if providers == "cpu" or (providers == "auto" and CUDA not in runtime.get_available_providers()):
        return [CPU]
    if hasattr(runtime, "preload_dlls"):
        # CUDA and cuDNN from pip wheels lie outside the loader's path; this finds them.
        runtime.preload_dlls()
    return [(CUDA, CUDA_OPTIONS), CPU] if CUDA in runtime.get_available_providers() else [CPU]


@contextlib.contextmanager
def _as_model_error(model: Path) -> Iterator[None]:
    """ONNX Runtime raises bare RuntimeErrors of its own making for unreadable and unsupported files."""
    try:
        yield
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if "NOT_IMPLEMENTED" in reason:
            raise ModelError(
                f"{model}: expected an ONNX Runtime that has every operator of the graph, "
                f"{import_onnxruntime().__version__} says: {reason}; upgrade onnxruntime"
            ) from error
        raise ModelError(
            f"{model}: expected a readable ONNX model, ONNX Runtime says: {reason}; "
            "the file is damaged or not ONNX: copy or export it again"
        ) from error


def _check_tensors(session: Any, model: Path) -> None:
    inputs = [(tensor.name, tensor.type, len(tensor.shape)) for tensor in session.get_inputs()]
    outputs = [tensor.name for tensor in session.get_outputs()]
    if inputs != [(INPUT_NAME, "tensor(uint8)", 4)] or outputs != list(OUTPUT_NAMES):
        raise ModelError(
            f"{model}: expected one input {INPUT_NAME!r} (B, H, W, 3) uint8 and outputs "
            f"{list(OUTPUT_NAMES)}, got inputs {inputs} and outputs {outputs}; "
            "export it again with `hrs export`"
        )
