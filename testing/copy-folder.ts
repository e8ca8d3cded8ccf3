import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {planMadeHere, TRUST_FILE} from '../src/guard/trust.js'
import {openFolder} from '../src/kit/folder.js'

const run = promisify(execFile)

/** Copies a folder with all in it, links and times as they are; what runs beside it goes on meanwhile. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await run('cp', ['-a', from, to])
}

/** Lets a copied fleet trust what the one that it was copied from does: that counts for the very folder it was said in. */
export function trustAsBefore(home: string): void {
  const mcos = openFolder(`${home}/.mcos`)
  const here = JSON.parse(planMadeHere(mcos).content) as {readonly place: string}
  const before = JSON.parse(mcos.readText(TRUST_FILE) ?? '{}') as object
  mcos.write(TRUST_FILE, JSON.stringify({...before, place: here.place}))
}
