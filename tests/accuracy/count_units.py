#!/usr/bin/env python3
"""Counts article-level units straight from source markup, apart from the program's
own readers, and looks which of them the program has found.

    count_units.py FOUND CORPORA [--missing] > ingest.csv

FOUND is the program itself, which is then asked file by file (`concord inspect`),
or a JSON file `{"file": {"format": …, "articles": [locator, …]}}` with what it found.

One line for each file: the distinct article numbers in the markup (element counts
in XML, heading lines elsewhere), how many of them are article-level units of the
act, and the share. `--missing` prints the numbers not found to stderr.
"""
import csv
import html
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LATIN = (r"bis|ter|quater|quáter|quinquies|quinques|sexies|septies|octies|novies|nonies|decies|undecies"
         r"|duodecies|terdecies|quaterdecies|quinquiesdecies|sexiesdecies|septiesdecies")
NUMBER = (r"(\d+(?:\.\d{3}(?!\d))?(?:[-.:/]\d+)*(?:[ -]?(?:" + LATIN + r")\b)*"
          r"[A-Za-zÑΑ-Ωα-ω]{0,3}\b(?:[-/]\d+)?)")
WORDS = (r"article|articolo|artículo|articulo|artigo|articolul|artikel|artykuł|madde|pasal|άρθρο|"
         r"стаття|статья|المادة|مادة|điều")
CHINESE = "一二三四五六七八九十百千〇"
WORDED = [
    rf"(?:{WORDS})\s*{NUMBER}",
    rf"art\.?\s*{NUMBER}",
    # In France a section holds articles, so that it is no word for one among the others.
    rf"section\s*{NUMBER}",
    rf"§\s*{NUMBER}",
    rf"第([{CHINESE}\d]+)[条條](?:[の之]([{CHINESE}\d]+))?(?:[の之]([{CHINESE}\d]+))?",
    r"제(\d+)조(?:의(\d+))?",
    r"มาตรา\s*([๐-๙0-9]+(?:/[๐-๙0-9]+)?)",
]
# `24.`, `24. (1)`, `24.1 ` (section and subsection), `24A (1)`.
PLAIN = r"(\d+[A-Z]{0,3})(?:\.\d*[A-Z]*(?:\(|\s|$)|\s+\([1a]\)|$)"


def key(number):
    """The same for `227 - 23.` and `227-23`: what is left are letters and digits."""
    number = unicodedata.normalize("NFKC", number).lower()
    number = re.sub(r"[条條조]?[の之의]", "の", number).strip("第제条條조 ")
    number = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in number)
    number = "".join(c for c in number if c.isalnum())
    # 1o, 2o, 1er: an ordinal, not a letter of the number.
    return re.sub(r"^(\d+)(?:o|er)$", r"\1", number)


def asked(concord, path):
    """Format and article locators that the program tells of a file; nothing if it refuses it."""
    run = subprocess.run([concord, "inspect", "--json", str(path)], capture_output=True)
    if run.returncode:
        return None
    act = json.loads(run.stdout)
    articles = [unit["locator"] for unit in act["provisions"] if unit["kind"] == "article"]
    return {"format": act["format"], "articles": articles}


def keys(locators):
    found = set()
    for locator in locators:
        number = locator.rsplit(":", 1)[-1]
        found.add(key(number))
        # Without the word or sign, and without the schedule the article stands in.
        found.add(key(re.sub(r"^[^\d一-龥]*", "", number)))
        found.add(key(number.rsplit(" ", 1)[-1]))
        if locator.startswith("sch"):
            found.add(key(number.rsplit("-", 1)[-1]))
    return found


def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def words(element):
    return "".join(element.itertext()).strip() if element is not None else ""


def child(element, name):
    return next((inner for inner in element if local(inner) == name), None)


def in_xml(source):
    """Article numbers by the elements that hold them, whatever the vocabulary."""
    root = ElementTree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", source))
    # Words of other acts, among them those that a Canadian amending act keeps for itself.
    quoting = {"AmendedText", "RelatedOrNotInForce", "quotedStructure", "BlockAmendment", "SupplNote", "AppdxTable"}
    articles, sections, points = [], [], []

    def walk(element):
        stack = [element]
        while stack:
            node = stack.pop()
            name = local(node)
            if name in quoting:
                continue
            if name == "norm":
                number = words(next((n for n in node.iter() if local(n) == "enbez"), None))
                if re.match(r"(§|Art)", number) and " bis " not in number and "§§" not in number:
                    articles.append(number)
            elif name == "artikel":
                number = next((n for n in node.iter() if local(n) == "nr"), None)
                articles.append(words(number))
            elif name == "Pykala":
                articles.extend(v for k, v in node.attrib.items() if k.endswith("identifiointiTunnus"))
            elif name == "Article":
                articles.append(words(child(node, "ArticleTitle")))
            elif name == "article":
                articles.append(words(child(node, "num")))
            elif name == "Section":
                sections.append(words(child(node, "Label")))
            elif name == "section":
                sections.append(words(child(node, "num")))
            elif name == "point" and child(node, "heading") is not None:
                points.append(words(child(node, "num")))
            stack.extend(reversed(node))

    walk(root)
    numbers = max(articles, points, sections, key=len)
    numbers = [number for number in numbers if re.search(rf"[\d{CHINESE}]", number)]
    return [re.sub(r"^(§|Art\.?|Artikel|Section)\s*", "", number) for number in numbers]


BLOCK = r"</?(?:p|div|h\d|tr|td|li|br|table|section|article|blockquote|dd|dt|center)\b[^>]*>"


def lines_of_html(text):
    if 'class="prov"' in text:
        labels = re.findall(r'<h5 class="prov[^"]*"[^>]*>.*?<span class="label">([^<]+)</span>', text, re.S)
        return [f"section {label}" for label in labels]
    anchors = re.findall(r"<A NAME=['\"]Art\.([^'\"]+)['\"]", text, re.I)
    if len(anchors) > 20:
        return [f"Art. {anchor}" for anchor in anchors if re.match(r"\d", anchor)]
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->|<(?:strike|s|del)\b.*?</(?:strike|s|del)>", " ", text)
    text = re.sub(r'<span class="W9">\s*(\d+)\s*</span>', r".\1", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(BLOCK, "\n", text, flags=re.I)
    return html.unescape(re.sub(r"<[^>]+>", "", text)).splitlines()


def in_lines(lines):
    """Article numbers by lines that begin as headings of articles do."""
    lines = [line.strip() for line in lines if line.strip()]
    # A word alone on its line belongs to the number on the next.
    lines = re.sub(rf"(?im)^({WORDS})\n(?=\d)", r"\1 ", "\n".join(lines)).splitlines()
    marked = [line for line in lines if re.match(r"[#*]", line)]

    def numbers(lines, pattern):
        found = []
        for line in lines:
            match = re.match(pattern, line.lstrip("#*_> \\[(").replace("\\", ""), re.I)
            if match:
                found.append("の".join(group for group in match.groups() if group))
        return found

    best, is_marked = [], False
    for pattern in WORDED:
        for candidates in (marked, lines):
            found = numbers(candidates, pattern)
            # Heading marks tell headings from sentences that begin with a reference.
            if candidates is lines and 3 <= len(best) and len(found) < len(best) * 3:
                continue
            if len({key(n) for n in found}) > len({key(n) for n in best}) * 1.5 + 3:
                best, is_marked = found, candidates is marked
    plain = numbers(marked, PLAIN)
    if len(plain) < 5 and not is_marked:
        plain = numbers(lines, PLAIN)
    return best if len(best) * 4 >= len(plain) else plain


def independent(path):
    source = path.read_bytes()
    if source.startswith(b"%PDF"):
        run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True)
        return in_lines(run.stdout.decode(errors="replace").splitlines())
    start = source[:3000].lower()
    if re.match(rb"(\xef\xbb\xbf)?\s*<(\?xml|akomantoso|statute|bill|dokumente)", start) and b"<html" not in start:
        return in_xml(source)
    for encoding in ("utf-8-sig", "cp1251" if b"1251" in start else "cp1252", "latin-1"):
        try:
            text = source.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    is_html = re.search(r"<(html|body|div|p)\b", text[:5000], re.I)
    return in_lines(lines_of_html(text) if is_html else text.splitlines())


def main():
    root = Path(sys.argv[2])
    known = json.loads(Path(sys.argv[1]).read_text()) if sys.argv[1].endswith(".json") else None
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["file", "format", "independent", "ours", "share"])
    counted = found_in_all = 0
    for path in sorted(root.rglob("*")):
        if not path.is_file() or path.suffix == ".csv":
            continue
        act = asked(sys.argv[1], path) if known is None else known.get(str(path.relative_to(root)))
        name, found = (act["format"], keys(act["articles"])) if act else (None, set())
        numbers = {key(number) for number in independent(path)} - {""}
        both = numbers & found
        share = len(both) / len(numbers) if numbers else 1
        table.writerow([path.relative_to(root), name or "unread", len(numbers), len(both), f"{share:.4f}"])
        counted += len(numbers)
        found_in_all += len(both)
        if "--missing" in sys.argv and share < 0.99:
            print(path.relative_to(root), f"{share:.3f}", sorted(numbers - found)[:40], file=sys.stderr)
    table.writerow(["all", "", counted, found_in_all, f"{found_in_all / max(counted, 1):.4f}"])


if __name__ == "__main__":
    main()
