import {hostname} from 'node:os'
import type {Clock} from '../kit/clock.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {isZone} from '../kit/zone.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {parseConfig} from '../workspace/parse-config.js'
import {ParsedCache} from '../workspace/parsed-cache.js'

/** The fleet as it will be once its files are there: what the first commit is recorded by. */
export function futureFleet(
  files: Folder,
  changes: readonly Change[],
  {clock, env}: {clock: Clock; env: Fleet['env']},
): Fleet {
  const write = changes.find((change) => change.kind === 'write' && change.path === CONFIG_FILE)
  const configText = write?.kind === 'write' ? write.content : ''
  files.makeFolder('.mcos')
  return {
    home: {dir: files.dir, files, config: parseConfig(configText, CONFIG_FILE), configText},
    mcos: openFolder(`${files.dir}/.mcos`),
    clock,
    host: hostname(),
    env,
    cache: new ParsedCache(null),
  }
}

/** The zone this machine's clock is set to, if it is one that has a name. */
export function zoneHere(): string {
  const {timeZone} = Intl.DateTimeFormat().resolvedOptions()
  return isZone(timeZone) ? timeZone : 'UTC'
}

/** Where a plan's files end up. */
export function pathsIn(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => (change.kind === 'move' ? [change.to] : [change.path]))
}
