import { z } from 'zod';
import { commandName, packageId } from '../evidence/common.ts';
import { declaration } from '../evidence/evaluated.ts';

export const toolProfile = z.strictObject({
  id: packageId,
  name: z.string(),
  version: z.string().nullable(),
  description: z.string().nullable().describe('as the package says it'),
  homepage: z.string().nullable(),
  commands: z
    .array(commandName)
    .nullable()
    .describe("what it puts on PATH, its main program first; null: not known, the package's files were not at hand"),
  purpose: z
    .string()
    .nullable()
    .describe(
      "what it is for, judged by its own description's words: see `purposes`; null: not asked of base packages",
    ),
  kind: z
    .enum(['tool', 'graphical', 'font', 'library', 'other'])
    .describe('tool: has a command that an agent can run; other: no command and nothing said of it'),
  base: z.boolean().describe('true: the distribution adds it, no file of the user asks for it'),
  declarations: z.array(declaration),
  notes: z
    .array(
      z.strictObject({
        kind: z.enum(['reason', 'use', 'preference', 'dependency', 'failure']),
        text: z.string(),
        from: z.string().describe('the file of `intelligence/` that has the evidence'),
      }),
    )
    .describe('what the other evidence says of it; empty where nothing does'),
});

/** The join: everything known about each package, from all evidence. */
export const toolProfiles = z.strictObject({
  schemaVersion: z.literal(1),
  purposes: z.record(z.string(), z.string()).describe('purpose -> its title'),
  profiles: z.array(toolProfile).describe('by id'),
});

export type ToolProfile = z.infer<typeof toolProfile>;
export type ToolProfiles = z.infer<typeof toolProfiles>;
