"""The smallest sound files of each kind, and what looks like one."""

import io
import struct
import wave


def wav(seconds=2):
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0" * 16000 * seconds)
    return written.getvalue()


def mp3(frames=100):
    # MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame. Before them a tag of 20 bytes.
    return b"ID3\x04\0\0\0\0\0\x14" + b"\0" * 20 + (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def flac(seconds=3):
    packed = (16000 << 44) | (15 << 36) | 16000 * seconds
    info = b"\0" * 10 + struct.pack(">Q", packed) + b"\0" * 16
    return b"fLaC\x80\0\0\x22" + info + b"\xff\xf8" + b"\0" * 50


def _page(flags, samples, content):
    return b"OggS\0" + bytes([flags]) + struct.pack("<q", samples) + b"\0" * 12 + bytes([1, len(content)]) + content


def ogg(seconds=4, head=b"OpusHead\x01\x01\0\0\x80\xbb\0\0"):
    return _page(2, 0, head) + _page(4, 48_000 * seconds, b"\0" * 100)


def box(name, content):
    return struct.pack(">I4s", 8 + len(content), name) + content


def m4a(seconds=5, handler=b"soun"):
    head = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, 1000 * seconds) + b"\0" * 80)
    track = box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12)))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", b"\0" * 100) + box(b"moov", head + track)


def _element(name, content):
    return name + bytes([0x80 | len(content)]) + content


def webm(seconds=6, kind=2):
    info = _element(b"\x15\x49\xa9\x66", _element(b"\x44\x89", struct.pack(">d", seconds * 1000.0)))
    tracks = _element(b"\x16\x54\xae\x6b", _element(b"\xae", _element(b"\x83", bytes([kind]))))
    return _element(b"\x1a\x45\xdf\xa3", b"\x42\x82\x84webm") + _element(b"\x18\x53\x80\x67", info + tracks)
