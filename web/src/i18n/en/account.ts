export const account = {
  password: {
    title: "Change your password",
    meaning:
      "All your other devices are signed out. Nobody can restore a password for you, so keep it well.",
    now: "Password now",
    next: "New password",
    keep: "Leave it",
    change: "Change it",
    changing: "Changing…",
    problem: {
      badCredentials: "That is not your password.",
      noAnswer:
        "The server has not answered, so the password may have been changed or not. Try again; if the old one is wrong then, the new one counts.",
      notYours: "This account’s password cannot be changed here.",
      rateLimited: "Too many attempts. Wait a minute and try again.",
      unavailable: "The house is busy just now. Nothing was changed; try again in a moment.",
      other: "That did not work. Try again in a moment.",
    },
  },
};
