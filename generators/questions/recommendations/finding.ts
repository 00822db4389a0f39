import type { Place } from '../../evidence/common.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import type { UsageAlignment } from '../usage-alignment/schema.ts';
import type { Recommendation } from './schema.ts';

/** A shorter history shows one task, not the habits of its user. */
export const minDaysOfHistory = 10;

/** A recommendation in figures, before its sentence is written. */
export interface Finding extends Pick<Recommendation, 'evidence' | 'saves' | 'change'> {
  reason: Reason;
  /** What the recommendation is about, for its id. */
  subject: string;
  /** From 0 to 1, not rounded. */
  confidence: number;
}

type Unused = UsageAlignment['unused'][number];
type Origin = UsageAlignment['notDeclared'][number]['from'];

/** Why something is recommended: the rule, and the figures of its sentence. */
export type Reason =
  | {
      rule: 'never typed';
      package: string;
      since: Unused['since'];
      days: number;
      installed: Unused['installed'];
      /** Other configurations of the flake that import the declaring file. */
      otherHosts: readonly string[];
    }
  | { rule: 'fetched'; command: string; package: string; fetches: number; by: 'nix run' | 'nix-shell' }
  | {
      rule: 'installed by hand';
      command: string;
      package: string;
      /** A lower bound: fish keeps a line once. */
      uses: number;
      from: Exclude<Origin, 'not on PATH'>;
    }
  | { rule: 'service is off'; command: string; service: string; option: string; attempts: number; failures: number }
  | { rule: 'not in the group'; command: string; group: string; attempts: number; failures: number }
  | { rule: 'insecure'; package: string; why: string; place: Place; newer: string | null }
  | { rule: 'option renamed'; option: string; to: string; place: Place }
  | { rule: 'package renamed'; package: string; to: string; place: Place }
  | { rule: 'declared twice'; package: string; places: readonly Place[]; option: string | null }
  | { rule: 'needed by nothing'; package: string; of: string; removedOn: string; place: Place }
  | { rule: 'dead alias'; alias: string; command: string; file: string; removedOn: string | null }
  | { rule: 'unused input'; input: string; place: Place }
  | { rule: 'preferred'; purpose: string; preferred: string; over: string; uses: number; otherUses: number };

/** What each rule reads. */
export interface Known {
  evidence: Evidence;
  earlier: EarlierOutputs;
  /** Whether a policy advises one command in place of another, or the option that would make it. */
  policyFor: (pair: Readonly<{ preferred: string; over: string }>) => PolicyAdvice;
}

/** Whether a policy advises one command in place of another; else the option to set, or with the value null to enable. */
export type PolicyAdvice = 'active' | 'none' | { option: string; value: readonly string[] | null };
