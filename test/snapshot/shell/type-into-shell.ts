import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readyMark, typeAtPrompts } from './type-at-prompts.ts';

/** How a history is kept: with the time of each line or without. */
export type Keeping = 'plain' | 'stamped';

const prompt = `printf '${readyMark}' >/dev/tty`;

const shells = {
  bash: {
    startUp: '.bashrc',
    command: (file: string) => `--rcfile '${file}' -i`,
    // Completion would answer to a tab.
    text: (folder: string, keeping: Keeping) => `
      PROMPT_COMMAND=${JSON.stringify(prompt)} PS1= PS2=
      bind 'set disable-completion on' 2>/dev/null; bind 'set enable-bracketed-paste off' 2>/dev/null
      HISTFILE='${folder}/history' HISTSIZE=9999 HISTFILESIZE=9999 HISTCONTROL=ignorespace
      ${keeping === 'stamped' ? "HISTTIMEFORMAT='%F %T '" : 'unset HISTTIMEFORMAT'}
      shopt -s histappend cmdhist extglob
      PATH='${folder}/no-programs'`,
    accepts: ['--norc', '-O', 'extglob', '-n', '-c'],
  },
  zsh: {
    startUp: '.zshrc',
    command: () => '-o no_global_rcs -i',
    text: (folder: string, keeping: Keeping) => `
      precmd() { ${prompt} }
      PS1= PS2= RPS1=
      bindkey -e; bindkey '^I' self-insert; unset zle_bracketed_paste
      HISTFILE='${folder}/history' HISTSIZE=9999 SAVEHIST=9999
      setopt hist_ignore_space interactive_comments extended_glob no_hist_ignore_dups no_check_jobs no_bang_hist ${keeping === 'stamped' ? '' : 'no_'}extended_history
      path=('${folder}/no-programs')`,
    accepts: ['-f', '-o', 'extended_glob', '-o', 'interactive_comments', '-n', '-c'],
  },
};

/** Whether the shell on PATH takes this for whole command lines; its status does not tell, its complaint does. */
export function shellAccepts(shell: 'bash' | 'zsh', line: string): boolean {
  // A line of `-` would be an option.
  const { stderr } = spawnSync(shell, [...shells[shell].accepts, `\n${line}`], { encoding: 'utf8' });
  return !/syntax error|parse error|unexpected|unmatched/.test(stderr);
}

/**
 * Types lines into the real shell on a terminal of its own, each when it asks for the next, and answers the
 * history file that it wrote. No program is on its PATH: what is typed is read and recorded, and nothing happens.
 */
export async function typeIntoShell(
  shell: 'bash' | 'zsh',
  keeping: Keeping,
  folder: string,
  lines: readonly string[],
): Promise<string> {
  mkdirSync(path.join(folder, 'no-programs'));
  const { startUp, text, command } = shells[shell];
  const file = path.join(folder, startUp);
  writeFileSync(file, `${text(folder, keeping)}\n`);
  await typeAtPrompts(shell, command(file), lines, { folder, env: { ZDOTDIR: folder } });
  return path.join(folder, 'history');
}
