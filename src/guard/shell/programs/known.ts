import {ARCHIVES} from './archives.js'
import {BUILTINS} from './builtins.js'
import {COPYING} from './copying.js'
import {EDITORS} from './editors.js'
import {FINDING} from './find.js'
import {GIT} from './git.js'
import {HARMLESS} from './harmless.js'
import type {Judge} from './judge.js'
import {NETWORK} from './network.js'
import {READERS} from './readers.js'
import {SHELLS} from './shells.js'
import {WRAPPERS} from './wrappers.js'
import {WRITERS} from './writers.js'

const KNOWN: ReadonlyMap<string, Judge> = new Map(
  [HARMLESS, BUILTINS, READERS, WRITERS, COPYING, EDITORS, ARCHIVES, FINDING, GIT, NETWORK, SHELLS, WRAPPERS].flatMap(
    (programs) => Object.entries(programs),
  ),
)

/** What is known of a program by its plain name; undefined: nothing, and the contract's `commands` have to name it. */
export function findProgram(name: string): Judge | undefined {
  return KNOWN.get(name)
}

/** Whether it goes on to run a program that its arguments name. */
export function startsOthers(name: string): boolean {
  return name in BUILTINS || name in SHELLS || name in WRAPPERS
}
