import ts from "typescript";

export interface Asked {
  file: string;
  /** As it stands in the code, with its namespace where that can be told; `*` for what is put in at run time. */
  key: string;
  pattern: RegExp;
  /** False when neither the namespace nor the whole key can be told. */
  sure: boolean;
}

export interface Uses {
  asked: Asked[];
  isUsed: (key: string) => boolean;
  /** What AppError is given as its reason, and a refused field as its code. */
  reasons: string[];
  fieldCodes: string[];
}

const MAKERS: Record<string, string | null> = {
  getTranslations: null,
  useTranslations: null,
  translatorFor: null,
  mailWords: "mail",
  textWords: "text",
};

/** Which texts the code asks for, found in its syntax: the translators by name and scope, their calls, every other literal. */
export function readUses(sources: ReadonlyArray<{ file: string; text: string }>): Uses {
  const asked: Asked[] = [];
  const literals = new Set<string>();
  const spaces = new Set<string>();
  const [reasons, fieldCodes] = [new Set<string>(), new Set<string>()];

  for (const { file, text } of sources) {
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text);
      if (ts.isCallExpression(node)) {
        const space = namespaceOf(node);
        if (space !== null) spaces.add(space);
        for (const found of askedBy(node)) asked.push({ file, ...found });
        readReasons(node, reasons);
        readFieldCodes(node, fieldCodes);
      }
      if (ts.isPropertyAssignment(node) && node.name.getText() === "reason" && isAppError(node)) addText(node.initializer, reasons);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  const tails = (key: string) => [...spaces].filter((space) => key.startsWith(`${space}.`)).map((space) => key.slice(space.length + 1));
  return {
    asked,
    isUsed: (key) => asked.some(({ pattern }) => pattern.test(key)) || tails(key).some((tail) => literals.has(tail)),
    reasons: [...reasons],
    fieldCodes: [...fieldCodes],
  };
}

/** The namespace of a call that makes a translator; null for every other call. */
function namespaceOf(call: ts.CallExpression): string | null {
  const name = ts.isIdentifier(call.expression) ? call.expression.text : "";
  if (!(name in MAKERS)) {
    return null;
  }
  const fixed = MAKERS[name];
  if (fixed) {
    return fixed;
  }
  const [first, second] = call.arguments;
  if (first && ts.isObjectLiteralExpression(first)) {
    const named = first.properties.find((property) => property.name?.getText() === "namespace");
    return named && ts.isPropertyAssignment(named) && ts.isStringLiteralLike(named.initializer) ? named.initializer.text : null;
  }
  const argument = name === "translatorFor" ? second : first;
  return argument && ts.isStringLiteralLike(argument) ? argument.text : null;
}

function askedBy(call: ts.CallExpression): Array<Omit<Asked, "file">> {
  const space = translatorOf(call.expression);
  const [argument] = call.arguments;
  if (space === undefined || !argument) {
    return [];
  }
  return keysOf(argument).map((each) => {
    const key = space === "" ? each : `${space}.${each}`;
    return { key, pattern: patternOf(key), sure: space !== "" || !each.includes("*") };
  });
}

/** The namespace of the translator that is called; "" when it came as an argument, undefined when it is none. */
function translatorOf(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee) && ["rich", "markup", "raw"].includes(callee.name.text)) {
    return ts.isIdentifier(callee.expression) ? translatorOf(callee.expression) : undefined;
  }
  const made = bare(callee);
  if (ts.isCallExpression(made)) {
    return namespaceOf(made) ?? undefined;
  }
  if (!ts.isIdentifier(callee)) {
    return undefined;
  }
  for (let node: ts.Node | undefined = callee.parent; node; node = node.parent) {
    if (ts.isFunctionLike(node) && node.parameters.some(({ name }) => name.getText() === callee.text)) {
      return callee.text === "t" ? "" : undefined;
    }
    if (ts.isBlock(node) || ts.isSourceFile(node)) {
      const found = declared(node.statements, callee.text);
      if (found !== undefined) return found ?? undefined;
    }
  }
  return undefined;
}

/** What a block declares under that name: a namespace, null for something else, undefined for nothing. */
function declared(statements: readonly ts.Statement[], name: string): string | null | undefined {
  for (const { name: binding, initializer } of statements
    .filter(ts.isVariableStatement)
    .flatMap((each) => [...each.declarationList.declarations])) {
    const value = initializer && bare(initializer);
    if (ts.isIdentifier(binding) && binding.text === name) {
      return value && ts.isCallExpression(value) ? namespaceOf(value) : null;
    }
    if (ts.isArrayBindingPattern(binding)) {
      const at = binding.elements.findIndex((element) => ts.isBindingElement(element) && element.name.getText() === name);
      const list = value && ts.isCallExpression(value) ? value.arguments[0] : value;
      const element = at >= 0 && list && ts.isArrayLiteralExpression(list) ? list.elements[at] : undefined;
      if (at >= 0) return element && ts.isCallExpression(bare(element)) ? namespaceOf(bare(element) as ts.CallExpression) : null;
    }
  }
  return undefined;
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node) ? bare(node.expression) : node;
}

function keysOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isConditionalExpression(node)) {
    return [...keysOf(node.whenTrue), ...keysOf(node.whenFalse)];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map((span) => `*${span.literal.text}`).join("")];
  }
  return [];
}

/** A key whose translator came as an argument may stand in any namespace. */
function patternOf(key: string): RegExp {
  const escaped = key.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".+");
  return new RegExp(`(?:^|\\.)${escaped}$`);
}

function isAppError(node: ts.PropertyAssignment): boolean {
  const made = node.parent.parent;
  return ts.isNewExpression(made) && made.expression.getText() === "AppError";
}

function readReasons(call: ts.CallExpression, into: Set<string>): void {
  if (call.expression.getText() === "enforceLimit" && call.arguments[2]) addText(call.arguments[2], into);
}

function readFieldCodes(call: ts.CallExpression, into: Set<string>): void {
  if (call.expression.getText() === "fieldError" && call.arguments[1]) addText(call.arguments[1], into);
}

function addText(node: ts.Expression, into: Set<string>): void {
  for (const key of keysOf(node)) if (!key.includes("*")) into.add(key);
}
