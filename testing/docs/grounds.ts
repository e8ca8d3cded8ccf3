import {mkdirSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {copyFolder, trustAsBefore} from '../copy-folder.js'
import {Shell} from './shell.js'

const INIT = 'mcos init fleet my-fleet --template mission-control --person ada --name northwind\ncd my-fleet\n'

/** What many scenes begin with; typed in an empty home, it ends with a fleet in `my-fleet`. */
const GROUNDS = {
  fleet: INIT,
  /** A message has come and was seen, twice. */
  worked: `${INIT}
mcos message send donna "Acme wants the report."
mcos heartbeat donna
mcos message send donna "And the invoice."
mcos heartbeat donna
`,
} as const

export type Ground = keyof typeof GROUNDS

/** Makes each ground once, and copies it for whoever begins with it. */
export class Grounds {
  private readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-grounds-')))
  private readonly made = new Map<Ground, Promise<string>>()

  /** A home, which is not there yet, with the fleet in it. */
  async layOut(ground: Ground, home: string): Promise<void> {
    const made = this.made.get(ground) ?? this.make(ground)
    this.made.set(ground, made)
    await copyFolder(await made, home)
    trustAsBefore(join(home, 'my-fleet'))
  }

  remove(): void {
    rmSync(this.dir, {recursive: true, force: true, maxRetries: 3})
  }

  private async make(ground: Ground): Promise<string> {
    const [home, notes] = [join(this.dir, ground), join(this.dir, `${ground}-notes`)]
    for (const folder of [home, notes]) mkdirSync(folder)
    const {code, output} = await new Shell(home, notes).type(`set -e\n${GROUNDS[ground]}`)
    if (code !== 0) throw new Error(`the ground "${ground}" ended with ${code}:\n${output}`)
    return home
  }
}
