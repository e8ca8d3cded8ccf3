import {accessSync, constants} from 'node:fs'
import {delimiter, join} from 'node:path'
import {test} from 'vitest'

/** A program of the system that a test can't do without. */
export interface Need {
  readonly program: string
  /** Being there is not always enough: a sandbox, for one, may be forbidden here. */
  readonly works?: () => boolean
}

type SimpleTest = (title: string, body: () => Promise<void> | void, timeoutMs?: number) => void

/**
 * `test` for those that need programs of the system. Where one is missing the test is skipped and its title names it;
 * with CI=true nothing may be skipped, and the test fails instead.
 */
export function testNeeding(...needs: readonly (string | Need)[]): SimpleTest {
  const missing = needs.map(asNeed).filter((need) => !isMet(need))
  if (missing.length === 0) return (title, body, timeoutMs) => test(title, body, timeoutMs)
  const names = missing.map(({program}) => program).join(', ')
  if (process.env['CI'] !== 'true') return (title) => test.skip(`${title} (needs ${names})`)
  return (title) =>
    test(title, () => {
      throw new Error(`CI must have ${names}: .ci/run installs what is missing.`)
    })
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false // Not in this folder of PATH; the next may have it.
    }
  })
}

function asNeed(need: string | Need): Need {
  return typeof need === 'string' ? {program: need} : need
}

function isMet({program, works}: Need): boolean {
  return isInstalled(program) && (works?.() ?? true)
}
