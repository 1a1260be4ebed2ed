"""Twenty thousand files are looked up among twenty thousand: what is found is what comparing each with each finds."""

import random
import time

from coverage_census.ledger.store.taken_in import TakenIn, copies, same
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round


def reading(name: str, bytes_: str | None, cells: str | None, refused: str | None = None) -> FileReading:
    return FileReading(file=name, sha256=bytes_, content_sha256=cells, refused=refused)


def round_of(number: int, files: list[FileReading], supersedes: int | None = None) -> Round:
    return Round(
        number=number, name=None, parent=None, nonce="0", created_at="2026-01-01T00:00:00+00:00", as_of="2026-01-01",
        tool="test", files=tuple(files), organisations=0, confirmed=0, new=0, carried=0, not_reported_again=0,
        scopes=(), supersedes=supersedes,
    )  # fmt: skip


def some_files(chance: random.Random, count: int) -> list[FileReading]:
    """Few bytes and few cells, so that many are alike one way, the other way, or by way of a third."""
    hashes = [None, *"abcdef"]
    return [
        reading(
            f"{chance.randrange(count)}.xlsx",
            chance.choice(hashes),
            chance.choice(hashes),
            "too_large" if chance.random() < 0.1 else None,
        )
        for _ in range(count)
    ]


def test_what_is_looked_up_is_what_comparing_finds() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        rounds = [round_of(1, some_files(chance, 6)), round_of(2, some_files(chance, 6))]
        rounds.append(round_of(3, some_files(chance, 2), supersedes=1 if seed % 2 else None))
        taken_in = TakenIn.by(rounds)
        every = [(each, file) for each in rounds[seed % 2 :] for file in each.files if file.refused is None]
        for asked in some_files(chance, 8):
            assert taken_in.like(asked) == [pair for pair in every if same(asked, pair[1])]
            of_bytes = [pair for pair in every if asked.sha256 is not None and asked.sha256 == pair[1].sha256]
            assert taken_in.of_bytes(asked.sha256) == of_bytes
            cells = asked.content_sha256
            assert taken_in.holds_cells(cells) == any(
                cells is not None and each.content_sha256 == cells for _, each in every
            )


def test_copies_are_what_comparing_each_with_each_finds() -> None:
    for seed in range(60):
        files = some_files(random.Random(seed), 9)
        expected: dict[str, str] = {}
        readable = [each for each in files if each.refused is None]
        for place, each in enumerate(readable):
            first = next((other.file for other in readable[:place] if same(each, other)), each.file)
            if first != each.file and first not in expected:
                expected[each.file] = first
        assert copies(files) == expected


def test_twenty_thousand_files_are_looked_up_in_a_moment() -> None:
    """Comparing each with each would take minutes."""
    files = [reading(f"{number}.csv", f"b{number}", f"c{number}") for number in range(20_000)]
    begin = time.process_time()
    assert copies(files) == {}
    taken_in = TakenIn.by([round_of(1, files)])
    assert all(len(taken_in.like(each)) == 1 for each in files)
    assert time.process_time() - begin < 5
