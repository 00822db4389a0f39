// What the report does beyond its text: search, sort and filter of the tools, the reason of a tile. It only reads the
// page and sets text, so nothing that the page shows can run.

{
  const tools = document.getElementById('tool-table');
  const controls = document.querySelector('.controls');
  if (tools !== null && controls !== null) enhanceTable(tools, controls);
  markSection([...document.querySelectorAll('.sections a')]);
  for (const figure of document.querySelectorAll('figure.closure')) enhanceTreemap(figure);
}

function enhanceTable(table, controls) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    purpose: row.querySelector('.purpose')?.textContent ?? '',
    verdict: row.lastElementChild.dataset.v,
  }));
  const { search, purpose, verdict } = controls.elements;
  const output = controls.querySelector('output');
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of rows) {
      const matches =
        words.every((word) => entry.text.includes(word)) &&
        (purpose.value === '' || purpose.value === entry.purpose) &&
        (verdict.value === '' || verdict.value === entry.verdict);
      entry.row.hidden = !matches;
      if (matches) shown += 1;
    }
    output.textContent = shown === rows.length ? `${shown} packages` : `${shown} of ${rows.length} packages`;
  };
  controls.addEventListener('input', filter);
  controls.addEventListener('submit', (event) => event.preventDefault());
  controls.hidden = false;

  const headers = [...table.tHead.rows[0].cells];
  const sort = (column, descending) => {
    for (const header of headers) header.removeAttribute('aria-sort');
    headers[column].setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    const keyed = rows.map(({ row }) => ({ row, key: row.cells[column].dataset.v }));
    const numeric = keyed.every(({ key }) => key !== '' && !Number.isNaN(Number(key)));
    const compare = numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    keyed.sort((a, b) => (descending ? -1 : 1) * compare(a.key, b.key));
    body.append(...keyed.map(({ row }) => row));
  };
  headers.forEach((header, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    // Figures are most interesting from their largest on.
    const first = header.dataset.first === 'descending';
    button.addEventListener('click', () => {
      const now = header.getAttribute('aria-sort');
      sort(column, now === null ? first : now === 'ascending');
    });
    header.replaceChildren(button);
  });
}

/** Marks the section in view in the navigation. */
function markSection(links) {
  const byId = new Map(links.map((link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        for (const link of links) link.removeAttribute('aria-current');
        byId.get(target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-20% 0px -75% 0px' },
  );
  for (const id of byId.keys()) {
    const section = document.getElementById(id);
    if (section !== null) observer.observe(section);
  }
}

/** Shows why a tile is there below the drawing; the arrow keys move between tiles, which are one stop of the Tab key. */
function enhanceTreemap(figure) {
  const caption = figure.querySelector('.why');
  caption.hidden = false;
  caption.textContent = 'Point at a tile, or move between tiles with the arrow keys, to see why it is there.';
  for (const drawing of figure.querySelectorAll('svg')) {
    const tiles = [...drawing.querySelectorAll('.tile')];
    const show = (tile) => {
      caption.textContent = tile.querySelector('title').textContent;
    };
    tiles.forEach((tile, index) => {
      tile.setAttribute('tabindex', index === 0 ? '0' : '-1');
      tile.addEventListener('mouseenter', () => show(tile));
      tile.addEventListener('focus', () => {
        for (const other of tiles) other.setAttribute('tabindex', other === tile ? '0' : '-1');
        show(tile);
      });
      tile.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        tiles[(index + step + tiles.length) % tiles.length].focus();
      });
    });
  }
}
