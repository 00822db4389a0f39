import type { Invocation, Word } from './line.ts';
import { type Wrapper, wrappers } from './wrapper-table.ts';

/** A command that another one runs: as words, or as a script to be parsed. */
export type Nested =
  | { words: Word[]; assignments: string[]; ownInput: boolean }
  | { script: string; shell: 'bash' | 'fish' | 'same' };

export interface NestedCommands {
  commands: Nested[];
  remote: boolean;
  opaque: Invocation['opaque'];
}

const nothing: NestedCommands = { commands: [], remote: false, opaque: null };

/**
 * The commands that a command runs according to its arguments: `sudo ls`, `find -exec`, `bash -c '…'`.
 *
 * @param feeding the fixed text on its standard input; null if it is not fixed, undefined without input
 */
export function nestedCommands(
  name: string,
  args: readonly Word[],
  feeding: () => string | null | undefined,
): NestedCommands {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const wrapper = wrappers.get(base);
  return wrapper === undefined ? nothing : nestedBy(wrapper, args, feeding);
}

function nestedBy(wrapper: Wrapper, args: readonly Word[], feeding: () => string | null | undefined): NestedCommands {
  const ownShell = wrapper.sameShell ? 'same' : (wrapper.shell ?? 'bash');
  const commands: Nested[] = [];
  let opaque: Invocation['opaque'] = null;
  const addWords = (words: readonly Word[], assigns: boolean, ownInput: boolean): void => {
    const assignments: string[] = [];
    let start = 0;
    if (assigns) {
      for (; start < words.length; start++) {
        const variable = /^([A-Za-z_]\w*)=/.exec(words[start]?.raw ?? '')?.[1];
        if (variable === undefined) break;
        assignments.push(variable);
      }
    }
    if (start < words.length) commands.push({ words: words.slice(start), assignments, ownInput });
  };
  const addScript = (words: readonly (Word | undefined)[], shell: 'bash' | 'fish' | 'same'): void => {
    const texts = words.map((word) => word?.text ?? partlyKnown(word));
    if (texts.length === 0 || texts[0] === '-') return;
    if (texts.includes(null)) opaque = 'script from an expansion';
    else commands.push({ script: texts.join(' '), shell });
  };

  const found = readOptions(wrapper, args);
  if (found.runsNothing) return nothing;
  if (wrapper.subcommands) {
    const sub = found.rest[0]?.text;
    const at =
      typeof sub === 'string' && Object.hasOwn(wrapper.subcommands, sub) ? wrapper.subcommands[sub] : undefined;
    if (at === undefined) return nothing;
    const { subcommands: _, ...outer } = wrapper;
    return nestedBy({ ...outer, ...at }, found.rest.slice(1), feeding);
  }
  for (const { value, attached } of found.scripts) {
    const script = attached === null || value === undefined ? value : { ...value, text: attached };
    // `env -S 'rm -rf' x`: the other words follow.
    addScript([script, ...(wrapper.assigns ? found.rest : [])], wrapper.shell ?? 'bash');
  }
  switch (wrapper.form) {
    case 'words': {
      let rest = found.rest;
      if (found.scripts.length > 0) break;
      rest = rest.slice(wrapper.skip ?? 0);
      if (rest[0]?.text === '--') rest = rest.slice(1);
      // `flock FILE -c 'make'`
      if (wrapper.skip && wrapper.scripts?.includes(rest[0]?.text ?? '')) {
        addScript([rest[1]], 'bash');
        break;
      }
      if (wrapper.until) {
        const end = rest.findIndex(({ raw }) => wrapper.until?.includes(raw));
        // `parallel ::: 'ls' 'make'`
        if (end === 0) for (const word of rest.slice(1)) addScript([word], 'bash');
        if (end >= 0) rest = rest.slice(0, end);
      }
      // Wrappers that use a shell take one quoted word with blanks as a command line.
      if (wrapper.joins && rest.length > 0 && (rest.length === 1 || rest.every(({ text }) => text !== null))) {
        addScript(rest, 'bash');
      } else addWords(rest, wrapper.assigns ?? false, wrapper.ownInput ?? false);
      break;
    }
    case 'marker': {
      for (const words of afterMarkers(wrapper, args)) addWords(words, false, wrapper.ownInput ?? false);
      break;
    }
    case 'scripts':
      for (const word of found.rest) addScript([word], 'bash');
      break;
    case 'script':
      if (found.rest.length > (wrapper.skip ?? 0))
        addScript(
          found.rest.slice(wrapper.skip ?? 0, wrapper.firstOnly ? (wrapper.skip ?? 0) + 1 : undefined),
          ownShell,
        );
      break;
    case 'shell': {
      if (found.scripts.length > 0) break;
      const file = found.rest[0];
      if (file !== undefined && file.raw !== '-' && !found.readsStdin) {
        // `bash <(curl …)` and `bash script`: the script is not in the line.
        opaque = file.text === null ? 'script from an expansion' : 'script in a file';
      } else {
        const fed = feeding();
        if (fed === null) opaque = 'script from standard input';
        else if (fed !== undefined) commands.push({ script: fed, shell: ownShell });
      }
      break;
    }
    case 'options':
      break;
  }
  return { commands, remote: wrapper.remote ?? false, opaque };
}

/** A script with unknown values can still be parsed. */
function partlyKnown(word: Word | undefined): string | null {
  const shape = word?.shape;
  return shape === undefined || shape.replaceAll('\0', '').trim() === '' ? null : shape.replaceAll('\0', '"$_unknown"');
}

interface FoundOptions {
  /** The words after the options. */
  rest: Word[];
  /** Values of the options that take a script. */
  scripts: { value: Word | undefined; attached: string | null }[];
  readsStdin: boolean;
  /** An option prevents the command from running anything. */
  runsNothing: boolean;
}

/**
 * Skips a command's own options, as getopt does: up to the first other word (anywhere on the line for `anywhere`).
 * `sudo -u ann ls` leaves `ls`.
 */
function readOptions(wrapper: Partial<Wrapper>, args: readonly Word[]): FoundOptions {
  const found: FoundOptions = { rest: [], scripts: [], readsStdin: false, runsNothing: false };
  const unless = wrapper.unless ?? [];
  const valued = wrapper.valued ?? [];
  const scripts = wrapper.scripts ?? [];
  let index = 0;
  for (; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    const text = word.text;
    if (text?.startsWith('+') && wrapper.plusOptions) continue;
    if (text === null || text === '-' || !text.startsWith('-')) {
      if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(word.raw)) {
        found.rest.push(word);
        continue;
      }
      if (!wrapper.anywhere) break;
      found.rest.push(word);
      continue;
    }
    if (text === '--') {
      if (!wrapper.anywhere) break;
      found.rest.push(...args.slice(index + 1));
      return found;
    }
    if (unless.includes(text)) found.runsNothing = true;
    if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      const option = equals < 0 ? text : text.slice(0, equals);
      if (scripts.includes(option)) {
        if (equals < 0) found.scripts.push({ value: args[++index], attached: null });
        else found.scripts.push({ value: word, attached: text.slice(equals + 1) });
        if (wrapper.assigns) {
          index++;
          break;
        }
      } else if (equals < 0 && valued.includes(option)) index += wrapper.twoValued?.includes(option) ? 2 : 1;
      continue;
    }
    if (valued.includes(text)) {
      index += wrapper.twoValued?.includes(text) ? 2 : 1;
      continue;
    }
    if (scripts.includes(text)) {
      found.scripts.push({ value: args[++index], attached: null });
      // `env -S rm -rf x`: the options are those of the command.
      if (wrapper.assigns) {
        index++;
        break;
      }
      continue;
    }
    if (wrapper.longWithOneDash) continue;
    // Short options together: `-xec 'script'`, `-uann`, `-Hu ann`.
    for (let at = 1; at < text.length; at++) {
      const option = `-${text[at]}`;
      if (unless.includes(option)) found.runsNothing = true;
      if (option === '-s' && wrapper.form === 'shell') found.readsStdin = true;
      const last = at === text.length - 1;
      if (scripts.includes(option)) {
        // A shell takes the next word whatever follows `c`; others take the rest of this one.
        if (last || wrapper.form === 'shell') found.scripts.push({ value: args[++index], attached: null });
        else found.scripts.push({ value: word, attached: text.slice(at + 1) });
        break;
      }
      if (valued.includes(option)) {
        if (last) index += 1;
        break;
      }
    }
  }
  if (!wrapper.anywhere) found.rest.push(...args.slice(index));
  return found;
}

/** The commands behind `-exec … ;` (all of them) or `--command …` (to the end). */
function afterMarkers({ markers = [], until = [] }: Wrapper, args: readonly Word[]): Word[][] {
  const found: Word[][] = [];
  for (let index = 0; index < args.length; index++) {
    if (!markers.includes(args[index]?.text ?? '')) continue;
    const start = index + 1;
    let end = start;
    while (end < args.length && !until.includes(args[end]?.text ?? '')) end++;
    if (end > start) found.push([...args.slice(start, end)]);
    index = end;
  }
  return found;
}
