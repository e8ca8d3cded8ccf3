import {mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import {readTask, say} from './in-worker.js'

const {home, outside, tree} = readTask<{home: string; outside: string; tree: string}>()

/** Swaps what is in its own tree for links to outside and back, as fast as it can, until it is killed. */
const SWAPS: readonly (() => void)[] = [
  () => swapFolder(tree),
  () => swapFolder(`${tree}/b`),
  () => swapFile(`${tree}/b/note`),
  () => swapFile(`${tree}/log`),
  () => linkNewFolder(`${tree}-fresh`),
]

let count = 0
say('swapping')
for (;;) {
  count++
  try {
    SWAPS[count % SWAPS.length]?.()
  } catch {
    // The victim changes the same names: some swaps find nothing to swap.
  }
}

function swapFolder(rel: string): void {
  const path = `${home}/${rel}`
  const aside = `${home}/aside-${tree}-${count}`
  renameSync(path, aside)
  try {
    symlinkSync(outside, path)
    unlinkSync(path)
    renameSync(aside, path)
  } finally {
    // Only where the victim has made the folder anew meanwhile.
    rmSync(aside, {recursive: true, force: true})
  }
}

function swapFile(rel: string): void {
  const path = `${home}/${rel}`
  const aside = `${path}.swap`
  symlinkSync(`${outside}/secret`, aside)
  renameSync(aside, path)
  writeFileSync(aside, 'swapped\n')
  renameSync(aside, path)
}

function linkNewFolder(rel: string): void {
  const path = `${home}/${rel}`
  symlinkSync(outside, path)
  unlinkSync(path)
  mkdirSync(path)
  rmdirSync(path)
}
