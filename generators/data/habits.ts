/** Ways of putting commands together that one command would do; only what is really equal is listed. */
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
