import {posix} from 'node:path'
import {Unclear} from './unclear.js'

/** The folders in which a command may find itself; null among them: somewhere that isn't known. */
export type Places = readonly (string | null)[]

/** Where the shell stands behind a command that has worked, and behind one that hasn't. */
export interface After {
  readonly ok: Places
  readonly failed: Places
}

const MOST = 12

export function both(...all: readonly Places[]): Places {
  const places = [...new Set(all.flat())]
  if (places.length > MOST) throw new Unclear('it changes folders too often')
  return places
}

/** Nothing has changed. */
export function stay(places: Places): After {
  return {ok: places, failed: places}
}

/** As `cd` does it: by name, whatever the links on the way. */
export function moveTo(places: Places, target: string): Places {
  return both(
    places.map((place) => (target.startsWith('/') || place !== null ? posix.resolve(place ?? '/', target) : null)),
  )
}

/** Paths as programs open them: `..` is left standing, as it leads out of what a link leads to. */
export function pathsFrom(places: Places, target: string): string[] {
  if (target.includes('\0')) throw new Unclear('a path has a NUL in it')
  if (target.startsWith('/')) return [tidy(target)]
  return places.map((place) => {
    if (place === null) throw new Unclear('the folder that it has gone to isn\u2019t known')
    return tidy(`${place}/${target}`)
  })
}

/** Without "." and doubled slashes; a slash at the end stays. */
function tidy(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const isTree = path.endsWith('/') || /\/\.$/.test(path)
  return `/${parts.join('/')}${isTree && parts.length > 0 && path.endsWith('/') ? '/' : ''}`
}
