/** Which GraphQL type and which kind of HTTP answer a refusal is. */
export type RefusalKind =
  | "InvalidInput"
  | "NotFound"
  | "Conflict"
  | "ConversationClosed"
  | "NotPermitted"
  | "IllegalMove"
  | "OriginNotAllowed"
  | "VisitEnded";

type Words = { kind: RefusalKind; en: string; ru: string };

/** Every refusal by name, worded once for the API and the portal. A refusal without words does not compile. */
// biome-ignore format: a table, aligned
export const refusalWords = {
  body_empty:             { kind: "InvalidInput",       en: "Write something first.",                                    ru: "Сначала напишите что-нибудь." },
  body_too_long:          { kind: "InvalidInput",       en: "A message may have up to 10,000 characters.",               ru: "В сообщении может быть до 10 000 знаков." },
  body_has_nul:           { kind: "InvalidInput",       en: "The message holds a NUL character.",                        ru: "В сообщении есть символ NUL." },
  body_not_unicode:       { kind: "InvalidInput",       en: "The message is not valid Unicode text.",                    ru: "Сообщение не является текстом в Юникоде." },
  client_id_invalid:      { kind: "InvalidInput",       en: "clientId takes 1 to 64 characters: A-Z, a-z, 0-9, _ and -.", ru: "В clientId от 1 до 64 знаков: A-Z, a-z, 0-9, _ и -." },
  locale_invalid:         { kind: "InvalidInput",       en: "The locale is no BCP 47 tag, such as en-GB.",               ru: "Язык указан не тегом BCP 47, например ru-RU." },
  zone_invalid:           { kind: "InvalidInput",       en: "The zone is no IANA time zone, such as Europe/Riga.",       ru: "Пояс указан не по базе IANA, например Europe/Riga." },
  seq_invalid:            { kind: "InvalidInput",       en: "seq must lie between 0 and the conversation's seq.",        ru: "seq должен быть от 0 до seq беседы." },
  name_invalid:           { kind: "InvalidInput",       en: "A name takes 1 to 100 characters.",                         ru: "В имени от 1 до 100 знаков." },
  email_invalid:          { kind: "InvalidInput",       en: "This is no e-mail address. Write it as ann@example.com.",    ru: "Это не адрес почты. Напишите его как anna@example.com." },
  token_name_invalid:     { kind: "InvalidInput",       en: "A token's name takes 1 to 100 characters.",                 ru: "В названии ключа от 1 до 100 знаков." },
  token_scopes_invalid:   { kind: "InvalidInput",       en: "A token must at least be allowed to read.",                 ru: "Ключу нужно разрешить хотя бы чтение." },
  token_lifetime_invalid: { kind: "InvalidInput",       en: "A token lasts 1 to 366 days.",                              ru: "Ключ действует от 1 до 366 дней." },
  origin_invalid:         { kind: "InvalidInput",       en: "Each site begins with https:// or http://, as https://shop.example.com.", ru: "Каждый сайт начинается с https:// или http://, например https://shop.example.com." },
  origins_too_many:       { kind: "InvalidInput",       en: "An inbox takes up to 50 sites.",                            ru: "У ящика может быть до 50 сайтов." },
  greeting_too_long:      { kind: "InvalidInput",       en: "A greeting takes up to 200 characters.",                    ru: "В приветствии до 200 знаков." },
  accent_invalid:         { kind: "InvalidInput",       en: "Write the colour as # and six digits, as #0863a9.",         ru: "Запишите цвет как # и шесть цифр, например #0863a9." },
  accent_too_faint:       { kind: "InvalidInput",       en: "Neither white nor black text is easy to read on this colour. Take a darker or a lighter one.", ru: "На этом цвете плохо виден и белый, и чёрный текст. Возьмите темнее или светлее." },
  attributes_invalid:     { kind: "InvalidInput",       en: "Attributes are texts, numbers and booleans under keys of a-z, 0-9 and _.", ru: "Атрибуты — это тексты, числа и логические значения под ключами из a-z, 0-9 и _." },
  attributes_too_many:    { kind: "InvalidInput",       en: "A customer takes up to 50 attributes, 4 kB in all.",        ru: "У клиента может быть до 50 атрибутов, всего до 4 КБ." },
  identity_token_invalid: { kind: "InvalidInput",       en: "The token is not a JWT with sub and exp, signed with HS256 and the inbox's identity secret.", ru: "Это не JWT с sub и exp, подписанный по HS256 секретом ящика." },
  identity_token_expired: { kind: "InvalidInput",       en: "The identity token has expired. Sign a new one.",           ru: "Срок токена вышел. Подпишите новый." },
  identity_token_lasting: { kind: "InvalidInput",       en: "An identity token lasts up to 7 days.",                     ru: "Токен действует не дольше 7 дней." },
  identity_not_set_up:    { kind: "NotPermitted",       en: "The inbox has no identity secret yet. Make one in its settings.", ru: "У ящика ещё нет секрета для подписи. Создайте его в настройках." },
  agent_not_found:        { kind: "NotFound",           en: "There is no such person here.",                             ru: "Такого человека здесь нет." },
  member_not_found:       { kind: "NotFound",           en: "This person does not answer here.",                         ru: "Этот человек здесь не отвечает." },
  token_not_found:        { kind: "NotFound",           en: "There is no such token, or it is not yours to revoke.",     ru: "Такого ключа нет, или отозвать его не вам." },
  session_not_found:      { kind: "NotFound",           en: "This session has ended already.",                           ru: "Этот сеанс уже завершён." },
  email_taken:            { kind: "Conflict",           en: "Somebody here has this e-mail address already.",            ru: "У кого-то здесь уже есть этот адрес почты." },
  token_shown:            { kind: "Conflict",           en: "This token was shown once already. Revoke it and make another one.", ru: "Этот ключ уже был показан. Отзовите его и создайте новый." },
  last_owner:             { kind: "NotPermitted",       en: "The last owner stays. Make somebody else an owner first.",  ru: "Последний владелец остаётся. Сначала назначьте владельцем кого-нибудь ещё." },
  conversation_not_found: { kind: "NotFound",           en: "There is no such conversation, or it is not yours to see.", ru: "Такой беседы нет, или она вам не видна." },
  assignee_not_found:     { kind: "NotFound",           en: "There is no such agent among those who can see the conversation.", ru: "Среди тех, кому видна беседа, такого сотрудника нет." },
  inbox_not_found:        { kind: "NotFound",           en: "There is no such inbox.",                                   ru: "Такого ящика нет." },
  client_id_conflict:     { kind: "Conflict",           en: "This clientId was used before with another content.",       ru: "Этот clientId уже использован с другим содержанием." },
  conversation_closed:    { kind: "ConversationClosed", en: "This conversation is closed. Start a new one.",             ru: "Эта беседа закрыта. Начните новую." },
  not_permitted:          { kind: "NotPermitted",       en: "You may not do this.",                                      ru: "Вам это не разрешено." },
  illegal_move:           { kind: "IllegalMove",        en: "The conversation cannot move there from its present state.", ru: "Из нынешнего состояния беседу туда не перевести." },
  origin_not_allowed:     { kind: "OriginNotAllowed",   en: "This site may not use the inbox. Add it to the inbox's allowed origins.", ru: "Этому сайту ящик недоступен. Добавьте его в разрешённые источники ящика." },
  visit_ended:            { kind: "VisitEnded",         en: "This visit has ended. Start a new one.",                    ru: "Этот визит закончился. Начните новый." },
} as const satisfies Record<string, Words>;

/** The name of a refusal; also its `code` in the API. */
export type Refusal = keyof typeof refusalWords;
