import {existsSync} from 'node:fs'
import path from 'node:path'
import {readPlist} from '../../fleet/schedules/launchd-plist.js'
import {homeInMark} from '../../fleet/schedules/systemd-unit.js'
import {CONFIG_FILE} from '../../workspace/home.js'

/** Whether a file that is there was written by mcos for this home, or for one that is gone. */
export function isOursToWrite(file: string, text: string, home: string): boolean {
  const owner = ownerOf(file, text)
  return owner !== null && (owner === home || !existsSync(path.join(owner, CONFIG_FILE)))
}

/** The home for which mcos wrote a file; null: it didn't. */
export function ownerOf(file: string, text: string): string | null {
  return file.endsWith('.plist') ? homeOfPlist(text) : homeInMark(text)
}

function homeOfPlist(text: string): string | null {
  const beat = readPlist(text)
  return beat?.isOurs === true ? beat.home : null
}
