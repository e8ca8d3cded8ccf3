import {deadLocks, deadStaging, tempLeftovers} from '../../kit/leftovers.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {FileProblem, Inspection} from '../../workspace/health.js'

const FIX = 'mcos doctor --fix'

/** What killed processes have left lying about: it is in nobody's way, and still nothing that should stay. */
export function inspectLeftovers({home, mcos, clock}: Fleet): Inspection {
  const locks = deadLocks(mcos.dir, clock.now()).map(({name, holder}) =>
    problem(
      `.mcos/locks/${name}.lock`,
      'LOCK_LEFT',
      `a lock of process ${holder.pid} on ${holder.host}, which is gone`,
    ),
  )
  // Times of change are the disk's, whatever clock the fleet goes by.
  const now = Date.now()
  const staging = deadStaging(mcos.dir, now).map((path) =>
    problem(path.slice(home.dir.length + 1), 'STAGING_LEFT', 'the work folder of a process that was killed'),
  )
  const temps = tempLeftovers(home.dir, now).map((path) =>
    problem(path, 'TEMP_LEFT', 'a half-written file of a process that was killed'),
  )
  return {files: 0, problems: [...locks, ...staging, ...temps]}
}

function problem(file: string, code: string, got: string): FileProblem {
  return {file, line: null, code, message: `${file}: expected nothing here, got ${got}.`, fix: FIX}
}
