"""Start here: `python run.py` serves; `python run.py --help` lists the other commands.

The only file that knows eventlet. It patches the standard library before anything else is imported.
"""

import sys

OLDEST_PYTHON = (3, 11)


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

    from wall.cli.strict_http import StrictHandler
    from wall.cli.timeouts import ANSWER_SECONDS, LARGEST_HEAD_BYTES
    from wall.core.server.runtime import Runtime

    class Protocol(StrictHandler, wsgi.HttpProtocol):
        def get_environ(self):  # type: ignore[no-untyped-def]
            return self.as_sent(super().get_environ())

    # StrictHandler has the limits of its own, whose answers are the contract's.
    wsgi.MAX_HEADER_LINE = wsgi.MAX_TOTAL_HEADER_SIZE = 2 * LARGEST_HEAD_BYTES

    def serve(app, entrance) -> None:  # type: ignore[no-untyped-def]
        Protocol.entrance = entrance
        serving = eventlet.spawn(
            wsgi.server,
            entrance,
            app,
            protocol=Protocol,
            custom_pool=eventlet.GreenPool(2 * entrance.connections.most),
            socket_timeout=ANSWER_SECONDS,
            url_length_limit=LARGEST_HEAD_BYTES,
            log_output=False,  # paths hold receipts
            debug=False,  # else tracebacks reach the client
        )
        serving.link(lambda _: entrance.ended())

    return Runtime("eventlet", tpool.execute, serve)


if __name__ == "__main__":
    main()
