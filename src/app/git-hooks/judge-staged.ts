import {type Law, NO_FACTS} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import {readStop} from '../../guard/stop.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readLawAnyhow} from '../../heartbeat/read-law.js'
import type {Staged, StagedFile} from '../../history/staged.js'
import {withPath} from '../../kit/text.js'
import {whyNotByFile} from '../../turn/tools/files.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What of an agent's staged changes its law does not open, a line each; all of it while a stop holds. */
export async function judgeStaged(fleet: Fleet, agent: AgentEntry, staged: Staged): Promise<string[]> {
  if (readStop(fleet.mcos, agent.name)) return [`mcos stop holds everything, and ${agent.name} with it`]
  const law = await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  return [
    ...staged.elsewhere.map((path) => `${path}: it lies outside of the fleet`),
    ...staged.files.flatMap((file) => {
      const why = whyNot(file, fleet, law)
      return why === null ? [] : [withPath(file.path, why)]
    }),
  ]
}

function whyNot(file: StagedFile, fleet: Fleet, law: Law): string | null {
  const {path, change, content, isFile} = file
  if (!isFile) return 'it is a link or another repository, and agents commit files'
  const action =
    change === 'deleted'
      ? {verb: 'delete', target: path}
      : {verb: 'write', target: path, content: content?.toString('utf8') ?? ''}
  const {effect, reason} = decide(law, action, NO_FACTS)
  if (effect === 'deny') return reason
  if (effect === 'ask') return `${reason}; in a turn a person can be asked for it`
  return isAppended(file) ? null : whyNotByFile(path, 'write', fleet)
}

/** A day's log may be added to, as it may be in a turn. */
function isAppended({path, before, content}: StagedFile): boolean {
  if (content === null || !/(?:^|\/)memory\/(?:[^/]+\/)*[^/]*\.md$/i.test(path)) return false
  return before === null || (before.at(-1) === 0x0a && content.subarray(0, before.length).equals(before))
}
