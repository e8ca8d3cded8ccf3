import {unlinkIfThere} from './if-there.js'
import {tempsIn} from './leftovers.js'

/** Removes what killed writers have left half-written in one folder, for folders outside the home, which no sweep looks into. */
export function clearTemps(dir: string): void {
  // Times of change are the disk's, whatever clock the fleet goes by.
  for (const name of tempsIn(dir, Date.now())) unlinkIfThere(`${dir}/${name}`)
}
