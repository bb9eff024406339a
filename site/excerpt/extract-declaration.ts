/**
 * One declaration, with its doc comment, cut out of a source file by name.
 *
 * Posts quote the engine this way and never by line number: a line number
 * goes stale in silence, a missing name stops the build.
 */
import ts from 'typescript';

export type Excerpt = {
  code: string;
  /** One-based, of the first line shown (the doc comment's, if any). */
  firstLine: number;
};

type Range = { start: number; end: number };

/**
 * Finds `symbol` in `source`: a top-level name (function, class, const, type,
 * interface) or `Owner.member` (method, field, accessor, `constructor`,
 * `#private`). Overloads come together. Throws when the name is not there.
 */
export function extractDeclaration(
  source: string,
  file: string,
  symbol: string,
): Excerpt {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.ESNext,
    true,
    file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const [owner = '', member, ...rest] = symbol.split('.');
  if (rest.length > 0) throw new Error(`${symbol} names too deep`);
  const nodes =
    member === undefined
      ? topLevelNodes(tree, owner)
      : topLevelNodes(tree, owner).flatMap((node) => members(node, member));
  const [first] = nodes;
  if (first === undefined) {
    throw new Error(
      `${file} declares no ${symbol}. It declares: ` +
        `${topLevelNames(tree).join(', ') || 'nothing'}`,
    );
  }
  const ranges = nodes.map((node) => rangeWithDoc(node, source));
  const pieces = ranges.map((range) => dedent(sliceLines(source, range)));
  const firstStart = ranges[0]?.start ?? 0;
  return {
    code: pieces.join(hasBodies(nodes) ? '\n\n' : '\n'),
    firstLine: tree.getLineAndCharacterOfPosition(firstStart).line + 1,
  };
}

function topLevelNodes(tree: ts.SourceFile, name: string): ts.Node[] {
  return tree.statements.filter((node) => declaredNames(node).includes(name));
}

function topLevelNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((node) => declaredNames(node));
}

function declaredNames(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  ) {
    return node.name === undefined ? [] : [node.name.text];
  }
  return [];
}

function members(owner: ts.Node, name: string): ts.Node[] {
  if (ts.isClassDeclaration(owner) || ts.isInterfaceDeclaration(owner)) {
    return owner.members.filter((member) => memberName(member) === name);
  }
  return objectMembers(owner, name);
}

// A const that holds an object literal has members worth quoting too.
function objectMembers(owner: ts.Node, name: string): ts.Node[] {
  if (!ts.isVariableStatement(owner)) return [];
  return owner.declarationList.declarations.flatMap(({ initializer }) =>
    initializer !== undefined && ts.isObjectLiteralExpression(initializer)
      ? initializer.properties.filter((member) => memberName(member) === name)
      : [],
  );
}

function memberName(
  member: ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike,
): string | undefined {
  if (ts.isConstructorDeclaration(member)) return 'constructor';
  const name = member.name;
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteral(name)
    ? name.text
    : undefined;
}

/**
 * A comment belongs to a declaration when no blank line parts them; this
 * keeps a file's head out of the excerpt of its first declaration.
 */
function rangeWithDoc(node: ts.Node, source: string): Range {
  const end = node.getEnd();
  let start = node.getStart();
  const comments =
    ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  for (const comment of comments.toReversed()) {
    if (/\n\s*\n/.test(source.slice(comment.end, start))) break;
    // A comment at the end of the line before belongs to that line.
    const lineStart = source.lastIndexOf('\n', comment.pos) + 1;
    if (source.slice(lineStart, comment.pos).trim() !== '') break;
    start = comment.pos;
  }
  return { start, end };
}

function sliceLines(source: string, { start, end }: Range): string {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  return source.slice(lineStart, end);
}

function dedent(code: string): string {
  const lines = code.split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

// Overload signatures stand close together; anything longer gets air.
function hasBodies(nodes: readonly ts.Node[]): boolean {
  return nodes.some(
    (node) => !ts.isFunctionLike(node) || node.getText().includes('\n'),
  );
}
