/** Where a text speaks to the machine that reads it instead of to a person. */
export interface Injection {
  readonly from: number
  readonly to: number
}

/**
 * Words that only make sense to a program with orders to follow, each pattern linear in the text. They are never obeyed,
 * and what stands around them can't make a mail look calmer.
 */
const MACHINE_TALK: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:all\s+|any\s+|every\s+|the\s+|your\s+|of\s+|my\s+){0,4}(?:previous|prior|above|earlier|preceding|former|system|other)\s+(?:\w+\s+)?(?:instructions?|prompts?|rules?|messages?|directions?|orders?|context|guidelines?)/gi,
  /\b(?:ignore|disregard|forget)\s+(?:your|all|the)\s+(?:instructions?|rules?|guidelines?|prompts?)/gi,
  /(?:^|[\n\r[({<>*#"'`-]|[.!?]\s)[\s*_#]{0,12}(?:system|assistant|ai|developer|user|classifier|mail\s*bot|triage|agent|llm|model)(?:\s+(?:prompt|message|note|override|instructions?|agent|assistants?|admin))?\s*(?:\]|\)|>|\*\*)?\s{0,4}:/gi,
  /<\/?\s*(?:system|assistant|instructions?|user|prompt|subject|mail|email|im_start|im_end|tool_call|verdict|data)\s*>|<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?(?:INST|SYSTEM|SYS)\]|<<\/?SYS>>/gi,
  /\[\s*(?:assistant|ai|system|agent|model|note to (?:the )?(?:ai|assistant|model|agent))\b/gi,
  /\b(?:classify|label|categori[sz]e|mark|treat|rate|flag|file|tag|consider|report|score|rank|judge)\s+(?:this|it|the\s+(?:mail|message|email|e-mail|above|following|thread))(?:\s+(?:mail|message|email|e-mail|thread|one))?\s+(?:as|with|to\s+be|is)\b/gi,
  /\b(?:classify|label|categori[sz]e)\s+(?:as|all|every|everything|each|other|mails?|messages?)\b/gi,
  /\b["']?(?:urgency|class|priority|category|verdict|confidence|label)["']?\s*(?:[:=]|is\s+now|to|must\s+be|should\s+be|shall\s+be)\s*["']?(?:[0-3]\b|zero|none|low(?:est)?|high(?:est)?|max(?:imum)?|urgent|needs-reply|waiting|invoice|legal|customer|calendar|notification|newsletter|bounce|suspicious|other|spam)/gi,
  /\b(?:urgency|priority)\s+(?:level\s+)?[0-3]\b/gi,
  /\b(?:do\s+not|don't|dont|never|no\s+need\s+to)\s+(?:mention|escalate|alert|page|wake|flag|reveal)\b/gi,
  /\b(?:escalate|forward|page|alert|notify(?!\s+the\s+sender\b)|wake)\s+(?:this|it|the|all|every|everybody|everyone|jarvis|founders?|at\s+once)\b[^.\n]{0,60}\b(?:urgency|founders?|jarvis|agents?|thread|at\s+once|now|immediately|mails?|everybody|everyone)\b/gi,
  /\b(?:ai|llm|language\s+model|artificial|virtual|mail|email)\s+(?:assistants?|agents?|models?|systems?|bots?)\b/gi,
  /\b(?:dear|hey|hello|attention|note\s+to(?:\s+the)?|to\s+the|instructions?\s+(?:for|to)(?:\s+the|\s+any)?|message\s+(?:for|to)(?:\s+the)?)\s+(?:ai|assistant|agent|model|classifier|llm|chatbot|bot|automated\s+(?:reader|system|assistant))\b/gi,
  /\b(?:you\s+are\s+(?:now\s+)?(?:a|an|the|in)\s+(?:\w+\s+){0,3}(?:assistant|model|ai|agent|classifier|mode|bot)|act\s+as\s+(?:a|an|the)\b|system\s+prompt|developer\s+mode|jailbreak|new\s+instructions?|prompt\s+injection|tool\s*_?call|function\s*_?call)/gi,
  /\b(?:mark|move|archive|file|put)\s+(?:it|this|all|the|them)\b[^.\n]{0,40}\b(?:read|archive|trash|junk|spam)\b|\b(?:delete|forward)\s+(?:all|the\s+last|every)\b[^.\n]{0,20}\b(?:mails?|messages?|e-?mails?)\b/gi,
  /\b(?:stufe|ordne|klassifiziere|kategorisiere|markiere)\s+(?:diese|die|das|sie|es)\b|\bignoriere?\s+(?:alle|die|sämtliche|bitte)\s+(?:\S+\s+){0,2}(?:anweisungen|befehle|regeln)|\bki-?\s?(?:assistent|agent|modell|system)/gi,
  /\b(?:ignore[zr]?|oublie[zr]?)\s+(?:toutes?\s+)?(?:les|vos|tes)\s+(?:\S+\s+){0,2}(?:instructions|consignes|règles)|\b(?:classe[zr]?|catégorise[zr]?|considère[zr]?)\s+(?:ce|cet|cette|le|la)\s+(?:message|mail|courriel|e-mail|comme)|\bassistant(?:e)?\s+(?:ia|virtuel)/gi,
  /\b(?:ignora|ignore|ignorar|olvida|esqueça|desconsidere)\s+(?:todas?\s+)?(?:las|tus|sus|as|suas|todas)\s+(?:\S+\s+){0,2}(?:instrucciones|instruções|reglas|regras|órdenes)|\b(?:clasifica|clasifique|classifica|classifique|marca|marque)\s+(?:este|esta|esto|isto|como|o|el)\b|\b(?:asistente|assistente)\s+(?:de\s+)?(?:ia|virtual)/gi,
  /\b(?:negeer|ignoreer|vergeet)\s+(?:alle|de|die|al|vorige|eerdere)\s+(?:\S+\s+){0,2}(?:instructies|opdrachten|regels|instruksies|opdragte)|\b(?:classificeer|klassifiseer|merk)\s+(?:dit|deze|hierdie)\b|\b(?:ignorera|glöm)\s+(?:alla|tidigare|dina)\s+(?:\S+\s+){0,2}(?:instruktioner|regler)|\bklassificera\s+(?:detta|det|som)/gi,
  /(?:игнорируй|игнорируйте|забудь|забудьте)\s+(?:все\s+|всё\s+)?(?:предыдущие|прошлые|эти|свои|инструкции|указания)|(?:классифицируй|классифицируйте|отметь|пометь)\s+(?:это|письмо|как)|ии-?\s?(?:ассистент|помощник|агент)/gi,
  /(?:忽略|无视|無視)(?:以上|之前|前面|所有|先前|上述)[^。\n]{0,8}(?:指令|指示|说明|提示|規則|规则)|(?:分类为|归类为|标记为|分類為|标为)|(?:AI|人工智能|智能)\s*(?:助手|助理|代理|模型)|(?:これまで|以前|上記|すべて)の?[^。\n]{0,6}(?:指示|命令)[^。\n]{0,4}(?:無視|忘れ)|(?:分類して|分類せよ|AIアシスタント|AI\s*エージェント)/g,
]

/** Every place where a text speaks to a machine. */
export function findInjections(text: string): Injection[] {
  return MACHINE_TALK.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({0: match, index}) => ({from: index, to: index + match.length})),
  )
}

/** Whether a text speaks to a machine at all. */
export function hasInjection(text: string): boolean {
  return MACHINE_TALK.some((pattern) => text.search(pattern) !== -1)
}
