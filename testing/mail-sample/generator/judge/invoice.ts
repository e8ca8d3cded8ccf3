import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'invoice', {kind: 'robot', urgency: 1})

/** Bills, receipts and slips that take their time. */
export const INVOICE = made

add(
  'en',
  `{supplier}: {tax invoice|document} {id}

Total R {money}. {Terms 45 days|Please pay by {date:+40}}. {Goods remain ours until paid.|Early settlement earns 2 %.}`,
  {from: '{supplier} <debtors@{supplier.dom}>'},
)
add(
  'en',
  `Thank you for paying {service}

R {money} for {date:-1} to {date:+29}. {Your card was charged|Taken from your balance}. Keep this for your books.`,
  {from: '{service} <payments@{service.dom}>', urgency: 0},
)
add(
  'en',
  `{Remittance|Proof of payment} from {company}

R {money} {was sent to you today|reached your account}. Ref {id}.`,
  {from: '{company} <payables@{company.dom}>', urgency: 0},
)
add(
  'en',
  `Credit note CN{id}

For {the dented {product}|two boxes returned}: R {money}, set off against your next statement.`,
  {from: '{supplier} <debtors@{supplier.dom}>', urgency: 0},
)
add(
  'en',
  `OVERDUE!? Only a nudge

Hi Zanele, {number {id} slipped past its date|one small one is still open}, R {money}. {Whenever you next do payments is fine.|Put it in the month-end run and we're square.}

{first}, {supplier}`,
  {kind: 'person'},
)
add(
  'de',
  `{Gutschrift|Abschlag} Nr. {id}

Betrag {n:40-900},00 EUR. {Wir überweisen zum Monatsende.|Abbuchung am {date:+21}.}`,
  {from: '{supplier} <faktura@{supplier.dom}>'},
)
add(
  'nl',
  `{Nota|Factuur} {id}

€ {n:40-900},00, graag {binnen 30 dagen|vóór {date:+30}}. {Dank voor de bestelling.|Btw staat apart vermeld.}`,
  {from: '{supplier} <nota@{supplier.dom}>'},
)
add(
  'pt',
  `{Fatura|Recibo} {id}

Valor: {n:40-900},00 €. {Débito direto a {date:+18}.|Já liquidado, obrigado.}`,
  {from: '{service} <faturas@{service.dom}>'},
)
add(
  'zh',
  `{对账单|付款通知} {id}

金额 {n:300-9000} 元，{请于 {date:+30} 前核对|款项已到账，谢谢}。`,
  {from: '{supplier} <zhangdan@{supplier.dom}>'},
)
