/**
 * Shapes that vendors chose so that their tokens could be found: few words of ordinary prose ever match. Runs that
 * something has to follow are bounded, so that no text makes the search slow. A text with none of the parts that stand
 * behind a shape has nothing of that shape: that is quicker to see.
 */
export const SECRET_SHAPES: readonly (readonly [kind: string, shape: RegExp, ...parts: string[]])[] = [
  ['Anthropic key', /\bsk-ant-[A-Za-z0-9_-]{20,}/, 'sk-ant-'],
  ['OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{32,}/, 'sk-'],
  [
    'GitHub token',
    /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/,
    'ghp_',
    'gho_',
    'ghu_',
    'ghs_',
    'ghr_',
    'github_pat_',
  ],
  [
    'GitLab token',
    /\bgl(?:pat|rt|dt|ptt|cbt|ft|imt|agent)-[A-Za-z0-9_-]{18,}/,
    'glpat-',
    'glrt-',
    'gldt-',
    'glptt-',
    'glcbt-',
    'glft-',
    'glimt-',
    'glagent-',
  ],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{16,}/, 'xox'],
  ['Slack app token', /\bxapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-f0-9]{32,}/, 'xapp-'],
  ['Slack webhook', /\bhooks\.slack\.com\/services\/T\w{1,40}\/B\w{1,40}\/\w{16,}/, 'hooks.slack'],
  ['Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![A-Za-z0-9_-])/, ':AA'],
  ['Discord token', /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}/],
  ['Discord webhook', /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[A-Za-z0-9_-]{40,}/, '/api/webhooks/'],
  ['AWS key', /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/, 'AKIA', 'ASIA'],
  [
    'AWS secret key',
    /\baws_?(?:secret_?)?(?:access_?)?key["']?[ \t]{0,4}[:=][ \t]{0,4}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/i,
    'aws',
    'AWS',
    'Aws',
  ],
  ['Google key', /\bAIza[A-Za-z0-9_-]{35}/, 'AIza'],
  ['Google client secret', /\bGOCSPX-[A-Za-z0-9_-]{24,}/, 'GOCSPX-'],
  ['Google access token', /\bya29\.[A-Za-z0-9_-]{30,}/, 'ya29.'],
  ['Stripe key', /\b(?:sk|rk)_live_[A-Za-z0-9]{20,}/, '_live_'],
  ['Stripe webhook secret', /\bwhsec_[A-Za-z0-9+/]{28,}/, 'whsec_'],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/, 'npm_'],
  ['PyPI token', /\bpypi-AgE[A-Za-z0-9_-]{40,}/, 'pypi-'],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/, 'SG.'],
  ['Mailgun key', /\bkey-[0-9a-f]{32}\b/, 'key-'],
  ['xAI key', /\bxai-[A-Za-z0-9]{40,}/, 'xai-'],
  ['Groq key', /\bgsk_[A-Za-z0-9]{40,}/, 'gsk_'],
  ['Perplexity key', /\bpplx-[A-Za-z0-9]{40,}/, 'pplx-'],
  ['Replicate token', /\br8_[A-Za-z0-9]{36,}/, 'r8_'],
  ['Hugging Face token', /\bhf_[A-Za-z]{30,}\b/, 'hf_'],
  ['Linear key', /\blin_(?:api|oauth)_[A-Za-z0-9]{30,}/, 'lin_'],
  ['Notion token', /\bntn_[A-Za-z0-9]{40,}/, 'ntn_'],
  ['Shopify token', /\bshp(?:at|ca|pa|ss)_[a-f0-9]{32}\b/, 'shp'],
  ['DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{64}\b/, '_v1_'],
  ['Databricks token', /\bdapi[a-f0-9]{32}\b/, 'dapi'],
  ['Vault token', /\bhv[sb]\.[A-Za-z0-9_-]{24,}/, 'hvs.', 'hvb.'],
  ['Atlassian token', /\bATATT3[A-Za-z0-9_=-]{40,}/, 'ATATT3'],
  ['1Password token', /\bops_eyJ[A-Za-z0-9_-]{100,}/, 'ops_eyJ'],
  ['age key', /\bAGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}/, 'AGE-SECRET-KEY-'],
  ['private key', /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/, 'PRIVATE KEY'],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{15,300}\.eyJ[A-Za-z0-9_-]{15,8000}\.[A-Za-z0-9_-]{15,}/, 'eyJ'],
  [
    'password in a URL', // not where a variable, a gap to fill or the word itself stands in its place
    /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,64}:(?!\$[{(A-Z_]|[<{[*\u2026]|(?:password|passwd|secret|changeme|redacted|x{6,20})@)[^\s:/@]{6,128}@[\w.-]+/i,
    '://',
  ],
  [
    'password in a connection string',
    /\b(?:Server|Data Source|Host|Endpoint|AccountName)=[^;"'\r\n]{1,200};(?:[^;"'\r\n]{1,200};){0,8}(?:Password|Pwd|AccountKey|SharedAccessKey)=(?![<${[])[^;\s"']{6,200}/i,
    'ord=',
    'ORD=',
    'wd=',
    'WD=',
    'Key=',
    'KEY=',
  ],
]

/**
 * Wider than any of them, as git and other programs understand it (a POSIX extended expression), and quick to look for:
 * what is found with it is then looked at closely.
 */
export const ROUGHLY = [
  'sk-|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[abeoprs]-|xapp-|hooks[.]slack|api/webhooks|:AA|AKIA|ASIA|AIza|GOCSPX-|ya29[.]',
  '[MNO][A-Za-z0-9_-]{22,}[.]|_live_|whsec_|npm_|pypi-|SG[.]|key-|xai-|gsk_|pplx-|r8_|hf_|lin_|ntn_|shp[a-z]{2}_|do[opr]_v1',
  'dapi|hv[sb][.]|ATATT3|ops_eyJ|AGE-SECRET|PRIVATE KEY|eyJ|://[^ /@]*:[^ /@]+@',
  '[Aa][Ww][Ss]_?[A-Za-z_]*[Kk][Ee][Yy]|[Pp][Aa][Ss][Ss][Ww][Oo][Rr][Dd]=|[Pp][Ww][Dd]=|AccountKey=|SharedAccessKey=',
].join('|')

/** Which shapes are worth looking for in a text. */
export function shapesWorth(text: string): (readonly [kind: string, shape: RegExp])[] {
  return SECRET_SHAPES.flatMap(([kind, shape, ...parts]) =>
    parts.length === 0 || parts.some((part) => text.includes(part)) ? [[kind, shape] as const] : [],
  )
}
