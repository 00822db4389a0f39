import type { Check } from './check.ts';
import { bootGeneration } from './checks/boot-generation.ts';
import { deadAliases } from './checks/dead-aliases.ts';
import { homeClaudeMd } from './checks/home-claude-md.ts';
import { leftBehind } from './checks/left-behind.ts';
import { oldInputs } from './checks/old-inputs.ts';
import { policyHook } from './checks/policy-hook.ts';
import { profileEntries } from './checks/profile-entries.ts';
import { rebootPending } from './checks/reboot-pending.ts';
import { rebuildPending } from './checks/rebuild-pending.ts';
import { snapshotsOld } from './checks/snapshots-old.ts';
import { twoNixpkgs } from './checks/two-nixpkgs.ts';
import { uncommitted } from './checks/uncommitted.ts';

/** Every check of `doctor`, in the order of its answers. */
export const checks: readonly Check[] = [
  policyHook,
  leftBehind,
  homeClaudeMd,
  rebuildPending,
  bootGeneration,
  rebootPending,
  uncommitted,
  twoNixpkgs,
  oldInputs,
  profileEntries,
  deadAliases,
  snapshotsOld,
];
