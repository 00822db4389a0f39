import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Project, Projects } from '../../evidence/projects.ts';
import { byText } from '../../order.ts';
import { plainText } from '../../text.ts';
import { authorshipOf } from './authorship.ts';
import { describeProject } from './describe-project.ts';
import { findProjects, type ProjectFolder } from './find-projects.ts';
import { listFiles } from './list-files.ts';

export interface ProjectsRequest {
  /** Folders with projects, as the user named them. */
  folders: readonly string[];
  /** Levels of folders below each of them. */
  depth: number;
  /** Milliseconds for the whole search. */
  time: number;
  minShare: number;
  names: Projects['names'];
  takenOn: string;
}

/** Projects that are read at the same time. */
const workers = 4;

/** Looks for the user's projects below the named folders and reduces each to types, tools and counts. */
export async function takeProjects(request: ProjectsRequest): Promise<Projects> {
  const end = performance.now() + request.time;
  const isOver = (): boolean => performance.now() > end;
  const { projects: folders, visited, complete } = findProjects(request.folders, request.depth, isOver);
  const coverage: Projects['coverage'] = {
    folders: request.folders.length,
    visited,
    othersProjects: 0,
    unknownAuthor: 0,
    unreadable: 0,
    complete,
  };
  const found: Project[] = [];
  const queue = folders.values();
  const work = async (): Promise<void> => {
    for (const folder of queue) {
      if (isOver()) {
        coverage.complete = false;
        return;
      }
      try {
        const project = await readProject(folder, request, coverage);
        if (project !== null) found.push(project);
      } catch {
        coverage.unreadable += 1; // the reason may hold a path
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return {
    schemaVersion: 1,
    takenOn: request.takenOn,
    names: request.names,
    minShare: request.minShare,
    coverage,
    projects: found
      .map((project) => ({ project, text: JSON.stringify(project) }))
      .sort((a, b) => byText(a.text, b.text))
      .map(({ project }) => project),
  };
}

/** null: a project of others, or a folder of no known type. */
async function readProject(
  folder: ProjectFolder,
  { minShare, names }: ProjectsRequest,
  coverage: Projects['coverage'],
): Promise<Project | null> {
  const authorship = folder.isRepository ? await authorshipOf(folder.folder) : null;
  if (authorship !== null && authorship.own !== null && authorship.own < minShare * authorship.commits) {
    coverage.othersProjects += 1;
    return null;
  }
  const facts = describeProject(await listFiles(folder));
  if (facts.types.length === 0) return null;
  if (authorship?.own === null) coverage.unknownAuthor += 1;
  return {
    ...facts,
    ...(names === 'none' ? {} : { name: projectName(path.basename(folder.folder), names) }),
    firstMonth: authorship?.firstMonth ?? null,
    lastMonth: authorship?.lastMonth ?? null,
  };
}

function projectName(name: string, names: 'hashed' | 'plain'): string {
  return names === 'plain'
    ? plainText(name, 100)
    : createHmac('sha256', machineId()).update(name).digest('hex').slice(0, 12);
}

/** Makes the hashes of names differ between machines, so that they cannot be looked up in a list of names. */
function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8');
  } catch {
    return 'nixos-intelligence';
  }
}
