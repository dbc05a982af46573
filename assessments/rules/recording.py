"""What a recording may be. Its type is told by its first bytes, never by what a browser says."""

MOST_SECONDS = 120
MOST_SECONDS_WITHOUT_LIMIT = 600
"""Where a recording ends for a person without a time limit, so that a forgotten microphone ends, too."""

MOST_TAKES = 2
MOST_CHUNK_BYTES = 262_144
MOST_RECORDING_BYTES = 6_000_000
"""Ten minutes at 80 kbit/s; the page records speech at 32 kbit/s, so an honest recording stays far below it."""

FEWEST_HEADER_BYTES = 12
EQUIPMENT_CHECK_DAYS = 30
"""For so long a check of the equipment counts as done."""


def media_type_of(start: bytes) -> str | None:
    """The media type of a sound by its first bytes (12 at least): WebM, Ogg or MP4; None for anything else."""
    if len(start) < FEWEST_HEADER_BYTES:
        return None
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if start.startswith(b"OggS"):
        return "audio/ogg"
    if start[4:8] == b"ftyp":
        return "audio/mp4"
    return None


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte (0-based, inclusive) that a Range header asks for of `size` bytes; None: the whole.

    One range of bytes is understood, as browsers send it for sound (RFC 9110, 14.2). Raises ValueError for a range that
    lies outside: the answer to that is 416.
    """
    unit, _equals, wanted = header.partition("=")
    if unit.strip().lower() != "bytes" or "," in wanted:
        return None
    first, dash, last = (part.strip() for part in wanted.partition("-"))
    if not dash or not (first or last) or not all(part.isdecimal() for part in (first, last) if part):
        return None
    if not first:
        length = min(int(last), size)
        start, end = size - length, size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end or start >= size:
        raise ValueError(header)
    return start, end
