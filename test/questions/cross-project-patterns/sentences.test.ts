import { describe, expect, test } from 'vitest';
import type { Project, Projects } from '../../../generators/evidence/projects.ts';
import { compareProject } from '../../../generators/lookup/project/compare-project.ts';
import { projectText } from '../../../generators/lookup/project/project-text.ts';
import { analyzeCrossProjectPatterns } from '../../../generators/questions/cross-project-patterns/analyze.ts';
import { presentCrossProjectPatterns } from '../../../generators/questions/cross-project-patterns/present.ts';
import { crossProjectPatterns } from '../../../generators/questions/cross-project-patterns/schema.ts';
import { sampleEvaluated } from '../../sample-evidence.ts';
import { sentencesOf } from '../plain.ts';

function project(types: Project['types'], tools: Project['tools'], dev: number | null = null): Project {
  return {
    types,
    tools,
    dependencies: dev === null ? [] : types.map((type) => ({ type, direct: 5, dev })),
    contextFiles: [],
    unreadable: 0,
    firstMonth: '2025-03',
    lastMonth: '2026-10',
  };
}

function patterns(projects: Project[]) {
  const snapshot: Projects = {
    schemaVersion: 1,
    takenOn: '2026-11-20',
    names: 'none',
    minShare: 0.2,
    coverage: { folders: 1, visited: 9, othersProjects: 0, unknownAuthor: 0, unreadable: 0, complete: true },
    projects,
  };
  return crossProjectPatterns.parse(analyzeCrossProjectPatterns({ evaluated: sampleEvaluated(), projects: snapshot }));
}

const python = [
  project(['python'], ['pytest', 'ruff', 'uv'], 12),
  project(['python'], ['mypy', 'pytest', 'ruff', 'uv'], 14),
  project(['python'], ['pytest', 'ruff', 'uv'], 9),
  project(['python'], ['black', 'pytest', 'ruff'], 12),
  project(['python', 'node'], ['eslint', 'pytest', 'uv'], 3),
];

describe('CLAUDE.md', () => {
  const lines = (projects: Project[]) => sentencesOf(presentCrossProjectPatterns(patterns(projects)));

  test('one line for each type of at least three projects: the tools of at least 60 % of them', () => {
    expect(lines(python)).toEqual([
      'In your 5 Python projects, you use `pytest` (100%), `ruff` (80%), `uv` (80%). What one lacks: `nixos-intelligence project`.',
    ]);
  });

  test.each([
    ['two projects are no habit', python.slice(0, 2)],
    [
      'nor are projects that have no tool in common',
      [project(['go'], []), project(['go'], ['make']), project(['go'], [])],
    ],
    ['no project', []],
  ])('no line: %s', (_, projects) => {
    expect(lines(projects)).toEqual([]);
  });
});

describe('project', () => {
  const facts = (types: Project['types'], tools: Project['tools'], dev: number | null = null) => {
    const { firstMonth, lastMonth, ...rest } = project(types, tools, dev);
    return rest;
  };
  const lines = (own: ReturnType<typeof facts>, projects: Project[] = python) =>
    projectText(compareProject(own, patterns(projects)))
      .trimEnd()
      .split('\n');

  test('the tools that most siblings use and this one lacks, with the tool that it has instead', () => {
    expect(lines(facts(['python'], ['flake8', 'pytest', 'uv'], 10))).toEqual([
      'Type: Python.',
      'Uses flake8, pytest, uv.',
      "In your 5 Python projects, 80% use ruff. This one doesn't; it has flake8.",
    ]);
  });

  test('fewer than half of the median of dev dependencies', () => {
    expect(lines(facts(['python'], ['pytest', 'ruff', 'uv'], 3)).at(-1)).toBe(
      'Your Python projects have a median of 12 dev dependencies. This one has 3.',
    );
    expect(lines(facts(['python'], ['pytest', 'ruff', 'uv'], 6))).toHaveLength(2);
  });

  test('no project lacks a tool that less than 60 % of its siblings use', () => {
    expect(lines(facts(['python'], ['pytest', 'ruff', 'uv'], 12)).join()).not.toContain('mypy');
  });

  test('a type with too few projects is not compared', () => {
    expect(lines(facts(['node'], []))).toEqual([
      'Type: Node.',
      'No known tool is used here.',
      'The snapshot has only 1 Node project: too few to compare with.',
    ]);
    expect(lines(facts(['zig'], [])).at(-1)).toBe('The snapshot has no Zig projects: too few to compare with.');
  });

  test('the tools of another type of the same project are not compared', () => {
    const mixed = Array.from({ length: 4 }, () => project(['python', 'node'], ['eslint', 'pytest']));
    expect(lines(facts(['python'], ['pytest']), mixed)).toEqual(['Type: Python.', 'Uses pytest.']);
  });
});

test('what each project of the snapshot lacks counts the others only', () => {
  const { projects, types } = patterns(python);
  expect(projects[3]?.lacks).toEqual([{ type: 'python', tool: 'uv', siblings: 4, uses: 4, instead: [] }]);
  expect(projects[4]?.lacks).toEqual([{ type: 'python', tool: 'ruff', siblings: 4, uses: 4, instead: [] }]);
  expect(types[0]).toMatchObject({ type: 'python', projects: 5, dependencies: { projects: 5, medianDev: 12 } });
});
