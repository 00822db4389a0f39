/** Options of every look-up. */
export const jsonOption = { json: { type: 'boolean', help: 'the whole answer as JSON' } } as const;

export const dirOption = {
  dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
} as const;
