"""Asks a real zsh, on a terminal of its own, what it completes."""

import os
import pathlib
import pty
import select
import time

STARTUP = r"""
PS1='> '; fpath=("$ZDOTDIR/functions" $fpath); path=("$PROGRAM_FOLDER" $path)
autoload -Uz compinit; compinit -u -d "$ZDOTDIR/dump"
compadd() {  # what is offered is noted, then added
  if [[ -z ${argv[(r)-[OAD]]} ]]; then
    local -a shown; builtin compadd -A shown "$@"
    (( $#shown )) && print -rl -- $shown >>"$ZDOTDIR/shown"
  fi
  builtin compadd "$@"
}
finish() { print -r -- "= $BUFFER" >>"$ZDOTDIR/shown"; BUFFER='' }
zle -N finish; bindkey '^X' finish
print -r -- "= ready" >>"$ZDOTDIR/shown"
"""


class Zsh:
    """A zsh that has loaded `script`; its files are in `folder`, its words are completed in `inside`."""

    def __init__(self, program, script, folder, inside):
        (folder / "functions").mkdir(parents=True)
        (folder / "functions/_trapezoid").write_text(script, "utf-8")
        (folder / ".zshrc").write_text(STARTUP, "utf-8")
        self.shown = folder / "shown"
        environment = {**os.environ, "ZDOTDIR": str(folder), "TERM": "xterm",
                       "PROGRAM_FOLDER": str(pathlib.Path(program).parent)}
        self.said = b""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(inside)
            os.execvpe("zsh", ["zsh", "-d", "-i"], environment)
        self.wait()

    def wait(self):
        """The lines that zsh notes, up to the one that ends them."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.02)[0]:
                self.said += os.read(self.terminal, 4096)
            text = self.shown.read_text("utf-8") if self.shown.exists() else ""
            if text.endswith("\n") and text.splitlines()[-1].startswith("= "):
                return text.splitlines()
        raise TimeoutError(self.said.decode("utf-8", "replace"))

    def complete(self, line):
        """What is offered at the end of `line`."""
        self.shown.write_text("")
        os.write(self.terminal, line.encode() + b"\t\x18")
        return sorted(set(self.wait()[:-1]))

    def close(self):
        os.write(self.terminal, b"exit\n")
        try:
            while os.read(self.terminal, 4096):
                pass
        except OSError:  # it is gone
            pass
        os.close(self.terminal)
        os.waitpid(self.child, 0)
