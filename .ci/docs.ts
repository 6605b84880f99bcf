import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readElementDocs, type ElementDocs, type Member, type Named } from '../.build/element-docs.js';
import { BUDGETS, foldLanguages, measureLoads, type Load } from './size.js';

/** Fills every generated part of the README: what stands between `<!-- name:start -->` and `<!-- name:end -->`. */
export async function fillReadme(
  readme: string,
  element: ElementDocs,
  loads: readonly Load[],
): Promise<string> {
  let filled = readme;
  for (const [name, content] of Object.entries(tables(element, loads))) {
    const marked = new RegExp(`(<!-- ${name}:start -->).*?(<!-- ${name}:end -->)`, 's');
    if (!marked.test(filled))
      throw new Error(`README.md has no <!-- ${name}:start --> … <!-- ${name}:end -->`);
    filled = filled.replace(marked, (_, start: string, end: string) => `${start}\n\n${content}\n\n${end}`);
  }
  return format(filled, { ...(await resolveConfig('README.md')), parser: 'markdown' });
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

async function updateReadme(isCheck: boolean): Promise<void> {
  const element = readElementDocs();
  const current = readFileSync('README.md', 'utf8');
  const filled = await fillReadme(current, element, measureLoads('dist'));
  if (filled === current) return;
  if (!isCheck) return writeFileSync('README.md', filled);
  console.error('README.md is out of date: npm run docs');
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await updateReadme(process.argv.includes('--check'));
