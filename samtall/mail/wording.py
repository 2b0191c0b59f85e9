"""From a template of the calling room to subject and text.

A template of a letter is a .txt file with two blocks, `subject` and `text`:

    {% load i18n %}{% block subject %}{% translate "We have got it" %}{% endblock %}
    {% block text %}{% blocktranslate trimmed %}Hello, {{ name }}.{% endblocktranslate %}

    {{ site }}/sak/{{ number }}/
    {% endblock %}

Nothing is escaped in it, for it is plain text. `site` is the address of this installation. A line that is such an
address and nothing else becomes a link in the HTML.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, engines
from django.template.backends.django import get_installed_libraries
from django.template.loader_tags import BlockNode
from django.utils import translation

_MISSING = re.compile("\x00(.*?)\x00")


@dataclass(frozen=True)
class Wording:
    """What a letter says; `missing` are the values that the template asked for and was not given."""

    subject: str
    text: str
    missing: tuple[str, ...]


def word(template: str, context: Mapping[str, Any], *, language: str) -> Wording:
    """Render the two blocks of a template in a language. Raises TemplateDoesNotExist, and KeyError without a block."""
    rendered = _engine().get_template(template)
    blocks = {node.name: node for node in rendered.nodelist.get_nodes_by_type(BlockNode) if isinstance(node, BlockNode)}
    values = Context({"site": settings.ADDRESS, **context}, autoescape=False)
    with translation.override(language), values.render_context.push_state(rendered), values.bind_template(rendered):
        subject, text = (blocks[name].nodelist.render(values) for name in ("subject", "text"))
    missing = _MISSING.findall(subject + text)
    return Wording(_MISSING.sub("…", subject).strip(), _MISSING.sub("…", text).strip(), tuple(missing))


@cache
def _engine() -> Engine:
    """As the pages' engine, but nothing is escaped, and what is missing leaves a mark."""
    return Engine(
        dirs=engines["django"].dirs,
        app_dirs=True,
        autoescape=False,
        string_if_invalid="\x00%s\x00",
        libraries=get_installed_libraries(),
    )
