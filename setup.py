"""The package hrs_ros: for pip on any machine, and for colcon (ament_python) on a robot."""

from pathlib import Path

from setuptools import find_packages, setup

NAME = "hrs_ros"
ROOT = Path(__file__).parent

RENDER = ["moderngl==5.*", "glcontext==3.*"]
PLOT = ["matplotlib>=3.9"]
TRAIN = [
    "torch==2.13.*",
    "timm>=1.0.20,<2",
    "safetensors>=0.5",
    "onnx>=1.19",
    "onnxscript>=0.7",
    *PLOT,
]
BAGS = ["rosbags>=0.11", "rosbags-image>=0.10"]
TEST = ["pytest>=8.4,<9", "hypothesis>=6.100"]  # pytest 9 does not go with Jazzy's launch_testing plugin


def version() -> str:
    """The one number, kept in hrs_ros/__init__.py."""
    for line in (ROOT / NAME / "__init__.py").read_text(encoding="utf-8").splitlines():
        if line.startswith("__version__"):
            return line.split('"')[1]
    raise RuntimeError("no __version__ in hrs_ros/__init__.py")


setup(
    name=NAME,
    version=version(),
    description="Human-centric relation segmentation for ROS 2: SMS, HRSRelation messages, referring queries",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=find_packages(include=[NAME, f"{NAME}.*"]),
    package_data={
        NAME: [
            "py.typed",
            "**/*.yaml",
            "synthetic/**/*.glsl",
            "evaluation/report/page.css",
            "evaluation/gallery/page.css",
            "evaluation/gallery/page.js",
            "models/**/*",
            "clips/**/*",
        ]
    },
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/hrs_ros"]),
        (f"share/{NAME}", ["package.xml"]),
        (
            f"share/{NAME}/launch",
            [
                "launch/demo.launch.py",
                "launch/depth_camera.launch.py",
                "launch/hrs.launch.py",
                "launch/two_cameras.launch.py",
            ],
        ),
        (
            f"share/{NAME}/config",
            ["config/fastdds.xml", "config/hrs.rviz", "config/hrs.yaml", "config/sros2_policy.xml"],
        ),
    ],
    zip_safe=False,
    install_requires=[
        "numpy>=1.26",
        # Headless: the usual build needs libGL, which a bare machine lacks, and nothing here opens a window.
        "opencv-python-headless>=4.10",
        "pycocotools>=2.0.8",
        "pyyaml>=6",
        "scipy>=1.13",
        "tqdm>=4.66",
    ],
    extras_require={
        # ONNX Runtime: exactly one of cpu and gpu. The two packages overwrite each other's files.
        "cpu": ["onnxruntime>=1.20"],
        "gpu": ["onnxruntime-gpu[cuda,cudnn]>=1.20"],
        # Bags, and image conversion where cv_bridge is absent or unfit.
        "ros": BAGS,
        "synth": RENDER,
        "plot": PLOT,
        "train": TRAIN,
        "test": TEST,
        "dev": [*TEST, *BAGS, "mypy>=1.15", "ruff>=0.12", "types-PyYAML", "types-tqdm"],
    },
    entry_points={
        "console_scripts": [
            "hrs = hrs_ros.cli:main",
            "hrs_perception = hrs_ros.nodes.perception:main",
            "hrs_player = hrs_ros.nodes.player:main",
        ]
    },
)
