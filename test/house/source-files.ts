import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import or re-export of a file. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Whether it brings no code along: an `import type`, or a module's address for starting a worker. */
  readonly typeOnly: boolean;
  /** For relative imports the path from the project's root, without a query such as `?worker`. */
  readonly target: string | undefined;
}

/** One file of `src` or `workers`. */
export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Whether it holds nothing but re-exports. */
  readonly isBarrel: boolean;
}

/** Paths of all files under a folder, from the project's root with forward slashes. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Reads the TypeScript and Svelte files under some folders. */
export function readSources(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap(filesUnder)
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const parsed = parseScript(path, path.endsWith('.svelte') ? scriptsOf(text) : text);
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: importsOf(path, parsed),
    isBarrel: !path.endsWith('.svelte') && parsed.statements.length > 0 && parsed.statements.every(isReExport),
  };
}

/** What stands in a component's script elements. */
export function scriptsOf(component: string): string {
  return [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

/** Syntax tree of a script. */
export function parseScript(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
}

/** All imports of a script: declarations, re-exports, `import()` of a string and `new URL('x.ts', import.meta.url)`. */
export function importsOf(path: string, script: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({ specifier: specifier.text, typeOnly, target: resolveRelative(path, specifier.text) });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsOnlyTypes(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (isModuleUrl(node)) add(node.arguments?.[0], true);
    ts.forEachChild(node, visit);
  };
  visit(script);
  return found;
}

/** Whether nothing of an import is left at run time. */
function importsOnlyTypes({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return !clause.name && !!bindings && ts.isNamedImports(bindings) && bindings.elements.every((one) => one.isTypeOnly);
}

function isModuleUrl(node: ts.Node): node is ts.NewExpression {
  return (
    ts.isNewExpression(node) &&
    node.expression.getText() === 'URL' &&
    /\.m?[jt]s.$/.test(node.arguments?.[0]?.getText() ?? '') &&
    node.arguments?.[1]?.getText() === 'import.meta.url'
  );
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

function resolveRelative(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.') && !specifier.startsWith('/')) return undefined;
  const [bare = ''] = specifier.split(/[?#]/);
  return bare.startsWith('/') ? bare.slice(1) : posix.join(dirname(path), bare);
}
