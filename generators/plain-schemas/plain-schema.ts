import type { z } from 'zod';

/** A schema as the command line uses it. */
export type PlainSchema = Pick<z.ZodType, 'parse' | 'safeParse'>;

/**
 * Stands in for a zod schema in the bundle. To load zod and build its schemas takes longer than all that they
 * are then asked, so what is right is told by a plain function that was made from the schema. Only what that
 * does not know to be right goes to zod, which has the last word and the words for what is wrong.
 *
 * @param judge answers what zod would answer, or undefined where it cannot tell
 */
export function plainSchema(judge: ((data: unknown) => unknown) | undefined, zod: () => z.ZodType): PlainSchema {
  return {
    parse: (data) => judge?.(data) ?? zod().parse(data),
    safeParse(data) {
      const told = judge?.(data);
      return told === undefined ? zod().safeParse(data) : { success: true, data: told };
    },
  };
}
