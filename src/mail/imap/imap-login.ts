import {isUserError} from '../../kit/errors.js'
import type {ImapAccount} from '../../workspace/config.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'

/** What an account shows its server: a password, or a token that stands for one. */
export type ImapProof =
  | {readonly user: string; readonly pass: string}
  | {readonly user: string; readonly accessToken: string}

/** Fetches what the account proves itself with; `refused` is a token that the server would not take. */
export async function proofOf(account: ImapAccount, deps: OpenDeps, refused: string | null = null): Promise<ImapProof> {
  const {login, user} = account
  switch (login.kind) {
    case 'device-code': {
      const {accessToken} = await import('../oauth/access-token.js')
      return {user, accessToken: await accessToken(account, deps, refused)}
    }
    case 'password':
      return {user, pass: await readSecret(() => deps.secret(login.ref), deps.name)}
    case 'token':
      return {user, accessToken: await readSecret(() => deps.secret(login.ref), deps.name)}
  }
}

async function readSecret(read: () => Promise<string>, name: string): Promise<string> {
  try {
    return await read()
  } catch (error) {
    if (!isUserError(error)) throw error
    const fix = error.suggestions[0] ?? `mcos email check ${name}`
    throw new MailTrouble('secret', error.message, {fix, cause: error})
  }
}
