import type {MailAccount} from '../../workspace/config.js'

/** The addresses that are the account's own, lower case. */
export function ownAddresses(account: MailAccount): string[] {
  const user = account.kind !== 'maildir' && account.user.includes('@') ? [account.user] : []
  return [...user, ...account.addresses].map((address) => address.toLowerCase())
}
