import type { KnownFacts } from './known-facts.ts';

interface WrongCount {
  /** `12 packages` */
  statement: string;
  /** The true number. */
  found: string;
}

interface Count {
  min: number;
  max: number;
  found: string;
}

const counted: readonly { noun: string; count: (evaluated: KnownFacts['evaluated']) => Count }[] = [
  {
    noun: 'packages',
    count: ({ packages }) => {
      const declared = packages.filter(({ base }) => !base).length;
      return {
        min: declared,
        max: packages.length,
        found: `the configuration declares ${declared}, ${packages.length} with the base system`,
      };
    },
  },
  {
    noun: 'abbreviations',
    count: ({ aliases }) => exactly(aliases.filter(({ kind }) => kind === 'abbreviation').length),
  },
  { noun: 'aliases', count: ({ aliases }) => exactly(aliases.filter(({ kind }) => kind === 'alias').length) },
];

function exactly(count: number): Count {
  return { min: count, max: count, found: `the configuration has ${count}` };
}

/** Wrong counts in a text: `12 packages`; `50+ packages` is a minimum, and `about 40 packages` is not checked. */
export function wrongCounts(prose: string, evaluated: KnownFacts['evaluated']): WrongCount[] {
  return counted.flatMap(({ noun, count }) => {
    const pattern = new RegExp(`(~|about |around )?(\\d[\\d,]*)(\\+?) (?:[\\w-]+ )?${noun}\\b`, 'gi');
    return [...prose.matchAll(pattern)].flatMap(([statement, roughly, digits = '', plus]) => {
      if (roughly) return [];
      const number = Number(digits.replaceAll(',', ''));
      const { min, max, found } = count(evaluated);
      const isRight = plus ? max >= number : number >= min && number <= max;
      return isRight ? [] : [{ statement: statement.trim(), found }];
    });
  });
}
