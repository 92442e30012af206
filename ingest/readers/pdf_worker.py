"""The program that takes words and rules out of a PDF, in a process of its own with little memory and time.

A PDF is a program, and one that is made to do harm unpacks to any size and never ends. Standard input is the file;
standard output has a line of JSON for the document and one for each page (see ``pdf_pages``).
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

MAX_PAGES = 500
MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 60
"""Of one core, for one page; most take less than one."""
MAX_WORDS_A_PAGE = 5_000
_BOLD = ("bold", "black", "heavy", "semibd", "demi", "cmbx")
_BOLD_ENDS = ("-bd", "-b", "-medi", "-mediital")


def main(seconds: int = MAX_SECONDS) -> None:
    """Read standard input, write lines. An error is a line with ``error`` and the end.

    A page that takes more than ``seconds`` of computing, or more memory than there may be, ends the program.
    """
    _limit(seconds)
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read()), unicode_norm=None) as document:
            count = len(document.pages)
            info = {str(k): v for k, v in document.metadata.items() if isinstance(v, str)}
            _tell({"pages": count, "info": info})
            for page in document.pages[:MAX_PAGES]:
                _tell(_page(page))
                page.close()
                _limit(seconds)
    except (PDFPasswordIncorrect, PdfminerException) as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        _tell({"error": "encrypted" if isinstance(cause, PDFPasswordIncorrect) else _words(cause)})
    except MemoryError:
        _tell({"error": "it unpacks to too much memory"})
    except RecursionError:
        _tell({"error": "nested too deep"})
    except Exception as error:  # the library lets through whatever a broken file makes it raise
        _tell({"error": _words(error)})


def _page(page: Any) -> dict[str, Any]:
    words = page.filter(_Once()).extract_words(x_tolerance_ratio=0.15, y_tolerance=2, extra_attrs=["fontname", "size"])
    rules, walls = [], []
    for edge in page.edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 3:
            rules.append([round(edge["x0"], 1), round(edge["top"], 1), round(edge["x1"], 1)])
        elif edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 3:
            walls.append([round(edge["x0"], 1), round(edge["top"], 1), round(edge["bottom"], 1)])
    return {
        "width": float(page.width),
        "height": float(page.height),
        "words": [_word(w) for w in words[:MAX_WORDS_A_PAGE]],
        "rules": rules[:5_000],
        "walls": walls[:5_000],
        "images": len(page.images),
        "cut": len(words) > MAX_WORDS_A_PAGE,
    }


class _Once:
    """True for letters that stand upright, the first time: bold type is often one letter printed twice."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, int, int]] = set()

    def __call__(self, thing: Any) -> bool:
        if thing.get("object_type") != "char":
            return True
        x, y = int(2 * thing["x0"]), int(2 * thing["top"])
        if not thing.get("upright", True) or any(
            (thing["text"], x + dx, y + dy) in self._seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)
        ):
            return False
        self._seen.add((thing["text"], x, y))
        return True


def _word(word: Any) -> list[Any]:
    font = word["fontname"].rpartition("+")[2].lower()
    bold = font.endswith(_BOLD_ENDS) or any(sign in font for sign in _BOLD)
    places = [round(float(word[key]), 2) for key in ("x0", "top", "x1", "bottom", "size")]
    return [word["text"], *places, int(bold)]


def _words(error: object) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _tell(item: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(item) + "\n")
    sys.stdout.flush()


def _limit(seconds: int) -> None:
    """From here on ``seconds`` of computing and no more."""
    try:
        import resource
    except ImportError:  # not on this system: the parent's clock remains
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = {resource.RLIMIT_AS: MAX_MEMORY, resource.RLIMIT_CPU: round(used.ru_utime + used.ru_stime) + seconds}
    for kind, value in most.items():
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
