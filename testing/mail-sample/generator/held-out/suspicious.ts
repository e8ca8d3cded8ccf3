import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'suspicious', {kind: 'forged', urgency: 0})

/** Phishing and fraud, however loud. */
export const SUSPICIOUS = made

add(
  'en',
  `{Immediate action|Deactivation}: {n:3-9} messages are waiting

Your password expires today. Keep it here or your box is lost:
http://203.0.113.{n:2-200}/owa`,
  {from: '"Mail Admin" <admin@mail-northwind.example>'},
)
add(
  'en',
  `Tax refund of R {money}

Claim within 24 hours, otherwise it is forfeited: http://refund.tax-office.claim-now.example/{id}`,
  {from: '"Revenue Service" <refund@tax-refunds.example>'},
)
add(
  'en',
  `Payment {id} failed - service stops today

Re-enter your card at http://{service.dom}.card-check.example/ to avoid interruption.`,
  {from: '"{service}" <billing@{service.dom}.secure-pay.example>'},
)
add(
  'en',
  `Please update our account in your system

As of today we bank elsewhere. Use the new number for invoice {id} which is due now. We cannot be reached by phone.

Accounts, {supplier}`,
  {from: '"{supplier} Finance" <finance@mailhub.example>', urgency: 1},
)
add(
  'en',
  `Task for you

Kindly send me your mobile number, I need something done discreetly in the next hour.

Ben`,
  {from: '"Ben, Northwind" <boss.mobile@mailhub.example>', urgency: 1},
)
add(
  'fr',
  `Votre compte sera suspendu

Vérifiez vos informations avant minuit : http://compte.verification-rapide.example/`,
  {from: '"Service client" <support@compte-info.example>'},
)
add(
  'pt',
  `Herança por reclamar

Responda hoje com os seus dados para receber {n:1-9} milhões.`,
  {from: 'Dr. Silva <dr.silva@freepost.example>'},
)
