"""Sub-commands of ``hrs``. Each module has ``add_arguments(parser)`` and ``run(options) -> exit status``."""
