/** What an inbox says to its visitors as long as nobody has written a greeting in their language. */
export const houseGreeting = { en: "What can we help you with?", ru: "Чем вам помочь?" };
