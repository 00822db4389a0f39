import type { Analysis, InputKind, SnapshotKind } from './frame.ts';

/** Every analysis, in the order in which they run. */
export const analyses: readonly Analysis[] = [];

/** Every snapshot that a build can be given. */
export const snapshotKinds: readonly SnapshotKind[] = [];

/** Every further input file that the configuration may give. */
export const inputKinds: readonly InputKind[] = [];
