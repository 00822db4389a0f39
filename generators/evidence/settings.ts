import * as z from 'zod';

/** The maximum size of CLAUDE.md. */
export const budget = z.strictObject({
  lines: z
    .int()
    .min(20)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('maximum number of lines of CLAUDE.md; null: 60 to 100, by the number of declared packages'),
  tokens: z
    .int()
    .min(400)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe(
      'maximum number of estimated tokens (UTF-8 bytes divided by 4); null: 1,000 to 2,000, by the number of declared packages',
    ),
});

/** The user's options about the output, written by the Nix modules. The file is optional. */
export const settings = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  budget: budget.default({ lines: null, tokens: null }),
  agents: z
    .record(z.string(), z.boolean())
    .default({})
    .describe('whether an agent counts as installed, by its id; of another agent the configuration decides'),
  folder: z
    .string()
    .regex(/^(~\/)?[^\p{C}`]+$/u)
    .default('~/.claude')
    .describe("the folder into which the output is linked, as CLAUDE.md shows it: the client's configuration folder"),
  report: z.boolean().default(true).describe('whether to write report.html'),
  rebuildCommand: z
    .string()
    .min(1)
    .max(300)
    .nullable()
    .default(null)
    .describe('the command that rebuilds this configuration; null: the usual one for the platform'),
  parts: z
    .strictObject({
      hook: z.boolean().describe("whether the plugin with the policy hook is linked into the user's home"),
      capture: z.boolean().describe('whether the shells load the recorder'),
    })
    .nullable()
    .default(null)
    .describe('optional parts that the configuration enables beside this output; null: not known'),
});

export type Budget = z.infer<typeof budget>;
export type Settings = z.infer<typeof settings>;

/** The settings without a settings.json. */
export const defaultSettings: Settings = settings.parse({});

/** The same settings with another budget, as far as one is given. */
export function withBudget(settings: Settings, budget: Partial<Budget>): Settings {
  return { ...settings, budget: { ...settings.budget, ...budget } };
}
