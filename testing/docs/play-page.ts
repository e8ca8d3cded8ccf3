import {appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {firstMissing} from './compare.js'
import type {Grounds} from './grounds.js'
import {type Command, readCommands} from './read-commands.js'
import type {Block} from './read-page.js'
import {SCENES, type Scene, WORDS} from './scenes.js'
import {SERVICES, type Service} from './services.js'
import {Shell, type Typed, type Typing} from './shell.js'

/** Types every shell example of a page in its order; answers everything that is not as the page says. */
export async function playPage(blocks: readonly Block[], grounds: Grounds): Promise<string[]> {
  const player = new Player(grounds)
  try {
    for (const block of blocks) await player.play(block)
    return player.wrong
  } finally {
    await player.end()
  }
}

class Player {
  readonly wrong: string[] = []
  private readonly dirs: string[] = []
  private readonly services: Service[] = []
  private scene: Scene = {}
  private shell: Shell | null = null
  private words = new Map<string, string>()

  constructor(private readonly grounds: Grounds) {}

  async play(block: Block): Promise<void> {
    const {page, line, directions} = block
    if (directions.scene !== null || this.shell === null) await this.open(directions.scene ?? 'mission-control')
    for (const need of directions.needs) await this.serve(need)
    for (const first of directions.first) {
      this.judge({page, line}, await this.type(first), {command: {line, text: first, shown: []}, exit: 0})
    }
    const commands = readCommands(block)
    const exits = directions.exits ?? commands.map(() => 0)
    if (exits.length !== commands.length)
      this.wrong.push(`${page}:${line}: ${commands.length} commands, ${exits.length} exit codes`)
    for (const [index, command] of commands.entries()) {
      const typed = await this.type(command.text, directions)
      // However it was written, Ctrl-C ended it.
      const code = directions.isInterrupted ? (exits[index] ?? 0) : typed.code
      this.judge({page, line: command.line}, {...typed, code}, {command, exit: exits[index] ?? 0})
    }
  }

  async end(): Promise<void> {
    for (const service of this.services) await service.close()
    for (const dir of this.dirs) rmSync(dir, {recursive: true, force: true, maxRetries: 3})
  }

  private judge({page, line}: Pick<Block, 'page' | 'line'>, {code, output}: Typed, {command, exit}: Wanted): void {
    const missing = firstMissing(command.shown, output, this.shell?.home ?? '')
    const how = code === exit ? null : `ended with ${code}, not with ${exit}`
    const fault = how ?? (missing === null ? null : `says nothing like "${missing}"`)
    if (fault !== null) this.wrong.push(`${page}:${line}: $ ${command.text}\n${fault}:\n${output}`)
  }

  private async type(text: string, typing: Typing = {}): Promise<Typed> {
    if (!this.shell) throw new Error('no scene was opened')
    return this.shell.type(await this.inWords(text), typing)
  }

  private async open(name: string): Promise<void> {
    const scene = SCENES[name]
    if (!scene) throw new Error(`there is no scene "${name}" in testing/docs/scenes.ts`)
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-docs-')))
    this.dirs.push(dir)
    const [home, notes] = [join(dir, 'home'), join(dir, 'notes')]
    mkdirSync(notes)
    if (scene.on) await this.grounds.layOut(scene.on, home)
    else mkdirSync(home)
    this.scene = scene
    this.words = new Map()
    this.shell = new Shell(home, notes)
    const typed = `${scene.on ? 'cd my-fleet\n' : ''}${scene.typed ?? ''}`
    if (typed === '') return
    const {code, output} = await this.shell.type(`set -e\n${typed}`)
    if (code !== 0) throw new Error(`the scene "${name}" ended with ${code}:\n${output}`)
  }

  private async serve(need: string): Promise<void> {
    const service = await SERVICES[need]?.()
    if (!service || !this.shell) throw new Error(`there is no service "${need}" in testing/docs/services.ts`)
    this.services.push(service)
    for (const [name, value] of Object.entries(service.env)) this.shell.set(name, value)
    appendFileSync(join(this.shell.home, 'my-fleet/mcos.yaml'), `\n${service.yaml}`)
    const {code, output} = await this.shell.type('mcos commit mcos.yaml')
    if (code !== 0) throw new Error(`mcos.yaml can't name "${need}":\n${output}`)
  }

  /** Sample ids become those of the scene, each the same one from its first use on. */
  private async inWords(text: string): Promise<string> {
    const words = {...WORDS, ...this.scene.words}
    let real = text
    for (const word of Object.keys(words).sort((a, b) => b.length - a.length)) {
      if (!real.includes(word)) continue
      const known = this.words.get(word) ?? (await this.ask(words[word]))
      this.words.set(word, known)
      real = real.replaceAll(word, known)
    }
    return real
  }

  private async ask([command, path]: readonly [string, string] = ['', '']): Promise<string> {
    const {output = ''} = (await this.shell?.type(`mcos ${command} --json`)) ?? {}
    let value: unknown = JSON.parse(output)
    for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key]
    if (typeof value !== 'string') throw new Error(`mcos ${command} --json has no ${path}:\n${output}`)
    return value
  }
}

interface Wanted {
  readonly command: Command
  readonly exit: number
}
