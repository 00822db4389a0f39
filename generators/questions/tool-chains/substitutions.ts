import type { Habit } from '../../data/habits.ts';
import type { Substitution } from './schema.ts';

/** What to type instead of a habit. */
type Replacement = Pick<Substitution, 'instead' | 'advice' | 'needs' | 'differences'>;

/** Replacements of each habit, best first. */
const replacements: Readonly<Record<Habit, readonly Replacement[]>> = {
  'cat FILE | grep PATTERN': [
    { instead: 'rg PATTERN FILE', advice: 'use', needs: ['rg'], differences: ['extended regular expressions'] },
    same('grep PATTERN FILE'),
  ],
  'cat FILE | less': [same('less FILE')],
  'cat FILE | head': [same('head FILE')],
  'cat FILE | tail': [same('tail FILE')],
  'cat FILE | wc': [same('wc < FILE')],
  'cat FILE | jq FILTER': [same('jq FILTER FILE')],
  'find | grep PATTERN': [
    {
      instead: 'fd | rg PATTERN',
      advice: 'consider',
      needs: ['fd', 'rg'],
      differences: ['skips hidden and ignored files'],
    },
  ],
  'find | xargs grep PATTERN': [
    {
      instead: 'rg PATTERN DIR',
      advice: 'consider',
      needs: ['rg'],
      differences: ['skips hidden and ignored files', 'file names by -g'],
    },
  ],
  'find -name PATTERN': [
    {
      instead: 'fd -g PATTERN',
      advice: 'consider',
      needs: ['fd'],
      differences: ['skips hidden and ignored files', 'smart case'],
    },
  ],
  'grep -r PATTERN': [
    { instead: 'rg PATTERN DIR', advice: 'consider', needs: ['rg'], differences: ['skips hidden and ignored files'] },
  ],
  'grep PATTERN | wc -l': [same('grep -c PATTERN')],
  'sort | uniq': [same('sort -u')],
  'ps | grep PATTERN': [
    { instead: 'pgrep -af PATTERN', advice: 'use', needs: ['pgrep'], differences: ['fewer columns'] },
  ],
};

/** The best replacement of which every command is installed. */
export function replacementOf(habit: Habit, isInstalled: (command: string) => boolean): Replacement | undefined {
  return replacements[habit].find(({ needs }) => needs.every(isInstalled));
}

/** A replacement by the same commands that gives the same result. */
function same(instead: string): Replacement {
  return { instead, advice: 'use', needs: [], differences: [] };
}
