import type { Evaluated } from '../../evidence/evaluated.ts';

const things: readonly {
  pattern: RegExp;
  name: string;
  count: (evaluated: Evaluated) => { least: number; most: number; text: string };
}[] = [
  {
    pattern: /(~|about |around )?(\d[\d,]*)(\+?) (?:[\w-]+ )?packages\b/gi,
    name: 'packages',
    count: ({ packages }) => {
      const declared = packages.filter(({ base }) => !base).length;
      return {
        least: declared,
        most: packages.length,
        text: `the configuration declares ${declared}, ${packages.length} with what the system adds`,
      };
    },
  },
  {
    pattern: /(~|about |around )?(\d[\d,]*)(\+?) (?:[\w-]+ )?abbreviations\b/gi,
    name: 'abbreviations',
    count: ({ aliases }) => exactly(aliases.filter(({ kind }) => kind === 'abbreviation').length),
  },
  {
    pattern: /(~|about |around )?(\d[\d,]*)(\+?) (?:[\w-]+ )?aliases\b/gi,
    name: 'aliases',
    count: ({ aliases }) => exactly(aliases.filter(({ kind }) => kind === 'alias').length),
  },
];

const exactly = (count: number) => ({ least: count, most: count, text: `the configuration has ${count}` });

/** Counts of things that the configuration has, where they are wrong. What is said to be rough is not held to it. */
export function countsIn(prose: string, evaluated: Evaluated): { said: string; found: string; key: string }[] {
  return things.flatMap(({ pattern, name, count }) =>
    [...prose.matchAll(pattern)].flatMap(([said, rough, digits = '', plus]) => {
      if (rough) return [];
      const number = Number(digits.replaceAll(',', ''));
      const { least, most, text } = count(evaluated);
      const right = plus ? most >= number : number >= least && number <= most;
      return right ? [] : [{ said: said.trim(), found: text, key: `${name} ${digits}` }];
    }),
  );
}
