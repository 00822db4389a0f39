import { join } from 'node:path';
import { isTable, objectAt, type Table, textAt, valueAt } from '../../json-value.ts';
import { textOf } from './machine.ts';

/** An input of a flake, or of one of its inputs. */
export interface LockedInput {
  /** From the flake: `home-manager`, `home-manager.nixpkgs`. */
  path: readonly string[];
  /** The node's key, the same for inputs that follow each other. */
  node: string;
  /** The repository or registry name: `nixpkgs`. */
  repository: string;
  revision: string | undefined;
  /** In seconds since 1970. */
  lastModified: number | undefined;
  /** Whether the flake's text names the revision, so that an update changes nothing. */
  isPinned: boolean;
}

/** A `flake.lock`; undefined where there is none that can be read. */
export interface FlakeLock {
  /** The flake's own inputs. */
  direct: LockedInput[];
  /** Inputs of inputs that have a node of their own, each once. */
  transitive: LockedInput[];
}

export function readFlakeLock(checkout: string): FlakeLock | undefined {
  const lock = parsed(textOf({ root: '' }, join(checkout, 'flake.lock')));
  const nodes = objectAt(lock, 'nodes');
  const root = textAt(lock, 'root');
  if (nodes === undefined || root === undefined) return undefined;
  const inputsOf = (node: string): Table => objectAt(objectAt(nodes, node), 'inputs') ?? {};
  /** A reference is the key of a node, or a path of `follows` from the root. */
  const resolve = (reference: unknown, depth = 0): string | undefined => {
    if (typeof reference === 'string') return reference;
    if (!Array.isArray(reference) || depth > 20) return undefined;
    let node: string | undefined = root;
    for (const step of reference) {
      node = node === undefined || typeof step !== 'string' ? undefined : resolve(inputsOf(node)[step], depth + 1);
    }
    return node;
  };
  const describe = (path: readonly string[], node: string): LockedInput => {
    const entry = objectAt(nodes, node);
    const [original, locked] = [objectAt(entry, 'original'), objectAt(entry, 'locked')];
    const lastModified = valueAt(locked, 'lastModified');
    return {
      path,
      node,
      repository: textAt(locked, 'repo') ?? textAt(original, 'id') ?? lastName(textAt(locked, 'url') ?? ''),
      revision: textAt(locked, 'rev'),
      lastModified: typeof lastModified === 'number' ? lastModified : undefined,
      isPinned: textAt(original, 'rev') !== undefined || textAt(locked, 'type') === 'path',
    };
  };
  const direct = Object.entries(inputsOf(root)).flatMap(([name, reference]) => {
    const node = resolve(reference);
    return node === undefined ? [] : [describe([name], node)];
  });
  const seen = new Set(direct.map(({ node }) => node));
  const transitive: LockedInput[] = [];
  const queue: { path: readonly string[]; node: string }[] = [...direct];
  for (const { path, node } of queue) {
    for (const [name, reference] of Object.entries(inputsOf(node))) {
      // A list is a `follows`: the node belongs to another input.
      if (typeof reference !== 'string' || seen.has(reference)) continue;
      seen.add(reference);
      const found = describe([...path, name], reference);
      transitive.push(found);
      queue.push(found);
    }
  }
  return { direct, transitive };
}

function parsed(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const lastName = (url: string): string => /([^/]+?)(?:\.git)?\/?(?:[?#].*)?$/.exec(url)?.[1] ?? '';
