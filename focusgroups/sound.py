"""What a sound file is: its content decides, never its name or what the browser says (SAFETY).

Known are the six containers that phones, recorders and browsers write. Each is read as far as needed to see that it
holds sound and no moving picture, that its end is there, and how long it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

ACCEPT = ".mp3,.m4a,.ogg,.oga,.opus,.wav,.webm,.flac"
"""For the `accept` attribute of the field; what counts is the content."""


class Fault(Enum):
    """Why a file is no sound file that can be kept."""

    OTHER = "other"
    VIDEO = "video"
    CUT_OFF = "cut off"


class NotSoundError(ValueError):
    def __init__(self, reason: Fault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Sound:
    """A sound file: the ending under which it is kept, its media type, its length where the file says it."""

    extension: str
    media_type: str
    seconds: int | None = None


def sound_of(file: BinaryIO, size: int) -> Sound:
    """What the file of `size` bytes is. Raises NotSoundError; leaves the file anywhere."""
    start = _at(file, 0, 16)
    try:
        if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
            return Sound("wav", "audio/wav", _wav(file, size))
        if start[:4] == b"fLaC":
            return Sound("flac", "audio/flac", _flac(file, size))
        if start[:4] == b"OggS":
            return Sound("ogg", "audio/ogg", _ogg(file, size))
        if start[4:8] == b"ftyp":
            return Sound("m4a", "audio/mp4", _mp4(file, size))
        if start[:4] == b"\x1a\x45\xdf\xa3":
            return Sound("webm", "audio/webm", _webm(file, size))
        return Sound("mp3", "audio/mpeg", _mp3(file, size))
    except (struct.error, IndexError):
        # Fewer bytes than a head announced.
        raise NotSoundError(Fault.CUT_OFF) from None


def _at(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    return file.read(length)


def _whole(seconds: float) -> int | None:
    return round(seconds) or None


def _inside(end: int, size: int) -> None:
    if end > size:
        raise NotSoundError(Fault.CUT_OFF)


def _wav(file: BinaryIO, size: int) -> int | None:
    """RIFF: chunks of a name, a length and content; recorders that were cut off leave the length of the data at 0."""
    position, rate = 12, 0
    while position + 8 <= size:
        name, length = struct.unpack("<4sI", _at(file, position, 8))
        if name == b"fmt ":
            (rate,) = struct.unpack("<I", _at(file, position + 16, 4))
        if name == b"data":
            if length in (0, 0xFFFFFFFF) or not rate:
                raise NotSoundError(Fault.CUT_OFF)
            _inside(position + 8 + length, size)
            return _whole(length / rate)
        position += 8 + length + length % 2
    raise NotSoundError(Fault.CUT_OFF)


def _flac(file: BinaryIO, size: int) -> int | None:
    position, last, seconds = 4, False, None
    while not last:
        head = _at(file, position, 4)
        last, length = bool(head[0] & 0x80), int.from_bytes(head[1:4], "big")
        if head[0] & 0x7F == 0:
            (packed,) = struct.unpack(">Q", _at(file, position + 14, 8))
            rate, samples = packed >> 44, packed & 0xFFFFFFFFF
            seconds = _whole(samples / rate) if rate else None
        position += 4 + length
        _inside(position + 4, size)
    if _at(file, position, 2) not in (b"\xff\xf8", b"\xff\xf9"):
        raise NotSoundError(Fault.OTHER)
    return seconds


def _ogg(file: BinaryIO, size: int) -> int | None:
    """The first pages name what is inside, the last one says how many samples there were."""
    position, rate = 0, 0
    while (page := _at(file, position, 27))[:4] == b"OggS" and page[5] & 0x02:
        segments = _at(file, position + 27, page[26])
        body = position + 27 + len(segments)
        content = _at(file, body, 16)
        if content[:8] == b"OpusHead":
            rate = 48_000
        elif content[:7] == b"\x01vorbis":
            (rate,) = struct.unpack("<I", content[12:16])
        elif content[:7] in (b"\x80theora", b"\x01video\x00"):
            raise NotSoundError(Fault.VIDEO)
        elif content[:5] == b"\x7fFLAC" or content[:5] == b"Speex":
            rate = -1
        position = body + sum(segments)
    if not rate:
        raise NotSoundError(Fault.OTHER)
    # No page is longer than 65,307 bytes.
    tail_at = max(0, size - 66_000)
    tail = _at(file, tail_at, size - tail_at)
    last = tail.rfind(b"OggS")
    if last < 0:
        raise NotSoundError(Fault.CUT_OFF)
    segments = tail[last + 27 : last + 27 + tail[last + 26]]
    _inside(tail_at + last + 27 + tail[last + 26] + sum(segments), size)
    (samples,) = struct.unpack("<q", tail[last + 6 : last + 14])
    return _whole(samples / rate) if rate > 0 and samples > 0 else None


def _boxes(file: BinaryIO, position: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an MP4 file between two places: name, beginning and end of the content."""
    while position + 8 <= end:
        length, name = struct.unpack(">I4s", _at(file, position, 8))
        head = 8
        if length == 1:
            (length,) = struct.unpack(">Q", _at(file, position + 8, 8))
            head = 16
        length = length or end - position
        if length < head:
            raise NotSoundError(Fault.OTHER)
        _inside(position + length, end)
        yield name, position + head, position + length
        position += length


def _mp4(file: BinaryIO, size: int) -> int | None:
    movie = next(((start, end) for name, start, end in _boxes(file, 0, size) if name == b"moov"), None)
    if movie is None:
        # A phone writes it at the end of a recording.
        raise NotSoundError(Fault.CUT_OFF)
    seconds, kinds = None, set()
    for name, start, end in _boxes(file, *movie):
        if name == b"mvhd":
            long = _at(file, start, 1) == b"\x01"
            scale, length = struct.unpack(
                ">IQ" if long else ">II", _at(file, start + (20 if long else 12), 12 if long else 8)
            )
            seconds = _whole(length / scale) if scale else None
        if name == b"trak":
            kinds |= {
                _at(file, inner + 8, 4)
                for media, media_start, media_end in _boxes(file, start, end)
                if media == b"mdia"
                for part, inner, _end in _boxes(file, media_start, media_end)
                if part == b"hdlr"
            }
    if b"vide" in kinds:
        raise NotSoundError(Fault.VIDEO)
    if b"soun" not in kinds:
        raise NotSoundError(Fault.OTHER)
    return seconds


def _number(file: BinaryIO, position: int, *, marked: bool) -> tuple[int, int]:
    """A number of the Matroska family and where it ends; -1 for "not known". An identifier keeps its mark."""
    first = _at(file, position, 1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise NotSoundError(Fault.OTHER)
    value = int.from_bytes(_at(file, position, length), "big")
    if not marked:
        most = (1 << 7 * length) - 1
        value &= most
        value = -1 if value == most else value
    return value, position + length


def _elements(file: BinaryIO, position: int, end: int) -> Iterator[tuple[int, int, int]]:
    while position < end:
        name, position = _number(file, position, marked=True)
        length, position = _number(file, position, marked=False)
        stop = end if length < 0 else position + length
        yield name, position, stop
        position = stop


SEGMENT, INFO, TRACKS, CLUSTER, TRACK, KIND = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xAE, 0x83
SCALE, DURATION = 0x2AD7B1, 0x4489


def _webm(file: BinaryIO, size: int) -> int | None:
    kinds: set[int] = set()
    scale, duration = 1_000_000, 0.0
    for name, start, end in _elements(file, 0, size):
        if name != SEGMENT:
            continue
        _inside(end, size)
        for part, inner, stop in _elements(file, start, end):
            if part == CLUSTER:
                break
            if part == INFO:
                for one, at, over in _elements(file, inner, stop):
                    content = _at(file, at, over - at) if one in (SCALE, DURATION) else b""
                    if one == SCALE:
                        scale = int.from_bytes(content, "big")
                    if one == DURATION:
                        (duration,) = struct.unpack(">f" if len(content) == 4 else ">d", content)
            if part == TRACKS:
                kinds |= {
                    _at(file, at, 1)[0]
                    for track, track_start, track_end in _elements(file, inner, stop)
                    if track == TRACK
                    for one, at, _over in _elements(file, track_start, track_end)
                    if one == KIND
                }
        break
    if 1 in kinds:
        raise NotSoundError(Fault.VIDEO)
    if 2 not in kinds:
        raise NotSoundError(Fault.OTHER)
    return _whole(duration * scale / 1_000_000_000)


# By version (MPEG 2.5, none, 2, 1): samples per second; for layer III thousands of bits per second.
_RATES = ((11025, 12000, 8000), (), (22050, 24000, 16000), (44100, 48000, 32000))
_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
# After a tag, some writers pad; a frame has to begin within this.
_LOOKED_THROUGH = 64 * 1024


@dataclass(frozen=True)
class _Frame:
    length: int
    samples: int
    rate: int
    bits: int


def _frame(head: bytes) -> _Frame | None:
    """The frame of MPEG layer III that begins with these four bytes."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    thousands = (_BITS_1 if version == 3 else _BITS_2)[bits]
    if version == 1 or rate == 3 or not thousands:
        return None
    samples, per_second = 1152 if version == 3 else 576, _RATES[version][rate]
    length = samples // 8 * thousands * 1000 // per_second + (head[2] >> 1 & 1)
    return _Frame(length, samples, per_second, thousands * 1000)


def _mp3(file: BinaryIO, size: int) -> int | None:
    """Three frames in a row are no chance; the first may say how many there are."""
    start = 0
    head = _at(file, 0, 10)
    tagged = head[:3] == b"ID3"
    if tagged:
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        _inside(start + 4, size)
    searched = _at(file, start, _LOOKED_THROUGH)
    for offset in range(len(searched) - 4):
        if (first := _frame(searched[offset : offset + 4])) and _go_on(file, start + offset, first):
            return _mp3_length(file, start + offset, first, size)
    raise NotSoundError(Fault.CUT_OFF if tagged else Fault.OTHER)


def _go_on(file: BinaryIO, position: int, frame: _Frame) -> bool:
    for _next in range(2):
        position += frame.length
        following = _frame(_at(file, position, 4))
        if following is None:
            return False
        frame = following
    return True


def _mp3_length(file: BinaryIO, position: int, first: _Frame, size: int) -> int | None:
    content = _at(file, position, 200)
    mark = max(content.find(b"Xing"), content.find(b"Info"))
    if mark > 0:
        flags, frames, length = struct.unpack(">III", content[mark + 4 : mark + 16])
        if flags & 3 == 3:
            _inside(position + length, size)
        if flags & 1:
            return _whole(frames * first.samples / first.rate)
    return _whole((size - position) * 8 / first.bits)
