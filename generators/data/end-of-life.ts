/**
 * The day after which a version gets no security updates, from the projects' own pages as collected on endoflife.date.
 * Name of the package, then beginning of its version -> day.
 */
const ends: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nodejs: { '18.': '2025-04-30', '20.': '2026-04-30', '22.': '2027-04-30', '24.': '2028-04-30' },
  php: { '8.1.': '2025-12-31', '8.2.': '2026-12-31', '8.3.': '2027-12-31', '8.4.': '2028-12-31' },
  postgresql: {
    ...{ '12.': '2024-11-21', '13.': '2025-11-13', '14.': '2026-11-12', '15.': '2027-11-11', '16.': '2028-11-09' },
    ...{ '17.': '2029-11-08' },
  },
  python3: {
    ...{ '3.8.': '2024-10-07', '3.9.': '2025-10-31', '3.10.': '2026-10-31', '3.11.': '2027-10-31' },
    ...{ '3.12.': '2028-10-31', '3.13.': '2029-10-31' },
  },
  ruby: { '3.1.': '2025-03-26', '3.2.': '2026-03-31', '3.3.': '2027-03-31', '3.4.': '2028-03-31' },
};

/** The end of support of a package's version, as `2026-04-30`; null: not in the table. */
export function endOfLife(name: string, version: string): string | null {
  // Some packages have the branch in their name: `nodejs_20`.
  const project = name.replace(/_\d+$/, '');
  const versions = Object.hasOwn(ends, project) ? ends[project] : undefined;
  return Object.entries(versions ?? {}).find(([start]) => version.startsWith(start))?.[1] ?? null;
}

/**
 * The end of support of a NixOS release: `25.05` gets updates until the end of that year, `25.11` until the end of June
 * of the next. null: not a release.
 */
export function releaseEnd(release: string): string | null {
  const [, year = '', month = ''] = /^(\d\d)\.(05|11)/.exec(release) ?? [];
  if (year === '') return null;
  return month === '05' ? `20${year}-12-31` : `20${Number(year) + 1}-06-30`;
}
