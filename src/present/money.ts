/** Cents, and what is less than ten of them more finely: a beat costs a fraction of one. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(usd !== 0 && usd < 0.1 ? 4 : 2)}`
}
