import {readdirSync, readFileSync} from 'node:fs'
import {dirname, join, posix} from 'node:path'
import {fileURLToPath} from 'node:url'
import ts from 'typescript'
import {expect, test} from 'vitest'

const src = dirname(fileURLToPath(import.meta.url))

/** docs/architecture.md draws these; a folder that is not here has no place yet and fails the first test. */
const FLOORS: readonly (readonly string[])[] = [
  ['kit'],
  ['workspace'],
  ['guard', 'engines', 'memory', 'tasks', 'mail', 'bus', 'alerts', 'probes', 'schedule', 'history'],
  ['turn'],
  ['heartbeat', 'briefing', 'fleet'],
  ['app', 'present'],
  ['cli', 'tui', 'mcp'],
  ['commands'],
]

/** Where a vendor's package may come in; one that is not here may not be imported at all. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  '@anthropic-ai/sdk': ['engines/anthropic/client.ts'],
  '@azure/msal-node': ['mail/oauth/'],
  '@microsoft/microsoft-graph-client': ['mail/graph/'],
  '@modelcontextprotocol/sdk': ['turn/mcp/', 'mcp/'],
  '@napi-rs/keyring': ['workspace/keyring.ts'],
  '@oclif/core': ['commands/', 'cli/'],
  '@secretlint/secretlint-rule-preset-recommend': ['guard/secrets/secretlint.ts'],
  '@secretlint/types': ['guard/secrets/secretlint.ts'],
  'age-encryption': ['workspace/age-file.ts'],
  chokidar: ['app/watch/'],
  croner: ['schedule/cron.ts'],
  'gray-matter': ['kit/frontmatter.ts'],
  ink: ['tui/'],
  imapflow: ['mail/imap/'],
  htmlparser2: ['mail/parse/html/'],
  'node-cron': ['app/up/'],
  react: ['tui/'],
  'simple-git': ['history/git.ts'],
  yaml: ['kit/yaml.ts'],
  zod: ['workspace/'],
}

/** What a grammar says of itself, and a turn of those who work in it: nothing else may be a circle. */
const CIRCLES: readonly string[] = [
  ...['expansions', 'words', 'flow', 'simple', 'parse', 'parse-command'].map((name) => `guard/shell/${name}.ts`),
  ...['hands', 'turn-input', 'work'].map((name) => `turn/${name}.ts`),
]

const LONGEST_FILE = 250

interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
  readonly line: number
}

const files = readdirSync(src, {recursive: true, encoding: 'utf8'})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return {file, text, imports: importsOf(file, text)}
  })

test('every folder of src stands on a floor', () => {
  const folders = [...new Set(files.map(({file}) => folderOf(file)))]
  expect(folders.filter((folder) => floorOf(folder) === -1)).toEqual([])
})

test('a folder imports only from floors below it, and borrows nothing but types from its own', () => {
  const wrong = files.flatMap(({file, imports}) =>
    imports
      .filter(({specifier}) => specifier.startsWith('.'))
      .flatMap((found) => {
        const why = offence(file, found)
        return why === null ? [] : [`${file}:${found.line} ${why}`]
      }),
  )
  expect(wrong).toEqual([])
})

test('no files import each other in a circle, not even for a type', () => {
  const known = new Map(files.map(({file}) => [file.replace(/\.tsx?$/, ''), file]))
  const next = new Map(
    files.map(({file, imports}) => [
      file,
      imports
        .filter(({specifier}) => specifier.startsWith('.'))
        .flatMap(({specifier}) => known.get(posix.join(posix.dirname(file), specifier).replace(/\.js$/, '')) ?? []),
    ]),
  )
  const inCircles = files.map(({file}) => file).filter((file) => reaches(next, file, file))
  expect(inCircles.sort()).toEqual([...CIRCLES].sort())
})

test('each vendor has one door', () => {
  const wrong = files.flatMap(({file, imports}) =>
    imports
      .filter(({specifier}) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(({specifier}) => !isDoor(file, specifier))
      .map(({specifier, line}) => `${file}:${line} imports ${specifier}`),
  )
  expect(wrong).toEqual([])
})

test(`no file is longer than ${LONGEST_FILE} lines`, () => {
  const long = files
    .map(({file, text}) => ({file, lines: text.trimEnd().split('\n').length}))
    .filter(({lines}) => lines > LONGEST_FILE)
  expect(long).toEqual([])
})

test('the reader of imports sees every form of them', () => {
  const text = [
    "import {a} from './a.js'",
    "import type {b} from './b.js'",
    "import {type c} from './c.js'",
    "import {type d, e} from './d.js'",
    "export * from './e.js'",
    "export type {f} from './f.js'",
    "const g = await import('./g.js')",
    "type H = import('./h.js').H",
    "import './i.js'",
  ].join('\n')
  expect(importsOf('x.ts', text).map(({specifier, typeOnly}) => `${specifier} ${typeOnly ? 'type' : 'runs'}`)).toEqual([
    './a.js runs',
    './b.js type',
    './c.js runs',
    './d.js runs',
    './e.js runs',
    './f.js type',
    './g.js runs',
    './h.js type',
    './i.js runs',
  ])
})

/** Whether one file needs another, by whatever way. */
function reaches(next: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const waiting = [...(next.get(from) ?? [])]
  const seen = new Set<string>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (file === to) return true
    if (seen.has(file)) continue
    seen.add(file)
    waiting.push(...(next.get(file) ?? []))
  }
  return false
}

function offence(file: string, {specifier, typeOnly}: Import): string | null {
  const target = posix.join(posix.dirname(file), specifier)
  if (target.startsWith('../')) return `leaves src: ${specifier}`
  const [here, there] = [folderOf(file), folderOf(target)]
  if (here === there || floorOf(there) < floorOf(here)) return null
  if (floorOf(there) > floorOf(here)) return `reaches up from ${here}/ to ${there}/: ${specifier}`
  return typeOnly ? null : `runs ${there}/, which stands on the same floor as ${here}/: ${specifier}`
}

function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({specifier, typeOnly: isTypeOnly(node), line})
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function specifierOf(node: ts.Node): string | null {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [target] = node.arguments
    return target && ts.isStringLiteral(target) ? target.text : 'an import whose target cannot be read'
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text
  }
  return null
}

/** `import {type a}` is not: its names are erased, and the module still runs. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  if (!ts.isImportDeclaration(node) || !node.importClause) return false
  return node.importClause.phaseModifier === ts.SyntaxKind.TypeKeyword
}

function isDoor(file: string, specifier: string): boolean {
  const vendor = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return (DOORS[vendor] ?? []).some((door) => (door.endsWith('.ts') ? file === door : file.startsWith(door)))
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? file
}

function floorOf(folder: string): number {
  return FLOORS.findIndex((floor) => floor.includes(folder))
}
