import type {EngineConfig} from '../workspace/config.js'
import {formatSecretRef, type SecretRef} from '../workspace/secret-ref.js'

/**
 * What asking an engine of mcos.yaml does on this machine beyond a request to its maker, as one line that a person can
 * trust or not: it runs a program, or hands a key to another address. null: nothing of the kind.
 */
export function engineClaimOf(name: string, engine: EngineConfig): string | null {
  if (engine.kind === 'scripted') return null
  const {baseUrl, key} = engine
  const told = [...(baseUrl === null ? [] : [baseUrl]), ...(key === null ? [] : [`key=${formatSecretRef(key)}`])]
  if (engine.kind === 'command') return [`engine ${name}: ${JSON.stringify(engine.run)}`, ...told].join(' ')
  // A key that an agent has of its own goes to the same address.
  return baseUrl !== null || key?.source === 'command' ? [`engine ${name}:`, ...told].join(' ') : null
}

/** The same of a key in a SOUL.md that is asked of a program. */
export function keyClaimOf(name: string, key: SecretRef): string | null {
  return key.source === 'command' ? `key of ${name}: ${formatSecretRef(key)}` : null
}
