import * as z from 'zod';
import { place } from './common.ts';

/** One option that can be set here, as its module documents it. */
export const optionDoc = z.strictObject({
  name: z.string().min(1).describe('`services.openssh.ports`; `<name>` and `*` stand for any name'),
  scope: z.enum(['system', 'home']),
  type: z.string(),
  default: z.string().optional().describe('Nix source text'),
  example: z.string().optional().describe('Nix source text'),
  description: z.string().optional().describe('Markdown'),
  declaredIn: z.array(place).describe('modules: below `nixos/` or `home-manager/`, or files of the configuration'),
  readOnly: z.boolean().optional(),
});

/** An option that was renamed or removed. */
const renamedOption = z.strictObject({
  name: z.string().min(1),
  scope: z.enum(['system', 'home']),
  to: z.string().nullable().describe('null: removed'),
  message: z.string().nullable().describe("the module's own message about a removed option"),
  form: z
    .enum(['alias', 'changed'])
    .optional()
    .describe('alias: both names may be used; changed: the value has another form, too'),
});

/** The documentation of every option: `options.json`, assembled in the build. */
export const optionDocs = z.strictObject({
  schemaVersion: z.literal(1),
  options: z.array(optionDoc),
  renamed: z.array(renamedOption),
  missing: z
    .array(z.strictObject({ what: z.string(), why: z.string(), advice: z.string() }))
    .describe('the options that could not be read, why, and how to get them, in words'),
});

export type OptionDoc = z.infer<typeof optionDoc>;
export type RenamedOption = z.infer<typeof renamedOption>;
export type OptionDocs = z.infer<typeof optionDocs>;

/** The names that an option had before, by itself or as a part of one that was renamed. */
export function formerNames(option: string, renamed: readonly Pick<RenamedOption, 'name' | 'to'>[]): string[] {
  return renamed.flatMap(({ name, to }) =>
    to !== null && `${option}.`.startsWith(`${to}.`) ? [name + option.slice(to.length)] : [],
  );
}
