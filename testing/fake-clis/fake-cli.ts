import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {tempFolder} from '../temp-folder.js'

const here = dirname(fileURLToPath(import.meta.url))

/** What a fake program was called with. */
export interface FakeCall {
  readonly program: string
  readonly argv: readonly string[]
  readonly stdin: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** A home of its own and the three fake programs on a PATH, for one test. */
export interface FakeClis {
  readonly home: string
  /** The whole environment in which they are found. */
  readonly env: Readonly<Record<string, string>>
  /** What the next runs play; see shared.mjs. */
  play(...runs: readonly Readonly<Record<string, unknown>>[]): void
  calls(): readonly FakeCall[]
}

export function openFakeClis(): FakeClis {
  const home = tempFolder()
  const bin = join(home, 'bin')
  mkdirSync(bin)
  for (const name of ['claude', 'codex', 'gemini']) symlinkSync(join(here, `${name}.mjs`), join(bin, name))
  const path = [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const log = join(home, 'fake-cli.log')
  return {
    home,
    env: {HOME: home, PATH: path},
    play: (...runs) => writeFileSync(join(home, 'fake-cli.json'), JSON.stringify(runs)),
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line): FakeCall => JSON.parse(line))
        : [],
  }
}
