/** Why a text can't be a key at all, before it is sent anywhere; null: it may be one. */
export function keyTrouble(key: string): string | null {
  if (key.trim() === '') return 'the key is empty'
  return /^[\x21-\x7e]+$/.test(key) ? null : 'the key has blanks, breaks or letters in it that no key has'
}
