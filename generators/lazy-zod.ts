/**
 * Stands in for zod in the bundle. To build a schema is dear (a description alone copies it), and a run of
 * the command line checks a few files with a few of several dozen schemas. So a schema is only written down
 * here, as the calls that build it, and built when it is first asked to check something. Descriptions,
 * which only the JSON Schemas need, are left out; those are made when the bundle is (see bundle.mjs).
 */
import * as zod from 'zod';

type Build = () => unknown;

const building = Symbol('build');
/** Asked of a schema that is to work, not to be built further. */
const working = new Set<PropertyKey>([
  'parse',
  'safeParse',
  'parseAsync',
  'safeParseAsync',
  'shape',
  '_zod',
  'def',
  'options',
  'element',
  'type',
  'value',
  'values',
  'enum',
  'spa',
  '~standard',
  'keySchema',
  'valueSchema',
]);

/** Functions of the namespace that answer at once and build no schema. */
const answering = /^(?:[A-Z$]|to[A-Z]|(?:treeify|prettify|format|flatten)Error$|(?:safe)?[pP]arse|config$)/;

/** The namespace: `z.string()`, `z.iso.date()`. */
export const z = namespace(zod as unknown as Record<PropertyKey, unknown>);

function namespace(real: Record<PropertyKey, unknown>): unknown {
  return new Proxy(real, {
    get: (_, name) => {
      const member = real[name];
      if (typeof member !== 'function')
        return typeof member === 'object' && member !== null
          ? namespace(member as Record<PropertyKey, unknown>)
          : member;
      const call = member as (...args: unknown[]) => unknown;
      if (typeof name !== 'string' || answering.test(name))
        return /^[A-Z$]/.test(String(name)) ? member : (...args: unknown[]) => call(...args.map(built));
      return (...args: unknown[]) => recorded(() => call(...args.map(built)));
    },
  });
}

/** A schema as the calls that will build it. */
function recorded(build: Build): unknown {
  let schema: unknown;
  const once = () => {
    schema ??= build();
    return schema;
  };
  return new Proxy(Object.create(null), {
    get: (_, name) => {
      if (name === building) return once;
      if (typeof name === 'symbol' || name === 'then') return undefined;
      if (working.has(name)) {
        const member = (once() as Record<PropertyKey, unknown>)[name];
        return typeof member === 'function' ? member.bind(once()) : member;
      }
      if (name === 'describe' || name === 'meta') return () => recorded(once);
      return (...args: unknown[]) =>
        recorded(() => {
          const receiver = once() as Record<PropertyKey, (...args: unknown[]) => unknown>;
          return (receiver[name] as (...args: unknown[]) => unknown).apply(receiver, args.map(built));
        });
    },
    has: (_, name) => name === building,
  });
}

/** The real thing in place of every recorded one, also within objects, lists and results of functions. */
function built(value: unknown): unknown {
  if (typeof value === 'function') return (...args: unknown[]) => built(value(...args));
  if (value === null || typeof value !== 'object') return value;
  if (building in value) return (value[building] as Build)();
  if (Array.isArray(value)) return value.map(built);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy = {};
  for (const [key, { get, value: one, ...rest }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    // A getter is how a schema refers to itself: it must not run before zod runs it.
    Object.defineProperty(
      copy,
      key,
      get ? { ...rest, get: () => built(get.call(value)) } : { ...rest, value: built(one) },
    );
  }
  return copy;
}
