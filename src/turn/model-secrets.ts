import {findSecretsThoroughly, isWorthReading, spotsThoroughly} from '../guard/secrets/thorough.js'
import type {Fleet} from '../workspace/fleet.js'
import {ownSecretsOf} from './own-secrets.js'
import {withoutSpots} from './redact.js'
import type {TurnPlan} from './turn-plan.js'

type Known = Pick<Fleet, 'env' | 'home'>

/** What secret stands in what a model wants done, by the thorough pass; null: none. */
export async function secretInCall(input: unknown, fleet: Known): Promise<string | null> {
  const text = textsIn(input).join('\n')
  if (!isWorthReading(text)) return null
  const [first] = await findSecretsThoroughly(text, {own: ownSecretsOf(fleet)})
  return first?.kind ?? null
}

/** What a model has said, once more without what only the thorough pass finds. */
export async function withoutRarerSecrets(plan: TurnPlan, fleet: Known): Promise<TurnPlan> {
  const safe = async (text: string): Promise<string> =>
    isWorthReading(text) ? withoutSpots(text, await spotsThoroughly(text, {own: ownSecretsOf(fleet)})) : text
  return {...plan, text: await safe(plan.text), lines: await Promise.all(plan.lines.map(safe))}
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}
