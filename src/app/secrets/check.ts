import {keyClaimOf} from '../../engines/claim.js'
import type {TrustKind} from '../../guard/trust.js'
import {gitHolds} from '../../history/git-holds.js'
import {isUserError, type UserError} from '../../kit/errors.js'
import {mailClaimOf} from '../../mail/claim.js'
import {isClaimTrusted} from '../../turn/trusted-claim.js'
import {type ExaminedSecret, examineSecrets, listMentions, type SecretMention} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSecret} from '../../workspace/read-secret.js'
import {expandHome, nameOfSecret, type SecretRef} from '../../workspace/secret-ref.js'
import {sharedTokens} from '../../workspace/shared-tokens.js'
import {type LiveAnswer, tryLive} from './try-live.js'

/** What is wrong with a reference; `unknown`: only a program knows it, and it was not asked. */
export type SecretState = 'ok' | 'missing' | 'open' | 'shape' | 'in-git' | 'shared' | 'refused' | 'unknown'

/** One reference, in one place; it names the secret and never tells it. */
export interface CheckedSecret {
  readonly reference: string
  /** `mcos.yaml engines.claude.key`. */
  readonly where: string
  readonly agent: string | null
  readonly state: SecretState
  readonly detail: string
  readonly fix: string | null
  /** null: nobody was asked. */
  readonly live: LiveAnswer['live'] | null
  readonly live_detail: string | null
}

export interface SecretsCheck {
  readonly ok: boolean
  readonly secrets: readonly CheckedSecret[]
}

/** Looks at every reference: populated, of a plausible shape, nobody else's, out of git; with `live` whether it is taken. */
export async function checkSecrets(fleet: Fleet, {live}: {readonly live: boolean}): Promise<SecretsCheck> {
  const failed = live ? await askPrograms(fleet) : new Map<string, UserError>()
  const examined = await examineSecrets(fleet)
  const shared = sharedTokens(examined)
  const secrets = await Promise.all(
    examined.map(async (one): Promise<CheckedSecret> => {
      const answer = live ? await tryLive(fleet, one) : null
      const {state, detail, fix} = judge(fleet, one, {
        answer,
        sharing: shared.find(({mentions}) => mentions.includes(one))?.detail ?? null,
        failure: failed.get(one.where) ?? null,
      })
      return {
        reference: nameOfSecret(one.ref),
        where: one.where,
        agent: one.agent,
        state,
        detail,
        fix,
        live: answer?.live ?? null,
        live_detail: answer?.detail ?? null,
      }
    }),
  )
  return {ok: secrets.every(({state}) => state === 'ok' || state === 'unknown'), secrets}
}

function judge(
  {env}: Fleet,
  {ref, trouble, value, where}: ExaminedSecret,
  {
    answer,
    sharing,
    failure,
  }: {readonly answer: LiveAnswer | null; readonly sharing: string | null; readonly failure: UserError | null},
): {state: SecretState; detail: string; fix: string | null} {
  if (failure) return {state: 'missing', detail: failure.message, fix: failure.suggestions[0] ?? null}
  if (trouble) return {state: trouble.kind, detail: trouble.message, fix: trouble.fix}
  const file = ref.source === 'file' ? expandHome(ref.value, env['HOME']) : null
  const held = file === null ? null : gitHolds(file)
  if (held !== null) {
    const detail = `${file} is in a repository, and ${held === 'tracked' ? 'committed' : 'not ignored'}`
    const fix = held === 'tracked' ? `git rm --cached ${file}` : `Move ${file} out of the repository, or ignore it.`
    return {state: 'in-git', detail, fix}
  }
  if (sharing !== null) return {state: 'shared', detail: sharing, fix: `Give each agent a token of its own: ${where}`}
  if (answer?.live === 'refused')
    return {state: 'refused', detail: answer.detail, fix: `Put a valid one where ${nameOfSecret(ref)} leads.`}
  if (value === null) {
    return {state: 'unknown', detail: 'a command, which only --live runs, and only once it is trusted', fix: null}
  }
  return {state: 'ok', detail: answer?.live === 'accepted' ? answer.detail : 'it is there', fix: null}
}

/** Programs that are asked for a secret are run when a person wants to know, and has trusted them. */
async function askPrograms(fleet: Fleet): Promise<Map<string, UserError>> {
  const failed = new Map<string, UserError>()
  for (const {ref, agent, of, where} of await listMentions(fleet)) {
    if (ref.source !== 'command') continue
    const claim = claimOf(fleet, of, ref)
    const isTrusted = claim !== null && isClaimTrusted(fleet, {...(agent === null ? {} : {agent}), ...claim})
    if (!isTrusted) continue
    try {
      readSecret(ref, fleet.env)
    } catch (error) {
      if (!isUserError(error)) throw error
      failed.set(where, error)
    }
  }
  return failed
}

/** Under which words a person has trusted the program that is asked for a secret; null: nobody could. */
function claimOf({home}: Fleet, of: SecretMention['of'], ref: SecretRef): {kind: TrustKind; text: string} | null {
  const account = of?.kind === 'mail' ? home.config.mail.accounts[of.name] : undefined
  if (account !== undefined) return claim('mail', mailClaimOf(of?.name ?? '', account))
  return of?.kind === 'engine' ? claim('engine', keyClaimOf(of.name, ref)) : null
}

function claim(kind: TrustKind, text: string | null): {kind: TrustKind; text: string} | null {
  return text === null ? null : {kind, text}
}
