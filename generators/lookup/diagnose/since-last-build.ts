import { lstatSync, readlinkSync } from 'node:fs';
import { git } from '../../snapshot/git/git.ts';
import { shortHash } from '../../snapshot/git/short-hash.ts';
import { changedFiles } from '../outdated.ts';
import type { Checkout } from './checkout.ts';
import type { Index } from './open-index.ts';

/** What changed since the configuration was last built and linked. */
export interface SinceLastBuild {
  /** The generation and its day, where a profile names them. */
  generation?: number;
  day?: string;
  /** Files that differ from those of the last build; known by the index only. */
  files?: string[];
  /** Inputs of the flake whose revision differs. */
  inputs?: { name: string; from: string; to: string }[];
  /** Commits since then, newest first. */
  commits?: { commit: string; subject: string }[];
}

const mostCommits = 5;

/**
 * Compares the checkout with the index of the last build, and its history with the day of the current generation.
 *
 * @returns null where neither is known
 */
export async function sinceLastBuild(checkout: Checkout, index: Index | null): Promise<SinceLastBuild | null> {
  const generation = currentGeneration();
  const isOwn = index !== null && index.source.flake.checkout === checkout.root;
  const found: SinceLastBuild = {
    ...(generation === null
      ? {}
      : { generation: generation.number, day: new Date(generation.time).toISOString().slice(0, 10) }),
    ...(isOwn ? { files: await changedFiles(index.source, index.folder), inputs: changedInputs(checkout, index) } : {}),
    ...(generation === null ? {} : { commits: await commitsSince(checkout.root, generation.time) }),
  };
  return Object.keys(found).length === 0 ? null : found;
}

/** Profiles of NixOS, nix-darwin and home-manager. */
const profiles = ['/nix/var/nix/profiles/system', `${process.env.HOME}/.local/state/nix/profiles/home-manager`];

function currentGeneration(): { number: number; time: number } | null {
  for (const profile of profiles) {
    const stat = lstatSync(profile, { throwIfNoEntry: false });
    if (!stat?.isSymbolicLink()) continue;
    const number = /-(\d+)-link$/.exec(readlinkSync(profile))?.[1];
    if (number !== undefined) return { number: Number(number), time: stat.mtimeMs };
  }
  return null;
}

interface LockFile {
  root: string;
  nodes: Record<string, { inputs?: Record<string, string | string[]>; locked?: { rev?: string } }>;
}

function changedInputs(checkout: Checkout, { source }: Index): { name: string; from: string; to: string }[] {
  let lock: LockFile;
  try {
    lock = JSON.parse(checkout.read('flake.lock') ?? '');
  } catch {
    return [];
  }
  const inputs = lock.nodes?.[lock.root]?.inputs ?? {};
  return source.flake.inputs.flatMap(({ name, revision }) => {
    const node = inputs[name];
    const to = typeof node === 'string' ? lock.nodes[node]?.locked?.rev : undefined;
    return to === undefined || revision === null || to === revision
      ? []
      : [{ name, from: shortHash(revision), to: shortHash(to) }];
  });
}

async function commitsSince(root: string, time: number): Promise<{ commit: string; subject: string }[]> {
  const since = `--since=${new Date(time).toISOString()}`;
  const log = await git(root, ['log', `-${mostCommits}`, since, '--format=%H%x09%s', '--', '.']).catch(() => '');
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [hash = '', ...subject] = line.split('\t');
      return { commit: shortHash(hash), subject: subject.join(' ') };
    });
}
