import { bytes } from '../../bytes.ts';
import { removableUnits } from '../../questions/dependency-graph/removable-units.ts';
import type { DependencyGraph, RemovableUnit } from '../../questions/dependency-graph/schema.ts';
import { type Tile, type TileGroup, Treemap } from '../charts/treemap.tsx';
import type { ReportData } from '../data.ts';
import { Missing, type Section } from '../parts.tsx';
import { count, enumeration, placeText } from '../wording.ts';

/** How much a drawing shows: the share of the closure that a tile of its own needs, and the number of shared tiles. */
interface Detail {
  smallest: number;
  mostShared: number;
}
const wideDetail: Detail = { smallest: 1 / 600, mostShared: 14 };
const narrowDetail: Detail = { smallest: 1 / 120, mostShared: 5 };

/** The closure by what alone needs it: a treemap, and the same as a table. */
export function closureSection(data: ReportData): Section {
  const { dependency_graph: graph, manifest } = data;
  return {
    id: 'closure',
    title: 'What takes space',
    content:
      graph === undefined ? (
        <Missing what="Sizes are not known: no closure." evidence="closure.json" manifest={manifest} />
      ) : (
        <ClosureMap graph={graph} data={data} />
      ),
  };
}

function ClosureMap({ graph, data }: { graph: DependencyGraph; data: ReportData }) {
  const wide = tileGroups(graph, data, wideDetail);
  const narrow = tileGroups(graph, data, narrowDetail);
  const { size, paths } = graph.system;
  const label = `Treemap of the closure, ${bytes(size, 3)}; the table below it has the same in words`;
  return (
    <>
      <p class="lead">
        {bytes(size, 3)} in {count(paths, 'store path')}. A tile is what would go if this package or option were removed
        alone; what two or more need is shared.
      </p>
      <ul class="legend">
        {wide.map(({ kind, title, tiles }) => (
          <li key={kind} class={kind}>
            {title} <span class="minor">{bytes(sum(tiles), 3)}</span>
          </li>
        ))}
      </ul>
      <figure class="closure">
        <Treemap groups={wide} width={960} height={540} label={label} className="wide" />
        <Treemap groups={narrow} width={380} height={560} label={label} className="narrow" />
        <figcaption class="why" aria-live="polite" hidden />
      </figure>
      <details id="why-list">
        <summary>Every tile, and why it is there</summary>
        <table class="sizes">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Size</th>
              <th scope="col">Why it is there</th>
            </tr>
          </thead>
          <tbody>
            {wide.flatMap(({ tiles }) =>
              tiles.map(({ id, name, size, why }) => (
                <tr key={id} id={id}>
                  <th scope="row">{name}</th>
                  <td class="number">{bytes(size)}</td>
                  <td>{why}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </details>
    </>
  );
}

function tileGroups(graph: DependencyGraph, data: ReportData, detail: Detail): TileGroup[] {
  const units = removableUnits(graph.packages, graph.options).filter(({ exclusiveSize }) => exclusiveSize > 0);
  const smallest = graph.system.size * detail.smallest;
  const shown = units.filter(({ exclusiveSize }) => exclusiveSize >= smallest);
  const rest = units.filter(({ exclusiveSize }) => exclusiveSize < smallest);
  const whyOf = reasons(data);
  const tilesOf = (kind: RemovableUnit['kind']): Tile[] => [
    ...shown
      .filter((unit) => unit.kind === kind)
      .map((unit, index) => ({
        id: `why-${kind}-${index + 1}`,
        name: unit.name,
        size: unit.exclusiveSize,
        why: whyOf(unit),
      })),
    ...merged(
      kind,
      rest.filter((unit) => unit.kind === kind),
    ),
  ];
  const { exclusive, shared, largestShared } = graph.system;
  const largest = largestShared.slice(0, detail.mostShared);
  const restOfShared = shared.size - largest.reduce((total, { size }) => total + size, 0);
  const groups: TileGroup[] = [
    { kind: 'package', title: 'Packages you declare', tiles: tilesOf('package') },
    { kind: 'option', title: 'Options you enable', tiles: tilesOf('option') },
    {
      kind: 'shared',
      title: 'Shared dependencies',
      tiles: [
        ...largest.map(({ storeName, size, packageCount, base }, index) => ({
          id: `why-shared-${index + 1}`,
          name: storeName,
          size,
          why: `needed by ${enumeration([
            ...(packageCount > 0 ? [count(packageCount, 'declared package')] : []),
            ...(base ? ['the base system'] : []),
            ...(packageCount === 0 && !base ? ['several options'] : []),
          ])}`,
        })),
        {
          id: 'why-shared-rest',
          name: `${shared.paths - largest.length} smaller`,
          size: restOfShared,
          why: `${count(shared.paths - largest.length, 'smaller store path')} that two or more need`,
          merged: true,
        },
      ],
    },
    {
      kind: 'base',
      title: 'Base system',
      tiles: [
        {
          id: 'why-base',
          name: 'base system',
          size: exclusive.base,
          why: 'needed only by packages that NixOS adds itself',
        },
      ],
    },
  ];
  return groups
    .map((group) => ({ ...group, tiles: group.tiles.filter(({ size }) => size > 0) }))
    .filter(({ tiles }) => tiles.length > 0);
}

/** One tile for the small ones. */
function merged(kind: RemovableUnit['kind'], units: readonly RemovableUnit[]): Tile[] {
  const [only] = units;
  if (only === undefined) return [];
  const size = units.reduce((total, { exclusiveSize }) => total + exclusiveSize, 0);
  const names = enumeration(
    units.map(({ name }) => name),
    40,
  );
  return [{ id: `why-${kind}-rest`, name: `${units.length} smaller`, size, why: names, merged: true }];
}

/** Why a package or option is there, in one line: where it is declared, since when, and the author's words. */
function reasons({ tool_profiles, package_evolution, settings }: ReportData): (unit: RemovableUnit) => string {
  const profiles = new Map(tool_profiles?.profiles.map((profile) => [profile.id, profile]));
  const packageSpans = new Map(package_evolution?.packages.map((span) => [span.id, span]));
  const optionSpans = new Map(package_evolution?.options.map((span) => [span.option, span]));
  const places = new Map(settings?.map((setting) => [setting.name, setting.places]));
  return ({ kind, name, packages }) => {
    const span = (kind === 'package' ? packageSpans : optionSpans).get(name);
    const words = span?.reason?.text ?? span?.purpose?.text;
    const declarations =
      kind === 'package' ? (profiles.get(name)?.declarations ?? []) : (places.get(`${name}.enable`) ?? []);
    const by = profiles.get(name)?.declarations.flatMap((declaration) => declaration.by ?? []) ?? [];
    return [
      `${kind === 'package' ? 'declared' : 'enabled'}${declarations.length > 0 ? ` in ${enumeration([...new Set(declarations.map(placeText))])}` : ''}`,
      ...(by.length > 0 ? [`by ${enumeration([...new Set(by)])}`] : []),
      ...(span === undefined ? [] : [`since ${span.since.date}`]),
      ...(kind === 'option' && packages.length > 0 ? [`adds ${enumeration(packages)}`] : []),
      ...(words === undefined ? [] : [`“${words}”`]),
    ].join(' · ');
  };
}

function sum(tiles: readonly Tile[]): number {
  return tiles.reduce((total, { size }) => total + size, 0);
}
