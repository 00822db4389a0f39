/** Combinations of commands that a single command replaces with the same result. */
export const habits = [
  'cat FILE | grep PATTERN',
  'cat FILE | less',
  'cat FILE | head',
  'cat FILE | tail',
  'cat FILE | wc',
  'cat FILE | jq FILTER',
  'find | grep PATTERN',
  'find | xargs grep PATTERN',
  'find -name PATTERN',
  'grep -r PATTERN',
  'grep PATTERN | wc -l',
  'sort | uniq',
  'ps | grep PATTERN',
] as const;

export type Habit = (typeof habits)[number];
