"""Asks Samtall: the product's own compiler, on the database in use."""

from typing import Any

from django.db import connection

from bench.workload import Answer, Ask
from samtall.figures import compiler
from samtall.figures.compiler import Question


def answer(ask: Ask) -> Answer:
    query = compiler.values(Question(ask.definition, ask.periods, ask.position, ask.grouping))
    with connection.cursor() as cursor:
        cursor.execute(query.sql, query.parameters)
        rows: list[Any] = cursor.fetchall()
    return {
        (ask.periods[period].label, str(group)): (int(exact or 0), int(pending or 0), int(unidentified or 0))
        for period, group, exact, pending, unidentified, *_bounds in rows
    }
