"""A phone on a walk as the server meets it: joins by the code, sends scores and photos as `static/js/changes.js` and
`photo-queue.js` do, and keeps a ledger of what it sent and of what the server has said.

Connections break before and after the server has understood; then the same is sent again. Some is sent again although it
was answered, and some before what was typed earlier.
"""

import http.client
import json
import random
import re
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
TIMEOUT = 120
# After trouble, in seconds.
PAUSE = 5
# Shares of all requests: broken off within the request, and after it, so that the answer is never read.
BROKEN, UNHEARD = 0.06, 0.06
# Shares of deliveries: sent again after the answer, and with the newest first.
AGAIN, NEWEST_FIRST = 0.1, 0.2
# Share of the statements that are scored a second time.
CHANGED = 0.2
# How often the phone has a connection while people walk, and for what share of the time.
WINDOWS, CONNECTED = 4, 0.4


class BrokenError(Exception):
    """The connection broke; whether anything has arrived nobody knows."""


@dataclass
class Watch:
    """What all phones together have measured: seconds by kind of request, statuses, and what should not have happened."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    broken: int = 0

    def took(self, kind: str, seconds: float) -> None:
        # Both steps hold one lock of the interpreter: no figure of another thread gets lost.
        self.seconds.setdefault(kind, []).append(seconds)


@dataclass(frozen=True)
class Place:
    """Where the phones send: the server, and the join codes of a walk and of the photos beside it.

    `scheme` and `address` are what a proxy reports of the request; `items` are the statements.
    """

    host: str
    port: int
    walk: str
    activity: str
    items: Sequence[uuid.UUID]
    scheme: str = "https"
    address: str = "192.0.2.1"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def results(self) -> list[dict]:
        plain = self.headers.get_content_type() == "application/json"
        return json.loads(self.text).get("results", []) if plain else []


@dataclass(frozen=True)
class Score:
    """One change, with when it was tapped, in seconds from the beginning."""

    uuid: str
    item: uuid.UUID
    sequence: int
    value: int
    due: float

    def as_json(self) -> dict:
        said = {
            "item": str(self.item),
            "place": None,
            "value": self.value,
            "missing": "",
            "comment": "",
            "suggestion": "",
        }
        return {"kind": "answer", "uuid": self.uuid, "sequence": self.sequence, **said}


@dataclass(frozen=True)
class Shot:
    """One photo; `read` gives its file."""

    uuid: str
    number: int
    sequence: int
    due: float
    read: Callable[[], bytes]


@dataclass
class Phone:
    number: int
    place: Place
    watch: Watch
    shots: Sequence[Shot]
    scores: Sequence[Score]
    windows: Sequence[tuple[float, float]]
    draw: random.Random
    owner: str = ""
    sheet: str = ""
    # UUIDs of changes and photos that the server has said to have.
    acknowledged: set[str] = field(default_factory=set)

    def __post_init__(self):
        self.cookies: dict[str, str] = {}
        self.device = str(uuid.UUID(int=self.draw.getrandbits(128), version=4))
        self.begun = 0.0

    # The connection -------------------------------------------------------------------------------------------

    def ask(self, kind: str, method: str, path: str, body: bytes = b"", content: str = FORM, *, safe=False) -> Answer:
        """One request on a connection of its own. Raises BrokenError where it breaks, by chance or not."""
        dice = 1.0 if safe else self.draw.random()
        place = self.place
        connection = http.client.HTTPConnection(place.host, place.port, timeout=TIMEOUT)
        began = time.perf_counter()
        try:
            connection.putrequest(method, path)
            for name, value in self._headers(body, content):
                connection.putheader(name, value)
            if body and dice < BROKEN:
                connection.endheaders(body[: int(len(body) * self.draw.random())])
                raise BrokenError
            connection.endheaders(body or None)
            if dice < BROKEN + UNHEARD:
                raise BrokenError
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode(errors="replace"))
        except (OSError, http.client.HTTPException) as error:
            # Nobody broke this one off.
            self.watch.faults.append(f"{kind}: {type(error).__name__}: {error}")
            raise BrokenError from None
        finally:
            connection.close()
            self.watch.broken += dice < BROKEN + UNHEARD
        self.watch.took(kind, time.perf_counter() - began)
        self.watch.statuses[f"{kind} {answer.status}"] += 1
        if answer.status >= 500:
            self.watch.faults.append(f"{kind}: status {answer.status}")
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        return answer

    def _headers(self, body: bytes, content: str) -> Iterator[tuple[str, str]]:
        place = self.place
        yield "X-Forwarded-For", place.address
        yield "X-Forwarded-Proto", place.scheme
        yield "Origin", f"{place.scheme}://{place.host}:{place.port}"
        if self.cookies:
            yield "Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body:
            yield "X-CSRFToken", next(value for name, value in self.cookies.items() if "csrf" in name)
            yield "Content-Type", content
            yield "Content-Length", str(len(body))

    # Joining --------------------------------------------------------------------------------------------------

    def join(self) -> None:
        home = f"/join/{self.place.walk}/"
        page = self._surely("page", "GET", home)
        consents = dict.fromkeys(["taking_part", "photo_use", "publication"], "on")
        form = {**consents, "age": "adult", "joining": _found(page, r'name="joining" value="([^"]+)"')}
        answer = self._surely("join", "POST", home, urlencode(form).encode())
        self._surely("page", "GET", answer.headers["Location"])
        page = self._surely("page", "GET", f"{home}sheet/")
        self.sheet, self.owner = _found(page, r'data-sheet="([^"]+)"'), _found(page, r'data-owner="([^"]+)"')
        self._surely("page", "GET", f"/join/{self.place.activity}/photos/")

    def _surely(self, *request) -> Answer:
        """Again until there is an answer, as people press a button again."""
        while True:
            try:
                return self.ask(*request)
            except BrokenError:
                continue

    # The walk -------------------------------------------------------------------------------------------------

    def walk(self, begun: float) -> None:
        """Sends what was typed and photographed in the meantime whenever there is a connection, then the rest."""
        self.begun = begun
        with ThreadPoolExecutor(2) as both:
            for work in [both.submit(self._send_scores), both.submit(self._send_shots)]:
                work.result()

    def _send_scores(self) -> None:
        waiting = deque(sorted(self.scores, key=lambda score: score.due))
        while waiting:
            self._wait_for(waiting[0].due)
            now = time.monotonic() - self.begun
            due = [score for score in waiting if score.due <= now]
            batch = due[-3:] if self.draw.random() < NEWEST_FIRST else due[:100]
            if self._deliver(batch) and self.draw.random() < AGAIN:
                self._deliver(batch)
            waiting = deque(score for score in waiting if score.uuid not in self.acknowledged)

    def _deliver(self, batch: Sequence[Score]) -> bool:
        body = {
            "sheet": self.sheet,
            "device": self.device,
            "changes": [score.as_json() for score in batch],
            "send": False,
        }
        path = f"/join/{self.place.walk}/sheet/changes/"
        try:
            answer = self.ask("scores", "POST", path, json.dumps(body).encode(), "application/json")
        except BrokenError:
            return False
        return self._note(answer, {"saved", "repeat", "superseded"})

    def _send_shots(self) -> None:
        for shot in sorted(self.shots, key=lambda shot: shot.due):
            self._wait_for(shot.due)
            began = time.perf_counter()
            while not self._post(shot):
                self._wait_for(0)
            self.watch.took("photo until taken", time.perf_counter() - began)
            if self.draw.random() < AGAIN:
                self._post(shot)

    def _post(self, shot: Shot) -> bool:
        words = {"uuid": shot.uuid, "sequence": shot.sequence, "device": self.device, "owner": self.owner}
        words |= {"title": f"Photo {shot.number} of {self.number}", "language": "en", "declared": "on", "use": "all"}
        body, content = _multipart({**words, "anonymous": "on"}, shot.read())
        try:
            answer = self.ask("photo", "POST", f"/join/{self.place.activity}/photos/send/", body, content)
        except BrokenError:
            return False
        if answer.status == 429:
            time.sleep(int(answer.headers["Retry-After"]) * self.draw.uniform(0.8, 1.2))
            return False
        return self._note(answer, {"saved", "repeat"})

    def _wait_for(self, due: float) -> None:
        """Until it is typed and there is a connection."""
        now = time.monotonic() - self.begun
        free = next((max(due, start) for start, end in self.windows if end > max(due, now)), max(due, 0))
        time.sleep(max(free - now, 0))

    def _note(self, answer: Answer, good: set[str]) -> bool:
        """Whether anything was taken; where the server is in trouble it is tried again."""
        if answer.status >= 500:
            time.sleep(PAUSE)
            return False
        if not answer.results:
            raise AssertionError(f"Phone {self.number}: {answer.status} {answer.text[:200]}")
        for result in answer.results:
            if result["outcome"] not in good:
                self.watch.faults.append(f"Phone {self.number}: {result}")
            self.acknowledged.add(result["uuid"])
        return True


def phone(number: int, place: Place, watch: Watch, photos: Sequence[Callable[[], bytes]], *, seconds: float) -> Phone:
    """A phone of this number, which is also the seed of all that it does. `seconds` is how long the walk takes; with 0
    everything was typed and photographed without a connection, and all of it is sent at once."""
    draw = random.Random(number)

    def identifier() -> str:
        return str(uuid.UUID(int=draw.getrandbits(128), version=4))

    scored = [*place.items, *(item for item in place.items if draw.random() < CHANGED)]
    scores = [
        Score(identifier(), item, sequence, draw.randint(1, 5), draw.uniform(0, seconds))
        for sequence, item in enumerate(scored, 1)
    ]
    shots = [Shot(identifier(), count, count, draw.uniform(0, seconds), read) for count, read in enumerate(photos, 1)]
    edges = sorted(draw.uniform(0, seconds) for _window in range(WINDOWS))
    windows = [(edge, edge + seconds * CONNECTED / WINDOWS) for edge in edges]
    windows.append((seconds, float("inf")))
    return Phone(number, place, watch, shots, scores, windows, draw)


def together(phones: Sequence[Phone]) -> None:
    """All phones join, and once each has joined, all walk. Raises what any of them raised."""
    ready = threading.Barrier(len(phones))

    def one(phone: Phone) -> None:
        try:
            phone.join()
            ready.wait()
        except BaseException:
            ready.abort()
            raise
        phone.walk(time.monotonic())

    with ThreadPoolExecutor(len(phones)) as pool:
        for work in [pool.submit(one, phone) for phone in phones]:
            work.result()


def _found(page: Answer, pattern: str) -> str:
    found = re.search(pattern, page.text)
    if not found:
        raise AssertionError(f"{page.status}: nothing like {pattern}")
    return found[1]


def _multipart(words: dict, file: bytes) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n' for name, value in words.items()]
    parts.append(f'{head}file"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n')
    body = "".join(parts).encode() + file + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
