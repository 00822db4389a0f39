import { expand as expandBraces } from 'brace-expansion';
import type { Assignment, Word as BashWord, DoubleQuotedChild, ParameterExpansionPart, Script, WordPart } from 'unbash';
import type { Expander } from '../lang/shell/expander.ts';
import type { Word } from '../lang/shell/line.ts';

/** Marks an unknown part in `Word.shape`. */
const unknown = '\0';

/** More alternatives than this and a word counts as unknown. */
const most = 12;

/** The number of words that one word with braces becomes; more are left out. */
const maxBraceWords = 64;

interface Variable {
  values: Set<string>;
  /** It may also have a value that is not in the line. */
  open: boolean;
}

export interface Values extends Expander {
  /** An array, or the arguments of a function (`@`), has these words. */
  list: (name: string, words: readonly Word[]) => void;
  /** Grows with every new assignment: when a pass over the line adds nothing, all values are known. */
  size: () => number;
}

/**
 * Follows values through a line: `x=rm; $x -rf ~` runs `rm`. A variable may have any of the values that
 * the line assigns anywhere, in any branch and order: too many values are assumed, never too few.
 *
 * @param env the known part of the environment: HOME, USER, PWD, …
 */
export function lineValues(env: Readonly<Record<string, string>>): Values {
  const variables = new Map<string, Variable>();
  const lists = new Map<string, (readonly Word[])[]>();
  let changes = 0;

  const add = (name: string, values: readonly (string | null)[]): void => {
    let variable = variables.get(name);
    if (variable === undefined) {
      variable = { values: new Set(), open: false };
      variables.set(name, variable);
    }
    for (const value of values) {
      const open =
        value === null || value.includes(unknown) || (variable.values.size >= most && !variable.values.has(value));
      if (open ? variable.open : variable.values.has(value)) continue;
      changes++;
      if (open) variable.open = true;
      if (value !== null && variable.values.size < most) variable.values.add(value);
    }
  };

  const list = (name: string, words: readonly Word[]): void => {
    const known = lists.get(name) ?? [];
    const key = words.map(({ raw }) => raw).join(' ');
    if (known.length >= most || known.some((one) => one.map(({ raw }) => raw).join(' ') === key)) return;
    lists.set(name, [...known, words]);
    changes++;
    // `$1`, `$2`, …
    if (name === '@') for (const [index, { text }] of words.slice(0, 9).entries()) add(String(index + 1), [text]);
  };

  const lookUp = (name: string): string[] => {
    // Some number: `/proc/$$/environ`.
    if (name === '$' || name === 'PPID' || name === 'BASHPID') return ['1'];
    const variable = variables.get(name);
    const known = [...(variable?.values ?? [])];
    const outer = name === 'IFS' ? ' ' : env[name];
    // `HOME=/x rm …` may or may not have happened when the name is used.
    if (outer !== undefined && !known.includes(outer)) known.push(outer);
    if (variable?.open || known.length === 0) known.push(unknown);
    return known;
  };

  const parameter = (part: ParameterExpansionPart): string[] => {
    const operation = part.operation;
    if (part.prefix !== undefined) return [unknown];
    if (part.index !== undefined) return lookUp(part.parameter);
    if (operation === undefined) return lookUp(part.parameter);
    if (operation.type === 'Default') {
      const operand = flat(operation.operand);
      const own = lookUp(part.parameter);
      if (operation.operator.includes('+')) return ['', ...operand];
      if (operation.operator.includes('?')) return own;
      const nothingKnown = own.length === 1 && own[0] === unknown;
      return nothingKnown ? operand : [...own, ...operand];
    }
    if (operation.type === 'CaseModification') {
      const up = operation.operator.startsWith('^');
      return lookUp(part.parameter).map((text) => (up ? text.toUpperCase() : text.toLowerCase()));
    }
    return [unknown];
  };

  const part = (one: WordPart | DoubleQuotedChild): string[] => {
    switch (one.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
      case 'Glob':
        return [one.value];
      case 'ExtendedGlob':
      case 'BraceExpansion':
        return [one.text];
      case 'SimpleExpansion':
        return lookUp(one.text.slice(1));
      case 'ParameterExpansion':
        return parameter(one);
      case 'DoubleQuoted':
      case 'LocaleString':
        return combine(one.parts.map(part));
      case 'CommandExpansion':
        return one.script === undefined ? [unknown] : output(one.script);
      case 'ArithmeticExpansion':
        return [unknown];
      case 'ProcessSubstitution':
        return [unknown];
    }
  };

  /** All values of a word, not split. */
  const flat = (word: BashWord): string[] => {
    if (word.parts === undefined) return [tilde(word.value, word.text)];
    const values = combine(word.parts.map(part));
    return word.text.startsWith('~') ? values.map((value) => tilde(value, word.text)) : values;
  };

  const tilde = (value: string, raw: string): string => {
    const name = raw.startsWith('~') ? /^~([^/]*)/.exec(value)?.[1] : undefined;
    if (name === undefined) return value;
    if (name === '' || name === env.USER) return (env.HOME ?? unknown) + value.slice(1 + name.length);
    return name === 'root' ? `/root${value.slice(5)}` : value;
  };

  /** The output of a command substitution, for a few simple commands. */
  const output = (script: Script): string[] => {
    const statement = script.commands[0];
    if (script.commands.length !== 1 || statement === undefined) return [unknown];
    const stages = statement.command.type === 'Pipeline' ? statement.command.commands : [statement.command];
    let text: string[] | null = null;
    for (const stage of stages) {
      if (stage.type !== 'Command' || stage.name === undefined) return [unknown];
      // `2>/dev/null` does not change the output.
      const { redirects } = stage;
      if (redirects.some(({ descriptor }) => descriptor?.type !== 'FileDescriptor' || descriptor.value !== 2))
        return [unknown];
      const words = [stage.name, ...stage.args.filter((arg): arg is BashWord => arg.type === 'Word')].flatMap(
        (word) => {
          const [value, ...others] = flat(word);
          return value === undefined || others.length > 0 ? [unknown] : [value];
        },
      );
      if (words.some((word) => word.includes(unknown))) return [unknown];
      text = run(words, text);
      if (text === null) return [unknown];
    }
    return (text ?? [unknown]).map((one) => one.replace(/\n+$/, ''));
  };

  /** A word out of braces with the values of its variables. */
  const inBraces = (text: string): string =>
    text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, one, other) => lookUp(one ?? other)[0] ?? '');

  const expand = (word: BashWord): Word[][] => {
    const parts = word.parts;
    if (parts === undefined) {
      const text = tilde(word.value, word.text);
      return [[{ text, raw: word.text, quoted: word.value !== word.text, pattern: false }]];
    }
    const pattern = parts.some(({ type }) => type === 'Glob' || type === 'ExtendedGlob');
    const quoted = /['"\\]/.test(word.text);
    const [, array, all] = wholeList.exec(word.text) ?? [];
    const whole = lists.get(array ?? (all === undefined ? '' : '@'));
    if (whole !== undefined) return whole.map((words) => [...words]);
    if (parts.every(isLiteral)) {
      const typed = parts.map(literalText).join('');
      const raws = typed.includes('{') ? expandBraces(typed, { max: maxBraceWords, maxSteps: 200_000 }) : [typed];
      const texts = parts.some(({ type }) => type === 'BraceExpansion') ? raws.map(inBraces) : raws;
      const isPattern = (one: string): boolean => (texts.length > 1 ? /[*?[]/.test(one) : pattern);
      return [
        texts.map((one, index) => ({
          text: one.includes(unknown) ? null : tilde(one, one),
          shape: one,
          raw: raws[index] ?? one,
          quoted,
          pattern: isPattern(one),
        })),
      ];
    }
    const splits = parts.some(
      ({ type }) => type === 'SimpleExpansion' || type === 'ParameterExpansion' || type === 'CommandExpansion',
    );
    return flat(word).map((value) => {
      const fields = splits ? value.split(/[ \t\n]+/).filter((field) => field !== '') : [value];
      return fields.map((field) => ({
        text: field.includes(unknown) ? null : field,
        shape: field,
        raw: fields.length === 1 ? word.text : field.replaceAll(unknown, '…'),
        quoted,
        pattern: pattern || (splits && /[*?[]/.test(field)),
      }));
    });
  };

  return {
    size: () => changes,
    list,
    command(words) {
      let variants: Word[][] = [[]];
      for (const word of words) {
        const [only = [], ...others] = expand(word);
        // In place: copying would take time quadratic in the number of words.
        if (others.length === 0) for (const variant of variants) variant.push(...only);
        else variants = variants.flatMap((before) => [only, ...others].map((after) => [...before, ...after]));
        if (variants.length > most) variants = variants.slice(0, most);
      }
      return variants.filter((variant) => variant.length > 0);
    },
    word(word) {
      const values = flat(word);
      const quoted = /['"\\]/.test(word.text);
      const pattern = word.parts?.some(({ type }) => type === 'Glob' || type === 'ExtendedGlob') ?? false;
      return values.map((value) => ({
        text: value.includes(unknown) ? null : value,
        shape: value,
        raw: word.text,
        quoted,
        pattern,
      }));
    },
    assign(assignment: Assignment) {
      const { value, name } = assignment;
      const values = value.type === 'ArrayValue' ? value.elements.flatMap(flat) : flat(value);
      if (value.type === 'ArrayValue') {
        const words = value.elements.flatMap((element) => expand(element)[0] ?? []);
        const before = assignment.append ? (lists.get(name)?.at(-1) ?? []) : [];
        if (before.length < 64) list(name, [...before, ...words]);
      }
      if (assignment.append) {
        const before = lookUp(name).filter((one) => one !== unknown);
        if (changes < 200)
          add(
            name,
            values.flatMap((after) => [after, ...before.map((one) => one + after)]),
          );
      } else add(name, values);
    },
    bind(name, words) {
      if (words === undefined) add(name, [null]);
      else
        for (const word of words)
          for (const fields of expand(word))
            add(
              name,
              fields.map(({ text, pattern, raw }) => (pattern ? raw : text)),
            );
    },
  };
}

/** All words of an array or of the arguments: `"${x[@]}"`, `"$@"`. */
const wholeList = /^"?\$(?:\{([A-Za-z_]\w*)\[[@*]\]\}|\{?([@*])\}?)"?$/;

const isLiteral = ({ type }: WordPart): boolean => type === 'Literal' || type === 'BraceExpansion' || type === 'Glob';

/** The text of a part without an expansion: a literal's value, a pattern or braces as typed. */
const literalText = (part: WordPart): string =>
  'value' in part && typeof part.value === 'string' ? part.value : part.text;

function combine(parts: readonly string[][]): string[] {
  let all = [''];
  for (const values of parts) {
    all = all.flatMap((before) => values.map((after) => before + after));
    if (all.length > most) return [...new Set(all.slice(0, most - 1)), unknown];
  }
  return [...new Set(all)];
}

/**
 * The possible outputs of a command; null where they are not known.
 *
 * @param input the output of the previous stage
 */
function run([name = '', ...args]: readonly string[], input: string[] | null): string[] | null {
  const plain = args.filter((arg) => !arg.startsWith('-'));
  switch (name.slice(name.lastIndexOf('/') + 1)) {
    case 'echo': {
      if (args[0] === '-e') return [unescaped(args.slice(1).join(' '))];
      return [(args[0] === '-n' ? args.slice(1) : args).join(' ')];
    }
    case 'printf': {
      const [format = '', ...values] = args[0] === '--' ? args.slice(1) : args;
      if (/%(?![sb%])/.test(format)) return null;
      let index = 0;
      let text = '';
      do text += unescaped(format).replace(/%([sb%])/g, (_, kind) => (kind === '%' ? '%' : (values[index++] ?? '')));
      while (index > 0 && index < values.length);
      return [text];
    }
    case 'which':
    case 'type':
      return plain.length === 1 ? plain : null;
    case 'command':
      return /^-[vV]$/.test(args[0] ?? '') && plain.length === 1 ? plain : null;
    case 'realpath':
    case 'readlink':
      return plain.length === 1 ? plain : null;
    case 'mktemp':
      // A new file or folder, which is neither the home nor the root.
      return ['/tmp/tmp.mktemp'];
    case 'nix':
      return args[0] === 'build' && args.includes('--print-out-paths') ? ['/nix/store/built'] : null;
    case 'nix-build':
      return ['/nix/store/built'];
    case 'cabal':
      return args[0] === 'list-bin' ? ['dist-newstyle/built'] : null;
    // Some file below a folder of the project: what was just built.
    case 'find':
    case 'fd':
    case 'ls':
      return plain.length > 0 && plain.every((path) => !/^[/~]|(^|\/)\.\.(\/|$)/.test(path)) ? ['./found'] : null;
    case 'head':
    case 'tail':
    case 'sort':
      return input?.every((text) => text === './found') ? input : null;
    case 'basename':
      return plain.length === 1 ? plain.map((path) => path.replace(/\/+$/, '').replace(/^.*\//, '')) : null;
    case 'base64':
      return input !== null && args.length === 1 && /^(-d|-D|--decode)$/.test(args[0] ?? '')
        ? input.map((text) => Buffer.from(text, 'base64').toString('utf8'))
        : null;
    case 'rev':
      return input?.map((text) => [...text].reverse().join('')) ?? null;
    case 'xxd':
      return input !== null && /^(-r -p|-p -r|-rp|-pr|-r -ps)$/.test(args.join(' '))
        ? input.map((text) => Buffer.from(text.trim(), 'hex').toString('utf8'))
        : null;
    case 'cat':
      return args.length === 0 ? input : null;
    default:
      return null;
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|u[0-9a-fA-F]{1,4}|.)/g, (_, code: string) => {
    if (/^x/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^u[0-9a-fA-F]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return { n: '\n', t: '\t', r: '\r', '\\': '\\' }[code] ?? code;
  });
}
