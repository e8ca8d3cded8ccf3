import {existsSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {runCommand} from '../../testing/run-command.js'
import {tempFolder} from '../../testing/temp-folder.js'

interface Part {
  readonly required?: boolean
  readonly options?: readonly string[]
}

interface Described {
  readonly args: Readonly<Record<string, Part>>
  readonly flags: Readonly<Record<string, Part>>
}

const COMMANDS = new URL('../commands/', import.meta.url)
const manifest: {readonly commands: Readonly<Record<string, Described>>} = JSON.parse(
  readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8'),
)
const withJson = Object.entries(manifest.commands).filter(([, {flags}]) => 'json' in flags)
/** What works without a fleet, or answers its question all the same: outside of one, the guard says no. */
const FREE = new Set(['adopt', 'completion', 'init', 'init:agent', 'init:fleet', 'secrets:scan', 'guard:check'])
/** One of several words that a command insists on before it looks for the fleet. */
const CHOICES: Readonly<Record<string, string>> = {
  'email:undo': 'm_1',
  'guard:install': '--git',
  'mcp:install': '--claude',
  'mcp:uninstall': '--claude',
}

test.each(withJson)('%s takes a flag that it does not have for wrong usage, in one document', async (id) => {
  const {error} = await failing(id, ['--no-such-flag', '--json'])
  expect(error.code).toBe('USAGE')
})

test.each(withJson.filter(([id]) => !FREE.has(id)))(
  '%s says outside of a fleet where there is none',
  async (id, {args, flags}) => {
    const needed = Object.values(args).flatMap((arg) => (arg.required ? [sampleOf(arg)] : []))
    const given = Object.entries(flags).flatMap(([name, flag]) =>
      flag.required ? [`--${name}=${sampleOf(flag)}`] : [],
    )
    const chosen = CHOICES[id] === undefined ? [] : [CHOICES[id]]
    const {error} = await failing(id, [...needed, ...chosen, ...given, '--json', '--home', tempFolder()])
    expect(error.message).toContain('there is no mcos.yaml')
  },
)

/** Every error is the one document on stdout, with something to type, and exit code 2. */
async function failing(id: string, argv: readonly string[]): Promise<{error: {code: string; message: string}}> {
  const {stdout, stderr, code} = await runCommand(await commandOf(id), argv)
  const document = JSON.parse(stdout)
  expect({document, stderr, code}).toEqual({
    document: {
      error: {
        code: expect.any(String),
        message: expect.any(String),
        suggestions: [expect.any(String), ...rest(document)],
      },
    },
    stderr: '',
    code: 2,
  })
  return document
}

function rest(document: {error?: {suggestions?: readonly unknown[]}}): unknown[] {
  return (document.error?.suggestions ?? []).slice(1).map(() => expect.any(String))
}

async function commandOf(id: string): Promise<Parameters<typeof runCommand>[0]> {
  const path = id.replaceAll(':', '/')
  const file = [`${path}.ts`, `${path}/index.ts`].find((name) => existsSync(fileURLToPath(new URL(name, COMMANDS))))
  return (await import(/* @vite-ignore */ fileURLToPath(new URL(file ?? path, COMMANDS)))).default
}

function sampleOf({options}: Part): string {
  return options?.[0] ?? 'main'
}
