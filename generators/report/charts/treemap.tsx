import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy';
import { bytes } from '../../bytes.ts';

/** A part of a treemap. */
export interface Tile {
  /** Of the row that says the same in words. */
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  why: string;
  /** It stands for several small ones, and comes last. */
  merged?: boolean;
}

/** Tiles of one kind: one colour, and its label above them. */
export interface TileGroup {
  kind: string;
  title: string;
  tiles: readonly Tile[];
}

interface Node {
  group?: TileGroup;
  tile?: Tile;
  children?: Node[];
}

const labelHeight = 20;
const gap = 2;
/** Width of a character at the font size of the labels, in pixels: a generous guess for any font. */
const characterWidth = 7.2;
const smallestLabel = { width: 34, height: 18 };

/**
 * Areas in proportion to sizes, grouped by kind. Each tile links to the row that says the same in words, and has its
 * text as its title.
 */
export function Treemap({
  groups,
  width,
  height,
  label,
  className,
}: {
  groups: readonly TileGroup[];
  width: number;
  height: number;
  label: string;
  className: string;
}) {
  const root = hierarchy<Node>({
    children: groups.map((group) => ({ group, children: group.tiles.map((tile) => ({ group, tile })) })),
  }).sum(({ tile }) => tile?.size ?? 0);
  const layout = treemap<Node>().size([width, height]).paddingInner(gap).paddingTop(labelHeight).round(true);
  const drawn = layout(root.sort(byRank));
  return (
    <svg
      class={`treemap ${className}`}
      viewBox={`0 ${labelHeight} ${width} ${height - labelHeight}`}
      aria-label={label}
    >
      {(drawn.children ?? []).map((node) => (
        <Group key={node.data.group?.kind} node={node} />
      ))}
    </svg>
  );
}

function byRank(a: HierarchyNode<Node>, b: HierarchyNode<Node>): number {
  const isMerged = ({ data }: HierarchyNode<Node>): number => Number(data.tile?.merged ?? false);
  return isMerged(a) - isMerged(b) || (b.value ?? 0) - (a.value ?? 0);
}

function Group({ node }: { node: HierarchyRectangularNode<Node> }) {
  const { group } = node.data;
  if (group === undefined) return null;
  const room = node.x1 - node.x0;
  const title = [`${group.title} · ${bytes(node.value ?? 0, 3)}`, group.title].find((text) => fits(text, room)) ?? '';
  return (
    <g class={group.kind}>
      <text class="group" x={node.x0 + 1} y={node.y0 + 14}>
        {title}
      </text>
      {(node.children ?? []).map((child) => (
        <TileOf key={child.data.tile?.id} node={child} />
      ))}
    </g>
  );
}

function TileOf({ node: { data, x0, y0, x1, y1 } }: { node: HierarchyRectangularNode<Node> }) {
  const { tile } = data;
  if (tile === undefined) return null;
  const [width, height] = [x1 - x0, y1 - y0];
  const hasLabel = width >= smallestLabel.width && height >= smallestLabel.height;
  const size = bytes(tile.size);
  return (
    <a href={`#${tile.id}`} class="tile">
      <title>{`${tile.name}, ${size}: ${tile.why}`}</title>
      <rect x={x0} y={y0} width={width} height={height} rx="2" />
      {hasLabel && (
        <g aria-hidden="true">
          <text x={x0 + 5} y={y0 + 14}>
            {fitted(tile.name, width - 8)}
          </text>
          {height >= 36 && fits(size, width - 8) && (
            <text x={x0 + 5} y={y0 + 29} class="size">
              {size}
            </text>
          )}
        </g>
      )}
    </a>
  );
}

function fits(text: string, width: number): boolean {
  return text.length * characterWidth <= width;
}

/** Text cut to a width in pixels. */
function fitted(text: string, width: number): string {
  const characters = [...text];
  const room = Math.floor(width / characterWidth);
  if (characters.length <= room) return text;
  return room < 3 ? '' : `${characters.slice(0, room - 1).join('')}…`;
}
