/** A directed graph in compressed rows: node `n` points at `targets[offsets[n]]` … `targets[offsets[n + 1] - 1]`. */
export interface Digraph {
  size: number;
  /** One more than there are nodes. */
  offsets: Uint32Array;
  targets: Uint32Array;
}

/** The graph whose node `n` points at `rows[n]`; targets must lie below the number of rows. */
export function digraph(rows: readonly ArrayLike<number>[]): Digraph {
  const offsets = new Uint32Array(rows.length + 1);
  for (let node = 0; node < rows.length; node++) {
    offsets[node + 1] = (offsets[node] as number) + (rows[node] as ArrayLike<number>).length;
  }
  const targets = new Uint32Array(offsets[rows.length] as number);
  for (let node = 0; node < rows.length; node++) targets.set(rows[node] as ArrayLike<number>, offsets[node]);
  return { size: rows.length, offsets, targets };
}

/** Every edge turned round; the sources of a node come in ascending order. */
export function reversed({ size, offsets, targets }: Digraph): Digraph {
  const turned: Digraph = { size, offsets: new Uint32Array(size + 1), targets: new Uint32Array(targets.length) };
  for (const target of targets) (turned.offsets[target + 1] as number)++;
  for (let node = 0; node < size; node++) (turned.offsets[node + 1] as number) += turned.offsets[node] as number;
  const next = turned.offsets.slice(0, size);
  for (let node = 0; node < size; node++) {
    for (let edge = offsets[node] as number; edge < (offsets[node + 1] as number); edge++) {
      const target = targets[edge] as number;
      turned.targets[next[target] as number] = node;
      (next[target] as number)++;
    }
  }
  return turned;
}

/** What `node` points at. */
export function targetsOf(graph: Digraph, node: number): Uint32Array {
  return graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]);
}
