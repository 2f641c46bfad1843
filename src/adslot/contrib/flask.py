"""Flask: the filter and the tag of `adslot.contrib.jinja` in an application's templates.

from adslot.contrib.flask import Adslot

app.config["ADSLOT_POLICY"] = "adslot.toml"
Adslot(app)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import Flask

from adslot.contrib._policies import Setting, policy_of
from adslot.contrib._said import Offered
from adslot.contrib.jinja import Said, install

_Context = TypeVar("_Context", bound=Callable[[], Said | None])
_Related = TypeVar("_Related", bound=Callable[[], Offered | None])


class Adslot:
    """The extension: `Adslot(app)`, or `Adslot()` and `init_app(app)` in an application's factory.

    `ADSLOT_POLICY` is the name of a preset, a file, a mapping or an `adslot.Policy`; `ADSLOT_POLICIES` has more of them by
    name, for `{{ body | adslot(policy="name") }}`. Files are looked for in the application's folder.
    """

    def __init__(self, app: Flask | None = None) -> None:
        self._context: Callable[[], Said | None] = dict
        self._related: Callable[[], Offered | None] = tuple
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Give *app* the filter and the tag. Raises RuntimeError without `ADSLOT_POLICY`, PolicyError for a wrong policy."""
        setting: Setting | None = app.config.setdefault("ADSLOT_POLICY", None)
        if setting is None:
            raise RuntimeError("ADSLOT_POLICY is not set: name a policy file, such as 'adslot.toml', or a preset")
        others: Mapping[str, Setting] = app.config.setdefault("ADSLOT_POLICIES", {})
        install(
            app.jinja_env,
            policy_of(setting, app.root_path),
            policies={name: policy_of(each, app.root_path) for name, each in others.items()},
            context=self._say,
            related=self._offer,
            debug=lambda: app.debug or app.testing,
        )
        app.extensions["adslot"] = self

    def context(self, function: _Context) -> _Context:
        """Let *function* say what is known of the page of the current request: a decorator."""
        self._context = function
        return function

    def related(self, function: _Related) -> _Related:
        """Let *function* offer related articles for the page of the current request: a decorator."""
        self._related = function
        return function

    # The functions may be set after the application was made.
    def _say(self) -> Said | None:
        return self._context()

    def _offer(self) -> Offered | None:
        return self._related()
