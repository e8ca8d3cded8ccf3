import {isDeepStrictEqual} from 'node:util'
import {personBehind} from '../../alerts/telegram/person.js'
import type {Identify} from '../../alerts/telegram/poll.js'
import {readHead} from '../../history/read-head.js'
import {isUserError} from '../../kit/errors.js'
import type {FleetConfig} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {parseConfig} from '../../workspace/parse-config.js'

/**
 * Who an account is: what mcos.yaml says on the disk and said in the last commit, too, of the person and of the channel
 * itself. An agent that gets at the file makes nobody a person by it and no server of its own a Telegram, and who was
 * taken out of it is out at once.
 */
export function identifyBy(fleet: Fleet, channel: string): Identify {
  const {config} = fleet.home
  const committed = committedConfig(fleet)
  const isSameChannel = isDeepStrictEqual(committed?.channels[channel], config.channels[channel])
  return (account) => {
    const person = personBehind(config.people, account)
    if (person === null) return {stranger: `unknown sender ${account}`}
    if (isSameChannel && personBehind(committed?.people ?? {}, account) === person) return {person}
    const what = isSameChannel
      ? `${account}, ${person} by ${CONFIG_FILE},`
      : `${person}: channel ${channel} of ${CONFIG_FILE}`
    return {stranger: `${what} is not committed (mcos commit ${CONFIG_FILE}),`}
  }
}

function committedConfig({home}: Fleet): Pick<FleetConfig, 'people' | 'channels'> | null {
  try {
    const text = readHead(home.dir, [CONFIG_FILE]).get(CONFIG_FILE)?.toString('utf8')
    if (text === undefined) return null
    return text === home.configText ? home.config : parseConfig(text, CONFIG_FILE)
  } catch (error) {
    // No repository, or a last commit that nobody can read: then nobody is anybody.
    if (isUserError(error)) return null
    throw error
  }
}
