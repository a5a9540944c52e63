"""``hrs``: one command per module of ``hrs_ros.commands``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from hrs_ros import __version__, commands


def command_names() -> list[str]:
    """Names of the sub-commands, which are the modules of ``hrs_ros.commands``."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def build_parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """Parser of all sub-commands. Only ``wanted`` is imported fully, so `hrs query` never pays for torch."""
    parser = argparse.ArgumentParser(prog="hrs", description=__import__("hrs_ros").__doc__)
    parser.add_argument("--version", action="version", version=f"hrs {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in command_names():
        if wanted is not None and wanted != name:
            subparsers.add_parser(name)
            continue
        module = importlib.import_module(f"hrs_ros.commands.{name}")
        summary = (module.__doc__ or "").strip()
        subparser = subparsers.add_parser(
            name,
            help=summary.splitlines()[0],
            description=summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 a command's own "no", 2 wrong arguments or input that cannot be used."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    wanted = arguments[0] if arguments and arguments[0] in command_names() else None
    options = build_parser(wanted).parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("hrs: stopped", file=sys.stderr)
        return 130
    except (OSError, ValueError, ImportError) as error:
        # Our own errors say what was expected, what came and what to do; a traceback would bury that.
        print(f"hrs {options.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
