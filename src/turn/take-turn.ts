import {rulesTurn} from './rules-turn.js'
import type {TurnInput} from './turn-input.js'
import type {TurnPlan} from './turn-plan.js'

/** Asks the route, lets the answer act on a draft of the home, and gives back the plan of all that is to change. */
export async function takeTurn(input: TurnInput): Promise<TurnPlan> {
  if (!input.engines.some(({model}) => model !== null)) return rulesTurn(input)
  const [
    {takeModelTurn},
    {redactor},
    {quotingNone, withoutSecrets},
    {withoutRarerSecrets},
    {ownValuesOf},
    {lookUpAll},
  ] = await Promise.all([
    import('./model-turn.js'),
    import('./redact.js'),
    import('./redact-plan.js'),
    import('./model-secrets.js'),
    import('./own-secrets.js'),
    import('../workspace/secret-values.js'),
  ])
  await lookUpAll(input.fleet)
  // Asked for at the end: by then it is known what programs have answered for a secret.
  const open = () => redactor({secrets: ownValuesOf(input.fleet, input.soul)})
  const safe = (plan: TurnPlan): Promise<TurnPlan> => withoutRarerSecrets(withoutSecrets(plan, open()), input.fleet)
  const safeText = (text: string): string => open().text(text)
  const engines = input.engines.map((engine) => quotingNone(engine, safeText))
  return safe(await takeModelTurn({...input, engines, commitPart: async (plan) => input.commitPart(await safe(plan))}))
}
