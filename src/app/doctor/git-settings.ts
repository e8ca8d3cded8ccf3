import path from 'node:path'
import {configValue} from '../../history/git-config.js'
import {personSettings} from '../../history/person-settings.js'
import {runGit} from '../../history/plumbing.js'
import {type Repository, readSmall} from '../../history/repository.js'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {openedRepository} from './opened-repository.js'

const ELSEWHERE = {seen: 'told by another check', troubles: []}

const lineEnds: Checkup = {
  id: 'git-line-ends',
  title: 'git leaves line ends and contents as they are',
  means: 'git writes other bytes than mcos does: every line is shown as changed, and a large file is only its pointer.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    if (repository === null) return ELSEWHERE
    const own = configValue(repository.config, 'core.autocrlf')
    const auto = own ?? personSettings(fleet).get('core.autocrlf') ?? 'false'
    const converted: Trouble = {
      status: 'warn',
      detail: `core.autocrlf is ${auto}: git turns LF into CR LF when it writes files`,
      fix: 'git config core.autocrlf false',
    }
    return {
      seen: 'it does',
      troubles: [...(auto.toLowerCase() === 'true' ? [converted] : []), ...attributesOf(fleet, repository)],
    }
  },
}

function attributesOf({home}: Fleet, {root}: Repository): Trouble[] {
  const {filters} = home.config.git
  const files = [...new Set([path.join(root, '.gitattributes'), path.join(home.dir, '.gitattributes')])]
  return files.flatMap((file) =>
    (readSmall(file) ?? '').split('\n').flatMap((line, index): Trouble[] => {
      const place = `${path.relative(home.dir, file)}:${index + 1}`
      const filter = /^[^#\s].*\sfilter=(\S+)/.exec(line)?.[1]
      if (filter !== undefined && !filters.includes(filter)) {
        const detail = `${place}: filter=${filter}, and git.filters of ${CONFIG_FILE} does not allow it: mcos commits such files as they lie there`
        return [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]
      }
      const isCrlf = /^[^#\s].*\seol=crlf\b/.test(line)
      return isCrlf
        ? [
            {
              status: 'warn',
              detail: `${place}: eol=crlf: git turns LF into CR LF`,
              fix: editCommand(path.relative(home.dir, file)),
            },
          ]
        : []
    }),
  )
}

const refs: Checkup = {
  id: 'git-refs',
  title: 'Every branch stands at a commit, and none has gone two ways',
  means: 'git stumbles over a broken branch, shows another commit in the place of one, or can push no more.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    if (repository === null) return ELSEWHERE
    const format = '--format=%(HEAD)%00%(refname)%00%(upstream:short)%00%(upstream:track,nobracket)'
    const {stdout, stderr} = runGit(repository, ['for-each-ref', format])
    const broken = [...stderr.matchAll(/broken ref (\S+)/g)].map(([, name = '']): Trouble => {
      const detail = `${name} stands at no commit: its file is damaged`
      // git itself refuses to delete what it can't read.
      return {status: 'warn', detail, fix: `rm ${shellWord(path.join(repository.commonDir, name))}`}
    })
    const lines = stdout
      .toString()
      .split('\n')
      .map((line) => line.split('\0'))
    const parted = lines.flatMap(([head, , upstream, track = '']): Trouble[] => {
      if (head !== '*' || !/ahead.*behind/.test(track)) return []
      const detail = `the branch and ${upstream} have gone two ways (${track}): neither can be pushed`
      return [{status: 'warn', detail, fix: 'git pull --no-rebase --no-edit'}]
    })
    const replaced = lines.flatMap(([, name = '']): Trouble[] => {
      const id = /^refs\/replace\/([0-9a-f]+)$/.exec(name)?.[1]
      const detail = `your git shows another object in the place of ${id?.slice(0, 10)}, and mcos does not`
      return id === undefined ? [] : [{status: 'warn', detail, fix: `git replace -d ${id}`}]
    })
    return {seen: 'each does', troubles: [...broken, ...parted, ...replaced]}
  },
}

/** How git reads and writes what it is given. */
export const GIT_SETTING_CHECKUPS: readonly Checkup[] = [lineEnds, refs]
