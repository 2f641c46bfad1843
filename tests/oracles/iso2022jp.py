"""The judge for ISO-2022-JP: the decoder of the Encoding Standard (12.2.1), byte by byte as it is written there."""

from __future__ import annotations

_ESCAPES = {b"(B": "ascii", b"(J": "roman", b"(I": "katakana", b"$@": "lead", b"$B": "lead"}


def decoded(data: bytes) -> str:
    """*data* as text, with U+FFFD for every error."""
    return "".join(_Decoder(data).run())


class _Decoder:
    def __init__(self, data: bytes) -> None:
        self.waiting = list(data[::-1])
        self.state = self.output = "ascii"
        self.lead = 0
        self.flag = False
        self.out: list[str] = []

    def run(self) -> list[str]:
        while self.waiting or self.state in ("trail", "escape start", "escape"):
            byte = self.waiting.pop() if self.waiting else None
            if self.state == "escape start":
                self.escape_start(byte)
            elif self.state == "escape":
                self.escape(byte)
            elif self.state == "trail":
                self.trail(byte)
            elif byte == 0x1B:
                self.state = "escape start"
            else:
                self.flag = False
                self.plain(byte or 0)
        return self.out

    def restore(self, *given: int | None) -> None:
        self.waiting.extend(byte for byte in reversed(given) if byte is not None)

    def error(self) -> None:
        self.out.append("\ufffd")

    def plain(self, byte: int) -> None:
        if self.state == "lead" and 0x21 <= byte <= 0x7E:
            self.lead, self.state = byte, "trail"
        elif self.state == "katakana" and 0x21 <= byte <= 0x5F:
            self.out.append(chr(0xFF61 - 0x21 + byte))
        elif self.state == "roman" and byte in (0x5C, 0x7E):
            self.out.append("¥" if byte == 0x5C else "‾")
        elif self.state in ("ascii", "roman") and byte < 0x80 and byte not in (0x0E, 0x0F):
            self.out.append(chr(byte))
        else:
            self.error()

    def trail(self, byte: int | None) -> None:
        self.state = "lead"
        if byte == 0x1B:
            self.state = "escape start"
            self.error()
        elif byte is not None and 0x21 <= byte <= 0x7E:
            pointer = (self.lead - 0x21) * 94 + byte - 0x21
            # The index of JIS X 0208 is that of Shift_JIS, which spells the same pointer otherwise.
            lead, trail = divmod(pointer, 188)
            spelled = bytes([lead + (0x81 if lead < 0x1F else 0xC1), trail + (0x40 if trail < 0x3F else 0x41)])
            self.out.append(spelled.decode("cp932", "replace")[0])
        else:
            self.error()

    def escape_start(self, byte: int | None) -> None:
        if byte in (0x24, 0x28):
            self.lead, self.state = byte, "escape"
            return
        self.restore(byte)
        self.flag, self.state = False, self.output
        self.error()

    def escape(self, byte: int | None) -> None:
        found = None if byte is None else _ESCAPES.get(bytes([self.lead, byte]))
        if found is None:
            self.restore(self.lead, byte)
            self.flag, self.state = False, self.output
            self.error()
            return
        self.state = self.output = found
        flag, self.flag = self.flag, True
        if flag:
            self.error()
