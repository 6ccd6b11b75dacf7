"""Start here: `python run.py` serves; `python run.py --help` lists the other commands.

The only file that knows eventlet. It patches the standard library before anything else is imported.
"""

import sys

OLDEST_PYTHON = (3, 11)
MOST_CONNECTIONS = 20_000
IDLE_SECONDS = 30
"""A connection that sends nothing, or half a request, for so long is closed."""


def main() -> None:
    """Choose the async mode, then hand over to the command line."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Scribe Wall needs Python 3.11 or newer; type “make run” and it looks for one.")
    from config import SettingRefused, read_async_mode

    try:
        mode = read_async_mode()
        if mode == "eventlet":
            _patch()
        from wall import cli
    except SettingRefused as refused:
        sys.exit(str(refused))
    except ModuleNotFoundError as missing:
        sys.exit(f"There is no {missing.name} here yet: type “make run”, which sets everything up.")
    cli.main(_eventlet_runtime() if mode == "eventlet" else cli.threading_runtime())


def _patch() -> None:
    """Make the standard library green. eventlet says that it is only maintained now; we know."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet
    eventlet.monkey_patch()


def _eventlet_runtime():  # type: ignore[no-untyped-def]
    import eventlet
    from eventlet import tpool, wsgi

    from wall.core.runtime import Runtime

    def serve(app, listener) -> None:  # type: ignore[no-untyped-def]
        eventlet.spawn(
            wsgi.server,
            listener,
            app,
            custom_pool=eventlet.GreenPool(MOST_CONNECTIONS),
            socket_timeout=IDLE_SECONDS,
            log_output=False,  # paths hold receipts
            debug=False,  # else tracebacks reach the client
        )

    return Runtime("eventlet", tpool.execute, serve)


if __name__ == "__main__":
    main()
