import {personBehind} from '../../alerts/telegram/person.js'
import type {Identify} from '../../alerts/telegram/poll.js'
import {readHead} from '../../history/read-head.js'
import {isUserError} from '../../kit/errors.js'
import type {Person} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {parseConfig} from '../../workspace/parse-config.js'

type People = Readonly<Record<string, Person>>

/**
 * Who an account is: what mcos.yaml says on the disk and said in the last commit, too. An agent that gets at the file
 * makes nobody a person by it, and who was taken out of it is out at once.
 */
export function identifyBy(fleet: Fleet): Identify {
  const {people} = fleet.home.config
  const committed = committedPeople(fleet)
  return (account) => {
    const person = personBehind(people, account)
    if (person === null) return {stranger: `unknown sender ${account}`}
    if (personBehind(committed, account) === person) return {person}
    return {stranger: `${account} is ${person} by ${CONFIG_FILE}, which is not committed (mcos commit ${CONFIG_FILE}),`}
  }
}

function committedPeople({home}: Fleet): People {
  try {
    const text = readHead(home.dir, [CONFIG_FILE]).get(CONFIG_FILE)?.toString('utf8')
    if (text === undefined) return {}
    return text === home.configText ? home.config.people : parseConfig(text, CONFIG_FILE).people
  } catch (error) {
    // No repository, or a last commit that nobody can read: then nobody is anybody.
    if (isUserError(error)) return {}
    throw error
  }
}
