import { scaleSqrt } from 'd3-scale';
import { linkHorizontal } from 'd3-shape';
import { groupBy } from '../../group-by.ts';

/** Commands that are used one after the other, and how often. */
export interface Flow {
  steps: readonly string[];
  uses: number;
}

const width = 420;
const row = 30;
const boxHeight = 22;
const widestLink = 9;
const characterWidth = 7;
/** Room for a link and its figure. */
const smallestGap = 44;

interface Drawn {
  column: number;
  name: string;
  uses: number;
  x: number;
  y: number;
}

/** Commands in columns by their place, linked by lines as wide as they are frequent. */
export function FlowDiagram({ flows, label }: { flows: readonly Flow[]; label: string }) {
  const columns = Math.max(...flows.map(({ steps }) => steps.length));
  const boxWidth = Math.min(150, (width - (columns - 1) * smallestGap) / columns);
  const gap = columns < 2 ? 0 : (width - columns * boxWidth) / (columns - 1);
  const uses = new Map<string, Drawn>();
  const links = new Map<string, { from: string; to: string; uses: number }>();
  for (const flow of flows) {
    flow.steps.forEach((name, column) => {
      const key = `${column} ${name}`;
      const found = uses.get(key) ?? { column, name, uses: 0, x: column * (boxWidth + gap), y: 0 };
      uses.set(key, { ...found, uses: found.uses + flow.uses });
      const next = flow.steps[column + 1];
      if (next === undefined) return;
      const link = `${key} ${next}`;
      const before = links.get(link)?.uses ?? 0;
      links.set(link, { from: key, to: `${column + 1} ${next}`, uses: before + flow.uses });
    });
  }
  const drawn = new Map<string, Drawn>();
  const byColumn = groupBy([...uses], ([, { column }]) => column);
  const rows = Math.max(...[...byColumn.values()].map((some) => some.length));
  for (const some of byColumn.values()) {
    const start = ((rows - some.length) * row) / 2;
    some.forEach(([key, node], index) => {
      drawn.set(key, { ...node, y: start + index * row });
    });
  }
  const most = Math.max(...[...links.values()].map((link) => link.uses));
  const thickness = scaleSqrt().domain([0, most]).range([1, widestLink]);
  const path = linkHorizontal<{ source: [number, number]; target: [number, number] }, [number, number]>();
  return (
    <svg class="flow" viewBox={`0 0 ${width} ${rows * row}`} role="img" aria-label={label}>
      {[...links].map(([key, { from, to, uses: amount }]) => {
        const [a, b] = [drawn.get(from), drawn.get(to)];
        if (a === undefined || b === undefined) return null;
        const middle = boxHeight / 2;
        const line = path({ source: [a.x + boxWidth, a.y + middle], target: [b.x, b.y + middle] });
        return (
          <g key={key}>
            <path class="link" d={rounded(line ?? '')} stroke-width={thickness(amount).toFixed(1)} />
            <text
              class="figure"
              x={((a.x + boxWidth + b.x) / 2).toFixed(1)}
              y={((a.y + b.y) / 2 + middle + 4).toFixed(1)}
            >
              {amount}
            </text>
          </g>
        );
      })}
      {[...drawn].map(([key, { name, x, y }]) => (
        <g key={key}>
          <rect x={x.toFixed(1)} y={y} width={boxWidth} height={boxHeight} rx="4" />
          <text x={(x + 8).toFixed(1)} y={y + 15}>
            {fitted(name, boxWidth - 12)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function fitted(name: string, room: number): string {
  const most = Math.floor(room / characterWidth);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** Coordinates with one decimal. */
function rounded(path: string): string {
  return path.replace(/\d+\.\d+/g, (number) => Number(number).toFixed(1));
}
