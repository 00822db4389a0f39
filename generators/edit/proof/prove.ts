import { mkdtemp, readFile, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NixFailure } from '../../evidence/flake/nix.ts';
import type { Claim, Plan } from '../plan.ts';
import { type SourceTree, textOf } from '../source-tree.ts';
import { applyEdits, byFile } from '../text-edit.ts';
import { applyDiff, type Checkout, copyCheckout } from './checkout.ts';
import { type Comparison, compareFacts, unstableFacts } from './compare.ts';
import { evaluateFacts, type Host, hostsIn, type Questions } from './evaluate.ts';
import type { Facts } from './facts.ts';

/** A configuration before and after an edit. */
export interface ProvedHost extends Comparison {
  name: string;
  /** Derivations of the system or the activation package. */
  before: string;
  after: string;
  /** The configuration contains the flake's own source, so that every edit changes its derivation. */
  containsSource: boolean;
  /** The values of options were compared, too. */
  comparesValues: boolean;
}

export interface Proof {
  hosts: ProvedHost[];
  /** Configurations that do not import an edited file, as far as paths show, and were not evaluated. */
  notImporting: string[];
  /** Configurations that do not evaluate before the edit, and why. */
  failed: { name: string; error: string }[];
  /** Differences that the claim does not name: empty if it is proved. */
  differs: string[];
}

export interface ProofInput {
  checkout: Checkout;
  tree: SourceTree;
  plan: Plan;
  diff: string;
  nixOptions: readonly string[];
  onProgress: (host: string, index: number, count: number) => void;
}

/**
 * Evaluates every configuration before and after the edits, in copies of the checkout, and compares the difference
 * with the claim.
 */
export async function prove({ checkout, tree, plan, diff, nixOptions, onProgress }: ProofInput): Promise<Proof> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'nixos-intelligence-change-')));
  try {
    const before = await copyCheckout(checkout, join(folder, 'before'));
    const after = await copyCheckout(checkout, join(folder, 'after'));
    const undo = await applyToCopy(tree, plan, after, diff);
    const hosts = await hostsIn(before, nixOptions);
    const { wanted, notImporting } = hostsToEvaluate(hosts, tree, plan.claim);
    const questions = questionsOf(tree, plan);
    const proof: Proof = { hosts: [], notImporting, failed: [], differs: [...undo] };
    const probe = async (host: Host): Promise<Facts> => {
      const copy = await copyCheckout(checkout, join(folder, `probe-${proof.hosts.length}`));
      await writeFile(join(copy, '.nixos-intelligence-probe'), '');
      await utimes(join(copy, '.nixos-intelligence-probe'), 1, 1);
      await utimes(copy, 1, 1);
      return evaluateFacts(copy, host, questions, nixOptions);
    };
    for (const [index, host] of wanted.entries()) {
      onProgress(host.name, index, wanted.length);
      const [old, now] = await Promise.allSettled(
        [before, after].map((copy) => evaluateFacts(copy, host, questions, nixOptions)),
      );
      if (old === undefined || now === undefined) continue;
      if (old.status === 'rejected') {
        if (!(old.reason instanceof NixFailure)) throw old.reason;
        proof.failed.push({ name: host.name, error: causeOf(old.reason) });
      } else if (now.status === 'rejected') {
        if (!(now.reason instanceof NixFailure)) throw now.reason;
        proof.differs.push(`${host.name} no longer evaluates: ${causeOf(now.reason)}`);
      } else {
        const proved = await proveHost(host, old.value, now.value, plan.claim, probe);
        proof.hosts.push(proved);
        proof.differs.push(...proved.unclaimed.map((text) => `${host.name}: ${text}`));
      }
    }
    proof.differs.push(...missing(proof, plan.claim));
    return proof;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Applies the diff as the user would, and undoes it once. */
async function applyToCopy(tree: SourceTree, plan: Plan, copy: string, diff: string): Promise<string[]> {
  const files = [...byFile(plan.edits)].map(([file, edits]) => {
    const text = textOf(tree, file);
    return { file, text, edited: applyEdits(text, edits) };
  });
  const read = (file: string): Promise<string> => readFile(join(copy, file), 'utf8');
  const found: string[] = [];
  await applyDiff(copy, diff);
  await applyDiff(copy, diff, { reverse: true });
  for (const { file, text } of files) if ((await read(file)) !== text) found.push(`undoing does not restore ${file}`);
  await applyDiff(copy, diff);
  for (const { file, edited } of files) {
    if ((await read(file)) !== edited) found.push(`the diff of ${file} is wrong`);
    await utimes(join(copy, file), 1, 1);
  }
  return found;
}

/** Files that import whatever a folder contains. */
const computedImports = /\b(?:readDir|listFilesRecursive|import-tree|haumea)\b/;

/** All configurations, unless paths show which of them import the edited files. */
function hostsToEvaluate(
  hosts: readonly Host[],
  tree: SourceTree,
  { hosts: claimed }: Claim,
): { wanted: Host[]; notImporting: string[] } {
  const isFollowed =
    claimed !== null &&
    hosts.every(({ name }) => tree.hosts.includes(name)) &&
    !tree.files.some((file) => computedImports.test(file.tree.text));
  const wanted = hosts.filter(({ name }) => !isFollowed || claimed.includes(name));
  return { wanted, notImporting: hosts.filter((host) => !wanted.includes(host)).map(({ name }) => name) };
}

function questionsOf(tree: SourceTree, { edits, claim }: Plan): Questions {
  return {
    packages: [...new Set(claim.packages.map((effect) => effect.package))],
    lists: [...new Set(claim.packages.map(({ option }) => option))].filter((option) => /^[\w.-]+$/.test(option)),
    options: claim.options.map(({ option }) => option),
    edited: [...byFile(edits).keys()],
    hasOurs: tree.files.some(({ tree: { text } }) => text.includes('nixos-intelligence')),
  };
}

async function proveHost(
  host: Host,
  before: Facts,
  after: Facts,
  claim: Claim,
  probe: (host: Host) => Promise<Facts>,
): Promise<ProvedHost> {
  const isClaimed = claim.hosts?.includes(host.name) ?? true;
  const own: Claim = isClaimed ? claim : { ...claim, packages: [], options: [] };
  let comparison = compareFacts(before, after, own, new Set());
  let containsSource = false;
  if (comparison.unclaimed.length > 0) {
    const unstable = unstableFacts(before, await probe(host));
    containsSource = unstable.has('drvPath');
    if (unstable.size > 0) comparison = compareFacts(before, after, own, unstable);
  }
  return {
    name: host.name,
    before: before.drvPath,
    after: after.drvPath,
    containsSource,
    comparesValues: before.values !== null && after.values !== null,
    ...comparison,
  };
}

/** Effects that happen in no configuration. */
function missing({ hosts, failed }: Proof, claim: Claim): string[] {
  if (hosts.length === 0) {
    return [`no configuration evaluates${failed.map(({ name, error }) => `; ${name}: ${error}`).join('')}`];
  }
  if (claim.kind === 'same' || hosts.some(({ claimed }) => claimed.length > 0)) return [];
  return ['no configuration that evaluates changes'];
}

/** What Nix says, without the trace before it. */
function causeOf({ stderr }: NixFailure): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const error = lines.findLast((line) => line.startsWith('error: ')) ?? lines.findLast((line) => line !== '') ?? '';
  return error.replace(/^error: /, '');
}
