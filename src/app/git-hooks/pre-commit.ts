import {readStaged, type StagedFile} from '../../history/staged.js'
import {isUserError} from '../../kit/errors.js'
import {insistOnSound} from '../commit.js'
import {insistOnNoSecrets, scanForCommit} from '../secrets/gate.js'
import {whoCommits} from './committer.js'
import {judgeStaged} from './judge-staged.js'
import {judgeMerge} from './pre-merge.js'
import {GO_ON, type HookCall, type HookSite, type HookWord, openSite} from './site.js'

/** Before git commits: what an agent has staged is judged by its law, and nobody commits a secret or what can't be read. */
export async function hookPreCommit(call: HookCall): Promise<HookWord> {
  const site = await openSite(call)
  if (site === null) return GO_ON
  const {fleet, repository} = site
  const staged = readStaged(repository, site)
  const committer = whoCommits(fleet, call.env)
  const refused = committer.kind === 'agent' ? await judgeStaged(fleet, committer.agent, staged) : []
  const broken = await whyUnfit(site, staged.files)
  // The commit that ends a merge with conflicts comes through this door and not through that of merges.
  const merge = site.mergeHeads.length > 0 ? judgeMerge(site, staged.files) : GO_ON
  const who = committer.kind === 'agent' ? [`This is committed for ${committer.agent.name}, and is refused:`] : []
  const lines = [...(refused.length > 0 ? who : []), ...refused, ...broken, ...merge.lines]
  return {isRefused: refused.length + broken.length > 0 || merge.isRefused, lines}
}

/** What nobody should commit: operating files that can't be read, and secrets. */
async function whyUnfit({fleet}: HookSite, staged: readonly StagedFile[]): Promise<string[]> {
  const files = staged.map(({path: file, content}) => ({path: file, content}))
  const checks = [
    ...files.map((file) => async () => insistOnSound(fleet.home, [file])),
    async () => insistOnNoSecrets(await scanForCommit(fleet, files)),
  ]
  const found: string[] = []
  for (const check of checks) {
    try {
      await check()
    } catch (error) {
      if (!isUserError(error)) throw error
      found.push(error.message)
    }
  }
  return found
}
