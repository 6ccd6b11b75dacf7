"""What the ledger is compared with: the same stack in its usual way, an ORM object and a commit for each request.

It does less than the product: no validation, no version, no audit, no announcement.
"""

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import wsgi  # noqa: E402
from flask import Flask, jsonify, request  # noqa: E402
from sqlalchemy import create_engine, event  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column  # noqa: E402

from wall.cli.listening import open_listener  # noqa: E402


class Base(DeclarativeBase):
    pass


class Pledge(Base):
    __tablename__ = "pledges"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]


engine = create_engine(os.environ["DATABASE_URL"])


@event.listens_for(engine, "connect")
def _set_up(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


app = Flask(__name__)


@app.get("/health")
def health() -> Any:
    return jsonify({})


@app.post("/e/<code>/pledges")
def send(code: str) -> Any:
    sent = request.get_json()
    with Session(engine) as session:
        pledge = Pledge(key=sent["key"], text=sent["text"])
        session.add(pledge)
        session.commit()
        return jsonify({"pledge": {"id": pledge.id}}), 201


if __name__ == "__main__":
    Base.metadata.create_all(engine)
    listener = open_listener("127.0.0.1", int(os.environ["PORT"]))
    print(f"  http://127.0.0.1:{os.environ['PORT']}/e/XXXX", flush=True)
    wsgi.server(listener, app, log_output=False, debug=False)
