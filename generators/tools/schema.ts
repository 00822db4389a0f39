import * as z from 'zod';
import { commandName, packageId } from '../evidence/common.ts';
import { declaration, provenance } from '../evidence/evaluated.ts';

const toolProfile = z.strictObject({
  id: packageId,
  name: z.string(),
  version: z.string().nullable(),
  description: z.string().nullable().describe('meta.description of the package'),
  homepage: z.string().nullable(),
  commands: z
    .array(commandName)
    .nullable()
    .describe('its commands on PATH, the main program first; null: not known, its files were not available'),
  purpose: z
    .string()
    .nullable()
    .describe('what it is for, judged by the words of its description: a key of `purposes`; null: a base package'),
  kind: z
    .enum(['tool', 'graphical', 'font', 'library', 'other'])
    .describe('tool: has a command that an agent can run; other: no command, and neither a font nor a library'),
  base: z.boolean().describe('true: the distribution adds it, no file of the user declares it'),
  declarations: z.array(declaration),
  ...provenance.shape,
  notes: z
    .array(
      z.strictObject({
        kind: z.enum(['reason', 'use', 'preference', 'workflow', 'dependency', 'recommendation']),
        text: z.string(),
        from: z.string().describe('the file of `intelligence/` with the evidence'),
        pointer: z.string().describe('JSON pointer into that file'),
      }),
    )
    .describe('what other evidence adds; empty where there is none'),
});

/** `tool_profiles.json`: the joined evidence on each package. */
export const toolProfiles = z.strictObject({
  schemaVersion: z.literal(1),
  purposes: z.record(z.string(), z.string()).describe('purpose -> its title'),
  profiles: z.array(toolProfile).describe('by id'),
});

export type ToolProfile = z.infer<typeof toolProfile>;
export type ToolProfiles = z.infer<typeof toolProfiles>;
