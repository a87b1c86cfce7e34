#!/usr/bin/env python3
"""Findings of two simple methods, to hold the program's own against.

usage: baselines.py CONCORD CORPORA MAPPINGS OUT_DIR

CONCORD  the program; it is asked with `inspect --concepts` which concepts it
         finds in which provision of every file
CORPORA  one folder per jurisdiction
MAPPINGS the folder of rule data
OUT_DIR  gets keywords.csv and plain-rules.csv, in the form of findings.csv,
         so that score.py reads them

keywords     what a search for words gives: a requirement is full where the
             words of one of its ways (every concept of `all`, one of `any`)
             occur anywhere in one act, else not found
plain rules  the same tests without gates (operative, in force, national law,
             penal), without scopes, distances, ages and coverage: a
             requirement is met where the concepts of a way meet in one article;
             full where those of every core element do too, else partial
"""
import csv, os, re, subprocess, sys, tomllib
from concurrent.futures import ThreadPoolExecutor

PLACE = re.compile(r'^(.*) \[\d+\.\.\d+\]$')
# Ages are found as concepts of no name: a test that asks for one is left out.
AGE = re.compile(r'^(under|at-most|at-least|over|between) \d')


def concepts(program, path):
    """For each article of a file the concepts found in it."""
    run = subprocess.run([program, '-q', 'inspect', '--concepts', path], capture_output=True, text=True)
    articles, place = {}, ''
    for line in run.stdout.splitlines():
        if line.startswith('  '):
            name = line.split()[0] if line.split() else ''
            if not AGE.match(line.strip()):
                articles.setdefault(place, set()).add(name)
        elif PLACE.match(line):
            # The first word of a locator is the number of its article.
            words = PLACE.match(line).group(1).split()
            number = words[1] if len(words) > 1 and words[0] == '§' else (words or [''])[0]
            place = re.split(r'[(/]', number)[0]
    return articles


def shows(test, found):
    """Whether the concepts of a test are all in a set of concepts."""
    named = any(test.get(key) for key in ('all', 'any'))
    return named and set(test.get('all', [])) <= found and (
        not test.get('any') or bool(set(test['any']) & found)
    )


def verdict_by_words(requirement, acts):
    for articles in acts.values():
        found = set().union(*articles.values()) if articles else set()
        if any(shows(way.get('test', {}), found) for way in requirement.get('way', [])):
            return 'full'
    return 'not-found'


def verdict_by_rules(requirement, acts):
    best = 'not-found'
    core = [e['test'] for e in requirement.get('element', []) if e.get('role', 'core') == 'core' and e.get('test')]
    # A test of ages alone names no concept and cannot be tried here.
    core = [test for test in core if test.get('all') or test.get('any')]
    for articles in acts.values():
        for found in articles.values():
            if any(shows(way.get('test', {}), found) for way in requirement.get('way', [])):
                best = 'partial'
                if all(shows(test, found) for test in core):
                    return 'full'
    return best


def main():
    program, corpora, mappings, out = sys.argv[1:5]
    requirements = []
    for name in sorted(os.listdir(f'{mappings}/requirements')):
        with open(f'{mappings}/requirements/{name}', 'rb') as f:
            requirements.append(tomllib.load(f))
    files = []
    for code in sorted(os.listdir(corpora)):
        for folder, _, names in os.walk(f'{corpora}/{code}'):
            files += [(code, os.path.join(folder, name)) for name in sorted(names) if not name.startswith('.')]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda item: concepts(program, item[1]), files))
    acts = {}
    for (code, path), articles in zip(files, found):
        acts.setdefault(code, {})[path] = articles
    os.makedirs(out, exist_ok=True)
    for name, method in (('keywords', verdict_by_words), ('plain-rules', verdict_by_rules)):
        with open(f'{out}/{name}.csv', 'w', newline='', encoding='utf-8') as f:
            table = csv.writer(f)
            table.writerow(['jurisdiction', 'requirement', 'verdict', 'provisions'])
            for code in acts:
                for requirement in requirements:
                    # Three requirements are read by methods of their own.
                    if requirement.get('way'):
                        table.writerow([code, requirement['id'], method(requirement, acts[code]), ''])


if __name__ == '__main__':
    main()
