"""Other ways to find a name, asked the same. Each ranks with the same likeness, so that only the way there differs.

A peer's score says how sure it is; the municipality, where it is known, breaks ties for all of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from bench.match.measuring import Ranked
from bench.match.noise import Case
from bench.match.register import Unit
from samtall.base.text import search_key
from samtall.parties.legal_forms import NAME_ENDINGS

_KEPT = 50


class Names:
    """The register's names as peers see them: in small letters, without the legal form."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.texts: list[str] = []
        self.units: list[int] = []
        self.places: list[int] = []
        for unit in units:
            names = {(plain(name), unit.municipality) for name in (unit.name, *(name for name, _day in unit.former))}
            names |= {(plain(site.name), site.municipality) for site in unit.sites}
            for text, place in sorted(names):
                self.texts.append(text)
                self.units.append(unit.key)
                self.places.append(place)


def plain(name: str) -> str:
    words = search_key(name).replace("a/s", "as").split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in NAME_ENDINGS else words)


def _ranked(names: Names, cases: Sequence[Case], chosen: Iterator[Sequence[int]]) -> Ranked:
    """The entries that a peer chose, ranked by likeness and place."""
    units, best = [], []
    for case, entries in zip(cases, chosen, strict=True):
        asked, place = plain(case.sought.name), int(case.sought.municipality or 0)
        likely: dict[int, float] = {}
        for entry in entries:
            score = fuzz.token_sort_ratio(asked, names.texts[entry]) + 3 * (names.places[entry] == place)
            likely[names.units[entry]] = max(score, likely.get(names.units[entry], 0))
        order = sorted(likely, key=lambda unit: -likely[unit])[:10]
        second = likely[order[1]] if len(order) > 1 else 0
        units.append(order)
        best.append(likely[order[0]] + min(likely[order[0]] - second, 10) if order else 0)
    return Ranked(units, np.array(best))


class Blocking:
    """rapidfuzz within blocks of names that begin alike or share a word that is not too common."""

    name = "rapidfuzz with blocking"

    def __init__(self, names: Names) -> None:
        self.names = names
        self.blocks: dict[str, list[int]] = defaultdict(list)
        for entry, text in enumerate(names.texts):
            for key in self._keys(text):
                self.blocks[key].append(entry)

    def _keys(self, text: str) -> set[str]:
        return {f"^{text[:4]}", *text.split()}

    def ask(self, cases: Sequence[Case]) -> Ranked:
        return _ranked(self.names, cases, map(self._chosen, cases))

    def _chosen(self, case: Case) -> list[int]:
        text = plain(case.sought.name)
        blocks = sorted((self.blocks.get(key, []) for key in self._keys(text)), key=len)
        entries: set[int] = set()
        for block in blocks:
            if len(entries) + len(block) < 20_000:
                entries.update(block)
        some = list(entries)
        texts = [self.names.texts[entry] for entry in some]
        found = process.extract(text, texts, scorer=fuzz.token_sort_ratio, limit=_KEPT, processor=None)
        return [some[at] for _text, _score, at in found]


class Ngrams:
    """Character n-grams weighed by TF-IDF, cosine, rare ones only; then rapidfuzz."""

    name = "TF-IDF n-grams"

    def __init__(self, names: Names) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.names = names
        self.vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), max_df=0.01, dtype=np.float32)
        self.matrix = self.vectorizer.fit_transform(names.texts).T.tocsr()

    def ask(self, cases: Sequence[Case]) -> Ranked:
        return _ranked(self.names, cases, self._chosen(cases))

    def _chosen(self, cases: Sequence[Case]) -> Iterator[list[int]]:
        for start in range(0, len(cases), 64):
            some = self.vectorizer.transform([plain(case.sought.name) for case in cases[start : start + 64]])
            near: Any = (some @ self.matrix).tocsr()
            for row in range(near.shape[0]):
                first, last = near.indptr[row], near.indptr[row + 1]
                values, entries = near.data[first:last], near.indices[first:last]
                best = np.argpartition(-values, _KEPT)[:_KEPT] if len(values) > _KEPT else slice(None)
                yield entries[best].tolist()


class Tantivy:
    """A full-text engine with n-grams; then rapidfuzz."""

    name = "tantivy n-grams"

    def __init__(self, names: Names) -> None:
        import tantivy

        self.names, self.tantivy = names, tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("name", stored=False, tokenizer_name="grams", index_option="freq")
        schema.add_unsigned_field("entry", stored=True)
        self.index = tantivy.Index(schema.build())
        grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(min_gram=3, max_gram=3, prefix_only=False)).build()
        self.index.register_tokenizer("grams", grams)
        writer = self.index.writer(200_000_000)
        for entry, text in enumerate(names.texts):
            writer.add_document(tantivy.Document(name=text, entry=entry))
        writer.commit()
        self.index.reload()

    def ask(self, cases: Sequence[Case]) -> Ranked:
        return _ranked(self.names, cases, self._chosen(cases))

    def _chosen(self, cases: Sequence[Case]) -> Iterator[list[int]]:
        searcher = self.index.searcher()
        query = self.tantivy.Query
        for case in cases:
            text = plain(case.sought.name)
            grams = {text[at : at + 3] for at in range(len(text) - 2)}
            terms = [
                (self.tantivy.Occur.Should, query.term_query(self.index.schema, "name", gram, "freq"))
                for gram in sorted(grams)
            ]
            hits = searcher.search(query.boolean_query(terms), _KEPT).hits if terms else []
            yield [searcher.doc(address)["entry"][0] for _score, address in hits]


PEERS = (Blocking, Ngrams, Tantivy)
