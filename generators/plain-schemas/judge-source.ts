import type { z } from 'zod';

/** The definition of any schema, or any check, as zod keeps it. */
type Definition = (z.core.$ZodTypes | z.core.$ZodChecks)['_zod']['def'];

/**
 * How a value is judged, as JavaScript. `same`: an expression that is true of what the schema takes as it is.
 * `copy`: the name of a function that answers what the schema makes of it, or undefined.
 */
type Code = { same: (value: string) => string } | { copy: string };

/** What only zod itself can judge. */
class Unknown extends Error {}

/**
 * Writes functions that answer what schemas answer to good data. They may be too strict, never too lax: what they
 * refuse is asked of zod again. Keys come in the order of the schema, as zod has it.
 */
export function judgeWriter(): {
  /** The name of the schema's function, or undefined where a part of it is only zod's to judge. */
  nameOf: (schema: z.core.$ZodType) => string | undefined;
  /** The functions, in the order in which they need each other. */
  source: () => string;
} {
  const functions = new Map<string, string>();
  const named = (source: string): string => {
    const name = functions.get(source) ?? `judge${functions.size}`;
    functions.set(source, name);
    return name;
  };

  function codeOf(schema: z.core.$ZodType): Code {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    switch (def.type) {
      case 'string':
        return test((value) => `typeof ${value} === 'string'`, def);
      case 'number':
        return test((value) => `Number.isFinite(${value})`, def);
      case 'boolean':
        return test((value) => `typeof ${value} === 'boolean'`, def);
      case 'literal':
        return test((value) => oneOf(value, def.values), def);
      case 'enum':
        return test((value) => oneOf(value, Object.values(def.entries)), def);
      case 'nullable':
        return nullable(codeOf(def.innerType));
      case 'array':
        return list(codeOf(def.element), def);
      case 'record':
        return record(def);
      case 'object':
        return object(def);
      case 'union':
        return union(def.options.map(codeOf), 'discriminator' in def);
      default:
        throw new Unknown(def.type);
    }
  }

  function test(type: (value: string) => string, def: Definition): Code {
    const checks = checksOf(def);
    if (checks.length === 0) return { same: type };
    const name = named(`(value) => ${[type('value'), ...checks].join(' && ')}`);
    return { same: (value) => `${name}(${value})` };
  }

  function nullable(inner: Code): Code {
    return 'same' in inner
      ? { same: (value) => `(${value} === null || ${inner.same(value)})` }
      : { copy: named(`(value) => value === null ? null : ${inner.copy}(value)`) };
  }

  function list(element: Code, def: Definition): Code {
    const isList = ['Array.isArray(value)', ...checksOf(def)].join(' && ');
    if ('same' in element) {
      const name = named(`(value) => ${isList} && value.every((one) => ${element.same('one')})`);
      return { same: (value) => `${name}(${value})` };
    }
    return {
      copy: named(`(value) => {
  if (!(${isList})) return undefined;
  const copy = [];
  for (const one of value) {
    const made = ${element.copy}(one);
    if (made === undefined) return undefined;
    copy.push(made);
  }
  return copy;
}`),
    };
  }

  function record(def: z.core.$ZodRecordDef): Code {
    const key = codeOf(def.keyType);
    const value = codeOf(def.valueType);
    // Of an exhaustive one every key must be there; of a loose one any other may be.
    const isExhaustive = def.keyType._zod.values !== undefined && !def.partial;
    if (!('same' in key) || isExhaustive || def.mode === 'loose' || def.checks) throw new Unknown('record');
    return {
      copy: named(`(value) => {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || !(${key.same('key')})) return undefined;
    ${made('one', 'value[key]', value)}
    copy[key] = one;
  }
  return copy;
}`),
    };
  }

  function object({ shape, catchall, checks }: z.core.$ZodObjectDef): Code {
    if (catchall?._zod.def.type !== 'never' || checks) throw new Unknown('object');
    const steps: string[] = [];
    let required = 0;
    for (const [index, [key, schema]] of Object.entries(shape).entries()) {
      const { def } = (schema as z.core.$ZodTypes)._zod;
      const at = `value[${JSON.stringify(key)}]`;
      const set = `copy[${JSON.stringify(key)}] = field${index};`;
      if (def.type === 'optional') {
        steps.push(`if (${at} !== undefined) {
    keys += 1;
    ${made(`field${index}`, at, codeOf(def.innerType))}
    ${set}
  }`);
      } else if (def.type === 'default') {
        const given = `${at} === undefined ? ${JSON.stringify(def.defaultValue)} : ${at}`;
        steps.push(
          `if (${at} !== undefined) keys += 1;`,
          `const given${index} = ${given};`,
          made(`field${index}`, `given${index}`, codeOf(def.innerType)),
          set,
        );
      } else {
        required += 1;
        steps.push(made(`field${index}`, at, codeOf(schema)), set);
      }
    }
    return {
      copy: named(`(value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  let keys = ${required};
  const copy = {};
  ${steps.join('\n  ')}
  return Object.keys(value).length === keys ? copy : undefined;
}`),
    };
  }

  /** Alternatives that exclude each other, so that their order says nothing. */
  function union(options: readonly Code[], isDiscriminated: boolean): Code {
    const copies = options.flatMap((option) => ('copy' in option ? `${option.copy}(value)` : []));
    if (!isDiscriminated || copies.length < options.length) throw new Unknown('union');
    return { copy: named(`(value) => ${copies.join(' ?? ')}`) };
  }

  /** What else a schema asks of `value`, as expressions. A schema such as `z.int()` is a check itself. */
  function checksOf(def: Definition): string[] {
    const checks = 'checks' in def ? (def.checks ?? []).map((check) => check._zod.def as Definition) : [];
    const isString = 'type' in def && def.type === 'string';
    return [...('check' in def ? [def] : []), ...checks].map((check) => checkOf(check, isString));
  }

  function checkOf(def: Definition, isString: boolean): string {
    if (!('check' in def)) throw new Unknown('check');
    switch (def.check) {
      // Of a string zod counts the characters: at most as many as `length` says, at least half as many.
      case 'min_length':
        return `value.length >= ${isString ? 2 * def.minimum - 1 : def.minimum}`;
      case 'max_length':
        return `value.length <= ${def.maximum}`;
      case 'greater_than':
        return `value ${def.inclusive ? '>=' : '>'} ${def.value}`;
      case 'less_than':
        return `value ${def.inclusive ? '<=' : '<'} ${def.value}`;
      case 'number_format':
        if (def.format !== 'safeint') throw new Unknown(def.format);
        return 'Number.isSafeInteger(value)';
      case 'string_format':
        if (!def.pattern || !['regex', 'date', 'datetime'].includes(def.format)) throw new Unknown(def.format);
        return `${named(String(def.pattern))}.test(value)`;
      // Written down as it stands: a refinement may use nothing from around it.
      case 'custom': {
        const { fn } = def as Partial<z.core.$ZodCustomDef>;
        if (fn === undefined) throw new Unknown(def.check);
        return `${named(String(fn))}(value)`;
      }
      default:
        throw new Unknown(def.check);
    }
  }

  return {
    nameOf(schema) {
      try {
        const code = codeOf(schema);
        return 'copy' in code ? code.copy : named(`(value) => ${code.same('value')} ? value : undefined`);
      } catch (error) {
        if (error instanceof Unknown) return undefined;
        throw error;
      }
    },
    source: () => [...functions].map(([source, name]) => `const ${name} = ${source};\n`).join(''),
  };
}

/** A constant with what a schema makes of a value; what it refuses ends the function. */
function made(name: string, value: string, code: Code): string {
  return 'same' in code
    ? `const ${name} = ${value}; if (!(${code.same(name)})) return undefined;`
    : `const ${name} = ${code.copy}(${value}); if (${name} === undefined) return undefined;`;
}

function oneOf(value: string, values: readonly unknown[]): string {
  return `(${values.map((one) => `${value} === ${JSON.stringify(one)}`).join(' || ')})`;
}
