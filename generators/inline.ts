import type { Inline } from './content.ts';

/** A value in a template of {@link inline}: text, spans, or a number. */
type Value = Inline | readonly Inline[] | number;

/**
 * One line of content from a template: `` inline`used ${142} times by ${code('rg')}` ``. Numbers are
 * {@link rounded}, so that one more use does not change the line. Text stays as it is, digits in names included.
 */
export function inline(texts: TemplateStringsArray, ...values: readonly Value[]): Inline[] {
  const content = texts.flatMap((text, index): Inline[] => {
    const value = values[index];
    if (value === undefined) return [text];
    if (typeof value === 'number') return [text, rounded(value)];
    return typeof value === 'object' && 'length' in value ? [text, ...value] : [text, value];
  });
  return content.filter((part) => part !== '');
}

/** A name as a code span. */
export function code(name: string): Inline {
  return { code: name };
}

/** Parts joined by a separator. */
export function joined(parts: readonly (Inline | readonly Inline[])[], separator = ', '): Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, part].flat()));
}

/** Parts as an enumeration: `a`, `a and b`, `a, b and c`. */
export function enumerated(parts: readonly (Inline | readonly Inline[])[]): Inline[] {
  if (parts.length < 2) return joined(parts);
  return [...joined(parts.slice(0, -1)), ' and ', ...joined(parts.slice(-1))];
}

/** Names as code spans, separated by commas. */
export function codes(names: readonly string[]): Inline[] {
  return joined(names.map(code));
}

/** The first names as code spans, and how many more there are. */
export function limited(names: readonly string[], limit: number): Inline[] {
  const rest = names.length - limit;
  return rest > 0 ? [...codes(names.slice(0, limit)), `, ${rest} more`] : codes(names);
}

/** `20+`: the next lower of 1, 2, 5, 10, 20, 50, 100, …, for a count whose exact value changes nothing. */
export function atLeast(count: number): string {
  if (count < 1) return String(count);
  const unit = 10 ** (String(count).length - 1);
  return `${unit * (count >= 5 * unit ? 5 : count >= 2 * unit ? 2 : 1)}+`;
}

/** A count that a few more uses do not change: 5 -> `5`, 26 -> `25`, 128 -> `130`. */
export function rounded(count: number): string {
  return String(count >= 20 && count < 100 ? Math.round(count / 5) * 5 : Number(count.toPrecision(2)));
}

/** Content as plain text, with names between backticks: the inverse of {@link withCode}. */
export function withBackticks(content: readonly Inline[]): string {
  const plain = (text: string): string => text.replaceAll('`', "'");
  return content
    .map((part) => {
      if (typeof part === 'string') return plain(part);
      if ('code' in part) return `\`${plain(part.code)}\``;
      return plain('strong' in part ? part.strong : 'emphasis' in part ? part.emphasis : part.importOf);
    })
    .join('');
}

/** Text in which names stand between backticks, as content. */
export function withCode(text: string): Inline[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : part))
    .filter((part) => part !== '');
}
