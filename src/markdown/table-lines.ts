import type { Table } from './markdown-tree.js';

/** The most columns of a table; a wider one is text, since nobody could read it. */
const MAX_COLUMNS = 64;

/** The columns of the table whose head is `line`, as the line below it defines them; `null` when it is no table. */
export function readTableColumns(
  line: string | undefined,
  below: string | undefined,
): Table['columns'] | null {
  if (!line?.includes('|') || below === undefined || !/^[\s|:-]*$/.test(below) || !below.includes('-'))
    return null;
  const columns = readCells(below);
  if (columns.length > MAX_COLUMNS || !columns.every((cell) => /^:?-+:?$/.test(cell))) return null;
  return readCells(line).length === columns.length ? columns.map(alignment) : null;
}

/** The cells of a row. With a `limit`, all further text stays in the last cell. */
export function readCells(line: string, limit = MAX_COLUMNS + 1): string[] {
  const row = line.trim();
  const cells: string[] = [];
  let cell = '';
  let from = row.startsWith('|') ? 1 : 0;
  for (let at = from; at < row.length && cells.length < limit - 1; at++) {
    if (row[at] === '\\' && row[at + 1] === '|') {
      cell += `${row.slice(from, at)}|`;
      from = at + 2;
      at++;
    } else if (row[at] === '|') {
      cells.push((cell + row.slice(from, at)).trim());
      cell = '';
      from = at + 1;
    }
  }
  const last = row.slice(from);
  const isClosed = last.endsWith('|') && !last.endsWith('\\|');
  const rest = (cell + (isClosed ? last.slice(0, -1) : last)).trim();
  if (rest !== '' || from < row.length) cells.push(rest);
  return cells;
}

function alignment(cell: string): Table['columns'][number] {
  if (!cell.endsWith(':')) return 'start';
  return cell.startsWith(':') ? 'center' : 'end';
}
