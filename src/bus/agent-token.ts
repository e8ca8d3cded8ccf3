import {contentHash} from '../kit/hash.js'

/** What a turn hands its child processes as MCOS_TOKEN: proof of the agent's machine-local key, not the key. */
export function agentToken(privateKey: string): string {
  return contentHash(`mcos token\n${privateKey}`)
}
