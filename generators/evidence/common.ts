import * as z from 'zod';

/** A day, UTC: `2026-11-21`. Ages are counted to a snapshot's own day, never to the clock. */
export const day = z.iso.date();

/** A month, UTC: `2026-11`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month as 2026-11');

/**
 * A file of the configuration, relative to its root (`modules/packages.nix`), or one of the names for definitions
 * without a file: `flake.nix (inline or imported)`, without a flake `inline or imported`, `<unknown>`.
 */
export const sourceFile = z.string().min(1).max(4096);

/** A place in the configuration's source. */
export const place = z.strictObject({
  file: sourceFile,
  line: z.int().positive().optional().describe('from 1; absent where it is not known'),
});

export type Place = z.infer<typeof place>;

/** Identifies one package among those of an evaluation; unique in `evaluated.json`, stable between rebuilds. */
export const packageId = z.string().min(1).max(1000);

/** The name of an executable as typed: a file name in some `bin/`, never a path. */
export const commandName = z
  .string()
  .min(1)
  .max(100)
  // In two steps: the classes of Unicode take milliseconds to build, and nearly every name is ASCII.
  .refine(
    (name) => /^[!-.0-~]*$/.test(name) || /^[^/\s\p{C}]+$/u.test(name),
    'a file name without `/`, blanks or control characters',
  );
