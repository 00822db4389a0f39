import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { judgeWriter } from '../../generators/plain-schemas/judge-source.ts';
import { plainSchema } from '../../generators/plain-schemas/plain-schema.ts';
import { settings } from '../../generators/schema/settings.ts';

const folder = new URL('../../generators/schema/', import.meta.url);
const files = await Promise.all(
  readdirSync(folder).map(async (file) => [file, await import(new URL(file, folder).href)] as const),
);
const schemas = files.flatMap(([file, exported]) =>
  Object.entries(exported as Record<string, unknown>)
    .filter((entry): entry is [string, z.ZodType] => (entry[1] as { _zod?: unknown } | null)?._zod !== undefined)
    .map(([name, schema]) => [`${file} ${name}`, schema] as const),
);

function judgeOf(schema: z.core.$ZodType): ((data: unknown) => unknown) | undefined {
  const writer = judgeWriter();
  const name = writer.nameOf(schema);
  return name && new Function(`${writer.source()} return ${name};`)();
}

const texts = [
  ...['', 'a', 'rg', 'git commit', 'xargs grep', 'a/b', 'a b', '\u0007', 'Ünï', '__proto__', '~/.claude', 'Read(a)'],
  ...['2026-11-21', '2026-02-30', '2026-11-21T09:00:00Z', '0123456789ab', '0'.repeat(64), 'nixos-intelligence'],
  ...[100, 101, 160, 161, 200, 201, 300, 301, 500, 501, 1000, 1001].map((length) => 'x'.repeat(length)),
];
const others = [0, 1, -1, -0, 1.5, 2, 20, 500, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, null, true, [], {}];

/** Good data in most places, in some places none. */
function dataFor(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const anything = fc.constantFrom<unknown>(...texts, ...others);
  return fc.oneof({ weight: 150, arbitrary: goodFor(schema) }, { weight: 1, arbitrary: anything });
}

function goodFor(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'nullable':
      return fc.option(dataFor(def.innerType));
    case 'optional':
    case 'default':
      return dataFor(def.innerType);
    case 'array':
      return fc.array(dataFor(def.element), { maxLength: 3 });
    case 'union':
      return fc.oneof(...def.options.map(dataFor));
    case 'record':
      return fc.dictionary(dataFor(def.keyType).map(String).filter(isKey), dataFor(def.valueType), { maxKeys: 3 });
    case 'object': {
      const fields = Object.entries(def.shape).map(([key, field]) => [key, dataFor(field)] as const);
      const absent = fields.map(([key]) => key).filter((key) => isOptional(def.shape[key] as z.core.$ZodType));
      const required = fields.map(([key]) => key).filter((key) => !absent.includes(key));
      const whole = fc.record(Object.fromEntries(fields), { requiredKeys: required });
      const lacking = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
      const more = whole.map((data) => ({ ...data, more: 1 }));
      return fc.oneof(
        { weight: 300, arbitrary: whole },
        { weight: 1, arbitrary: lacking },
        { weight: 1, arbitrary: more },
      );
    }
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    default: {
      const pool = [...texts, ...others, false].filter((one) => (schema as z.ZodType).safeParse(one).success);
      return fc.constantFrom(...pool);
    }
  }
}

/** Keys that only zod judges are looked at apart. */
function isKey(key: string): boolean {
  return key !== '__proto__';
}

function isOptional(schema: z.core.$ZodType): boolean {
  return ['optional', 'default'].includes((schema as z.core.$ZodTypes)._zod.def.type);
}

/** Keys in another order than the schema's, as a file may have them. */
function turned(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(turned);
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data)
      .map(([key, value]) => [key, turned(value)])
      .reverse(),
  );
}

test('every schema has a judge', () => {
  expect(schemas.length).toBeGreaterThan(40);
  expect(schemas.filter(([, schema]) => judgeOf(schema) === undefined).map(([name]) => name)).toEqual([]);
});

test.each(schemas)('%s: the judge makes what zod makes, and refuses what zod refuses', (_, schema) => {
  const judge = judgeOf(schema);
  fc.assert(
    fc.property(dataFor(schema).map(turned), (data) => {
      const { data: made } = schema.safeParse(data);
      expect(judge?.(data)).toEqual(made);
      expect(JSON.stringify(judge?.(data))).toBe(JSON.stringify(made));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['a text of characters that count double', { rebuildCommand: '𝒙'.repeat(300) }],
  ['a key that is there without a value', { folder: undefined }],
])('%s: zod has the last word', (_, data) => {
  const judge = judgeOf(settings);
  const plain = plainSchema(judge, () => settings);
  expect(judge?.(data)).toBeUndefined();
  expect(plain.safeParse(data)).toEqual(settings.safeParse(data));
  expect(plain.parse(data)).toEqual(settings.parse(data));
});

test('zod words what is wrong, and is not asked where nothing is', () => {
  let asked = 0;
  const plain = plainSchema(judgeOf(settings), () => {
    asked += 1;
    return settings;
  });
  expect(plain.safeParse({})).toEqual({ success: true, data: settings.parse({}) });
  expect(asked).toBe(0);
  expect(plain.safeParse({ folder: 7 }).error?.issues).toEqual(settings.safeParse({ folder: 7 }).error?.issues);
  expect(() => plain.parse({ folder: 7 })).toThrow(/expected string/);
});
