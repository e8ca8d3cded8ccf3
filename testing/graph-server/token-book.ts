import {AuthRefusal} from './auth-refusal.js'
import {badToken} from './refusal.js'

/** Whom a token speaks for: a person, or nobody but the program itself. */
export interface Holder {
  readonly user: string | null
  readonly scopes: readonly string[]
}

/** Why a login that was good is good no longer. */
export type Revocation = 'consent' | 'password' | 'unused'

interface Issued {
  readonly holder: Holder
  readonly until: number
}

/** Tokens that were given out, and which of them still count. */
export class TokenBook {
  private readonly access = new Map<string, Issued>()
  private readonly refresh = new Map<string, Holder>()
  private readonly spent = new Set<string>()
  private readonly revoked = new Map<string, Revocation>()
  private count = 0

  issue(holder: Holder, lifeSeconds: number): string {
    // As opaque as real ones are meant to be, and as long as some of them are.
    const token = `EwB.${++this.count}.${'a'.repeat(1200)}`
    this.access.set(token, {holder, until: Date.now() + lifeSeconds * 1000})
    return token
  }

  issueRefresh(holder: Holder): string {
    const token = `0.refresh-${++this.count}`
    this.refresh.set(token, holder)
    return token
  }

  /** Who asks; throws as the API does when nobody may. */
  holder(token: string): Holder {
    const issued = this.access.get(token)
    if (!issued) throw badToken('IDX14100: JWT is not well formed, there are no dots (.).')
    const {holder, until} = issued
    if (until <= Date.now()) throw badToken('Lifetime validation failed, the token is expired.')
    if (holder.user !== null && this.revoked.has(holder.user))
      throw badToken('Continuous access evaluation resulted in challenge with result: InteractionRequired.')
    return holder
  }

  /** A refresh token can be used once: the next one came with its answer. */
  spendRefresh(token: string): Holder {
    const holder = this.refresh.get(token)
    const user = holder?.user ?? ''
    const why = this.revoked.get(user)
    if (holder && why === 'consent')
      throw new AuthRefusal(
        400,
        'invalid_grant',
        65001,
        'The user or administrator has not consented.',
        'consent_required',
      )
    if (holder && why === 'password')
      throw new AuthRefusal(400, 'invalid_grant', 50173, 'The grant has expired due to it being revoked.', 'bad_token')
    if (holder && why === 'unused')
      throw new AuthRefusal(400, 'invalid_grant', 700082, 'The refresh token has expired due to inactivity.')
    if (!holder || this.spent.has(token))
      throw new AuthRefusal(400, 'invalid_grant', 70000, 'The provided value for refresh_token is not valid.')
    this.spent.add(token)
    return holder
  }

  /** All access tokens of now are too old from now on. */
  expire(): void {
    for (const [token, {holder}] of this.access) this.access.set(token, {holder, until: 0})
  }

  /** No token of this person counts any more, until `restore`. */
  revoke(user: string, why: Revocation): void {
    this.revoked.set(user, why)
  }

  restore(user: string): void {
    this.revoked.delete(user)
  }
}
