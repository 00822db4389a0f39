import { z } from 'zod';

/** How much of an agent's context CLAUDE.md may take. */
export const budget = z.strictObject({
  lines: z.int().min(20).max(10_000).default(150).describe('lines of CLAUDE.md at most'),
  tokens: z
    .int()
    .min(400)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe('estimated tokens at most (UTF-8 bytes divided by 3.5), beside the lines; null: no such limit'),
});

/** What the user's options say about the output. Optional; written by the Nix side from the options. */
export const settings = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  budget: budget.default({ lines: 150, tokens: null }),
  folder: z
    .string()
    .regex(/^(~\/)?[^\p{C}`]+$/u)
    .default('~/.claude')
    .describe("where the output is linked, as CLAUDE.md shall show it: the client's configuration folder"),
  rebuildCommand: z
    .string()
    .min(1)
    .max(300)
    .nullable()
    .default(null)
    .describe('the command with which this user rebuilds; null: the usual one for the platform'),
});

export type Settings = z.infer<typeof settings>;

/** What holds where no option says otherwise. */
export const defaultSettings: Settings = {
  schemaVersion: 1,
  budget: { lines: 150, tokens: null },
  folder: '~/.claude',
  rebuildCommand: null,
};
