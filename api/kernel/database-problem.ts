/** Something about the database that its operator can mend: the message is one whole sentence, without a password. */
export class DatabaseProblem extends Error {
  override name = "DatabaseProblem";
}
