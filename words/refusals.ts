import type { Locale } from "./words.ts";

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
  visibility_invalid:     { kind: "InvalidInput",       en: "Say whom the message is for: the customer, or your team alone.", ru: "Укажите, кому сообщение: клиенту или только команде." },
  client_id_invalid:      { kind: "InvalidInput",       en: "clientId takes 1 to 64 characters: A-Z, a-z, 0-9, _ and -.", ru: "В clientId от 1 до 64 знаков: A-Z, a-z, 0-9, _ и -." },
  locale_invalid:         { kind: "InvalidInput",       en: "The locale is no BCP 47 tag, such as en-GB.",               ru: "Язык указан не тегом BCP 47, например ru-RU." },
  zone_invalid:           { kind: "InvalidInput",       en: "The zone is no IANA time zone, such as Europe/Riga.",       ru: "Пояс указан не по базе IANA, например Europe/Riga." },
  seq_invalid:            { kind: "InvalidInput",       en: "seq must lie between 0 and the conversation's seq.",        ru: "seq должен быть от 0 до seq беседы." },
  name_invalid:           { kind: "InvalidInput",       en: "A name takes 1 to 100 characters.",                         ru: "В имени от 1 до 100 знаков." },
  handle_invalid:         { kind: "InvalidInput",       en: "A handle is one word of up to 32 letters, digits, dots, underscores and hyphens.", ru: "Имя для упоминаний — одно слово: до 32 букв, цифр, точек, дефисов и подчёркиваний." },
  handle_taken:           { kind: "Conflict",           en: "Somebody or some team is mentioned by this handle already.", ru: "Так уже упоминают кого-то из коллег или команду." },
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
  status_text_invalid:    { kind: "InvalidInput",       en: "A status takes up to 100 characters.",                      ru: "В статусе до 100 знаков." },
  status_emoji_invalid:   { kind: "InvalidInput",       en: "Beside a status stands one emoji, or none.",                ru: "Рядом со статусом стоит один эмодзи или ни одного." },
  status_end_invalid:     { kind: "InvalidInput",       en: "A status ends in the future, within 366 days.",             ru: "Статус заканчивается в будущем, не позже чем через 366 дней." },
  room_name_invalid:      { kind: "InvalidInput",       en: "A name takes 1 to 80 characters.",                          ru: "В названии от 1 до 80 знаков." },
  room_text_invalid:      { kind: "InvalidInput",       en: "It takes up to 250 characters.",                            ru: "Здесь помещается до 250 знаков." },
  people_too_few:         { kind: "InvalidInput",       en: "Choose at least one other person.",                         ru: "Выберите хотя бы одного человека." },
  people_too_many:        { kind: "InvalidInput",       en: "Up to 9 people share direct messages. Make a group for more.", ru: "В личной беседе до 9 человек. Для большего числа создайте группу." },
  room_name_taken:        { kind: "Conflict",           en: "There is a channel of this name already.",                  ru: "Канал с таким названием уже есть." },
  last_room_owner:        { kind: "NotPermitted",       en: "The last owner stays one. Make somebody else an owner first.", ru: "Последний владелец остаётся владельцем. Сначала назначьте владельцем кого-нибудь ещё." },
  message_not_found:      { kind: "NotFound",           en: "There is no such message, or it is not yours to see.",      ru: "Такого сообщения нет, или оно вам не видно." },
  message_deleted:        { kind: "NotFound",           en: "This message has been deleted.",                            ru: "Это сообщение удалено." },
  edit_too_late:          { kind: "NotPermitted",       en: "A message can be edited for a day after it was sent.",      ru: "Сообщение можно править в течение суток после отправки." },
  delete_too_late:        { kind: "NotPermitted",       en: "You can delete a message for a day after you sent it. An owner can delete it later, too.", ru: "Удалить своё сообщение можно в течение суток. Позже это может сделать владелец." },
  edits_too_many:         { kind: "InvalidInput",       en: "This message has been edited 50 times. Send a new one.",    ru: "Это сообщение правили уже 50 раз. Отправьте новое." },
  emoji_unknown:          { kind: "InvalidInput",       en: "This is no emoji that is known here. Write it as 👍 or :+1:.", ru: "Такой эмодзи здесь неизвестен. Запишите его как 👍 или :+1:." },
  reactions_too_many:     { kind: "InvalidInput",       en: "A message takes up to 20 different reactions.",             ru: "У сообщения может быть до 20 разных реакций." },
  pins_too_many:          { kind: "InvalidInput",       en: "Up to 50 messages can be pinned in a conversation. Unpin one first.", ru: "В беседе можно закрепить до 50 сообщений. Сначала открепите какое-нибудь." },
  member_through_team:    { kind: "NotPermitted",       en: "They are here through a team. Take them out of the team, or the team out of here.", ru: "Этот человек здесь через команду. Уберите его из команды или команду отсюда." },
  team_name_invalid:      { kind: "InvalidInput",       en: "A team's name takes 1 to 80 characters.",                   ru: "В названии команды от 1 до 80 знаков." },
  team_role_invalid:      { kind: "InvalidInput",       en: "A team is let in to write or to read; only people own a room.", ru: "Команда может писать или читать; владельцами бывают только люди." },
  team_full:              { kind: "Conflict",           en: "A team takes up to 500 people.",                            ru: "В команде может быть до 500 человек." },
  team_not_found:         { kind: "NotFound",           en: "There is no such team.",                                    ru: "Такой команды нет." },
  agent_not_found:        { kind: "NotFound",           en: "There is no such person here.",                             ru: "Такого человека здесь нет." },
  member_not_found:       { kind: "NotFound",           en: "This person is no member here.",                            ru: "Этого человека нет среди участников." },
  token_not_found:        { kind: "NotFound",           en: "There is no such token, or it is not yours to revoke.",     ru: "Такого ключа нет, или отозвать его не вам." },
  session_not_found:      { kind: "NotFound",           en: "This session has ended already.",                           ru: "Этот сеанс уже завершён." },
  email_taken:            { kind: "Conflict",           en: "Somebody here has this e-mail address already.",            ru: "У кого-то здесь уже есть этот адрес почты." },
  token_shown:            { kind: "Conflict",           en: "This token was shown once already. Revoke it and make another one.", ru: "Этот ключ уже был показан. Отзовите его и создайте новый." },
  secret_changed:         { kind: "Conflict",           en: "The secret is another one by now. Look at the inbox again.", ru: "Секрет уже другой. Откройте настройки ящика заново." },
  last_owner:             { kind: "NotPermitted",       en: "The last owner stays. Make somebody else an owner first.",  ru: "Последний владелец остаётся. Сначала назначьте владельцем кого-нибудь ещё." },
  conversation_not_found: { kind: "NotFound",           en: "There is no such conversation, or it is not yours to see.", ru: "Такой беседы нет, или она вам не видна." },
  assignee_not_found:     { kind: "NotFound",           en: "There is no such agent among those who can see the conversation.", ru: "Среди тех, кому видна беседа, такого сотрудника нет." },
  inbox_not_found:        { kind: "NotFound",           en: "There is no such inbox.",                                   ru: "Такого ящика нет." },
  thread_not_found:       { kind: "NotFound",           en: "There is no such thread, or no such message to reply to.",                ru: "Такого обсуждения нет, или нет сообщения, на которое вы отвечаете." },
  thread_not_possible:    { kind: "InvalidInput",       en: "A conversation with a customer has no threads.",            ru: "В беседе с клиентом обсуждений нет." },
  client_id_conflict:     { kind: "Conflict",           en: "This clientId was used before with another content.",       ru: "Этот clientId уже использован с другим содержанием." },
  conversation_closed:    { kind: "ConversationClosed", en: "This conversation is closed. Start a new one.",             ru: "Эта беседа закрыта. Начните новую." },
  not_permitted:          { kind: "NotPermitted",       en: "You may not do this.",                                      ru: "Вам это не разрешено." },
  illegal_move:           { kind: "IllegalMove",        en: "The conversation cannot move there from its present state.", ru: "Из нынешнего состояния беседу туда не перевести." },
  project_key_invalid:    { kind: "InvalidInput",       en: "A key takes 2 to 10 letters A-Z and digits, a letter first, as OPS.", ru: "Ключ — от 2 до 10 латинских букв и цифр, сначала буква, например OPS." },
  project_key_taken:      { kind: "Conflict",           en: "Another project has this key already.",                     ru: "Такой ключ уже есть у другого проекта." },
  project_name_invalid:   { kind: "InvalidInput",       en: "A project's name takes 1 to 80 characters.",                ru: "В названии проекта от 1 до 80 знаков." },
  project_archived:       { kind: "Conflict",           en: "This project is archived: nothing in it changes.",          ru: "Проект в архиве: в нём ничего не меняется." },
  project_not_found:      { kind: "NotFound",           en: "There is no such project, or it is not yours to see.",      ru: "Такого проекта нет, или он вам не виден." },
  last_project_owner:     { kind: "NotPermitted",       en: "The last owner stays one. Make somebody else an owner of the project first.", ru: "Последний владелец остаётся владельцем. Сначала назначьте владельцем проекта кого-нибудь ещё." },
  task_not_found:         { kind: "NotFound",           en: "There is no such task, or it is not yours to see.",         ru: "Такой задачи нет, или она вам не видна." },
  task_title_invalid:     { kind: "InvalidInput",       en: "A title takes 1 to 200 characters.",                        ru: "В заголовке от 1 до 200 знаков." },
  task_description_invalid: { kind: "InvalidInput",     en: "A description takes up to 10,000 characters.",              ru: "В описании до 10 000 знаков." },
  task_estimate_invalid:  { kind: "InvalidInput",       en: "An estimate is a whole number of minutes, up to a year.",   ru: "Оценка — целое число минут, не больше года." },
  task_due_invalid:       { kind: "InvalidInput",       en: "A task is due on a date, as 2026-11-27, or at an instant.", ru: "Срок — это дата, например 2026-11-27, или момент времени." },
  task_severity_of_bug:   { kind: "InvalidInput",       en: "Only a bug has a severity.",                                ru: "Серьёзность бывает только у ошибки." },
  task_parent_cycle:      { kind: "InvalidInput",       en: "A task cannot be a part of itself, nor of one of its own parts.", ru: "Задача не может быть частью самой себя или собственной подзадачи." },
  task_assignee_not_found: { kind: "NotFound",          en: "There is no such person among those who work on this project.", ru: "Среди тех, кто работает над проектом, такого человека нет." },
  task_assignees_too_many: { kind: "InvalidInput",      en: "Up to 20 people share a task.",                             ru: "У задачи может быть до 20 исполнителей." },
  label_name_invalid:     { kind: "InvalidInput",       en: "A label takes 1 to 40 characters.",                         ru: "В метке от 1 до 40 знаков." },
  label_name_taken:       { kind: "Conflict",           en: "The project has a label of this name already.",             ru: "Такая метка в проекте уже есть." },
  label_not_found:        { kind: "NotFound",           en: "There is no such label in this project.",                   ru: "Такой метки в проекте нет." },
  labels_too_many:        { kind: "Conflict",           en: "A project takes up to 100 labels.",                         ru: "У проекта может быть до 100 меток." },
  task_labels_too_many:   { kind: "InvalidInput",       en: "A task takes up to 20 labels.",                             ru: "У задачи может быть до 20 меток." },
  checklist_item_invalid: { kind: "InvalidInput",       en: "A line of a checklist takes 1 to 200 characters.",          ru: "В строке списка от 1 до 200 знаков." },
  checklist_item_not_found: { kind: "NotFound",         en: "There is no such line in a checklist.",                     ru: "Такой строки в списке нет." },
  checklist_full:         { kind: "Conflict",           en: "A checklist takes up to 100 lines.",                        ru: "В списке может быть до 100 строк." },
  task_link_cycle:        { kind: "InvalidInput",       en: "The task would wait for itself, or be its own duplicate.",  ru: "Задача ждала бы саму себя или повторяла бы саму себя." },
  task_links_too_many:    { kind: "InvalidInput",       en: "A task takes up to 100 links.",                             ru: "У задачи может быть до 100 связей." },
  task_elsewhere:         { kind: "Conflict",           en: "The other task stands in another column by now.",           ru: "Другая задача уже стоит в другом столбце." },
  saved_view_not_found:   { kind: "NotFound",           en: "There is no such view, or it is not yours to see.",         ru: "Такого вида нет, или он вам не виден." },
  saved_view_name_invalid: { kind: "InvalidInput",      en: "A view's name takes 1 to 80 characters.",                   ru: "В названии вида от 1 до 80 знаков." },
  saved_view_filter_invalid: { kind: "InvalidInput",    en: "This filter cannot be read.",                               ru: "Этот фильтр непонятен." },
  saved_view_place_invalid: { kind: "InvalidInput",     en: "A board, and a view that is shared, are those of one project.", ru: "Доска и общий вид бывают только у одного проекта." },
  saved_views_too_many:   { kind: "Conflict",           en: "You have saved 100 views already. Delete one first.",       ru: "Вы сохранили уже 100 видов. Сначала удалите один." },
  workflow_invalid:       { kind: "InvalidInput",       en: "A workflow has 1 to 40 states and up to 120 moves; ids are short words of a-z, 0-9 and hyphens, names take 1 to 40 characters.", ru: "В процессе от 1 до 40 состояний и до 120 переходов; идентификаторы — короткие слова из a-z, 0-9 и дефисов, в названиях от 1 до 40 знаков." },
  task_move_impossible:   { kind: "IllegalMove",        en: "This move does not lead from “{state}”, where the task is now.", ru: "Из состояния «{state}», в котором задача сейчас, такого перехода нет." },
  task_move_by_owner:     { kind: "NotPermitted",       en: "Only an owner of the project may do this.",                 ru: "Это может сделать только владелец проекта." },
  task_move_by_assignee:  { kind: "NotPermitted",       en: "Only who is assigned to the task may do this.",             ru: "Это может сделать только исполнитель задачи." },
  task_needs_assignee:    { kind: "IllegalMove",        en: "Somebody has to be assigned to the task first.",            ru: "Сначала назначьте задаче исполнителя." },
  task_needs_subtasks_done: { kind: "IllegalMove",      en: "Its subtasks have to be done first.",                       ru: "Сначала нужно закончить подзадачи." },
  task_needs_comment:     { kind: "InvalidInput",       en: "Say a word about it: this move takes a comment.",           ru: "Добавьте пару слов: этот переход требует комментария." },
  task_moved_meanwhile:   { kind: "Conflict",           en: "Somebody has moved the task meanwhile: it is in “{state}” now.", ru: "Задачу тем временем переместили: теперь она в «{state}»." },
  task_move_unknown:      { kind: "NotFound",           en: "The project's workflow has no such move.",                  ru: "В процессе проекта такого перехода нет." },
  workflow_broken:        { kind: "InvalidInput",       en: "The workflow does not make sense yet: see what is wrong with it.", ru: "В процессе пока есть ошибки: посмотрите, что в нём не так." },
  workflow_changed_meanwhile: { kind: "Conflict",       en: "Somebody has changed the workflow meanwhile. Look at it again.", ru: "Процесс тем временем изменили. Откройте его снова." },
  workflow_state_needed:  { kind: "InvalidInput",       en: "Tasks stand in “{state}”, which goes: say where they shall go.", ru: "В состоянии «{state}», которого не станет, есть задачи: укажите, куда их перевести." },
  workflow_state_unknown: { kind: "InvalidInput",       en: "Tasks can only go to a state that the workflow has then.",  ru: "Задачи можно перевести только в состояние, которое в процессе останется." },
  reminder_not_found:     { kind: "NotFound",           en: "There is no such reminder, or it is not yours.",            ru: "Такого напоминания нет, или оно не ваше." },
  reminder_agent_not_found: { kind: "NotFound",         en: "There is no such person among those who see this conversation.", ru: "Среди тех, кто видит эту беседу, такого человека нет." },
  reminder_text_invalid:  { kind: "InvalidInput",       en: "A reminder takes up to 500 characters.",                    ru: "В напоминании до 500 знаков." },
  reminder_time_invalid:  { kind: "InvalidInput",       en: "Say when in the future, within ten years: in 2h, or tomorrow at 18:00.", ru: "Укажите время в будущем, не дальше десяти лет: через 2 часа или завтра в 18:00." },
  reminders_too_many:     { kind: "Conflict",           en: "One person has up to 200 reminders that lie ahead.",        ru: "У одного человека может быть до 200 предстоящих напоминаний." },
  origin_not_allowed:     { kind: "OriginNotAllowed",   en: "This site may not use the inbox. Add it to the inbox's allowed origins.", ru: "Этому сайту ящик недоступен. Добавьте его в разрешённые источники ящика." },
  command_unknown:        { kind: "NotFound",           en: "There is no such command.",                                 ru: "Такой команды нет." },
  command_misplaced:      { kind: "InvalidInput",       en: "This command does not work here.",                          ru: "Здесь эта команда не работает." },
  argument_missing:       { kind: "InvalidInput",       en: "Something is missing behind the command's name.",           ru: "После имени команды чего-то не хватает." },
  argument_invalid:       { kind: "InvalidInput",       en: "What stands behind the command's name is not understood.",  ru: "То, что стоит после имени команды, непонятно." },
  argument_unexpected:    { kind: "InvalidInput",       en: "There is more behind the command's name than it takes.",    ru: "После имени команды есть лишнее." },
  commands_expected:      { kind: "InvalidInput",       en: "Begin with a slash and the name of a command.",             ru: "Начните с косой черты и имени команды." },
  commands_too_many:      { kind: "InvalidInput",       en: "Up to 20 commands are carried out at once.",                ru: "За раз выполняется до 20 команд." },
  visit_ended:            { kind: "VisitEnded",         en: "This visit has ended. Start a new one.",                    ru: "Этот визит закончился. Начните новый." },
} as const satisfies Record<string, Words>;

/** The name of a refusal; also its `code` in the API. */
export type Refusal = keyof typeof refusalWords;

/** What a refusal names, by the word in braces that stands for it. */
export type RefusalNames = Record<string, Record<Locale, string>>;

/** A refusal in words, with what it names. */
export function tellRefusal({ refusal, names }: { refusal: Refusal; names?: RefusalNames }, locale: Locale): string {
  return refusalWords[refusal][locale].replace(/\{(\w+)\}/g, (_, word: string) => names?.[word]?.[locale] ?? "…");
}
