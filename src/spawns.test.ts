import {readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import ts from 'typescript'
import {expect, test} from 'vitest'

const src = dirname(fileURLToPath(import.meta.url))

/** node's own ways to start a program; all of them hand on the whole environment unless they are told otherwise. */
const STARTERS = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']

/** Who may start a program without saying what it may know, or hand on an environment whole, and why. */
const JUSTIFIED: Readonly<Record<string, string>> = {
  'history/scratch.ts': 'only tests use it',
  'app/hook/agent.ts': 'opens a fleet with it, and starts no program',
  'kit/run.ts': 'hands on what its caller has chosen, and every caller is looked at here',
  'turn/mcp/program.ts': 'hands on what open-mcp.ts has chosen',
}

const files = readdirSync(src, {recursive: true, encoding: 'utf8'})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({file, text: readFileSync(join(src, file), 'utf8')}))

test('no program is started with an environment that nobody has chosen', () => {
  const wrong = files
    .filter(({file}) => !(file in JUSTIFIED))
    .flatMap(({file, text}) => offencesIn(text).map((offence) => `${file}:${offence}`))
  expect(wrong).toEqual([])
})

test('every file that is justified is there and needs to be', () => {
  const needless = Object.keys(JUSTIFIED).filter((name) => {
    const found = files.find(({file}) => file === name)
    return !found || offencesIn(found.text).length === 0
  })
  expect(needless).toEqual([])
})

test.each([
  ["spawn('ls', [], {stdio: 'ignore'})", 1],
  ["spawnSync('ls')", 1],
  ["execFileSync('ls', {env: process.env})", 1],
  ["runProgram(['ls'], {cwd, env: process.env})", 1],
  ["runProgram(['ls'], {cwd, env: {...process.env, A: '1'}})", 1],
  ["const env = {...fleet.env, A: '1'}", 1],
  ["spawn('ls', [], {env: {...env}})", 1],
  ["runProgram(['ls'], {cwd, env: fleet.env})", 1],
  ["spawn('ls', [], {env: childEnv(process.env)})", 0],
  ["runProgram(['ls'], {cwd, env: {...childEnv(env), A: '1'}})", 0],
  ["/a/.exec('b')", 0],
])('%s: %i', (text, count) => {
  expect(offencesIn(text)).toHaveLength(count)
})

/** Programs started without an `env`, and whole environments that are spread or handed to one. */
function offencesIn(text: string): string[] {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const add = (node: ts.Node, what: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    if (!found.some((known) => known.startsWith(`${line} `))) found.push(`${line} ${what}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = ts.isIdentifier(node.expression) ? node.expression.text : ''
      if (STARTERS.includes(name) && envOf(node) === null) add(node, `${name} without an env`)
      const env = STARTERS.includes(name) || name === 'runProgram' ? envOf(node) : null
      if (env && isWhole(env)) add(node, `${name} with a whole environment`)
    }
    if (ts.isSpreadAssignment(node) && isWhole(node.expression)) add(node, 'a whole environment is spread')
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What is given as `env`; null: nothing is. A variable of that name is judged where it is made. */
function envOf(call: ts.CallExpression): ts.Expression | null {
  for (const argument of call.arguments) {
    if (ts.isIdentifier(argument) && call.arguments.indexOf(argument) > 0) return argument
    if (!ts.isObjectLiteralExpression(argument)) continue
    for (const property of argument.properties) {
      if (ts.isSpreadAssignment(property)) continue
      if (property.name?.getText() !== 'env') continue
      if (ts.isPropertyAssignment(property)) return property.initializer
      if (ts.isShorthandPropertyAssignment(property)) return property.name
    }
  }
  return null
}

/** `process.env`, `fleet.env`, and in a spread also the bare `env` that somebody was handed, unless it was chosen here. */
function isWhole(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node))
    return /^(?:process|(?:\w+\.)?\w*[fF]leet|context|around)\.env$/.test(node.getText())
  const isBare = ts.isIdentifier(node) && node.text === 'env' && ts.isSpreadAssignment(node.parent)
  return isBare && !/\benv = (?:childEnv|gitEnv)\(/.test(node.getSourceFile().text)
}
