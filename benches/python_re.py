#!/usr/bin/env python3
"""The peer in Python: the phrases of one language pack as one regular
expression, over the same text.

    concord inspect FILE --text > text.txt
    python3 benches/python_re.py mappings/languages/en.toml text.txt

It finds phrases only: no exceptions, ages, sentences or composite concepts.
An alternation of thousands of phrases is tried anew at every word, so that a
part of the text (--bytes) is enough to tell the speed.
"""

import argparse
import re
import time
import tomllib
import unicodedata


def folded(text):
    """Lower case without accents, as the program folds it."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def expression(phrase):
    """One phrase of a pack as a regular expression."""
    written = []
    for piece in re.findall(r"\(|\)|\||\*|~\d*|\{[nm]\}|\w+|\s+|.", folded(phrase)):
        if piece == "(":
            written.append("(?:")
        elif piece in ")|":
            written.append(piece)
        elif piece == "*":
            written.append(r"\w*")
        elif piece.startswith("~"):
            written.append(r"(?:\w+\W+){0,%s}?" % (piece[1:] or "4"))
        elif piece.startswith("{"):
            written.append(r"\d+")
        elif piece.isspace():
            written.append(" ")
        else:
            written.append(re.escape(piece))
    # A blank beside a gap or in front of an empty choice may be missing.
    return "".join(written).replace("}? ", "}?").replace(" ", r"\W*")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pack", help="a file of mappings/languages")
    parser.add_argument("text", help="canonical text, as `concord inspect --text` writes it")
    parser.add_argument("--bytes", type=int, default=200_000, help="how much of the text is read")
    arguments = parser.parse_args()
    with open(arguments.pack, "rb") as file:
        pack = tomllib.load(file)
    phrases = [p for c in pack["concepts"].values() for p in c.get("phrases", [])]
    start = time.process_time()
    alternatives = sorted({expression(p) for p in phrases}, key=len, reverse=True)
    compiled = re.compile(r"\b(?:%s)(?!\w)" % "|".join(alternatives))
    built = time.process_time() - start
    with open(arguments.text, "rb") as file:
        raw = file.read(arguments.bytes)
    start = time.process_time()
    text = folded(raw.decode("utf-8", "ignore"))
    found = sum(1 for _ in compiled.finditer(text))
    taken = time.process_time() - start
    print(f"{len(phrases)} phrases compiled in {built:.2f} s")
    print(f"{len(raw)} bytes in {taken:.2f} s: {len(raw) / taken / 1e6:.3f} MB/s, {found} found")


if __name__ == "__main__":
    main()
