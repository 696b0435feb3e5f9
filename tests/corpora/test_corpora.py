"""The programs of the public data files run as under CPython: to their end, with every assertion true."""

from __future__ import annotations

import npython
import pytest
from corpus_programs import CorpusProgram, all_programs, expected_failures

PROGRAMS = all_programs()
EXPECTED = expected_failures()


@pytest.mark.skipif(not PROGRAMS, reason="no data files: set NPYTHON_SHARED to the folder that holds corpora/")
def test_the_data_files_are_whole() -> None:
    assert [sum(program.corpus == corpus for program in PROGRAMS) for corpus in ("human_eval", "cruxeval")] == [
        164,
        800,
    ]
    assert set(EXPECTED) <= {program.name for program in PROGRAMS}


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.name for program in PROGRAMS])
def test_runs_to_its_end(program: CorpusProgram) -> None:
    try:
        npython.run(program.source, filename=f"{program.name}.py")
    except npython.NpythonError as error:
        if program.name in EXPECTED:
            return
        pytest.fail(getattr(error, "traceback", None) or f"{type(error).__name__}: {error}")
    assert program.name not in EXPECTED, "it works now: take it out of tests/corpora/expected.toml"
