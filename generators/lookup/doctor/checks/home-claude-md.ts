import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, finding, ok } from '../check.ts';
import { at } from '../machine.ts';

/** Seen in Claude Code 2.1.332: a CLAUDE.md above a project hides the project's AGENTS.md. */
const hiding = ['CLAUDE.md', 'CLAUDE.local.md'];

export const homeClaudeMd: Check = {
  id: 'home-claude-md',
  severity: 'warning',
  reads: '~/CLAUDE.md and ~/CLAUDE.local.md',
  run(machine) {
    const found = hiding.filter((name) => existsSync(at(machine, join(machine.home, name))));
    if (found.length === 0) return ok('no CLAUDE.md in the home itself');
    return finding(
      'in every project below the home, Claude Code reads no AGENTS.md because of this file',
      found.map((name) => `~/${name}`),
      `mkdir -p ~/.claude/rules && mv -n ${found.map((name) => `~/${name}`).join(' ')} ~/.claude/rules/`,
    );
  },
};
