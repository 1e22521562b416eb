/** Something the person at the terminal can mend: its message is one whole sentence, shown without a stack trace. */
export class LaunchProblem extends Error {
  override name = "LaunchProblem";
}
