import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { typeIntoFish } from '../snapshot/shell/type-into-fish.ts';
import { typeIntoShell } from '../snapshot/shell/type-into-shell.ts';
import { writeHistory } from '../snapshot/shell/write-history.ts';

/**
 * Lines and how often each is typed. `%` becomes the number of the use; ` ;; ` separates lines that are typed 20 seconds
 * after each other.
 */
export type Lines = readonly (readonly [text: string, times: number])[];

/** What a user typed into one shell between two days, evenly spread. */
export interface Session {
  shell: 'fish' | 'bash' | 'zsh' | 'atuin';
  from: string;
  to: string;
  lines: Lines;
  /** fish only: lines typed with the recorder of `capture.enable` loaded. A program fails if `broken` is in its line. */
  recorded?: { lines: Lines; programs: readonly string[] };
}

interface Typed {
  text: string;
  /** Seconds since 1970. */
  time: number;
}

const secondsOf = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;

/** Types each session into its real shell in `home`, then sets the times of the lines: shells write the present. */
export async function makeHome(home: string, sessions: readonly Session[]): Promise<void> {
  mkdirSync(home, { recursive: true });
  for (const { shell, from, to, lines, recorded } of sessions) {
    const typed = spread(lines, secondsOf(from), secondsOf(to));
    if (shell === 'fish') await fishHome(home, typed, recorded && { ...recorded, from, to });
    else if (shell === 'atuin') atuinHome(home, typed);
    else {
      const folder = join(home, 'typing');
      mkdirSync(folder);
      const texts = typed.map(({ text }) => text);
      const file = await typeIntoShell(shell, 'stamped', folder, texts);
      const stamp = shell === 'bash' ? /^#(\d+)$/gm : /^: (\d+):/gm;
      setTimes(file, stamp, typed, join(home, `.${shell}_history`));
      rmSync(folder, { recursive: true });
    }
  }
}

function spread(lines: Lines, from: number, to: number): Typed[] {
  const typed = lines.flatMap(([text, times], row) =>
    Array.from({ length: times }, (_, use) => {
      const time = Math.floor(from + ((use + 0.5) / times) * (to - from)) + row * 600;
      return text
        .split(' ;; ')
        .map((part, step) => ({ text: part.replaceAll('%', String(use)), time: time + step * 20 }));
    }).flat(),
  );
  return typed.sort((a, b) => a.time - b.time);
}

async function fishHome(
  home: string,
  typed: readonly Typed[],
  recorded: { lines: Lines; programs: readonly string[]; from: string; to: string } | undefined,
): Promise<void> {
  // In a folder of its own: in the home fish would import the history of bash.
  const folder = join(home, 'typing');
  mkdirSync(folder);
  const parts: string[] = [];
  const type = async (lines: readonly Typed[], startUp: string): Promise<void> => {
    // fish keeps a line once, so that its entries would no longer be those that were typed.
    const twice = lines.map(({ text }) => text).find((text, index, all) => all.indexOf(text) !== index);
    if (twice !== undefined) throw new Error(`fish keeps \`${twice}\` once: put a % into it`);
    const file = await typeIntoFish(
      folder,
      lines.map(({ text }) => text),
      startUp,
    );
    setTimes(file, /(?<=^ {2}when: )(\d+)$/gm, lines, file);
    parts.push(readFileSync(file, 'utf8'));
    rmSync(file);
  };
  await type(typed, '');
  if (recorded !== undefined) {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const program of ['mkdir', 'wc', 'mv', 'sh']) symlinkSync(`/bin/${program}`, join(bin, program));
    for (const program of recorded.programs) {
      writeFileSync(join(bin, program), '#!/bin/sh\ncase "$*" in *broken*) exit 1 ;; esac\n', { mode: 0o755 });
    }
    const recorder = fileURLToPath(new URL('../../dist/recorder.fish', import.meta.url));
    const all = spread(recorded.lines, secondsOf(recorded.from), secondsOf(recorded.to));
    const dayOf = ({ time }: Typed): number => Math.floor(time / 86_400);
    // The recorder asks for the date once in a session, so each day has its own session.
    for (const day of new Set(all.map(dayOf))) {
      const lines = all.filter((line) => dayOf(line) === day);
      writeFileSync(join(bin, 'date'), `#!/bin/sh\necho ${lines[0]?.time}\n`, { mode: 0o755 });
      await type(lines, `set -gx PATH '${bin}'\nsource '${recorder}'`);
    }
    cpSync(join(folder, '.local/state'), join(home, '.local/state'), { recursive: true });
  }
  mkdirSync(join(home, '.local/share/fish'), { recursive: true });
  writeFileSync(join(home, '.local/share/fish/fish_history'), parts.join(''));
  rmSync(folder, { recursive: true });
}

function atuinHome(home: string, typed: readonly Typed[]): void {
  const folder = join(home, '.local/share/atuin');
  mkdirSync(folder, { recursive: true });
  // No atuin is at hand: the file is written with its schema.
  const exit = (text: string): number => (text.includes('broken') ? 1 : 0);
  const { file } = writeHistory(
    folder,
    'atuin',
    typed.map((line) => ({ ...line, exit: exit(line.text) })),
  );
  writeFileSync(join(folder, 'history.db'), readFileSync(file));
  rmSync(file);
}

/** Puts the times of `typed` in place of those that the shell wrote, in order. */
function setTimes(file: string, stamp: RegExp, typed: readonly Typed[], target: string): void {
  const text = readFileSync(file, 'utf8');
  const found = text.match(stamp)?.length ?? 0;
  if (found !== typed.length) throw new Error(`${file}: expected ${typed.length} entries, got ${found}`);
  let index = 0;
  const shifted = text.replaceAll(stamp, (whole, time: string) => whole.replace(time, String(typed[index++]?.time)));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, shifted);
}
