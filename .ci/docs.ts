import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readElementDocs, type ElementDocs, type Member, type Named } from '../.build/element-docs.js';
import { readPages } from './pages.js';
import { BUDGETS, foldLanguages, measureLoads, type Load } from './size.js';

/**
 * Fills every generated part of these pages: what stands between `<!-- name:start -->` and `<!-- name:end -->`.
 * Pages without one stay as they are; a table without a page is an error.
 */
export async function fillPages(
  pages: Readonly<Record<string, string>>,
  element: ElementDocs,
  loads: readonly Load[],
): Promise<Record<string, string>> {
  const filled = { ...pages };
  const touched = new Set<string>();
  for (const [name, content] of Object.entries(tables(element, loads))) {
    const marked = new RegExp(`(<!-- ${name}:start -->).*?(<!-- ${name}:end -->)`, 's');
    const places = Object.entries(filled).filter(([, text]) => marked.test(text));
    if (places.length === 0) throw new Error(`No page has <!-- ${name}:start --> … <!-- ${name}:end -->`);
    for (const [path, text] of places) {
      touched.add(path);
      filled[path] = text.replace(
        marked,
        (_, start: string, end: string) => `${start}\n\n${content}\n\n${end}`,
      );
    }
  }
  for (const path of touched)
    filled[path] = await format(filled[path] ?? '', { ...(await resolveConfig(path)), parser: 'markdown' });
  return filled;
}

function tables(element: ElementDocs, loads: readonly Load[]): Record<string, string> {
  const fields = element.members.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = element.members.filter(({ kind }) => kind === 'method');
  const described = (title: string, rows: Named[]): string =>
    table(
      [title, 'Description'],
      rows.map((row) => [code(row.name), row.description]),
    );
  return {
    attributes: table(
      ['Attribute', 'Property', 'Type', 'Default', 'Description'],
      element.attributes.map((attribute) => [
        code(attribute.name),
        code(attribute.fieldName),
        code(typeOf(attribute)),
        code(attribute.default?.replaceAll('"', '')),
        attribute.description,
      ]),
    ),
    properties: table(
      ['Property', 'Type', 'Description'],
      fields.map((field) => [
        code(field.static ? `OsmtalkWidget.${field.name}` : field.name),
        code(typeOf(field)),
        [field.description, field.readonly && 'Read only.'].filter(Boolean).join(' '),
      ]),
    ),
    methods: table(
      ['Method', 'Description'],
      methods.map((method) => [code(signature(method)), method.description]),
    ),
    events: table(
      ['Event', '`detail`', 'Description'],
      element.events.map((event) => [code(event.name), code(detailOf(event)), event.description]),
    ),
    slots: described('Slot', element.slots),
    parts: described('Part', element.cssParts),
    css: table(
      ['Custom property', 'Default', 'Description'],
      element.cssProperties.map((property) => [
        code(property.name),
        code(property.default),
        property.description,
      ]),
    ),
    sizes: table(
      ['Loaded', 'Requests', 'Size (Brotli)', 'Budget'],
      foldLanguages(loads).map(({ name, files, bytes }) => [
        code(name),
        String(files.length),
        kilobytes(bytes),
        kilobytes(BUDGETS[name]),
      ]),
    ),
  };
}

function table(head: string[], rows: (string | undefined)[][]): string {
  const line = (cells: (string | undefined)[]): string =>
    `| ${cells.map((cell = '') => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string | undefined): string {
  return text ? `\`${text}\`` : '';
}

function typeOf({ type }: Named): string | undefined {
  return type?.text.replace(/ \| undefined$/, '').replace(/^\((\(.*)\)$/, '$1');
}

function detailOf(event: Named): string | undefined {
  const detail = /^CustomEvent<(.*)>$/s.exec(event.type?.text ?? '')?.[1];
  return detail === 'null' ? undefined : detail;
}

function signature({ name, parameters = [], return: result }: Member): string {
  const list = parameters.map((parameter) => `${parameter.name}: ${typeOf(parameter)}`).join(', ');
  return `${name}(${list}): ${result?.type?.text ?? 'void'}`;
}

function kilobytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${Number((bytes / 1024).toFixed(1))} KB`;
}

async function updatePages(isCheck: boolean): Promise<void> {
  const pages = readPages();
  const filled = await fillPages(pages, readElementDocs(), measureLoads('dist'));
  for (const [path, text] of Object.entries(filled)) {
    if (text === pages[path]) continue;
    if (!isCheck) writeFileSync(path, text);
    else {
      console.error(`${path} is out of date: npm run docs`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await updatePages(process.argv.includes('--check'));
