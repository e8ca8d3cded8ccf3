import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'suspicious', {kind: 'forged', urgency: 0})

/** Fraud in its many coats. */
export const SUSPICIOUS = made

add(
  'en',
  `{Voicemail|Fax} from +27 21 555 {n:1000-9999}\n\nIt will be erased in an hour. Listen: http://198.51.100.{n:2-250}/play.htm`,
  {
    from: '"Phone System" <pbx@northwind-voice.example>',
  },
)
add(
  'en',
  `{Payroll|Leave} update, all staff\n\nConfirm your {bank details|mail password} by noon or your pay is held: http://hr.northwind-staff.example/`,
  {
    from: '"Human Resources" <hr@northwind-staff.example>',
  },
)
add(
  'en',
  `{service}: {card removed|account frozen}\n\nEnter the card again within {n:2-6} hours to avoid disconnection: http://{service.dom}.pay-again.example/`,
  {
    from: '"{service}" <support@{service.dom}.billing-desk.example>',
  },
)
add(
  'en',
  `I have you on camera\n\nSend {n:1-3} 000 USD in bitcoin before tomorrow, or all your customers get the film. Your password is {first}{n:10-99}.`,
  {
    from: '{first} <x{id}@freeletters.example>',
  },
)
add(
  'en',
  `Re: {statement|remittance} {id}\n\nOur bank {merged|is under audit}. Pay only to the account in the attached letter, today, and do not phone the old number.`,
  {
    from: '"{supplier} Finance" <finance@{supplier.dom}.group-pay.example>',
    urgency: 1,
  },
)
add('fr', `Colis {id} : {dernier avis|renvoi ce soir}\n\nRéglez 1,99 € : http://198.51.100.{n:2-250}/colis`, {
  from: '"Livraison" <avis@colis-suivi.example>',
})
add(
  'pt',
  `{Multa|Penhora} em seu nome\n\nPague hoje com desconto ou a conta é bloqueada: http://198.51.100.{n:2-250}/multa`,
  {
    from: '"Finanças" <aviso@financas-pagar.example>',
  },
)
add('ru', `Ваш ящик будет {удалён|закрыт} сегодня\n\nПодтвердите пароль: http://198.51.100.{n:2-250}/mail`, {
  from: '"Администратор" <admin@pochta-proverka.example>',
})
