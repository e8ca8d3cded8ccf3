import type {Keep, Prompt} from '../prompt.js'
import type {ContentBlock, Mark, MessageBlock, TextBlock, ToolBlock} from './wire.js'

interface Markable {
  readonly tools: readonly ToolBlock[]
  readonly system: readonly TextBlock[]
  readonly messages: readonly MessageBlock[]
}

/** From a mark the provider looks back over 20 blocks for what it has kept; with fewer there is no doubt. */
const SURELY_SEEN = 15

/**
 * Puts marks for the cache where the prompt wants them: after the prefix (which covers the tools before it) and on the
 * last block. Where more blocks have come since than the provider looks back over, the last request's mark stays too.
 */
export function placeMarks(all: Markable, {keep, minTokens}: {keep: Prompt['keep']; minTokens: number | null}): void {
  const {tools, system, messages} = all
  const pays = (marked: readonly unknown[]): boolean => minTokens === null || mostTokens(marked) >= minTokens
  // What stands first has to be kept at least as long as what follows.
  const prefix: Keep = keep.prefix !== null && keep.steps === '1h' ? '1h' : keep.prefix
  if (prefix && pays([tools, system])) mark(system.at(-1) ?? tools.at(-1), prefix)
  if (!keep.steps || !pays([tools, system, messages])) return
  const places = lastOfEach(messages)
  mark(places.at(-1)?.block, keep.steps)
  const [before, last] = places.slice(-2)
  if (before && last && last.index - before.index > SURELY_SEEN) mark(before.block, keep.steps)
}

/** The last block of each message from outside: where a request ended, and its mark stood. */
function lastOfEach(messages: readonly MessageBlock[]): {block: ContentBlock; index: number}[] {
  let index = 0
  return messages.flatMap(({role, content}) => {
    index += content.length
    const block = content.at(-1)
    return role === 'user' && block ? [{block, index}] : []
  })
}

function mark(block: {cache_control?: Mark} | undefined, keep: '5m' | '1h'): void {
  if (block) block.cache_control = keep === '1h' ? {type: 'ephemeral', ttl: '1h'} : {type: 'ephemeral'}
}

/** More than it surely is: a mark too many is ignored and costs nothing, one too few costs the whole prefix. */
function mostTokens(marked: readonly unknown[]): number {
  return Math.ceil(Buffer.byteLength(JSON.stringify(marked)) / 2.5)
}
