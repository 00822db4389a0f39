import { textAt, valueAt } from '../../json-value.ts';

/** The day of the time stamp of a line, UTC; null without one. */
export function dayAt(line: unknown): string | null {
  const text = textAt(line, 'timestamp') ?? '';
  return /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T/.test(text) ? text.slice(0, 10) : null;
}

/** A count below a key; 0 without one. */
export function numberAt(value: unknown, key: string): number {
  const number = valueAt(value, key);
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 0;
}

/** A JSON text that a client writes as text; undefined where it is none. */
export function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
