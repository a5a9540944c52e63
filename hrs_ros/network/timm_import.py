"""Import timm on machines whose torchvision cannot load its compiled operators.

timm imports torchvision, and torchvision registers fake kernels for ``torchvision::nms`` while it loads.
A torchvision build that does not fit the installed torch (the usual case beside CPU wheels of torch) has no
such operator, and the import dies with "operator torchvision::nms does not exist". Nothing here calls that
operator, so declaring its schema is enough. Where torchvision loads properly, nothing is declared.
"""

from __future__ import annotations

import importlib
import sys

import torch

_declared: list[torch.library.Library] = []  # a Library withdraws its operators when it is collected


def _declare_missing_operators() -> None:
    try:
        importlib.import_module("torchvision")
    except ImportError:
        return  # no torchvision at all: timm's own message says what to install
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
    else:
        return
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]  # the half-loaded modules, or the second import would find them
    library = torch.library.Library("torchvision", "DEF")
    for operator in ("nms", "qnms"):
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _declared.append(library)


_declare_missing_operators()

import timm  # noqa: E402

__all__ = ["timm"]
