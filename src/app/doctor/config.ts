import {isInRepository} from '../../history/repository.js'
import {isUserError, type UserError} from '../../kit/errors.js'
import {lostSince} from '../../workspace/config-loss.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {parseConfig} from '../../workspace/parse-config.js'
import {keptFiles} from './committed.js'

/** Whether mcos.yaml could be read when the fleet was opened. */
export function configCheckup(error: UserError | null): Checkup {
  const told = error?.suggestions[0] ?? ''
  const fix = told.startsWith('git ') ? told : editCommand(CONFIG_FILE)
  const troubles: Trouble[] = error
    ? [
        {
          status: 'fail',
          detail: `${error.message} (the last one that was committed and can be read stands in below)`,
          fix,
        },
      ]
    : []
  const means = "What mcos.yaml says can't be acted on while it can't be read; every command but doctor refuses."
  return {id: 'config', title: 'mcos.yaml can be read', means, examine: () => ({seen: 'it can', troubles})}
}

const lost: Checkup = {
  id: 'config-lost',
  title: 'Nothing that was committed has vanished from mcos.yaml',
  means: 'What vanished by accident, such as an engine or a budget, is denied until you say that you meant it.',
  examine(fleet) {
    const {home} = fleet
    const bytes = isInRepository(home.dir) ? keptFiles(fleet).find(({path}) => path === CONFIG_FILE)?.head : null
    if (!bytes) return {seen: 'nothing is committed to compare with', troubles: []}
    if (home.files.readText(CONFIG_FILE) !== home.configText) return {seen: 'told by another check', troubles: []}
    try {
      const names = lostSince(parseConfig(bytes.toString('utf8'), CONFIG_FILE), home.config)
      if (names.length === 0) return {seen: 'nothing has', troubles: []}
      const detail = `${names.join(', ')}: committed, and gone from the file. If you mean it: mcos commit ${CONFIG_FILE}`
      return {seen: '', troubles: [{status: 'fail', detail, fix: `git restore ${CONFIG_FILE}`}]}
    } catch (error) {
      if (!isUserError(error)) throw error
      const detail = `the committed ${CONFIG_FILE} can't be read: ${error.message}`
      return {seen: '', troubles: [{status: 'warn', detail, fix: `mcos commit ${CONFIG_FILE}`}]}
    }
  },
}

/** What mcos.yaml tells beside what was committed. */
export const COMMITTED_CHECKUPS: readonly Checkup[] = [lost]
