import { parseSync } from 'rolldown/utils';
import { featureAt, globalFeatures, memberFeatures, newest, type Feature } from './above-floor.js';
import { featuresOfStyles } from './new-css.js';

/** One place that uses something newer than the floor. */
export interface Use {
  file: string;
  line: number;
  feature: Feature;
}

type Node = Readonly<Record<string, unknown>> & { type: string; start: number };

/** The keys of types, which are gone before any browser sees the code. */
const TYPES = new Set([
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
  'returnType',
  'superTypeArguments',
  'implements',
]);

/**
 * Finds uses of new features by name. A member of an unknown object counts when every member of that name is too new. Throws
 * when the file cannot be parsed.
 */
export function findNewFeatures(file: string, code: string): Use[] {
  const { program, errors } = parseSync(file, code);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const nodes = [...walk(program as unknown as Node)];
  const declared = new Set(nodes.flatMap(declaredBy));
  const uses = nodes.flatMap((node) =>
    featuresOf(node, declared).flatMap((candidates): Use[] => {
      const feature = newest(candidates);
      return feature ? [{ file, line: lineOf(code, node.start), feature }] : [];
    }),
  );
  const seen = new Set<string>();
  return uses.filter(({ line, feature: { key } }) => {
    const isNew = !seen.has(`${line} ${key}`);
    seen.add(`${line} ${key}`);
    return isNew;
  });
}

function* walk(node: Node): Generator<Node> {
  yield node;
  const isType = node.type.startsWith('TS');
  for (const [key, value] of Object.entries(node)) {
    // The expression of `as`, `!` and `satisfies` remains.
    if (TYPES.has(key) || (isType && key !== 'expression' && key !== 'members' && key !== 'initializer'))
      continue;
    for (const child of [value].flat(1)) if (isNode(child)) yield* walk(child);
  }
}

/** Returns what this node uses: for each use, all the features that it may mean. */
function featuresOf(node: Node, declared: ReadonlySet<string>): (readonly Feature[])[] {
  switch (node.type) {
    case 'MemberExpression':
      return [memberFeatures(freeName(node.object, declared), nameOf(node.property) ?? '')];
    case 'VariableDeclarator':
      return destructured(node, declared);
    case 'NewExpression':
    case 'CallExpression':
      return [globalFeatures(freeName(node.callee, declared) ?? '')];
    case 'Literal':
      return featuresOfPattern(node.regex);
    case 'TaggedTemplateExpression':
      return featuresOfMarkup(textOf(node.quasi));
    case 'TemplateLiteral':
      return featuresOfStyles(textOf(node));
    default:
      return [];
  }
}

/** Returns what a destructuring such as `const { clipboard } = navigator` uses. */
function destructured(node: Node, declared: ReadonlySet<string>): (readonly Feature[])[] {
  const object = freeName(node.init, declared);
  if (object === null || !isNode(node.id) || node.id.type !== 'ObjectPattern') return [];
  return (node.id.properties as Node[]).map((each) => memberFeatures(object, nameOf(each.key) ?? ''));
}

function featuresOfPattern(regex: unknown): (readonly Feature[])[] {
  const { flags = '', pattern = '' } = (regex ?? {}) as { flags?: string; pattern?: string };
  return [
    flags.includes('v') ? featureAt('javascript', 'builtins', 'RegExp', 'unicodeSets') : [],
    /\(\?[ims]*(-[ims]+)?:/.test(pattern) && !pattern.includes('(?:')
      ? featureAt('javascript', 'regular_expressions', 'modifier')
      : [],
  ];
}

function featuresOfMarkup(markup: string): (readonly Feature[])[] {
  return [...markup.matchAll(/<([a-z][\w-]*)((?:"[^"]*"|[^>"])*)/g)].flatMap(
    ([, tag = '', attributes = '']) => [
      featureAt('html', 'elements', tag),
      ...[...attributes.matchAll(/[\s?]([a-z][a-z-]*)(?==|\s|$)/g)].map(([, name = '']) => {
        const own = featureAt('html', 'elements', tag, name);
        return own.length > 0 ? own : featureAt('html', 'global_attributes', name);
      }),
    ],
  );
}

/** Returns the name of something that the file has not declared, also for `globalThis.name`; else `null`. */
function freeName(node: unknown, declared: ReadonlySet<string>): string | null {
  if (!isNode(node)) return null;
  if (isNode(node.expression)) return freeName(node.expression, declared);
  if (node.type === 'MemberExpression' && nameOf(node.object) === 'globalThis') return nameOf(node.property);
  const name = node.type === 'Identifier' ? nameOf(node) : null;
  return name === null || declared.has(name) ? null : name;
}

function declaredBy(node: Node): string[] {
  const patterns: unknown[] = [];
  if (/^Import\w*Specifier$/.test(node.type)) patterns.push(node.local);
  if (/^(Variable|Function|Class)Declara/.test(node.type)) patterns.push(node.id);
  if (Array.isArray(node.params)) patterns.push(...(node.params as unknown[]));
  return patterns.flatMap(namesIn);
}

function namesIn(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return [String(pattern.name)];
  const parts = [
    pattern.left,
    pattern.argument,
    pattern.value,
    pattern.parameter,
    pattern.properties,
    pattern.elements,
  ];
  return parts.flat().flatMap(namesIn);
}

function nameOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Identifier' ? String(node.name) : null;
}

function textOf(template: unknown): string {
  if (!isNode(template)) return '';
  return (template.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw).join('""');
}

function lineOf(code: string, start: number): number {
  return code.slice(0, start).split('\n').length;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
