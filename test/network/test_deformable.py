from __future__ import annotations

import itertools

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn
from torch.nn import functional

from hrs_ros.network.deformable import DEFORM_CONV_OPSET, DeformableBlock, deformable_convolution

pytestmark = pytest.mark.torch

# Channels, offset groups, groups, kernel, stride, padding, dilation, mask and bias.
CASES = [
    pytest.param(4, 1, 1, 3, 1, 1, 1, True, True, id="as in DLA"),
    pytest.param(4, 1, 1, 3, 1, 0, 1, False, False, id="no padding, mask or bias"),
    pytest.param(4, 1, 1, 3, 2, 1, 1, True, True, id="stride 2"),
    pytest.param(4, 1, 1, 3, 1, 2, 2, True, False, id="dilation 2"),
    pytest.param(4, 2, 1, 3, 1, 1, 1, True, True, id="two offset groups"),
    pytest.param(4, 1, 2, 3, 1, 1, 1, True, True, id="two groups"),
    pytest.param(4, 4, 2, 3, 2, 3, 2, True, True, id="everything"),
    pytest.param(4, 1, 1, 1, 1, 0, 1, True, True, id="one point"),
    pytest.param(4, 2, 4, 5, 3, 2, 1, False, True, id="5 x 5, depthwise"),
]


class Layer(nn.Module):
    """A deformable convolution of one case, as a module that can be exported."""

    def __init__(
        self,
        channels: int,
        offset_groups: int,
        groups: int,
        kernel: int,
        stride: int,
        padding: int,
        dilation: int,
        masked: bool,
        biased: bool,
    ) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.offset_groups = offset_groups
        self.options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        self.weight = nn.Parameter(torch.randn(8, channels // groups, kernel, kernel))
        self.bias = nn.Parameter(torch.randn(8)) if biased else None
        h, w = ((side + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1 for side in (7, 10))
        points = offset_groups * kernel**2
        # Far enough to leave the image on every side.
        self.example: tuple[Tensor, ...] = (
            torch.randn(2, channels, 7, 10),
            4 * torch.randn(2, 2 * points, h, w),
        )
        if masked:
            self.example += (torch.rand(2, points, h, w),)

    def forward(self, x: Tensor, offset: Tensor, mask: Tensor | None = None) -> Tensor:
        return deformable_convolution(x, offset, mask, self.weight, self.bias, **self.options)


def run(model: onnx.ModelProto, example: tuple[Tensor, ...]) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    feed = {node.name: value.numpy() for node, value in zip(session.get_inputs(), example, strict=True)}
    return session.run(None, feed)[0]


def specified(layer: Layer, *, opset: int) -> onnx.ModelProto:
    """The case as a graph of one DeformConv, written by hand."""
    stride, padding, dilation = (layer.options[name] for name in ("stride", "padding", "dilation"))
    names = ["x", "offset", "mask"][: len(layer.example)]
    bias = [] if layer.bias is None else [numpy_helper.from_array(layer.bias.detach().numpy(), "bias")]
    node = helper.make_node(
        "DeformConv",
        ["x", "weight", "offset", "bias" if bias else "", "mask" if "mask" in names else ""],
        ["y"],
        strides=[stride] * 2,
        pads=[padding] * 4,
        dilations=[dilation] * 2,
        group=layer.options["groups"],
        offset_group=layer.offset_groups,
    )
    graph = helper.make_graph(
        [node],
        "deformable",
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)
            for name, value in zip(names, layer.example, strict=True)
        ],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * 4)],
        [numpy_helper.from_array(layer.weight.detach().numpy(), "weight"), *bias],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)


@pytest.mark.parametrize("opset", [DEFORM_CONV_OPSET, 22])
@pytest.mark.parametrize("case", [pytest.param(case.values, id=case.id) for case in CASES])
def test_agrees_with_the_operator_of_onnx_runtime(case: tuple, opset: int) -> None:
    layer = Layer(*case)
    found = layer(*layer.example).detach().numpy()
    np.testing.assert_allclose(found, run(specified(layer, opset=opset), layer.example), atol=2e-5)


def test_agrees_with_the_reference_of_the_onnx_specification() -> None:
    layer = Layer(*next(case.values for case in CASES if case.id == "everything"))
    found = layer(*layer.example).detach().numpy()
    feed = {name: value.numpy() for name, value in zip(("x", "offset", "mask"), layer.example, strict=False)}
    (expected,) = ReferenceEvaluator(specified(layer, opset=22)).run(None, feed)
    np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize("half", [False, True])
def test_it_exports_as_one_operator(half: bool) -> None:
    layer = Layer(*CASES[0].values).eval()
    expected = layer(*layer.example).detach().numpy()
    if half:
        layer.half()
        layer.example = tuple(value.half() for value in layer.example)
    with torch.no_grad():
        program = torch.onnx.export(layer, layer.example, dynamo=True, opset_version=20, verbose=False)
    assert program is not None
    assert [node.op_type for node in program.model_proto.graph.node] == ["DeformConv"]
    found = run(program.model_proto, layer.example)
    assert found.dtype == (np.float16 if half else np.float32)
    np.testing.assert_allclose(found, expected, atol=0.05 if half else 2e-5)


@pytest.mark.parametrize("case", [pytest.param(case.values, id=case.id) for case in CASES])
def test_agrees_with_torchvision(case: tuple) -> None:
    layer = Layer(*case)
    x, offset, *mask = layer.example
    try:
        from torchvision.ops import deform_conv2d

        expected = deform_conv2d(
            x,
            offset,
            layer.weight,
            layer.bias,
            stride=layer.options["stride"],
            padding=layer.options["padding"],
            dilation=layer.options["dilation"],
            mask=mask[0] if mask else None,
        )
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"no torchvision with operators for this torch: {str(error).splitlines()[0]}")
    torch.testing.assert_close(layer(x, offset, *mask), expected, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(
    "stride, padding, dilation, groups", itertools.product([1, 2], [0, 1], [1, 2], [1, 2])
)
def test_without_offsets_it_is_a_convolution(stride: int, padding: int, dilation: int, groups: int) -> None:
    layer = Layer(4, 2, groups, 3, stride, padding, dilation, True, True)
    x, offset, mask = layer.example
    found = layer(x, torch.zeros_like(offset), torch.ones_like(mask))
    expected = functional.conv2d(x, layer.weight, layer.bias, **layer.options)
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)


def test_an_offset_moves_rows_before_columns() -> None:
    x = torch.zeros(1, 1, 5, 6)
    x[0, 0, 3, 1] = 8
    offset = torch.zeros(1, 2, 5, 6)
    offset[0, :, 2, 4] = torch.tensor([1.5, -3.0])  # from (2, 4) to halfway between (3, 1) and (4, 1)
    y = deformable_convolution(x, offset, None, torch.ones(1, 1, 1, 1))
    expected = x.clone()
    expected[0, 0, 2, 4] = 4
    torch.testing.assert_close(y, expected)


def test_gradients_reach_everything() -> None:
    torch.manual_seed(0)
    x = torch.randn(1, 2, 4, 5, dtype=torch.float64, requires_grad=True)
    # Away from whole pixels, where the bilinear weights have a kink.
    offset = (torch.randint(-2, 3, (1, 18, 4, 5)) + 0.2 + 0.6 * torch.rand(1, 18, 4, 5)).double()
    mask = torch.rand(1, 9, 4, 5, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(2, 2, 3, 3, dtype=torch.float64, requires_grad=True)
    bias = torch.randn(2, dtype=torch.float64, requires_grad=True)

    def layer(*tensors: Tensor) -> Tensor:
        return deformable_convolution(*tensors, padding=1)

    assert torch.autograd.gradcheck(layer, (x, offset.requires_grad_(), mask, weight, bias), fast_mode=True)


@pytest.mark.parametrize(
    ("offset", "mask", "message"),
    [
        ((1, 17, 4, 5), (1, 9, 4, 5), r"expected offsets .*9 points.*got \(1, 17, 4, 5\)"),
        ((1, 18, 4, 4), (1, 9, 4, 5), r"expected offsets .*\(1, 4, 5\)"),
        ((1, 54, 4, 5), (1, 27, 4, 5), r"divisor of the 4 channels"),
        ((1, 18, 4, 5), (1, 18, 4, 5), r"expected a mask \(1, 9, 4, 5\), got \(1, 18, 4, 5\)"),
    ],
)
def test_wrong_sizes_are_refused(offset: tuple, mask: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        deformable_convolution(
            torch.zeros(1, 4, 4, 5),
            torch.zeros(offset),
            torch.zeros(mask),
            torch.zeros(4, 4, 3, 3),
            padding=1,
        )


def test_a_fresh_block_is_a_plain_convolution_of_half_the_weight() -> None:
    torch.manual_seed(0)
    block, x = DeformableBlock(4, 6).eval(), torch.randn(2, 4, 7, 9)
    plain = functional.conv2d(x, block.weight / 2, padding=1)
    torch.testing.assert_close(block(x), torch.relu(block.norm(plain)), atol=1e-5, rtol=1e-4)


def test_a_block_learns_where_to_look() -> None:
    """To move an image by one pixel, offsets have to change: the weight of the kernel is held."""
    torch.manual_seed(0)
    block = DeformableBlock(1, 1).eval()
    with torch.no_grad():
        block.weight.zero_()[0, 0, 1, 1] = 2  # the middle, times the mask's 1/2
    x = functional.interpolate(torch.rand(1, 1, 5, 5), scale_factor=4.0, mode="bilinear")
    target = functional.pad(x, (0, 1))[..., 1:]
    optimizer = torch.optim.Adam(block.sight.parameters(), lr=0.02)
    losses = []
    for _ in range(60):
        loss = (block(x) - target)[..., :-1].square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.2 * losses[0]
