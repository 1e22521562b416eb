/** What asks who the customer is, in English. */
export const formEn = {
  yourName: "Your name",
  nameMissing: "Tell us what to call you.",
  yourEmail: "Your e-mail address",
  emailWrong: "This is not a whole address yet, such as name@example.com.",
  messageMissing: "Write what you would like to ask.",
  sendMessage: "Send message",
  whoSees: "Only the team sees this.",
};
