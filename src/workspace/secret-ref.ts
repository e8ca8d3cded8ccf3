/** Where a secret is to be found; never the secret itself. */
export interface SecretRef {
  readonly source: 'env' | 'file' | 'command' | 'credential'
  readonly value: string
}
