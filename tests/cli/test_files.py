"""What commands read from folders and write to: links, pipes, devices, owners, and what a run that was killed leaves."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot import strip
from adslot.cli import writing
from adslot.cli.commands import main
from adslot.cli.writing import clean, write
from tests.processes import STORY, as_root, in_a_namespace, pages, shell
from tests.slots import own

PRESET = ("--preset", "longform")
OWNER, GROUP = 61234, 61235


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder; gives the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *words, data=None: CliRunner().invoke(main, list(words), input=data)


def is_filled(path):
    """Whether a page has its slots."""
    text = Path(path).read_text(encoding="utf-8")
    return strip(text) == STORY != text


def names_in(folder="."):
    """What is in a folder, hidden or not."""
    return sorted(path.name for path in Path(folder).iterdir())


class TestLinks:
    def test_the_end_of_a_link_is_written(self, run):
        """Through links in other folders and links to links; the links stay."""
        pages(Path(), "story.html deep/er/target.html")
        Path("links").mkdir()
        Path("links/second.html").symlink_to("../deep/er/target.html")
        Path("first.html").symlink_to("links/second.html")
        assert run("place", *PRESET, "story.html", "-o", "first.html").exit_code == 0
        assert Path("first.html").is_symlink() and Path("links/second.html").is_symlink()
        assert is_filled("deep/er/target.html")
        assert names_in("deep/er") == ["target.html"]

    def test_in_place(self, run):
        """A page that is a link stays one."""
        pages(Path(), "store/a.html")
        Path("a.html").symlink_to("store/a.html")
        assert run("place", *PRESET, "a.html", "-o", "a.html").exit_code == 0
        assert Path("a.html").is_symlink()
        assert is_filled("store/a.html")

    def test_a_folder_that_is_a_link(self, run):
        """Its pages are replaced where they are."""
        pages(Path(), "store/a.html in/a.html")
        Path("out").symlink_to("store")
        assert run("place", *PRESET, "in", "-o", "out").exit_code == 0
        assert Path("out").is_symlink()
        assert is_filled("store/a.html")

    def test_a_link_to_nothing_becomes_one_to_a_page(self, run):
        """As with the shell's own redirection."""
        pages(Path(), "story.html")
        Path("link.html").symlink_to("new.html")
        assert run("place", *PRESET, "story.html", "-o", "link.html").exit_code == 0
        assert Path("link.html").is_symlink()
        assert is_filled("new.html")

    @pytest.mark.parametrize(("target", "reason"), [("link.html", "symbolic links"), ("none/x.html", "No such file")])
    def test_a_link_that_leads_nowhere(self, run, target, reason):
        """One line with the name of the output."""
        pages(Path(), "story.html")
        Path("link.html").symlink_to(target)
        result = run("place", *PRESET, "story.html", "-o", "link.html")
        assert result.exit_code == 1
        assert result.stderr.startswith("adslot: story.html: cannot write link.html: ")
        assert reason in result.stderr and result.stderr.count("\n") == 1
        assert Path("link.html").is_symlink()

    def test_all_names_of_a_file_have_the_new_page(self, run):
        """A file with more than one name is written in place, and nothing is left beside it."""
        pages(Path(), "a.html")
        os.link("a.html", "b.html")
        assert run("place", *PRESET, "a.html", "-o", "a.html").exit_code == 0
        assert Path("a.html").samefile("b.html")
        assert is_filled("b.html")
        assert run("strip", "a.html", "-o", "a.html").exit_code == 0
        assert Path("b.html").read_text(encoding="utf-8") == STORY  # shorter again
        assert names_in() == ["a.html", "b.html"]

    def test_half_a_file_with_more_names_is_never_all_there_is(self, run, monkeypatch):
        """Where writing in place fails, the whole page is kept, and the message says where."""
        pages(Path(), "a.html")
        os.link("a.html", "b.html")
        written = writing._write_all

        def fails_in_place(handle, data):
            if os.fstat(handle).st_nlink > 1:
                written(handle, data[:99])
                raise OSError(errno.EIO, "Input/output error")
            written(handle, data)

        monkeypatch.setattr(writing, "_write_all", fails_in_place)
        result = run("place", *PRESET, "a.html", "-o", "a.html")
        assert result.exit_code == 1
        (kept,) = [name for name in names_in() if name.endswith(".whole")]
        assert kept in result.stderr
        assert is_filled(kept)

    def test_an_open_file_is_written_on(self, tmp_path):
        """/dev/stdout and /dev/fd/N are what the shell has opened: nothing of it is lost, and no file is put there."""
        pages(tmp_path, "a.html")
        script = """
            { echo above; adslot strip a.html -o /dev/stdout; } > all.html
            adslot strip a.html -o /dev/fd/7 7>> all.html
            adslot strip a.html -o /proc/self/fd/1 | cat >> all.html
        """
        assert shell(script, tmp_path).stderr == ""
        assert (tmp_path / "all.html").read_text(encoding="utf-8") == f"above\n{STORY}{STORY}{STORY}"
        assert names_in(tmp_path) == ["a.html", "all.html"]


class TestWhatIsNoFile:
    def test_a_pipe_gets_the_page(self, run):
        """And stays a pipe."""
        pages(Path(), "story.html")
        os.mkfifo("pipe.html")
        read = []
        reader = threading.Thread(target=lambda: read.append(Path("pipe.html").read_bytes()))
        reader.start()
        assert run("place", *PRESET, "story.html", "-o", "pipe.html").exit_code == 0
        reader.join(timeout=20)
        assert strip(read[0]) == STORY.encode()
        assert stat.S_ISFIFO(Path("pipe.html").stat().st_mode)
        assert names_in() == ["pipe.html", "story.html"]

    def test_a_pipe_is_read_where_it_is_named(self, run):
        """In a folder it is no page."""
        os.mkfifo("pipe.html")
        pages(Path(), "story.html")
        writer = threading.Thread(target=lambda: Path("pipe.html").write_text(STORY, encoding="utf-8"))
        writer.start()
        assert run("strip", "pipe.html").stdout == STORY
        writer.join(timeout=20)
        assert run("strip", ".", "-o", "out").exit_code == 0
        assert names_in("out") == ["story.html"]

    @as_root
    @pytest.mark.parametrize(("number", "status"), [(3, 0), (7, 1)])
    def test_a_device_stays_one(self, run, number, status):
        """The null device takes everything; the full one takes nothing, and that is reported."""
        pages(Path(), "story.html")
        os.mknod("device", 0o666 | stat.S_IFCHR, os.makedev(1, number))
        try:
            os.close(os.open("device", os.O_WRONLY))
        except OSError:
            pytest.skip("devices cannot be used here")
        result = run("place", *PRESET, "story.html", "-o", "device")
        assert result.exit_code == status
        told = "adslot: story.html: cannot write device: No space left on device\n"
        assert result.stderr == (told if status else "")
        assert stat.S_ISCHR(Path("device").stat().st_mode)

    def test_a_folder_in_the_place_of_a_page(self, run):
        """Is told, by the name of the output."""
        pages(Path(), "in/a.html in/b.html")
        Path("out/a.html").mkdir(parents=True)
        result = run("place", *PRESET, "in", "-o", "out")
        assert result.stderr == "adslot: in/a.html: cannot write out/a.html: Is a directory\n"
        assert is_filled("out/b.html")


class TestAttributes:
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o755])
    def test_the_mode_stays(self, run, mode):
        """That of a new file is what the process gives to its files."""
        pages(Path(), "a.html")
        Path("a.html").chmod(mode)
        mask = os.umask(0o027)
        try:
            assert run("place", *PRESET, "a.html", "-o", "a.html").exit_code == 0
            assert run("place", *PRESET, "a.html", "-o", "new.html").exit_code == 0
        finally:
            os.umask(mask)
        assert stat.S_IMODE(Path("a.html").stat().st_mode) == mode
        assert stat.S_IMODE(Path("new.html").stat().st_mode) == 0o640

    @as_root
    def test_the_owner_stays(self, run):
        """And the group, for root."""
        pages(Path(), "a.html")
        os.chown("a.html", OWNER, GROUP)
        before = Path("a.html").stat()
        assert run("place", *PRESET, "a.html", "-o", "a.html").exit_code == 0
        after = Path("a.html").stat()
        assert (after.st_uid, after.st_gid) == (OWNER, GROUP)
        assert after.st_ino != before.st_ino  # put into its place
        assert is_filled("a.html")

    @as_root
    @pytest.mark.parametrize(("mode", "owner"), [(0o666, OWNER), (0o644, OWNER + 1)])
    def test_the_owner_stays_where_files_cannot_be_given_away(self, tmp_path, monkeypatch, mode, owner):
        """The file is written in place; one that may not be written is replaced."""
        page = tmp_path / "a.html"
        page.write_bytes(b"old, and longer")
        os.chown(page, OWNER, GROUP)
        page.chmod(mode)
        os.chown(tmp_path, OWNER + 1, GROUP)
        monkeypatch.chdir(tmp_path)  # the folders above are not for everybody
        os.setegid(GROUP)
        os.seteuid(OWNER + 1)
        try:
            write(Path("a.html"), b"new")
        finally:
            os.seteuid(0)
            os.setegid(0)
        assert page.read_bytes() == b"new"
        assert page.stat().st_uid == owner
        assert stat.S_IMODE(page.stat().st_mode) == mode
        assert names_in(tmp_path) == ["a.html"]

    def test_attributes_stay(self, run):
        """Access control lists are attributes, too."""
        pages(Path(), "a.html")
        try:
            os.setxattr("a.html", "user.editor", b"mk")
        except (AttributeError, OSError):
            pytest.skip("no attributes here")
        assert run("place", *PRESET, "a.html", "-o", "a.html").exit_code == 0
        assert is_filled("a.html")
        assert os.getxattr("a.html", "user.editor") == b"mk"

    @as_root
    def test_a_file_that_is_mounted_is_written_in_place(self, tmp_path):
        """As a container has some: they cannot be replaced."""
        pages(tmp_path, "story.html real.html mounted.html")
        script = """
            mount --bind real.html mounted.html || exit 77
            "$PYTHON" -m adslot place --preset longform story.html -o mounted.html
        """
        done = in_a_namespace(script, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert is_filled(tmp_path / "real.html")
        assert (tmp_path / "mounted.html").read_text(encoding="utf-8") == STORY  # as it is without the mount
        assert names_in(tmp_path) == ["mounted.html", "real.html", "script.sh", "story.html"]


class TestFullDisks:
    @as_root
    def test_a_file_system_that_fills_up(self, tmp_path):
        """What fits is written, the rest stays as it is, and nothing is left behind."""
        pages(tmp_path, "a.html b.html c.html")
        (tmp_path / "disk").mkdir()
        # Eight blocks, two of them free: a page has one without its slots, and two with them.
        script = """
            mount -t tmpfs -o size=32k none disk || exit 77
            cp b.html disk/b.html && ln disk/b.html disk/b2.html && head -c 20480 /dev/zero > disk/rest
            "$PYTHON" -m adslot place --preset longform b.html a.html c.html -o disk
            echo $? $(ls -A disk) && cmp b.html disk/b.html && cmp b.html disk/b2.html
            cp disk/a.html a.html
        """
        done = in_a_namespace(script, tmp_path)
        full = "adslot: {0}: cannot write disk/{0}: No space left on device\n"
        assert done.stderr == full.format("b.html") + full.format("c.html")
        assert done.stdout == "1 a.html b.html b2.html rest\n"
        assert is_filled(tmp_path / "a.html")

    def test_a_limit_of_sizes(self, tmp_path):
        """A page that would be too long costs no other one, and no half page is written."""
        pages(tmp_path, "in/a.html in/b.html")
        (tmp_path / "in" / "b.html").write_text(STORY * 9, encoding="utf-8")
        done = shell("ulimit -f 16; trap '' XFSZ; adslot place --preset longform in -o out", tmp_path)
        assert done.returncode == 1
        assert done.stderr == "adslot: in/b.html: cannot write out/b.html: File too large\n"
        assert is_filled(tmp_path / "out" / "a.html")
        assert names_in(tmp_path / "out") == ["a.html"]


class TestFolders:
    def test_outputs_in_the_input_folder_are_no_inputs(self, run):
        """However often the command runs; another name of the folder is no way around."""
        pages(Path(), "site/a.html site/sub/b.html")
        Path("other").symlink_to("site")
        for output in ("site/out", "site/out", "site/../site/out/", "other/out"):
            assert run("place", *PRESET, "site", "-o", output).exit_code == 0
            assert sorted(map(str, Path("site").rglob("*.html"))) == [
                "site/a.html",
                "site/out/a.html",
                "site/out/sub/b.html",
                "site/sub/b.html",
            ]
        assert run("strip", "site/out", "-o", "site/out").exit_code == 0  # a folder that is named is read
        assert Path("site/out/sub/b.html").read_text(encoding="utf-8") == STORY

    def test_what_is_hidden_is_read_where_it_is_named(self, run):
        """And not where it is found."""
        pages(Path(), "site/a.html site/.b.html site/.git/c.html .hidden/d.html")
        assert run("sections", "site").stdout.startswith("site/a.html\n")
        assert run("strip", "site", ".hidden", "site/.b.html", "-o", "out").exit_code == 0
        assert names_in("out") == [".b.html", "a.html", "d.html"]
        assert run("strip", ".", "-o", "all").exit_code == 0
        assert names_in("all") == ["out", "site"]

    @pytest.mark.parametrize("length", [249, 250, 255])
    def test_long_names(self, run, length):
        """As long as the file system has them."""
        name = "n" * (length - 5) + ".html"
        pages(Path(), f"in/{name}")
        for output in ("out", "out", "in"):
            assert run("place", *PRESET, "in", "-o", output).exit_code == 0
            assert is_filled(f"{output}/{name}")
            assert names_in(output) == [name]

    def test_a_name_that_is_too_long(self, run):
        """Is told like others that are not there, and costs no other one."""
        pages(Path(), "a.html")
        name = "n" * 300
        result = run("strip", name, "a.html", "-o", "out")
        assert result.stderr == f"adslot: {name}: File name too long\n"
        assert names_in("out") == ["a.html"]

    def test_a_folder_that_cannot_be_read(self, run):
        """Is told by its name, and costs no other one."""
        pages(Path(), "in/a.html")
        here = os.open("in", os.O_RDONLY)
        for _ in range(17):  # so deep that its path is too long
            os.mkdir("d" * 250, dir_fd=here)
            below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(here)
        result = run("strip", "in", "-o", "out")
        assert result.exit_code == 1
        assert result.stderr.startswith("adslot: in/ddd")
        assert result.stderr.endswith("ddd: File name too long\n") and result.stderr.count("\n") == 1
        assert names_in("out") == ["a.html"]

    def test_a_link_to_nothing_in_a_folder(self, run):
        """Is a page that cannot be read."""
        pages(Path(), "in/a.html")
        Path("in/b.html").symlink_to("gone.html")
        assert run("strip", "in", "-o", "out").stderr == "adslot: in/b.html: No such file or directory\n"

    def test_links_to_folders_are_not_followed(self, run):
        """So there is no way round in circles."""
        pages(Path(), "in/sub/a.html")
        Path("in/sub/again").symlink_to("../../in")
        Path("in/sub/page.html").symlink_to("..")
        assert run("strip", "in", "-o", "out").exit_code == 0
        assert names_in("out/sub") == ["a.html"]

    @pytest.mark.parametrize("output", ["", "out", "out/sub", "out/sub/page.html"])
    def test_no_folder_can_be_there(self, run, output):
        """That is wrong use, told once, and not for every page."""
        pages(Path(), "in/a.html in/b.html out")
        inputs = ["in/a.html"] if output.endswith(".html") else ["in"]
        result = run("place", *PRESET, *inputs, "-o", output)
        assert result.exit_code == 2
        assert result.stderr.count("Error: -o") == 1
        assert Path("out").read_text(encoding="utf-8") == STORY

    def test_a_folder_that_cannot_be_made(self, run):
        """Is told once."""
        pages(Path(), "in/a.html in/b.html")
        result = run("place", *PRESET, "in", "-o", "n" * 300)
        assert (result.exit_code, result.stderr) == (1, f"adslot: {'n' * 300}: File name too long\n")

    def test_a_folder_that_is_to_be_made(self, run):
        """A slash at the end says so."""
        pages(Path(), "a.html")
        assert run("place", *PRESET, "a.html", "-o", "new/").exit_code == 0
        assert is_filled("new/a.html")

    def test_a_page_that_is_still_to_be_read_is_not_lost(self, run):
        """It would be written over for another one of its name."""
        pages(Path(), "a/page.html b/page.html")
        Path("b/page.html").write_text("<p>Ein anderer.</p>", encoding="utf-8")
        result = run("strip", "b/page.html", "a/page.html", "-o", "a")
        assert result.exit_code == 1
        assert result.stderr == "adslot: b/page.html: a/page.html is another input, which would be lost\n"
        assert Path("a/page.html").read_text(encoding="utf-8") == STORY

    def test_two_names_of_one_file_are_one_output(self, run):
        """The second page that would be written there is refused."""
        pages(Path(), "in/a.html in/b.html out/a.html")
        Path("out/b.html").symlink_to("a.html")
        result = run("strip", "in", "-o", "out")
        assert result.stderr == "adslot: in/b.html: out/b.html was written for another input of the same name\n"

    def test_the_empty_name_is_no_folder(self, run):
        """Neither the current one nor any other."""
        pages(Path(), "a.html")
        assert run("strip", "").stderr == "adslot: '': No such file or directory\n"


AWKWARD = "a\nb\x1b[2J\u2028\r.html"


class TestNames:
    """Names may have any characters: a line of a report is a line."""

    @pytest.fixture
    def found(self, run):
        """A folder with a page of such a name, in which something is wrong."""
        Path("in").mkdir()
        Path("in", AWKWARD).write_text(f"<h2>Titel</h2>{own('anzeige', 'in-text')}{STORY}", encoding="utf-8")

    def test_as_text(self, run, found):
        """What breaks lines or steers the terminal is escaped."""
        lines = run("check", *PRESET, "in").stdout.splitlines()
        assert lines
        assert all(line.startswith(r"in/a\nb\x1b[2J\u2028\r.html:1:") for line in lines)
        assert run("sections", "in").stdout.splitlines()[0] == r"in/a\nb\x1b[2J\u2028\r.html"

    def test_as_annotations(self, run, found):
        """With GitHub's escapes, where it has some."""
        lines = run("check", "--preset", "de-news", "in", "--format", "github").stdout.splitlines()
        assert lines
        assert all(line.startswith(r"::error file=in/a%0Ab\x1b[2J\u2028%0D.html,line=1,") for line in lines)

    def test_as_data(self, run, found):
        """As they are."""
        assert {each["file"] for each in json.loads(run("check", *PRESET, "in", "--format", "json").stdout)} == {
            f"in/{AWKWARD}"
        }

    def test_in_messages(self, run, found):
        """One line each."""
        Path("in", AWKWARD).write_bytes(b"\0")
        result = run("place", *PRESET, "in", "-o", "out")
        assert result.stderr == "adslot: in/a\\nb\\x1b[2J\\u2028\\r.html: a binary file, not HTML\n"

    @pytest.mark.parametrize("form", ["text", "json", "github"])
    def test_names_that_are_no_text(self, run, found, form):
        """Bytes that are no UTF-8 are names, too, but no output."""
        try:
            Path("in", AWKWARD).rename(os.fsdecode(b"in/\xff.html"))
        except OSError:
            pytest.skip("such names cannot be here")
        shown = {"text": r"in/\xff.html:1:", "json": r'"in/\udcff.html"', "github": r"file=in/\xff.html,"}[form]
        assert shown in run("check", *PRESET, "in", "--format", form).stdout
        assert run("place", *PRESET, "in", "-o", "out").exit_code == 0
        assert names_in("out") == [os.fsdecode(b"\xff.html")]


class TestKilled:
    """Runs that end before their time leave no half page, and nothing that stays."""

    def test_what_a_killed_run_has_left_is_removed(self, run):
        """But what another run still writes is not, nor what only looks like it."""
        pages(Path(), "in/a.html")
        Path("out").mkdir()
        left, used, others = "out/.adslot-0123456789ab.tmp", "out/.adslot-ba9876543210.tmp", "out/.adslot-note.tmp"
        for name in (left, used, others):
            Path(name).write_text("half", encoding="utf-8")
        os.mkfifo("out/.adslot-000000000000.tmp")
        with Path(used).open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            assert run("place", *PRESET, "in", "-o", "out").exit_code == 0
        assert names_in("out") == [Path(name).name for name in ("out/.adslot-000000000000.tmp", used, others, "a.html")]

    def test_where_there_are_no_locks_age_tells(self, tmp_path, monkeypatch):
        """A day."""
        monkeypatch.setattr(writing, "flock", no_locks)
        young, old = tmp_path / ".adslot-0123456789ab.tmp", tmp_path / ".adslot-ba9876543210.tmp"
        young.touch()
        old.touch()
        os.utime(old, (0, 0))
        write(tmp_path / "a.html", b"new")
        clean(tmp_path)
        assert names_in(tmp_path) == [young.name, "a.html"]

    def test_a_file_that_was_cleaned_away_is_begun_anew(self, tmp_path, monkeypatch):
        """Between its making and its locking."""
        cleaned: list[Path] = []

        def late(handle, how):
            if not cleaned:
                cleaned.extend(tmp_path.iterdir())
                cleaned[0].unlink()
            fcntl.flock(handle, how)

        monkeypatch.setattr(writing, "flock", late)
        write(tmp_path / "a.html", b"new")
        assert len(cleaned) == 1
        assert names_in(tmp_path) == ["a.html"]


def no_locks(*_):
    raise OSError(errno.ENOLCK, "No locks available")
