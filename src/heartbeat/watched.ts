import type {Surroundings} from './surroundings.js'

/** Tells whoever watches that something which may take a while has begun, and when it is over. */
export async function watched<T>(
  {listen}: Pick<Surroundings, 'listen'>,
  {agent, what}: {readonly agent: string; readonly what: string},
  work: () => Promise<T>,
): Promise<T> {
  listen({kind: 'begun', agent, what})
  try {
    return await work()
  } finally {
    listen({kind: 'over', agent, what})
  }
}
