"""OpenGL 3.3 renderer on a headless EGL context; a software driver (Mesa llvmpipe) is enough."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

import glcontext
import moderngl
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.camera import FAR, NEAR, Camera
from hrs_ros.synthetic.light import Light
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.scene_graph import MAX_MATERIALS, Geometry, Group, SceneGraph
from hrs_ros.synthetic.texture_pool import TexturePool
from hrs_ros.synthetic.textures import NOISE_GRADIENT, TextureArray

FIRST_CAPACITY = 1 << 20  # bytes of a buffer at first; it grows with the scenes
# What the surface shader is compiled for, and which groups of triangles each is for.
SURFACES: dict[str, tuple[Group, ...]] = {
    "BUMPS": ("cut bumpy", "bumpy"),
    "SMOOTH": ("cut smooth", "smooth"),
    "UNLIT": ("unlit",),
}
TEXTURE_COLUMN = 4  # of a row of ``SceneGraph.material_block``


class RenderError(RuntimeError):
    """No usable OpenGL context."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A rendered scene; all arrays share height and width. 0 = background in the id images."""

    rgb: NDArray[np.uint8]  # (H, W, 3)
    instance: NDArray[np.uint8]  # (H, W)
    part: NDArray[np.uint8]  # (H, W) PIC part ids
    semantic: NDArray[np.uint8]  # (H, W) PIC entity ids
    depth: NDArray[np.float32]  # (H, W) along the optical axis, dm


def _source(*names: str, define: str = "NOTHING") -> str:
    folder = resources.files("hrs_ros.synthetic").joinpath("shaders")
    texts = [folder.joinpath(f"{name}.glsl").read_text(encoding="utf-8") for name in names]
    return "\n".join(["#version 330", f"#define {define}", *texts])


class Renderer:
    """One context, one output size. Not thread-safe; use one per process."""

    def __init__(
        self,
        textures: TextureArray,
        *,
        width: int,
        height: int,
        supersample: int = 2,
        shadow_size: int = 1024,
        occlusion: float = 0.7,
    ) -> None:
        try:
            loader: Any = glcontext.get_backend_by_name("egl")(mode="standalone", glversion=330)
            self._context = context = moderngl.create_context(standalone=True, context=loader)
        except Exception as error:  # moderngl raises bare Exception
            raise RenderError(
                f"expected a headless OpenGL 3.3 context by EGL, got: {error}; "
                "install libegl1 libegl-mesa0 libgl1-mesa-dri (Mesa renders without a GPU)"
            ) from error
        self.width, self.height, self._supersample, self._occlusion = width, height, supersample, occlusion
        self._noise_layer = textures.layer[NOISE_GRADIENT]

        def surface(define: str) -> moderngl.Program:
            fragment = _source("materials", "surface.frag", define=define)
            return context.program(vertex_shader=_source("surface.vert"), fragment_shader=fragment)

        self._surfaces = [surface(define) for define in SURFACES]
        self._depth = context.program(
            vertex_shader=_source("depth.vert"), fragment_shader=_source("depth.frag")
        )
        self._depth_cut = context.program(
            vertex_shader=_source("depth.vert"), fragment_shader=_source("materials", "depth_cut.frag")
        )
        self._resolve = context.program(
            vertex_shader=_source("screen.vert"), fragment_shader=_source("resolve.frag")
        )

        large = (width * supersample, height * supersample)
        self._fine = [
            context.texture(large, 4),
            context.texture(large, 4),
            context.depth_texture(large),
        ]
        for texture in self._fine[1:]:
            texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._fine[2].compare_func = ""  # read as numbers, not compared
        self._fine_target = context.framebuffer(self._fine[:2], self._fine[2])
        self._fine_depth_target = context.framebuffer(depth_attachment=self._fine[2])
        small = (width, height)
        self._target = context.framebuffer(
            [context.texture(small, 4), context.texture(small, 4), context.texture(small, 1, dtype="f4")]
        )
        self._shadow_map = context.depth_texture((shadow_size, shadow_size))
        self._shadow_map.compare_func = "<="
        self._shadow_map.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._shadow_target = context.framebuffer(depth_attachment=self._shadow_map)

        self._materials = context.buffer(reserve=MAX_MATERIALS * 48)
        self._materials.bind_to_uniform_block(0)
        for program in (*self._surfaces, self._depth_cut):
            _member(program, "Materials").binding = 0
            program["textures"] = 0
        self._vertices, self._indices = (context.buffer(reserve=FIRST_CAPACITY) for _ in range(2))

        def draw(program: moderngl.Program, *layout: str) -> moderngl.VertexArray:
            return context.vertex_array(program, [(self._vertices, *layout)], self._indices)

        self._draw_surfaces = [
            draw(program, "3f 3f 2f 4u1", "p", "n", "uv", "id") for program in self._surfaces
        ]
        self._draw_depth = draw(self._depth, "3f 24x", "p")
        self._draw_depth_cut = draw(self._depth_cut, "3f 12x 2f 4u1", "p", "uv", "id")
        self._draw_resolve = context.vertex_array(self._resolve, [])
        # Of a hole's edge nothing is seen between two levels of a texture; reading both costs twice as much.
        self._coarse = context.sampler(filter=(moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR))
        # Room for every material of a scene and the noise.
        self._textures = TexturePool(context, loader, textures, MAX_MATERIALS + 1)

    @property
    def driver(self) -> str:
        """Name of the OpenGL renderer."""
        return self._context.info["GL_RENDERER"]

    def close(self) -> None:
        """Free the context."""
        self._context.release()

    def render(self, graph: SceneGraph, camera: Camera, light: Light) -> Picture:
        """Draw a scene as the camera's lens shows it."""
        self.load(graph, light)
        return self.draw(camera)

    def load(self, graph: SceneGraph, light: Light) -> None:
        """Take a scene in, with the shadows in it: what does not depend on who looks at it."""
        self._light = light
        self._geometry = geometry = graph.geometry()
        _fill(self._vertices, geometry.vertices)
        _fill(self._indices, geometry.indices)
        materials = graph.material_block()
        rows = materials[: len(graph.materials), TEXTURE_COLUMN]
        rows[:], noise = np.split(self._textures.use([*rows, self._noise_layer]), [-1])
        self._noise = int(noise[0])
        self._materials.write(materials)
        self._context.enable(moderngl.DEPTH_TEST)
        self._context.depth_func = "<"
        self._shadow_target.use()
        self._shadow_target.clear(depth=1.0)
        self._fill_depth(light.shadow_matrix, geometry)

    def draw(self, camera: Camera) -> Picture:
        """The scene that was loaded last as the camera's lens shows it; as often as there are cameras."""
        matrix = camera.projection @ camera.view
        geometry, context = self._geometry, self._context
        # What drawing a picture before left in the texture units are its own results.
        self._textures.bind()
        self._shadow_map.use(1)
        context.enable(moderngl.DEPTH_TEST)
        context.depth_func = "<"
        # Depth first, without colours to write: then every sample is shaded once.
        self._fine_target.use()
        self._fine_target.clear(0, 0, 0, 0, depth=1.0)
        self._fine_depth_target.use()
        self._fill_depth(matrix, geometry)
        self._fine_target.use()
        # Equality, not "<=": texels cut by alpha in the depth pass must not be shaded now.
        context.depth_func = "=="
        for program, draw, groups in zip(self._surfaces, self._draw_surfaces, SURFACES.values(), strict=True):
            self._set_surface(program, matrix, camera)
            for places in _joined(geometry, groups):
                draw.render(moderngl.TRIANGLES, len(places), first=places.start)

        context.disable(moderngl.DEPTH_TEST)
        self._target.use()
        for unit, texture in enumerate(self._fine):
            texture.use(unit)
        resolve = self._resolve
        resolve["colours"], resolve["labels"], resolve["depths"] = 0, 1, 2
        resolve["planes"] = (NEAR, FAR)
        resolve["samples"] = self._supersample
        resolve["occlusion"], resolve["focal"] = self._occlusion, camera.focal
        resolve["distortion"], resolve["stretch"] = camera.distortion, camera.stretch
        self._draw_resolve.render(moderngl.TRIANGLES, 3)

        rgb, ids = (self._read(attachment, 3, np.dtype(np.uint8)) for attachment in (0, 1))
        depth = self._read(2, 1, np.dtype(np.float32))[..., 0]
        instance, part, semantic = (np.ascontiguousarray(ids[..., channel]) for channel in range(3))
        return Picture(np.ascontiguousarray(rgb), instance, part, semantic, np.ascontiguousarray(depth))

    def _fill_depth(self, matrix: Array, geometry: Geometry) -> None:
        """Depth of opaque triangles, then of those with holes, which are tested by texel."""
        cut: tuple[Group, ...] = ("cut bumpy", "cut smooth")
        opaque: tuple[Group, ...] = ("smooth", "bumpy", "unlit")
        self._coarse.use(0)
        for program, draw, groups in (
            (self._depth, self._draw_depth, opaque),
            (self._depth_cut, self._draw_depth_cut, cut),
        ):
            _member(program, "view_projection").write(_column_major(matrix))
            for places in _joined(geometry, groups):
                draw.render(moderngl.TRIANGLES, len(places), first=places.start)
        self._coarse.clear(0)

    def _set_surface(self, program: moderngl.Program, matrix: Array, camera: Camera) -> None:
        light = self._light
        _member(program, "view_projection").write(_column_major(matrix))
        names = ("key_direction", "key_colour", "fill_direction", "fill_colour", "sky", "ground", "side")
        values: dict[str, Any] = {name: tuple(getattr(light, name)) for name in names}
        values |= {"shadow_softness": light.shadow_softness, "exposure": light.exposure}
        values |= {"eye": tuple(camera.eye), "shadow_map": 1, "noise_layer": self._noise}
        values["shadow_matrix"] = tuple(light.shadow_matrix.T.ravel())
        for name, value in values.items():
            # Compilers take out what a kind of surface has no use for.
            if name in program:
                program[name] = value

    def _read(self, attachment: int, components: int, dtype: np.dtype) -> NDArray:
        """An attachment as (H, W, components), top row first."""
        code = "f4" if dtype == np.float32 else "f1"
        data = self._target.read(components=components, attachment=attachment, dtype=code, alignment=1)
        return np.frombuffer(data, dtype).reshape(self.height, self.width, components)[::-1]


def _joined(geometry: Geometry, groups: tuple[Group, ...]) -> list[range]:
    """Where triangles of the groups are; neighbours together, so that there are fewer calls."""
    joined: list[range] = []
    for places in (geometry.groups[group] for group in groups):
        if joined and joined[-1].stop == places.start:
            places = range(joined.pop().start, places.stop)
        joined.append(places)
    return [places for places in joined if places]


def _fill(buffer: moderngl.Buffer, data: NDArray) -> None:
    """Write the data, into a larger buffer where it does not fit."""
    if data.nbytes > buffer.size:
        buffer.orphan(data.nbytes * 5 // 4)
    buffer.write(data)


def _member(program: moderngl.Program, name: str) -> Any:
    """A uniform or uniform block; moderngl's type for it is a union that also holds attributes."""
    return program[name]


def _column_major(matrix: Array) -> bytes:
    return matrix.T.astype("f4").tobytes()
