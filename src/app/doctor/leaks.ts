import {findSecrets} from '../../fleet/adopt/secrets.js'
import {grepCommitted} from '../../history/committed-files.js'
import {readHead} from '../../history/read-head.js'
import {isInRepository} from '../../history/repository.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'

/** Wider than any token and quick to look for: what git finds with it is then looked at closely. */
const ROUGHLY =
  'sk-|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|hooks[.]slack|:AA|[MNO][A-Za-z0-9_-]{22,}[.]|AKIA|ASIA|AIza|_live_|npm_|SG[.]|xai-|PRIVATE KEY|eyJ|://[^ /@]+:[^ /@]+@'
const MOST_TOLD = 20

const leaks: Checkup = {
  id: 'leaks',
  title: 'No committed file holds what looks like a token',
  examine({home}) {
    const paths = isInRepository(home.dir) ? grepCommitted(home.dir, ROUGHLY) : []
    const contents = paths.length === 0 ? new Map<string, Buffer | null>() : readHead(home.dir, paths)
    const found = paths.flatMap((path) => findSecrets(contents.get(path)?.toString('latin1') ?? '', path))
    const troubles = found.slice(0, MOST_TOLD).map(({file, line, kind}): Trouble => {
      const detail = `${file}:${line} looks like a secret (${kind}): revoke it where it was given out, for history keeps it`
      return {status: 'fail', detail, fix: editCommand(file)}
    })
    const more = found.length - troubles.length
    if (more > 0) troubles.push({status: 'fail', detail: `and ${more} more`, fix: 'mcos doctor --json'})
    return {seen: 'none does', troubles}
  },
}

/** What must not be in git. */
export const LEAK_CHECKUPS: readonly Checkup[] = [leaks]
