/**
 * The frame in which every analysis lives: one pure function from evidence to one output file, and
 * one pure function from that output to what a coding agent should read. Nothing here knows any
 * particular analysis; `analyses.ts` lists them.
 */
import type { z } from 'zod';
import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Evaluated } from './evaluated.ts';

/** Everything that came in, validated. What is missing is absent, never empty. */
export interface Evidence {
  evaluated: Evaluated;
  closure?: Closure;
  commands?: Commands;
  /** Further files that the configuration itself gives: `policies`. */
  inputs: Inputs;
  /** By file name without `.json`; each analysis narrows with its own schema's type. */
  snapshots: Snapshots;
}

/** Extended by declaration merging beside each input's schema, keys optional: `policies?: Policies`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Inputs {}

export type InputName = keyof Inputs & string;

/**
 * A further file of the input folder, `<name>.json`, written by the configuration's evaluation. It may be
 * absent; when it is bad, that is a mistake in the configuration and an error.
 */
export interface InputKind {
  name: string;
  schema: z.ZodType;
}

/** Extended by declaration merging beside each snapshot's schema, keys optional: `'git-history'?: GitHistory`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Snapshots {}

export type SnapshotName = keyof Snapshots & string;

/** How a snapshot enters: its file `snapshots/<name>.json`, its schema, and how the user makes one. */
export interface SnapshotKind {
  name: string;
  schema: z.ZodType;
  /** Shown where it is missing: the command that writes it. */
  command: string;
  /** The day the snapshot was taken, for the manifest. */
  takenOn: (snapshot: never) => string;
}

/** A short plain-text fact shown beside a tool in CLAUDE.md. */
export interface ToolNote {
  /** Notes of one tool are shown in this order: why it is here, how it is used, what to use instead. */
  kind: 'reason' | 'use' | 'preference' | 'dependency' | 'failure';
  /** Plain text, no Markdown; numbers rounded to two significant digits, ages in months. */
  text: string;
}

/** One line of a section: plain text with optional code spans. */
export type Inline = string | { code: string } | { strong: string } | { emphasis: string };

/** A part of CLAUDE.md. Items are ranked, best first: what exceeds the budget is cut from the end, with a count. */
export interface Section {
  id: string;
  title: string;
  /** Sections are shown in ascending place; when the budget is short, those of low weight are cut first. */
  place: number;
  weight: number;
  intro?: Inline[];
  items: Inline[][];
  /** The file below `intelligence/` that has the whole of it. */
  more?: string;
}

/** What one analysis adds to CLAUDE.md. */
export interface Contribution {
  /** package id -> notes */
  tools?: ReadonlyMap<string, readonly ToolNote[]>;
  /**
   * package id -> how much it matters to this user, 0 to 1, coarse (a step, not a count, so that one more
   * use does not move a tool). The highest of all analyses counts; tools of high relevance come first.
   */
  relevance?: ReadonlyMap<string, number>;
  sections?: readonly Section[];
}

/** One question: its output file, what it needs, the answer, and what of it an agent reads. */
export interface Analysis<Output = unknown> {
  /** Output is `intelligence/<file>.json`. */
  file: string;
  title: string;
  schema: z.ZodType<Output>;
  /** Evidence without which the question cannot be answered: then no file is written and the manifest says why. */
  needs: readonly ('closure' | 'commands' | `inputs/${string}` | `snapshots/${string}`)[];
  /** `earlier`: the outputs of the analyses listed before this one, by file; absent where evidence was missing. */
  analyze: (evidence: Evidence, earlier: ReadonlyMap<string, unknown>) => Output;
  present: (output: Output, evidence: Evidence) => Contribution;
  /** Further text files for the output folder, by path: `CLAUDE-USER-POLICIES.md`. */
  documents?: (output: Output, evidence: Evidence) => Readonly<Record<string, string>>;
}

/** Types an analysis against its own output, then forgets the type for the list. */
export function defineAnalysis<Output>(analysis: Analysis<Output>): Analysis {
  return analysis as Analysis;
}
