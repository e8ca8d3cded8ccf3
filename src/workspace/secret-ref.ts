import {EXIT, UserError} from '../kit/errors.js'

/** Where a secret is to be found; never the secret itself. */
export interface SecretRef {
  readonly source: 'env' | 'file' | 'command' | 'credential' | 'keyring'
  readonly value: string
}

/** What a person is told who wrote a secret where its reference belongs. */
export const REFERENCE_EXPECTED =
  'a reference, as a secret is never a value: env:NAME, file:PATH, command:…, credential:NAME, keyring:NAME'

/** How a reference is looked up; handed in, so that this file touches neither disk nor environment. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file's text and permission bits; null when it isn't there. */
  readonly readFile?: (path: string) => {readonly text: string; readonly mode: number} | null
  /** What the program printed; throws a UserError when it failed. */
  readonly runCommand?: (command: string) => string
  /** What this machine keeps under a name; undefined when nothing is. */
  readonly kept?: (name: string) => string | undefined
}

const SOURCES = ['env', 'file', 'command', 'credential', 'keyring'] as const
/** A name under which this machine keeps a secret: part of a file's name, too. */
const KEPT_NAME = /^(?!\.)[A-Za-z0-9_.-]{1,64}$/

/** Whether a secret can be kept under such a name. */
export function isKeptName(name: string): boolean {
  return KEPT_NAME.test(name)
}

/** null for anything that is no reference, so that the caller can name the place and never the text. */
export function parseSecretRef(text: string): SecretRef | null {
  const match = /^(env|file|command|credential|keyring):(.+)$/.exec(text)
  const source = SOURCES.find((known) => known === match?.[1])
  const value = match?.[2]?.trim()
  if (!source || !value) return null
  if (source === 'env' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return null
  if (source === 'credential' && !/^[A-Za-z0-9_.-]+$/.test(value)) return null
  if (source === 'keyring' && !isKeptName(value)) return null
  return {source, value}
}

export function formatSecretRef({source, value}: SecretRef): string {
  return `${source}:${value}`
}

/** A reference as it may be told anywhere: of a command only its program, as arguments may hold what nobody should read. */
export function nameOfSecret({source, value}: SecretRef): string {
  const [program = '', ...rest] = value.split(/\s+/)
  return source === 'command' && rest.length > 0 ? `command:${program} …` : `${source}:${value}`
}

/** Every reference inside a value, such as a whole configuration, with the path that leads to it. */
export function secretRefsIn(
  value: unknown,
  path: readonly string[] = [],
): {readonly path: readonly string[]; readonly ref: SecretRef}[] {
  if (typeof value !== 'object' || value === null) return []
  if (isRef(value)) return [{path, ref: value}]
  return Object.entries(value).flatMap(([key, inner]) => secretRefsIn(inner, [...path, key]))
}

function isRef(value: object): value is SecretRef {
  const {source, value: text} = value as Partial<SecretRef>
  return typeof source === 'string' && typeof text === 'string' && Object.keys(value).length === 2
}

/** The secret behind a reference, without blanks around it; nothing or only blanks is an error that names the reference. */
export function resolveSecret(ref: SecretRef, sources: SecretSources): string {
  const secret = lookUp(ref, sources)?.trim()
  if (secret) return secret
  throw new UserError(`The secret ${formatSecretRef(ref)} ${secret === '' ? 'is empty' : 'is not there'}.`, {
    code: 'SECRET_EMPTY',
    fix: FIXES[ref.source](ref.value),
    exit: EXIT.usage,
  })
}

function lookUp(ref: SecretRef, {env, readFile, runCommand, kept}: SecretSources): string | undefined {
  switch (ref.source) {
    case 'env':
      return env[ref.value]
    case 'command':
      return runCommand?.(ref.value)
    case 'keyring':
      return kept?.(ref.value)
    case 'file':
      return readSecretFile(ref, expandHome(ref.value, env['HOME']), readFile)
    case 'credential': {
      const folder = env['CREDENTIALS_DIRECTORY']
      return folder ? readFile?.(`${folder}/${ref.value}`)?.text : undefined
    }
  }
}

function readSecretFile(ref: SecretRef, path: string, readFile: SecretSources['readFile']): string | undefined {
  const file = readFile?.(path)
  if (file && (file.mode & 0o077) !== 0) {
    throw new UserError(`${formatSecretRef(ref)} can be read by others (mode ${(file.mode & 0o777).toString(8)}).`, {
      code: 'SECRET_OPEN',
      fix: `chmod 600 ${path}`,
      exit: EXIT.usage,
    })
  }
  return file?.text
}

/** A path that begins with `~/` as a whole one. */
export function expandHome(path: string, home: string | undefined): string {
  return home && path.startsWith('~/') ? `${home}${path.slice(1)}` : path
}

const FIXES: Readonly<Record<SecretRef['source'], (value: string) => string>> = {
  env: (name) => `Set ${name} where mcos runs, such as in the environment of cron or the service.`,
  file: (path) => `Put the secret into ${path} and run: chmod 600 ${path}`,
  command: (command) => `Run it by hand and see what it prints: ${command}`,
  keyring: (name) => `mcos secrets set ${name}`,
  credential: (name) => `Add LoadCredential=${name}:PATH to the systemd service.`,
}
