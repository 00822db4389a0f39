import type { Assignment, Word as BashWord, DoubleQuotedChild, ParameterExpansionPart, Script, WordPart } from 'unbash';
import type { Expander } from '../lang/shell/expander.ts';
import type { Word } from '../lang/shell/line.ts';
import { expandBraces } from './braces.ts';

/** Stands for what cannot be told in `Word.shape`. */
const unknown = '\0';

/** More alternatives than this and a word counts as unknown. */
const most = 12;

interface Variable {
  values: Set<string>;
  /** It may also hold something that the line does not say. */
  open: boolean;
}

export interface Values extends Expander {
  /** Grows with every new assignment: when a pass over the line adds nothing, all is known. */
  size: () => number;
}

/**
 * Follows values through a line: `x=rm; $x -rf ~` runs `rm`. A variable may hold any of the values
 * that the line gives it anywhere, whatever branch or order: too much is assumed, never too little.
 *
 * @param env what is known of the environment: HOME, USER, PWD, …
 */
export function lineValues(env: Readonly<Record<string, string>>): Values {
  const variables = new Map<string, Variable>();
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

  const lookUp = (name: string): string[] => {
    const variable = variables.get(name);
    const known = [...(variable?.values ?? [])];
    const outer = env[name];
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
    if (!raw.startsWith('~')) return value;
    const name = /^~([^/]*)/.exec(value)?.[1] as string;
    if (name === '' || name === env.USER) return (env.HOME ?? unknown) + value.slice(1 + name.length);
    return name === 'root' ? `/root${value.slice(5)}` : value;
  };

  /** What a command substitution prints, for the few commands of which that is plain. */
  const output = (script: Script): string[] => {
    const statement = script.commands[0];
    if (script.commands.length !== 1 || statement === undefined) return [unknown];
    const stages = statement.command.type === 'Pipeline' ? statement.command.commands : [statement.command];
    let text: string[] | null = null;
    for (const stage of stages) {
      if (stage.type !== 'Command' || stage.name === undefined || stage.redirects.length > 0) return [unknown];
      const words = [stage.name, ...stage.args.filter((arg): arg is BashWord => arg.type === 'Word')].map(flat);
      if (words.some((values) => values.length !== 1 || values[0]?.includes(unknown))) return [unknown];
      text = run(
        words.map((values) => values[0] as string),
        text,
      );
      if (text === null) return [unknown];
    }
    return (text ?? [unknown]).map((one) => one.replace(/\n+$/, ''));
  };

  const expand = (word: BashWord): Word[][] => {
    const parts = word.parts;
    if (parts === undefined) {
      const text = tilde(word.value, word.text);
      return [[{ text, raw: word.text, quoted: word.value !== word.text, pattern: false }]];
    }
    const pattern = parts.some(({ type }) => type === 'Glob' || type === 'ExtendedGlob');
    const quoted = /['"\\]/.test(word.text);
    if (parts.every(({ type }) => type === 'Literal' || type === 'BraceExpansion' || type === 'Glob')) {
      const texts = expandBraces(parts.map((one) => ('value' in one ? one.value : one.text) as string).join(''));
      return [texts.map((text) => ({ text: tilde(text, text), raw: text, quoted, pattern }))];
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
    command(words) {
      let variants: Word[][] = [[]];
      for (const word of words) {
        const alternatives = expand(word);
        variants = variants.flatMap((before) => alternatives.map((after) => [...before, ...after]));
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

function combine(parts: readonly string[][]): string[] {
  let all = [''];
  for (const values of parts) {
    all = all.flatMap((before) => values.map((after) => before + after));
    if (all.length > most) return [...new Set(all.slice(0, most - 1)), unknown];
  }
  return [...new Set(all)];
}

/** @param input what the stage before printed */
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
      // Some new file or folder of its own: it can be neither the home nor the root.
      return ['/tmp/tmp.mktemp'];
    case 'basename':
      return plain.length === 1 ? [(plain[0] as string).replace(/\/+$/, '').replace(/^.*\//, '')] : null;
    case 'base64':
      return input !== null && args.length === 1 && /^(-d|-D|--decode)$/.test(args[0] as string)
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
