import { plural } from "./words.ts";

const en = {
  // the page of the embedded identity provider
  signInTitle: "Sign in to Beseda",
  email: "Work e-mail",
  password: "Password",
  signIn: "Sign in",
  noMatch: (tries: number) =>
    `This e-mail and password do not match. ${plural("en", tries, { one: "more try", other: "more tries" })} before a minute’s wait.`,
  waitAfterTries: "Too many tries. Wait a minute, then sign in again.",
  fillIn: "Fill in both e-mail and password.",
  tooShort: "You are invited and here for the first time: choose a password of at least 8 characters.",
  otherLanguage: "Русский",

  // what went wrong, and the next step
  problemTitle: "Signing in did not work",
  problems: {
    return_to_refused: "The link asks to go on to another site after signing in. Open Beseda from its own address.",
    sign_in_expired: "This sign-in took too long or was opened twice. Start it again.",
    sign_in_refused: "The identity provider’s answer could not be accepted. Start the sign-in again.",
    sign_in_cancelled: "The sign-in was cancelled or refused at the identity provider.",
    not_a_member:
      "You are signed in at the identity provider, but nobody here has your e-mail address. Ask an administrator to add you, or use another account.",
    agent_disabled: "Your account here has been disabled. Ask an administrator.",
    provider_unavailable: "The identity provider does not answer. Wait a moment, then try again.",
  },
  startAgain: "Sign in",
  otherAccount: "Use another account",

  // signing out
  signOutTitle: "Sign out?",
  signOutExplained: "You are still signed in at Beseda’s identity provider.",
  signOut: "Sign out",
  signedOutTitle: "You are signed out",
  signedOutExplained: "Close this page, or sign in again.",
};

const ru: typeof en = {
  signInTitle: "Вход в Беседу",
  email: "Рабочая почта",
  password: "Пароль",
  signIn: "Войти",
  noMatch: (tries) =>
    `Почта и пароль не подходят друг к другу. До минутного ожидания ещё ${plural("ru", tries, { one: "попытка", few: "попытки", many: "попыток", other: "попытки" })}.`,
  waitAfterTries: "Слишком много попыток. Подождите минуту и войдите снова.",
  fillIn: "Заполните и почту, и пароль.",
  tooShort: "Вы приглашены и здесь впервые: придумайте пароль не короче 8 знаков.",
  otherLanguage: "English",

  problemTitle: "Войти не получилось",
  problems: {
    return_to_refused:
      "Ссылка предлагает после входа перейти на другой сайт. Откройте Беседу по её собственному адресу.",
    sign_in_expired: "Вход длился слишком долго или был открыт дважды. Начните его заново.",
    sign_in_refused: "Ответ службы входа принять нельзя. Начните вход заново.",
    sign_in_cancelled: "Вход отменён, или служба входа отказала в нём.",
    not_a_member:
      "Вы вошли в службу входа, но здесь ни у кого нет вашего адреса почты. Попросите администратора добавить вас или войдите под другим именем.",
    agent_disabled: "Ваша учётная запись здесь отключена. Обратитесь к администратору.",
    provider_unavailable: "Служба входа не отвечает. Подождите немного и попробуйте снова.",
  },
  startAgain: "Войти",
  otherAccount: "Войти под другим именем",

  signOutTitle: "Выйти?",
  signOutExplained: "Вы всё ещё вошли в службу входа Беседы.",
  signOut: "Выйти",
  signedOutTitle: "Вы вышли",
  signedOutExplained: "Закройте страницу или войдите снова.",
};

/** What the sign-in pages say: the embedded identity provider's own, and those for a sign-in that did not work. */
export const signInWords = { en, ru };
